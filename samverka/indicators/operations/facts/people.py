"""Residents → person-months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from samverka.careplans.reads import GroupSpell, group_spells
from samverka.indicators.operations.facts.frame import CHUNK, Frame, Row, day
from samverka.indicators.warehouse.persons import months, years_old
from samverka.indicators.warehouse.quality import FaultKind
from samverka.kernel.calendar import end_of_day
from samverka.organisations.rules import UnitKind
from samverka.people.reads import Resident, Spell, residents

CHILD_UNTIL: Final = 18
"""Age (years) from which one is no child."""

ELDERLY_FROM: Final = 65
"""Age (years) from which the follow-up counts someone among the elderly."""

BACK: Final = timedelta(days=45)
"""Months so far back are written again each time: what happened in them may have come late."""

_HELP: Final = {
    "home_care": UnitKind.HOME_CARE,
    "home_nursing": UnitKind.HOME_HEALTH_CARE,
    "care_home": UnitKind.CARE_HOME,
}


def person_months(frame: Frame) -> Iterator[Row]:
    """Every month that we know of a living person, as on its last day; the running month is not over."""
    waiting = iter(residents(frame.this))
    while part := list(islice(waiting, CHUNK)):
        groups = group_spells(frame.this, persons=[one.person.id for one in part])
        for one in part:
            yield from _months(frame, one, groups.get(one.person.id, []))


def _months(frame: Frame, one: Resident, groups: list[GroupSpell]) -> Iterator[Row]:
    begun = _first_day(one)
    if begun is None:
        frame.faults.add(frame.fact, FaultKind.NO_PERSON)
        return
    whole = not frame.since or one.changed_at >= frame.since
    if frame.since and not whole:
        begun = max(begun, frame.since.date() - BACK)
    county = one.person.county
    if not county:
        frame.faults.add(frame.fact, FaultKind.NO_COUNTY)
        return
    who = frame.who(one.person)
    frame.stand(who.key)
    if whole:
        frame.tell(who.key)
    for first, last in months(begun, frame.today):
        if last >= frame.today or (one.person.died_on and one.person.died_on <= last):
            return
        unit = None if who.hidden else _listed(frame, one.listed, last)
        yield {
            **who.on(last),
            "county": county,
            "unit": unit,
            "side": None,
            "source": "samverka",
            "source_key": frame.keys.row(frame.fact, who.key, part=first.year * 12 + first.month),
            "month": first,
            "listed_unit": unit,
            **{name: _served(frame, one.served, kind, last) for name, kind in _HELP.items()},
            "groups": " ".join(_groups(years_old(who.born, last), groups, last)) or None,
        }


def _first_day(one: Resident) -> date | None:
    """When we first knew of the person, and never before the birth."""
    known = [moment for moment in (one.known_since, *(at.since for at in one.listed)) if moment]
    first = day(min(known, default=None))
    return max(first, one.person.birth_date or first) if first else None


def _listed(frame: Frame, spells: Iterable[Spell], last: date) -> str | None:
    found = [one.unit_id for one in spells if _holds(one, last)]
    unit = frame.units.get(found[-1]) if found else None
    return unit.hsa_id or None if unit else None


def _served(frame: Frame, spells: Iterable[Spell], kind: UnitKind, last: date) -> bool:
    return any(_kind(frame, one.unit_id) is kind for one in spells if _holds(one, last))


def _kind(frame: Frame, unit_id: UUID) -> UnitKind | None:
    unit = frame.units.get(unit_id)
    return unit.kind if unit else None


def _groups(age: int | None, spells: list[GroupSpell], last: date) -> Iterator[str]:
    """By age, and by the plans that held that day."""
    own = {one.group for one in spells if _holds(one, last)}
    if age is not None and age < CHILD_UNTIL:
        own.add("children")
    if age is not None and age >= ELDERLY_FROM:
        own.add("elderly")
    return iter(sorted(own))


def _holds(one: Spell | GroupSpell, last: date) -> bool:
    """At the end of the day: what begins or ends at midnight does so the day after."""
    end = end_of_day(last)
    return one.since < end and (one.until is None or one.until >= end)
