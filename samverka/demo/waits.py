"""Those who wait under the waiting-time guarantee when the county is built: every state, few in a hurry.

Drawn by the seed among the synthetic people, and Karin, who waits for a first visit about her heart. All is done by
the units' own staff: referrals registered, times offered and answered, days not counted, visits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from uuid import UUID

from samverka.access.operations import open_relation
from samverka.access.rules import RelationKind
from samverka.demo.actors import County, builder
from samverka.demo.hospital.parties import Parties
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.guarantee import operations as guarantee
from samverka.guarantee.reads import WaitDetail
from samverka.guarantee.rules import Ending, LetterKind, Part, Profession, Purpose, Reason
from samverka.guarantee.rules.keeping import WaitFacts
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityNumber, age
from samverka.people.reads import search_persons

FROM_AGE = 35
ONE_IN, FEWEST, MOST = 60, 10, 30
"""One of so many of the county; at least and at most so many."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What someone waits for, and where."""

    unit: str
    area: str
    visit: str
    treatment: str


MATTERS = (
    Matter("ortopedi", "Ortopedi", "Undersökning av knät", "Operation av knät"),
    Matter("ortopedi", "Ortopedi", "Undersökning av höften", "Ny höftled"),
    Matter("ortopedi", "Ortopedi", "Undersökning av axeln", "Operation av axeln"),
    Matter("lungmottagning", "Lungsjukvård", "Undersökning av lungorna", "Träning för lungorna"),
    Matter("ortopedi", "Ortopedi", "Undersökning av handen", "Operation av handen"),
    Matter("hjartmottagning", "Hjärtsjukvård", "Undersökning av hjärtat", "Kurs om hjärtsvikt"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """How one wait has gone.

    Attributes:
        days: so many days ago it began to count.
        offered: so many days ahead, or behind, lies the offered time; `said`: the answer.
        paused: so many days ago the days ceased to count, for medical reasons; for so many days.
        met, ended: so many days ago the care took place, or the wait ended without it.
    """

    days: int
    part: Part = Part.VISIT
    offered: int | None = None
    said: bool | None = None
    paused: tuple[int, int | None] | None = None
    abstains: bool = False
    met: int | None = None
    ended: int | None = None


STAGES = (
    Told(20),
    Told(83, offered=4, said=True),
    Told(47, Part.TREATMENT, offered=20),
    Told(79),
    Told(60, met=5),
    Told(12, Part.TREATMENT),
    Told(96, paused=(40, 21), offered=8, said=True),
    Told(35),
    Told(110, met=12),
    Told(70, Part.TREATMENT, offered=11, said=True),
    Told(55, offered=14, said=False, abstains=True),
    Told(28, Part.TREATMENT, paused=(6, None)),
    Told(8),
    Told(66, ended=9),
    Told(41, offered=25, said=True),
    Told(75, Part.TREATMENT, met=20),
)
"""Sixteen ways that it goes; the list begins anew after them."""

PASSED = Told(97, Part.TREATMENT)
"""One who has waited too long: one in twenty at most, so only where there are so many."""
KARIN = Told(52)
_HEART = MATTERS[-1]


def fill_waits(
    county: County,
    residents: Sequence[Resident],
    karin: IdentityNumber | None,
    *,
    seed: int,
    people: int,
) -> None:
    """Let some of the county's people wait for care, and Karin for a first visit."""
    chance = Random(f"{seed}/{people}/waits")  # noqa: S311
    many = max(FEWEST, min(MOST, people // ONE_IN))
    grown = [one for one in residents if age(one.birth_date, county.today) >= FROM_AGE]
    parties, stages, matters = Parties(county), cycle(STAGES), cycle(MATTERS)
    for n, one in enumerate(chance.sample(grown, min(many, len(grown)))):
        told = PASSED if n == _ENOUGH else next(stages)
        _tell(parties, one.number, told, MATTERS[0] if told is PASSED else next(matters))
    if karin is not None:
        _tell(parties, karin, KARIN, _HEART)


_ENOUGH = 20


def _tell(parties: Parties, number: IdentityNumber, told: Told, matter: Matter) -> None:
    """One wait, step by step, each at its own time."""
    person_id = _person(number, parties.county.today)
    if person_id is None:
        return
    log_in = parties.at_ward(matter.unit)
    at = log_in.actor(_at(parties.county.today, max(1, told.days - 2), 9))
    if open_relation(at, person_id=person_id, kind=RelationKind.CARE).since > at.at:
        return  # known to the unit only since a later day: then there was no wait that day
    found = guarantee.start_wait(at, person_id=person_id, facts=_facts(told, matter, at))
    later = log_in.actor(_at(parties.county.today, _step_day(told), 10))
    _go_on(later, found, told, parties.county)


def _step_day(told: Told) -> int:
    """So many days ago the unit did what is told: at the earliest when the care had taken place."""
    if told.met is not None or told.ended is not None:
        return told.met if told.met is not None else told.ended or 0
    return 3


def _go_on(at: Actor, found: WaitDetail, told: Told, county: County) -> None:
    today = county.today
    if told.paused is not None:
        since, long = told.paused
        first = today - timedelta(days=since)
        last = first + timedelta(days=long - 1) if long else None
        guarantee.pause_wait(at, wait_id=found.id, reason=Reason.MEDICAL, first=first, last=last)
    if told.offered is not None:
        _offer(at, found, told, today)
    if told.met is not None:
        guarantee.note_contact(
            at,
            wait_id=found.id,
            at=at.at,
            purpose=Purpose.TREATMENT if told.part is Part.TREATMENT else Purpose.FIRST_VISIT,
            profession=Profession.DOCTOR,
        )
    if told.ended is not None:
        guarantee.end_wait(
            at, wait_id=found.id, on=today - timedelta(days=told.ended), why=Ending.WITHDRAWN
        )


def _offer(at: Actor, found: WaitDetail, told: Told, today: date) -> None:
    care = today + timedelta(days=told.offered or 0)
    made = guarantee.offer_time(
        at, wait_id=found.id, care_on=care, where=found.unit.name, informed_on=at.at.date()
    )
    if told.said is None:
        guarantee.write_letter(at, wait_id=found.id, kind=LetterKind.OFFER)
        return
    offer = made.offers[0].id
    guarantee.answer_offer(at, offer_id=offer, accepted=told.said)
    if told.abstains:
        guarantee.pause_wait(
            at, wait_id=found.id, reason=Reason.ABSTAINS, first=at.at.date(), offer_id=offer,
            words="Vill vänta till efter jul.",
        )  # fmt: skip


def _facts(told: Told, matter: Matter, at: Actor) -> WaitFacts:
    start = at.at - timedelta(days=min(2, told.days - 1))
    if told.part is Part.TREATMENT:
        return WaitFacts(part=told.part, what=matter.treatment, area=matter.area, decided_at=start)
    return WaitFacts(
        part=told.part,
        what=matter.visit,
        area=matter.area,
        referrer="Hälsocentralen",
        referral_issued_at=start,
        referral_received_at=at.at,
    )


def _person(number: IdentityNumber, today: date) -> UUID | None:
    found = search_persons(builder(_at(today, 0, 4)), text="", number=number)
    return found[0].id if found else None


def _at(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(hour), STOCKHOLM)
