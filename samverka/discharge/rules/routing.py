"""Who is to be told about a person: the routing table, the most exact line first. Pure.

Each answer says in words why it is so; where nobody is found, that is an answer too, never silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from samverka.discharge.rules import because
from samverka.discharge.rules.kinds import MUNICIPAL, Part
from samverka.discharge.rules.places import in_county
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

ADULT = because.GROWN
"""Age (years) from which the services for children and families do not answer."""
OLDEST = 120
"""Highest age that a line can name (years)."""


class Need(StrEnum):
    """A kind of help from social services that has a door of its own. The codes are stored."""

    LSS = "lss"  # stöd enligt lagen (1993:387)
    IFO = "ifo"  # individ- och familjeomsorg: LVU, LVM, missbruk (LUS 1:3 p. 2)


HELP_WORDS: dict[Need, Text] = {
    Need.LSS: _("LSS"),
    Need.IFO: _("Individ- och familjeomsorg (även missbruk och beroende)"),
}


@dataclass(frozen=True, slots=True)
class RouteUnit:
    """A unit, as the table needs to know it.

    Attributes:
        municipal: a municipality answers for it.
        families: works with children and families.
        successor: who has taken over from a closed unit.
    """

    id: UUID
    name: str
    municipality_code: str = ""
    municipal: bool = False
    families: bool = False
    closed: bool = False
    successor: UUID | None = None


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """One line of the table; an empty or missing value fits all.

    Attributes:
        municipality_code: empty: the county's last resort.
        reach: how one reaches them, where they are not in the system.
    """

    part: Part
    unit_id: UUID
    municipality_code: str = ""
    area: str = ""
    psychiatric: bool | None = None
    from_age: int | None = None
    under: int | None = None
    need: Need | None = None
    reach: str = ""

    @property
    def ages(self) -> int:
        """How many ages it fits (years)."""
        return (self.under or OLDEST) - (self.from_age or 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A county's lines, the units that they name (also closed ones), and what places are called."""

    county_code: str
    routes: tuple[RouteFacts, ...] = ()
    units: Mapping[UUID, RouteUnit] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a message is about.

    Attributes:
        municipality_code: where the person is registered (folkbokförd).
        deciding_code: the municipality that has decided that the person lives in another (LUS 5:2).
        area: post town; empty where it is protected, so that only lines for the whole municipality fit.
        listed_unit: health centre where the person is listed; None also where the sender may not know.
        protected: registered elsewhere than where the person lives (skyddad folkbokföring), so that the
            registration says nothing of where help is given.
    """

    municipality_code: str = ""
    deciding_code: str = ""
    area: str = ""
    psychiatric: bool = False
    age: int | None = None
    listed_unit: UUID | None = None
    needs: frozenset[Need] = frozenset()
    protected: bool = False

    @property
    def answers(self) -> str:
        """The municipality that answers for the help; empty where nobody can know it."""
        return self.deciding_code or ("" if self.protected else self.municipality_code)

    @property
    def child(self) -> bool:
        """Under 18."""
        return self.age is not None and self.age < ADULT


@dataclass(frozen=True, slots=True)
class Found:
    """Where a part's message goes, and why.

    Attributes:
        unit_id: None: nobody takes it, and `why` says so.
        fallback: no line fits the person, so it goes to the county's last resort.
        reach: how the last resort reaches those who are not in the system.
    """

    part: Part
    unit_id: UUID | None
    why: tuple[Text, ...]
    need: Need | None = None
    fallback: bool = False
    listed: bool = False
    reach: str = ""
    line: RouteFacts | None = None


def fits(route: RouteFacts, whom: Whom, need: Need | None = None) -> bool:
    """Whether a line is about this person and this kind of help."""
    if route.municipality_code not in ("", whom.answers):
        return False
    if route.area and route.area.casefold() != whom.area.casefold():
        return False
    if route.psychiatric is not None and route.psychiatric != whom.psychiatric:
        return False
    if route.need is not None and route.need is not need:
        return False
    return _fits_age(route, whom.age)


def _fits_age(route: RouteFacts, age: int | None) -> bool:
    if age is None:
        return route.from_age is None and route.under is None
    young = route.under is not None and age >= route.under
    return not young and (route.from_age is None or age >= route.from_age)


Exactness = tuple[bool, bool, bool, bool, bool, bool, int]


def exactness(route: RouteFacts, whom: Whom, table: Table) -> Exactness:
    """How exactly a line points: municipality, kind of help, age, kind of care, then area.

    Kind goes before area: the one in a village who needs what only one in the municipality gives is told
    there. A child goes to those who work with families before those who take all.
    """
    unit = table.units.get(route.unit_id)
    psychiatry = route.part is Part.OPEN_CARE and route.psychiatric is True
    return (
        bool(route.municipality_code),
        route.need is not None or psychiatry,
        whom.child and (route.under is not None or (unit is not None and unit.families)),
        route.from_age is not None or route.under is not None,
        route.psychiatric is not None,
        bool(route.area),
        -route.ages,
    )


def standing(unit_id: UUID, table: Table) -> tuple[RouteUnit | None, list[Text]]:
    """The unit that takes it today: itself, or the one that took over; and what has happened since."""
    seen: set[UUID] = set()
    said: list[Text] = []
    unit = table.units.get(unit_id)
    while unit is not None and unit.closed:
        seen.add(unit.id)
        after = table.units.get(unit.successor) if unit.successor else None
        if after is None or after.id in seen:
            return None, [*said, because.closed(unit.name)]
        said.append(because.taken_over(unit.name, after.name))
        unit = after
    return unit, said


def route(part: Part, table: Table, whom: Whom) -> list[Found]:
    """Where a part's message goes: one answer, or one for each kind of social services help.

    The region's open care is the health centre where the person is listed, or psychiatry where the care is
    psychiatric and psychiatry has a line of its own; the table stands in for those who are listed nowhere.
    """
    needs = sorted(whom.needs) if part is Part.SOCIAL and whom.needs else [None]
    found: dict[UUID | None, Found] = {}
    for need in needs:
        one = _listed(part, table, whom) or _by_table(part, table, whom, need)
        known = found.get(one.unit_id)
        found[one.unit_id] = replace(known, why=_joined(known, one)) if known else one
    return list(found.values())


def _joined(first: Found, second: Found) -> tuple[Text, ...]:
    return (*first.why, *(one for one in second.why if one not in first.why))


def _listed(part: Part, table: Table, whom: Whom) -> Found | None:
    if part is not Part.OPEN_CARE or whom.listed_unit is None or _psychiatry(table, whom):
        return None
    unit, said = standing(whom.listed_unit, table)
    if unit is None:
        return None
    return Found(part, unit.id, (*said, because.listed()), listed=True)


def _psychiatry(table: Table, whom: Whom) -> bool:
    """Whether the region's psychiatry has a door of its own for the person: it goes before the listing."""
    return whom.psychiatric and any(
        one.psychiatric and one.municipality_code and standing(one.unit_id, table)[0] is not None
        for one in table.routes
        if one.part is Part.OPEN_CARE and fits(one, whom)
    )


