"""Why a message goes where it goes, in words; said under the name of the unit that gets it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.places import place_name
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

if TYPE_CHECKING:  # the table speaks through these words
    from samverka.discharge.rules.routing import Need, RouteFacts

Places = Mapping[str, str]

GROWN = 18
"""Age (years) of one who is no child (föräldrabalken 9 kap. 1 §)."""


def listed() -> Text:
    """The health centre of the listing."""
    return _("Får det därför att personen är listad där.")


def not_listed() -> Text:
    """No listing: the table says which health centre."""
    return _("Personen är inte listad på någon hälsocentral här. Därför avgör tabellen.")


def listing_hidden() -> Text:
    """A listing that the sender may not see."""
    return _("Var personen är listad visas inte, därför att uppgifterna är skyddade.")


def psychiatric_care() -> Text:
    """Psychiatry's own open care goes before the health centre."""
    return _("Vården är psykiatrisk. Därför går det till psykiatrins öppenvård i första hand.")


def closed(unit: str) -> Text:
    """A unit that is no more, and nobody after it."""
    return _("%(unit)s är stängd och ingen har tagit över.", unit=unit)


def taken_over(unit: str, after: str) -> Text:
    """A unit that is no more, and who came after."""
    return _("%(unit)s är stängd. %(after)s har tagit över.", unit=unit, after=after)


def placed(deciding: str, registered: str, places: Places) -> Text:
    """Another municipality has decided where the person lives (LUS 5:2 st. 2)."""
    name = place_name(deciding, places)
    if not registered or registered == deciding:
        return _(
            "Det är %(deciding)s som har beslutat var personen bor. Därför får den kommunen det "
            "(5 kap. 2 § lagen 2017:612).",
            deciding=name,
        )
    return _(
        "Det är %(deciding)s som har beslutat var personen bor. Därför får den kommunen det, och "
        "inte %(registered)s (5 kap. 2 § lagen 2017:612).",
        deciding=name,
        registered=place_name(registered, places),
    )


def placed_health() -> Text:
    """Health care in the home can lie with the municipality where the home is (HSL 12:1)."""
    return _(
        "Kommunen där boendet ligger kan ge hälso- och sjukvården där. Lägg till den om den behövs."
    )


def registered_elsewhere() -> Text:
    """Protected registration (FOL 16 §): the register does not say where the person lives."""
    return _(
        "Personen har skyddad folkbokföring. Registret säger inte var personen bor, därför väljs "
        "ingen kommun efter det."
    )


def unknown_municipality() -> Text:
    """Nobody has told where the person is registered."""
    return _("Vi vet inte i vilken kommun personen är folkbokförd.")


def other_county(code: str, places: Places) -> Text:
    """A municipality outside the county."""
    return _(
        "Kommunen ligger i ett annat län och har inga egna enheter här: %(place)s.",
        place=place_name(code, places),
    )


def last_resort(part: Part, code: str, places: Places) -> Text:
    """The county's own, who sees to it that the right one is told."""
    if not code:
        return _(
            "Får det därför att enheten är länets reserv för %(part)s och ser till att rätt enhet nås.",
            part=_SMALL[part],
        )
    return _(
        "Ingen rad i tabellen gäller personen i %(place)s. Får det därför att enheten är länets "
        "reserv för %(part)s och ser till att rätt enhet nås.",
        part=_SMALL[part],
        place=place_name(code, places),
    )


def not_yet_told() -> Text:
    """The last resort is not the municipality's own (LUS 5:3 p. 1)."""
    return _("Kommunen räknas inte som underrättad förrän det har skickats vidare dit.")


def points_at(scope: Text) -> Text:
    """A line of the table."""
    return _("Får det därför att den tar emot för %(scope)s.", scope=scope)


def reached(reach: str) -> Text:
    """How the one who gets it reaches those who are not in the system."""
    return _("Så nås kommunen: %(reach)s", reach=reach)


def no_own_door(need: Need, code: str, places: Places) -> Text:
    """Only a general line."""
    return _(
        "Ingen rad gäller särskilt %(need)s i %(place)s. Därför får de som tar emot alla det.",
        need=need_words(need),
        place=place_name(code, places),
    )


def no_children(code: str, places: Places) -> Text:
    """Only a general line, and it is about a child."""
    return _(
        "Ingen rad gäller särskilt barn i %(place)s. Därför får de som tar emot alla det.",
        place=place_name(code, places),
    )


def nobody(part: Part, need: Need | None, code: str, places: Places) -> Text:
    """Not even a last resort: said, and nothing is sent in silence."""
    what = need_words(need) if need else _SMALL[part]
    if not code:
        return _("Ingen tar emot för %(what)s, och länet har ingen reserv.", what=what)
    return _(
        "Ingen tar emot för %(what)s i %(place)s, och länet har ingen reserv.",
        what=what,
        place=place_name(code, places),
    )


def nobody_takes(
    part: Part, age: int | None = None, *, psychiatric: bool = False, need: Need | None = None
) -> Text:
    """What a municipality's lines are missing; without an age: anyone."""
    what = _SMALL[part]
    if need:
        what = need_words(need)
    elif part is Part.OPEN_CARE:
        what = _("regionens öppenvård för den som inte är listad")
    elif part is Part.SOCIAL and psychiatric:
        what = _("socialtjänst vid psykisk ohälsa")
    elif part is Part.SOCIAL and age is not None:
        what = _("socialtjänst för barn") if age < GROWN else _("socialtjänst för vuxna")
    return _("Ingen tar emot för %(what)s.", what=what)


def need_words(need: Need) -> Text:
    """A kind of help, inside a sentence."""
    return NEEDS[need.value]


NEEDS: dict[str, Text] = {
    "lss": _("stöd enligt LSS"),
    "ifo": _("individ- och familjeomsorg"),
}
"""Kinds of help by their codes."""


def scope(line: RouteFacts, places: Places) -> Text:
    """For whom a line is, inside a sentence."""
    where = (
        place_name(line.municipality_code, places) if line.municipality_code else _("hela länet")
    )
    if line.area:
        where = _("%(area)s i %(place)s", area=line.area.title(), place=where)
    who = persons(line)
    return _("%(who)s i %(place)s", who=who, place=where) if who else _("%(place)s", place=where)


def persons(line: RouteFacts) -> Text | None:
    """For which persons a line is; None: for all."""
    found = [one for one in (_need(line), _ages(line), _care(line)) if one is not None]
    if not found:
        return None
    made = found[0]
    for one in found[1:]:
        made = _("%(first)s, %(second)s", first=made, second=one)
    return made


def _need(line: RouteFacts) -> Text | None:
    return need_words(line.need) if line.need else None


def _ages(line: RouteFacts) -> Text | None:
    if line.from_age is not None and line.under is not None:
        return _("den som är %(low)d–%(high)d år", low=line.from_age, high=line.under - 1)
    if line.from_age is not None:
        return _("den som har fyllt %(low)d år", low=line.from_age)
    if line.under is not None:
        return _("den som är under %(high)d år", high=line.under)
    return None


def _care(line: RouteFacts) -> Text | None:
    if line.psychiatric is None:
        return None
    return _("psykiatrisk vård") if line.psychiatric else _("kroppslig vård")


_SMALL: dict[Part, Text] = {
    Part.WARD: _("slutenvård"),
    Part.OPEN_CARE: _("regionens öppenvård"),
    Part.MUNICIPAL_HEALTH: _("kommunens hälso- och sjukvård"),
    Part.SOCIAL: _("socialtjänst"),
}


def part_in_sentence(part: Part) -> Text:
    """A part, inside a sentence."""
    return _SMALL[part]
