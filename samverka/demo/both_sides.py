"""Some of the old have help of both region and municipality and no plan: those whom a list suggests.

The health centre may count the visits of the home health care because two things hold: the person is
in its care now, not only listed there (PDL 6:3, SVOD 3:1), and has said yes to SVOD.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from samverka.access import operations as access
from samverka.access.rules import ConsentForm, ConsentKind, RelationKind
from samverka.contacts import operations as contacts
from samverka.contacts.rules import VisitFacts, Way
from samverka.demo.actors import County
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.demo.small_plans import writers
from samverka.kernel.actor import Actor
from samverka.kernel.identity import age

AT_EACH = 3
"""Persons at each health centre whom its list suggests."""

FROM_AGE = 65

_AT_HOME = (
    "Omläggning av sår på benet",
    "Blodtryck och vikt",
    "Tabletter delas i dosett",
    "Insulin på morgonen",
    "Kateter ses över",
)
_SEEN_FOR = (
    "Hjärtsvikt, uppföljning",
    "Sår på benet",
    "Diabetes, årskontroll",
    "Yrsel och fall",
    "KOL, uppföljning",
)


def chosen(residents: Iterable[Resident], today: date) -> frozenset[int]:
    """The eldest at each health centre, by their place among all: the same whatever a run began with."""
    found: dict[str, list[Resident]] = {}
    for one in sorted(residents, key=lambda one: (one.birth_date, one.n)):
        at_home = f"hemsjukvard-{one.address.municipality}"
        if age(one.birth_date, today) >= FROM_AGE and {one.listed, at_home} <= writers().keys():
            found.setdefault(one.listed, []).append(one)
    return frozenset(one.n for listed in found.values() for one in listed[:AT_EACH])


def help_of_both(
    chance: Random, county: County, person: tuple[UUID, Resident], system: Actor
) -> None:
    """In the health centre's care since a while; the home health care comes too; a yes to SVOD."""
    person_id, resident = person
    key = f"hemsjukvard-{resident.address.municipality}"
    home, centre = county.units[key], county.units[resident.listed]
    for unit, reason in ((centre, chance.choice(_SEEN_FOR)), (home, "Hemsjukvård")):
        access.open_relation(
            system,
            person_id=person_id,
            kind=RelationKind.CARE,
            reason=reason,
            unit_id=unit.id,
            provider_id=unit.provider_id,
        )
    access.give_consent(
        county.staff[writers()[key]].actor(_at(county.today, -20, 10)),
        person_id=person_id,
        kind=ConsentKind.SVOD,
        reader_providers=[centre.provider_id, home.provider_id],
        form=ConsentForm.ORAL,
        given_by=resident.name,
        covers="Det som hemsjukvården och hälsocentralen skriver.",
    )
    for days in (-chance.randint(12, 18), -chance.randint(3, 10)):
        facts = VisitFacts(
            starts_at=_at(county.today, days, chance.randint(8, 15)),
            what=chance.choice(_AT_HOME),
            way=Way.HOME,
        )
        contacts.receive_visit(
            system,
            person_id=person_id,
            facts=facts,
            unit_id=home.id,
            source="demo-journal",
            source_id=f"home-{resident.n}-{-days}",
        )


def _at(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(hour), STOCKHOLM)
