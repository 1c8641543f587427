"""`ValueSet/$expand`, `$validate-code` of sets and systems, and `CodeSystem/$lookup`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from samverka.config.invoked.library import Shelves, definition
from samverka.config.invoked.values import (
    Answer,
    Called,
    Level,
    Operation,
    Parameter,
    answer_parameters,
)
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content, object_of, objects
from samverka.resources.rules.terminology import (
    Checked,
    Concept,
    Library,
    concepts_of,
    expand,
    expansion_of,
    matching,
)
from samverka.resources.rules.terminology.checking import check_any

PAGE = 1_000
"""Codes in an answer when nothing else is asked for."""


def library_for(called: Called) -> Library:
    """What the one who asks can see."""

    def kept(kind: str, url: str) -> Content | None:
        found = called.house.find(called.actor, kind, [("url", url)])
        return found[0] if found else None

    return Shelves(kept)


# ── ValueSet ──


def expand_set(called: Called) -> Answer:
    """The codes of a set, a page of them, or those that fit a text."""
    library = library_for(called)
    value_set = _set(called, library)
    concepts = expand(value_set, library)
    if called.flag("activeOnly"):
        concepts = [one for one in concepts if not one.inactive]
    if text := called.said("filter"):
        concepts = matching(concepts, text)
    offset, count = called.number("offset") or 0, called.number("count")
    asked = [
        (name, called.said(name)) for name in ("filter", "offset", "count") if called.said(name)
    ]
    content = expansion_of(
        value_set, concepts, at=called.actor.at, offset=offset,
        count=PAGE if count is None else min(count, PAGE), asked=asked,
    )  # fmt: skip
    return Answer(content)


def check_in_set(called: Called) -> Answer:
    """Whether a code is in a set."""
    library = library_for(called)
    concepts = expand(_set(called, library), library)
    return _answer(check_any(concepts, _codings(called)))


def _set(called: Called, library: Library) -> Content:
    """The set by id, by its address, or as it was sent."""
    if called.key:
        return _by_id(called, "ValueSet")
    if sent := called.resource("valueSet"):
        return sent
    url = called.said("url")
    if not url:
        words = _("Ange url, eller skicka valueSet.")
        raise Invalid(words, where="url")
    found = library.value_set(url)
    if found is None:
        raise NotFound(_("Värdemängden %(url)s finns inte här.", url=url), where="url")
    return found


def _by_id(called: Called, kind: str) -> Content:
    ours = definition(kind, called.key)
    return ours or called.house.read(called.actor, kind, called.key)


def _codings(called: Called) -> list[tuple[str, str, str]]:
    """What is asked about: a code with its system, a Coding or a CodeableConcept."""
    if code := called.said("code"):
        return [(called.said("system"), code, called.said("display"))]
    found = [object_of(one) for one in called.all("coding")]
    for concept in called.all("codeableConcept"):
        found += objects(object_of(concept).get("coding") or [])
    if not found:
        raise Invalid(_("Ange code, coding eller codeableConcept."), where="code")
    return [
        (str(one.get("system", "")), str(one.get("code", "")), str(one.get("display", "")))
        for one in found
    ]


def _answer(checked: Checked) -> Answer:
    return Answer(
        answer_parameters(
            ("result", "valueBoolean", checked.holds),
            ("message", "valueString", in_language(checked.message, gettext)),
            ("display", "valueString", checked.display),
        )
    )


# ── CodeSystem ──


def check_in_system(called: Called) -> Answer:
    """Whether a code is in a code system."""
    system = _system(called)
    url = str(system.get("url", ""))
    codings = [(known or url, code, display) for known, code, display in _codings(called)]
    checked = check_any(list(concepts_of(system).values()), codings)
    if not checked.holds and not checked.display:
        _refuse_part(system)
    return _answer(checked)


def look_up(called: Called) -> Answer:
    """What a code is called, and what stands right above it."""
    system = _system(called)
    known = concepts_of(system)
    code = _codings(called)[0][1]
    concept = known.get(code)
    if concept is None:
        _refuse_part(system)
        raise NotFound(_("Koden %(code)s finns inte i kodsystemet.", code=code), where="code")
    parameters = answer_parameters(
        ("name", "valueString", str(system.get("title") or system.get("name") or system["url"])),
        ("version", "valueString", str(system.get("version", ""))),
        ("display", "valueString", concept.display or code),
        ("definition", "valueString", concept.definition),
    )
    parameters["parameter"] += _properties(concept)
    return Answer(parameters)


def _properties(concept: Concept) -> list[dict[str, Any]]:
    pairs = [*(("parent", one) for one in concept.parents), *concept.properties]
    return [
        {
            "name": "property",
            "part": [{"name": "code", "valueCode": name}, {"name": "value", "valueString": value}],
        }
        for name, value in dict.fromkeys(pairs)
    ]


def _system(called: Called) -> Content:
    if called.key:
        return _by_id(called, "CodeSystem")
    if sent := called.resource("codeSystem"):
        return sent
    codings = [object_of(one) for one in called.all("coding")]
    url = called.said("url") or called.said("system") or next(
        (str(one.get("system", "")) for one in codings), ""
    )  # fmt: skip
    if not url:
        raise Invalid(_("Ange vilket kodsystem."), where="system")
    found = library_for(called).code_system(url)
    if found is None:
        raise NotFound(_("Kodsystemet %(url)s finns inte här.", url=url), where="system")
    return found


def _refuse_part(system: Content) -> None:
    """That a code is not in the part that we have says nothing of the whole."""
    if system.get("content") != "complete":
        words = _("Bara en del av kodsystemet finns här, och koden är inte i den delen.")
        raise Invalid(words, where="code", mend=_("Fråga en terminologiserver som har hela."))


# ── the table ──

_CODED = (
    Parameter("code", "code", "the code that is asked about"),
    Parameter("system", "uri", "its code system"),
    Parameter("version", "string", "of the code system; there is one version of each here"),
    Parameter("display", "string", "what it is said to be called"),
    Parameter("coding", "Coding", "code and system in one"),
    Parameter("codeableConcept", "CodeableConcept", "one coding of several is enough"),
)
_RESULT = (
    Parameter("result", "boolean", "whether it is in it", 1),
    Parameter("message", "string", "why not"),
    Parameter("display", "string", "what it is called"),
)
_HL7 = "http://hl7.org/fhir/OperationDefinition/"
_HERE = (Level.TYPE, Level.INSTANCE)

TERMINOLOGY = (
    Operation(
        code="expand",
        definition=f"{_HL7}ValueSet-expand",
        words="the codes of a value set, a page of them, or those that fit a text",
        levels=_HERE,
        types=("ValueSet",),
        run=expand_set,
        takes=(
            Parameter("url", "uri", "canonical address of the set"),
            Parameter("valueSet", "ValueSet", "the set itself"),
            Parameter("filter", "string", "beginnings of words, without case and accents"),
            Parameter("offset", "integer", "codes to pass over"),
            Parameter("count", "integer", "codes on a page; 0 tells only how many"),
            Parameter("activeOnly", "boolean", "leave out codes that are no longer used"),
            Parameter("includeDesignations", "boolean", "there are no further words to show"),
            Parameter("displayLanguage", "code", "words are Swedish where they are ours"),
            Parameter("excludeNested", "boolean", "the list is always flat"),
            Parameter("valueSetVersion", "string", "there is one version of each here"),
        ),
        gives=(Parameter("return", "ValueSet", "the set with its expansion", 1),),
        body="valueSet",
    ),
    Operation(
        code="validate-code",
        definition=f"{_HL7}ValueSet-validate-code",
        words="whether a code is in a value set",
        levels=_HERE,
        types=("ValueSet",),
        run=check_in_set,
        takes=(
            Parameter("url", "uri", "canonical address of the set"),
            Parameter("valueSet", "ValueSet", "the set itself"),
            *_CODED,
        ),
        gives=_RESULT,
    ),
    Operation(
        code="validate-code",
        definition=f"{_HL7}CodeSystem-validate-code",
        words="whether a code is in a code system",
        levels=_HERE,
        types=("CodeSystem",),
        run=check_in_system,
        takes=(
            Parameter("url", "uri", "canonical address of the code system"),
            Parameter("codeSystem", "CodeSystem", "the code system itself"),
            *_CODED,
        ),
        gives=_RESULT,
    ),
    Operation(
        code="lookup",
        definition=f"{_HL7}CodeSystem-lookup",
        words="what a code is called, and what stands right above it",
        levels=(Level.TYPE,),
        types=("CodeSystem",),
        run=look_up,
        takes=(
            Parameter("code", "code", "the code"),
            Parameter("system", "uri", "its code system"),
            Parameter("version", "string", "there is one version of each here"),
            Parameter("coding", "Coding", "code and system in one"),
            Parameter("displayLanguage", "code", "words are Swedish where they are ours"),
            Parameter("property", "code", "all that is known is always told", most=0),
        ),
        gives=(
            Parameter("name", "string", "of the code system", 1),
            Parameter("display", "string", "what the code is called", 1),
            Parameter("definition", "string", "what it means"),
            Parameter("property", "", "code and value of each property", most=0),
        ),
    ),
)