def _by_table(part: Part, table: Table, whom: Whom, need: Need | None) -> Found:
    said = list(_before(part, table, whom))
    for one in _in_order(part, table, whom, need):
        unit, since = standing(one.unit_id, table)
        said += [text for text in since if text not in said]
        if unit is None:
            continue
        why = (*said, *_why(one, unit, table, whom, need))
        return Found(
            part, unit.id, why, need, fallback=not one.municipality_code, reach=one.reach, line=one
        )
    return Found(part, None, (*said, because.nobody(part, need, whom.answers, table.places)), need)


def _in_order(part: Part, table: Table, whom: Whom, need: Need | None) -> list[RouteFacts]:
    """The lines that fit, the most exact first; among equals always the same."""
    fitting = [one for one in table.routes if one.part is part and fits(one, whom, need)]
    return sorted(
        sorted(fitting, key=lambda one: str(one.unit_id)),
        key=lambda one: exactness(one, whom, table),
        reverse=True,
    )


def _before(part: Part, table: Table, whom: Whom) -> Iterator[Text]:
    """What decides which lines can be about the person at all."""
    if part is Part.OPEN_CARE:
        yield from _about_listing(table, whom)
    if whom.deciding_code:
        # Of one with protected registration it is not said where, not even by saying who is not told.
        registered = "" if whom.protected else whom.municipality_code
        yield because.placed(whom.deciding_code, registered, table.places)
        if part is Part.MUNICIPAL_HEALTH:
            yield because.placed_health()
    elif whom.protected:
        yield because.registered_elsewhere()
    elif not whom.municipality_code:
        yield because.unknown_municipality()
    if whom.answers and not in_county(whom.answers, table.county_code):
        yield because.other_county(whom.answers, table.places)


