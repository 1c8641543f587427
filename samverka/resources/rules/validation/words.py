"""What is said of a fault, in Swedish, never quoting the value: it may be personal data."""

from __future__ import annotations

from decimal import Decimal

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Sort

Words = tuple[Sort, Text, Text | None]
"""Sort, what is wrong, how to mend it (None: the message says it)."""

_LEAVE_OUT = _("Utelämna elementet.")

MISSING: Words = (Sort.REQUIRED, _("Ett obligatoriskt element saknas."), None)
UNKNOWN: Words = (
    Sort.STRUCTURE,
    _("Elementet finns inte i FHIR R4."),
    _("Ta bort elementet, eller skriv det som extension."),
)
TWICE: Words = (Sort.STRUCTURE, _("Samma namn står två gånger."), None)
EMPTY_LIST: Words = (Sort.STRUCTURE, _("En tom lista får inte finnas."), _LEAVE_OUT)
EMPTY_OBJECT: Words = (Sort.STRUCTURE, _("Ett tomt objekt får inte finnas."), _LEAVE_OUT)
EMPTY_VALUE: Words = (Sort.VALUE, _("Värdet är tomt."), _LEAVE_OUT)
NULL: Words = (Sort.STRUCTURE, _("null får inte stå här."), _LEAVE_OUT)
LONE_NULL: Words = (Sort.STRUCTURE, _("null utan extension på samma plats."), None)
LENGTHS: Words = (
    Sort.STRUCTURE,
    _("Listan och listan med dess extension är olika långa."),
    None,
)
TYPES: Words = (Sort.STRUCTURE, _("Bara en typ av värde får anges, här står flera."), None)
NO_TYPE: Words = (
    Sort.STRUCTURE,
    _("Det saknas resourceType, så det är inte en FHIR-resurs."),
    None,
)
NO_SUCH_TYPE: Words = (
    Sort.STRUCTURE,
    _("Resurstypen finns inte i FHIR R4."),
    _("Kontrollera stavningen, och att filen är av version R4 (4.0.1)."),
)
OTHER_TYPE: Words = (
    Sort.INVALID,
    _("Resursen är av en annan typ än den som adressen säger."),
    None,
)
TOO_DEEP: Words = (Sort.TOO_COSTLY, _("Resursen är nästlad för djupt för att läsas."), None)
TOO_LONG: Words = (Sort.TOO_LONG, _("Texten är längre än en miljon tecken."), None)
CONTROL: Words = (
    Sort.INVARIANT,
    _("Texten har ett styrtecken som inte får finnas."),
    _("Ta bort tecknet. Tabb och radbyte får stå kvar."),
)
NUL: Words = (Sort.VALUE, _("Texten har ett tecken som inte får finnas (noll)."), None)
BAD_ID: Words = (
    Sort.VALUE,
    _("Ett id har 1 till 64 tecken: A-Z, a-z, 0-9, - och punkt."),
    None,
)
NO_DAY: Words = (Sort.VALUE, _("Den dagen finns inte i kalendern."), None)
TOO_BIG: Words = (
    Sort.VALUE,
    _("Talet är för stort: ett heltal i FHIR har 32 bitar."),
    None,
)
NO_CONTAINED: Words = (
    Sort.VALUE,
    _("Ingen innesluten resurs (contained) har det id:t."),
    None,
)
NESTED: Words = (Sort.STRUCTURE, _("En innesluten resurs får inte innesluta fler."), None)
COMPARED: Words = (
    Sort.INVARIANT,
    _("Här får inte stå någon jämförelse (comparator)."),
    _("Ta bort comparator, eller skriv ett intervall (Range) där det går."),
)
ACTIVE: Words = (
    Sort.SECURITY,
    _("Berättelsen har aktivt innehåll."),
    _("Ta bort skript, formulär och inbäddat innehåll ur text.div."),
)
NOT_XHTML: Words = (
    Sort.INVARIANT,
    _("Berättelsen är inte hel XHTML."),
    _("Stäng varje element, och skriv & som &amp;."),
)
NOT_LISTED: Words = (
    Sort.INVARIANT,
    _("Berättelsen har ett element eller attribut som FHIR inte tillåter."),
    _("Använd rubriker, stycken, listor, tabeller, länkar och bilder."),
)
NO_DIV: Words = (
    Sort.INVARIANT,
    _("Berättelsen ska vara ett div-element i XHTML:s namnrymd."),
    _('Skriv <div xmlns="http://www.w3.org/1999/xhtml">.'),
)
NOTHING_TOLD: Words = (
    Sort.INVARIANT,
    _("Berättelsen är tom."),
    _("Skriv en text, eller utelämna text."),
)

_NAMES: dict[type, Text] = {
    str: _("en text"),
    bool: _("true eller false"),
    int: _("ett heltal"),
    float: _("ett tal"),
    Decimal: _("ett tal"),
    dict: _("ett objekt"),
    list: _("en lista"),
    type(None): _("null"),
}


def expected(wanted: type, found: object) -> Words:
    """Another JSON type stands here."""
    return (
        Sort.STRUCTURE,
        _(
            "Här ska stå %(wanted)s, men det står %(found)s.",
            wanted=_NAMES[wanted],
            found=_NAMES.get(type(found), _NAMES[str]),
        ),
        None,
    )


def not_valid(kind: str) -> Words:
    """The right JSON type, but not of the form that the datatype has."""
    return Sort.VALUE, _("Värdet är inte en giltig %(type)s.", type=kind), None


def not_bound(codes: frozenset[str]) -> Words:
    """A code outside a value set that is bound as required."""
    known = ", ".join(sorted(codes)[:12])
    if len(codes) > 12:
        known += " …"
    message = _("Koden finns inte i FHIR R4. Tillåtna: %(known)s.", known=known)
    return Sort.CODE, message, None


def points_wrong(targets: frozenset[str]) -> Words:
    """A reference to a type that may not stand here."""
    known = ", ".join(sorted(targets))
    message = _(
        "Referensen pekar på en typ som inte får stå här. Tillåtna: %(known)s.", known=known
    )
    return Sort.INVARIANT, message, None


def types_differ() -> Words:
    """Reference.type says another type than the reference itself."""
    return Sort.INVARIANT, _("Referensens typ är en annan än den som den pekar på."), None
