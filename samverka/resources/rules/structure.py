"""Structure of an R4 resource: the one module that knows `fhirkit` (names, types, cardinality).

The library is young. Nothing else depends on it, and without its verdict the own checks of `checks`
still stand; to change it, change `structure_faults` and the table of sentences.
"""

from __future__ import annotations

import re

import fhirkit

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Fault

RESOURCE_TYPES: frozenset[str] = frozenset(fhirkit.RESOURCE_TYPES)
"""The resource types of R4 4.0.1 that can stand by themselves."""

MAX_FAULTS = 10
"""So many lines for one resource at most: the first ones tell enough."""

_KINDS = {
    "a string": _("en text"),
    "a number": _("ett tal"),
    "a whole number": _("ett heltal"),
    "a boolean": _("true eller false"),
    "true or false": _("true eller false"),
    "an object": _("ett objekt"),
    "an array": _("en lista"),
    "a single value": _("ett enda värde"),
    "null": _("null"),
}

_WHOLE: dict[str, tuple[Text, Text | None]] = {
    "required element missing": (_("Ett obligatoriskt element saknas."), None),
    "unknown element": (
        _("Elementet finns inte i FHIR R4."),
        _("Ta bort elementet, eller skriv det som extension."),
    ),
    "the key appears more than once": (_("Samma namn står två gånger."), None),
    "an empty array is not allowed; leave the element out": (
        _("En tom lista får inte finnas."),
        _("Utelämna elementet."),
    ),
    "an empty string is not allowed": (
        _("En tom text får inte finnas."),
        _("Utelämna elementet."),
    ),
    "null is not allowed; leave the element out": (
        _("null får inte stå här."),
        _("Utelämna elementet."),
    ),
    "null is not allowed in an array of complex values": (_("null får inte stå i listan."), None),
    "null with no extension in its place": (_("null utan extension på samma plats."), None),
    "a resource needs a resourceType": (
        _("Det saknas resourceType, så det är inte en FHIR-resurs."),
        None,
    ),
}

_BAD_VALUE = re.compile(r" is not an? (?:valid |FHIR )?(\w+)(?: \(.*\))?$")
_EMPTY_VALUE = re.compile(r"^an empty (\w+) is not allowed")
_EXPECTED = re.compile(r"^expected ([a-z ]+), found ([a-z ]+)$")
_LENGTHS = re.compile(r"two arrays must line up$")
_CHOICE = re.compile(r"^only one type may be given")
_RANGE = re.compile(r"outside the 32-bit range")
_UNKNOWN_TYPE = re.compile(r"not a FHIR R4 resource type")


def structure_faults(text: bytes) -> list[Fault]:
    """What the standard's own structure forbids in this resource; empty if it is right."""
    try:
        issues = fhirkit.validate(text)
    except fhirkit.ParseError as error:
        return [Fault("", _parse_sentence(str(error)))]
    return _unique(
        Fault(_fhirpath(issue.path), *_sentence(issue.message))
        for issue in issues
        if issue.severity == "error" and not _echo(issue.message, issue.path, issues)
    )[:MAX_FAULTS]


def _echo(message: str, path: str, issues: list[fhirkit.Issue]) -> bool:
    """The library also calls the second of two like names, or of two value types, unknown."""
    if message != "unknown element":
        return False
    return any(
        (other.path == path and other.message.startswith("the key appears"))
        or (_CHOICE.match(other.message) and path.startswith(other.path.removesuffix("[x]")))
        for other in issues
    )


def _unique(faults: object) -> list[Fault]:
    return list(dict.fromkeys(faults))  # type: ignore[call-overload]


def _fhirpath(path: str) -> str:
    """FHIRPath names a choice without its type and a primitive without its underscore."""
    return path.replace("[x]", "").replace("._", ".")


def _parse_sentence(message: str) -> Text:
    if "nested too deeply" in message:
        return _("Resursen är nästlad för djupt för att läsas.")
    return _("Texten är inte giltig JSON.")


def _sentence(message: str) -> tuple[Text, Text | None]:
    """The library's English to a Swedish sentence that never quotes the value."""
    if message in _WHOLE:
        return _WHOLE[message]
    if found := _EXPECTED.match(message):
        return _expected(*found.groups()), None
    if found := _EMPTY_VALUE.match(message):
        return _("Värdet är tomt."), _("Utelämna elementet.")
    if found := _BAD_VALUE.search(message):
        return _("Värdet är inte en giltig %(type)s.", type=found[1]), None
    return _rare_sentence(message), None


def _expected(wanted: str, found: str) -> Text:
    wanted = wanted.removesuffix(" or an array of them")
    return _(
        "Här ska stå %(wanted)s, men det står %(found)s.",
        wanted=_KINDS.get(wanted, wanted),
        found=_KINDS.get(found, found),
    )


def _rare_sentence(message: str) -> Text:
    if _UNKNOWN_TYPE.search(message):
        return _("Resurstypen finns inte i FHIR R4.")
    if _CHOICE.search(message):
        return _("Bara en typ av värde får anges, här står flera.")
    if _LENGTHS.search(message):
        return _("Listan och listan med dess extension är olika långa.")
    if _RANGE.search(message):
        return _("Talet är för stort: ett heltal i FHIR har 32 bitar.")
    return _("Strukturen följer inte FHIR R4.")