def _about_listing(table: Table, whom: Whom) -> Iterator[Text]:
    """Why the listing does not decide."""
    if _psychiatry(table, whom):
        yield because.psychiatric_care()
    elif whom.listed_unit is not None:
        yield from standing(whom.listed_unit, table)[1]
    else:
        yield because.listing_hidden() if whom.protected else because.not_listed()


def _why(
    line: RouteFacts, unit: RouteUnit, table: Table, whom: Whom, need: Need | None
) -> Iterator[Text]:
    if not line.municipality_code:
        yield because.last_resort(line.part, whom.answers, table.places)
        if line.part in MUNICIPAL and not unit.municipal:
            yield because.not_yet_told()
        return
    if need is not None and line.need is None:
        yield because.no_own_door(need, line.municipality_code, table.places)
    if whom.child and line.part is Part.SOCIAL and not exactness(line, whom, table)[2]:
        yield because.no_children(line.municipality_code, table.places)
    yield because.points_at(because.scope(line, table.places))
    if line.reach:
        yield because.reached(line.reach)


# ── what is missing ──


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of person whom no line of a municipality is about.

    Attributes:
        stood_in: the county's last resort takes it; False: nobody does.
    """

    municipality_code: str
    part: Part
    words: Text
    stood_in: bool


_PROBES: tuple[tuple[Part, Whom, Need | None], ...] = (
    (Part.OPEN_CARE, Whom(age=50), None),
    (Part.MUNICIPAL_HEALTH, Whom(age=82), None),
    (Part.SOCIAL, Whom(age=82), None),
    (Part.SOCIAL, Whom(age=9), None),
    (Part.SOCIAL, Whom(age=30, needs=frozenset({Need.LSS})), Need.LSS),
    (Part.SOCIAL, Whom(age=30, needs=frozenset({Need.IFO})), Need.IFO),
    (Part.SOCIAL, Whom(age=40, psychiatric=True), None),
)
"""Those whom every municipality must be ready for: asked of the same rule that routes the messages."""


def gaps(code: str, table: Table) -> list[Gap]:
    """Whom no line of the municipality is about; where a part has no line that fits anyone, one sentence."""
    found = []
    for part in dict.fromkeys(one for one, _probe, _need in _PROBES):
        probes = [(probe, need) for one, probe, need in _PROBES if one is part]
        missing = [
            _gap(code, part, probe, need, answer)
            for probe, need in probes
            if _is_gap(
                answer := _by_table(part, table, replace(probe, municipality_code=code), need)
            )
        ]
        whole = len(probes) > 1 and len(missing) == len(probes)
        found += (
            [Gap(code, part, because.nobody_takes(part), missing[0].stood_in)] if whole else missing
        )
    return found


def _is_gap(answer: Found) -> bool:
    return answer.fallback or answer.unit_id is None


def _gap(code: str, part: Part, probe: Whom, need: Need | None, answer: Found) -> Gap:
    words = because.nobody_takes(part, probe.age, psychiatric=probe.psychiatric, need=need)
    return Gap(code, part, words, stood_in=answer.unit_id is not None)


def last_resorts_missing(table: Table, parts: Iterable[Part]) -> list[Part]:
    """The parts for which the county has named nobody who always takes a message."""
    stands = {
        one.part
        for one in table.routes
        if not one.municipality_code and one == RouteFacts(one.part, one.unit_id, reach=one.reach)
        and standing(one.unit_id, table)[0] is not None
    }  # fmt: skip
    return [part for part in parts if part not in stands]
