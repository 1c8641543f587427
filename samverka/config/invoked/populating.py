"""`Questionnaire/$populate`: a form filled in beforehand with what is known of the person, to be gone on with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from samverka.config.invoked.values import Answer, Called, Given, Level, Operation, Parameter
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import Text, in_language
from samverka.kernel.text import text as _
from samverka.resources.rules.populating import populate
from samverka.resources.rules.receiving import Content, object_of


def fill_in(called: Called) -> Answer:
    """The form with its answers, and what could not be filled in."""
    questionnaire = _questionnaire(called)
    subject = _subject(called)
    kind, _slash, key = subject.partition("/")
    known = {"patient": called.house.read(called.actor, kind, key)} if key else {}
    known |= dict(_contexts(called))
    filled = populate(questionnaire, known, called.actor.at)
    response: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": _canonical(questionnaire),
        "status": "in-progress",
        "subject": {"reference": subject} if subject else None,
        "authored": called.actor.at.isoformat(),
        "item": filled.items,
    }
    made = {name: value for name, value in response.items() if value}
    parameter: list[dict[str, Any]] = [{"name": "response", "resource": made}]
    if filled.left:
        issue = [_issue(link, words) for link, words in filled.left]
        outcome = {"resourceType": "OperationOutcome", "issue": issue}
        parameter.append({"name": "issues", "resource": outcome})
    return Answer({"resourceType": "Parameters", "parameter": parameter})


def _issue(link: str, words: Text | str) -> dict[str, Any]:
    said = in_language(words, gettext)
    made: dict[str, Any] = {"severity": "warning", "code": "incomplete", "diagnostics": said}
    return {**made, "expression": [_where(link)]} if link else made


def _where(link: str) -> str:
    plain = link.replace("\\", "\\\\").replace("'", "\\'")
    return f"QuestionnaireResponse.descendants().where(linkId='{plain}')"


def _canonical(questionnaire: Content) -> str:
    url, version = questionnaire.get("url"), questionnaire.get("version")
    if not url:
        return f"Questionnaire/{questionnaire['id']}" if questionnaire.get("id") else ""
    return f"{url}|{version}" if version else str(url)


def _questionnaire(called: Called) -> Content:
    if called.key:
        return called.house.read(called.actor, "Questionnaire", called.key)
    if sent := called.resource("questionnaire"):
        return sent
    url = called.said("canonical") or called.said("url")
    if not url:
        raise Invalid(_("Ange canonical, eller skicka questionnaire."), where="canonical")
    plain, _bar, version = url.partition("|")
    pairs = [("url", plain), *([("version", version)] if version else [])]
    found = called.house.find(called.actor, "Questionnaire", pairs)
    if not found:
        raise NotFound(_("Formuläret %(url)s finns inte här.", url=plain), where="canonical")
    return found[0]


def _subject(called: Called) -> str:
    """ "Patient/id" of the one whom the form is about; "" if nobody is named."""
    given = next(iter(called.all("subject")), "")
    named = object_of(given).get("reference", "") if not isinstance(given, str) else given
    reference = str(named).removeprefix(called.base).removeprefix("/")
    if reference and reference.partition("/")[0] != "Patient":
        raise Invalid(_("Ange subject som Patient/id."), where="subject")
    return reference


def _contexts(called: Called) -> list[tuple[str, Content]]:
    """What the form begins with, by the name that its expressions use; read here, not as it was sent."""
    found = []
    for parts in called.all("context"):
        named: dict[str, Given] = {one.name: one for one in parts if isinstance(one, Given)}
        name, content = named.get("name"), named.get("content")
        if name is None or content is None:
            continue
        reference = str(object_of(content.value).get("reference", ""))
        kind, _slash, key = reference.removeprefix(called.base).removeprefix("/").partition("/")
        if not key:
            raise Invalid(_("Ange content som en hänvisning: Type/id."), where="context")
        found.append((str(name.value), called.house.read(called.actor, kind, key)))
    return found


POPULATING = (
    Operation(
        code="populate",
        definition="http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate",
        words="a form filled in beforehand with what is known of the person",
        levels=(Level.TYPE, Level.INSTANCE),
        types=("Questionnaire",),
        run=fill_in,
        takes=(
            Parameter("questionnaire", "Questionnaire", "the form itself"),
            Parameter("canonical", "canonical", "the form by its address"),
            Parameter("url", "uri", "the same, as others call it"),
            Parameter("subject", "Reference", "Patient/id: whom it is about"),
            Parameter("context", "", "name and content of what the expressions begin with", most=0),
            Parameter("local", "boolean", "only what is kept here is ever used"),
        ),
        gives=(
            Parameter("response", "QuestionnaireResponse", "the form, in progress", 1),
            Parameter("issues", "OperationOutcome", "what could not be filled in"),
        ),
        body="questionnaire",
    ),
)
