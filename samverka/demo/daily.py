"""What the days bring to some of the synthetic people, so that the units' lists live.

A meeting next week, someone who rings, a daughter who asks for a plan: few of
each, drawn for each person by itself, done by operations like all else.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans.operations import Invited, MeetingFacts
from samverka.careplans.rules import CommentWay, ContactKind, RequestSource
from samverka.contacts import operations as contacts
from samverka.contacts.rules import PromiseFacts
from samverka.demo.actors import County, LogIn
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.demo.small_plans import FROM_AGE, writers
from samverka.kernel.actor import Actor
from samverka.kernel.identity import age
from samverka.notices import operations as notices
from samverka.notices.reads import unit_tasks

SOURCE = "demo-journal"
"""The record system that the contacts of the synthetic people come from."""

# ── those with a small plan ──

MEETINGS, CALLERS, PROMISES, TAKEN = 0.4, 0.3, 0.3, 0.3
"""Shares of the small plans with a meeting ahead, words by phone, a promised time, a task taken."""

_WORDS = (
    "Tiden på torsdag krockar med frisören. Går det på fredag?",
    "Tabletterna räcker till söndag. Sedan vet jag inte.",
    "Det går bättre. Jag ville bara säga det.",
    "Kan någon följa med mig nästa gång? Jag glömmer vad ni säger.",
)
_PLACES = ("Hemma hos personen", "Hälsocentralen, samtalsrummet", "På video")
_PROMISED = ("Hörselprov", "Nya glasögon, synprov", "Prov på benskörhet", "Samtal med dietist")


def liven(
    chance: Random, county: County, person: tuple[UUID, Resident], plan_id: UUID, writer: LogIn
) -> None:
    """What has happened round a small plan in the last days."""
    person_id, resident = person
    today = county.today
    careplans.appoint_contact(
        writer.actor(_at(today, -12, 9)), person_id=person_id, kind=ContactKind.FAST_VARDKONTAKT
    )
    if chance.random() < PROMISES:
        facts = PromiseFacts(
            what=chance.choice(_PROMISED), latest_on=today + timedelta(days=chance.randint(20, 70))
        )
        contacts.promise_time(writer.actor(_at(today, -6, 9)), person_id=person_id, facts=facts)
    if chance.random() < MEETINGS:
        _meeting(chance, county, resident, plan_id, writer)
    if chance.random() < CALLERS:
        careplans.comment_plan(
            writer.actor(_at(today, -1, chance.randint(8, 14))),
            plan_id=plan_id,
            words=chance.choice(_WORDS),
            on_behalf_of=resident.name,
            way=CommentWay.PHONE,
        )
    if chance.random() < TAKEN:
        _take(writer.actor(_at(today, -1, 15, 30)), person_id)


def _at(today: date, days: int, hour: int, minute: int = 0) -> datetime:
    """A weekday about so many days away, backwards in the past."""
    day = today + timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1 if days > 0 else -1)
    return datetime.combine(day, time(hour, minute), STOCKHOLM)


def _meeting(
    chance: Random, county: County, resident: Resident, plan_id: UUID, writer: LogIn
) -> None:
    """A meeting in the next two weeks; other units that know the person have not all answered."""
    own = writer.assignment.unit.id if writer.assignment else None
    units = {county.units[care.unit].id for care in resident.care} - {own}
    starts = _at(county.today, chance.randint(2, 14), chance.randint(9, 14))
    careplans.call_meeting(
        writer.actor(_at(county.today, -2, 10)),
        plan_id=plan_id,
        facts=MeetingFacts(
            starts_at=starts,
            ends_at=starts + timedelta(minutes=45),
            place=chance.choice(_PLACES),
            purpose="Uppföljning av planen",
        ),
        invited=Invited(units=tuple(sorted(units, key=str))),
    )


def _take(actor: Actor, person_id: UUID) -> None:
    for one in unit_tasks(actor):
        if one.person_id == person_id and one.may_take and not one.taken_by:
            notices.take_task(actor, task_id=one.id)


# ── those without ──

ASKED = 0.012
"""Share of those over seventy for whom a plan was asked for yesterday."""

_ASKERS = (
    ("dottern", "Pappa har många som kommer, och ingen vet om den andra. Kan ni göra en plan?"),
    ("sonen", "Mamma säger olika till alla. Vi vill sitta ner en gång, tillsammans."),
    ("hustrun", "Jag orkar inte hålla reda på alla tider. Kan någon göra det med oss?"),
    ("grannen", "Jag är grannen och oroar mig. De har sagt ja till att jag ringer."),
)


def befall(chance: Random, county: County, person: tuple[UUID, Resident]) -> None:
    """What has befallen one of the old, for a few of them."""
    _person_id, resident = person
    if age(resident.birth_date, county.today) < FROM_AGE:
        return
    if chance.random() < ASKED:
        _ask(chance, county, person)


def _ask(chance: Random, county: County, person: tuple[UUID, Resident]) -> None:
    """One near the person rings the health centre, where it is written down."""
    person_id, resident = person
    who, reason = chance.choice(_ASKERS)
    writer = writers().get(resident.listed)
    if writer is None:
        return
    careplans.ask_for_plan(
        county.staff[writer].actor(_at(county.today, -1, chance.randint(8, 15))),
        person_id=person_id,
        reason=reason,
        source=RequestSource.RELATIVE,
        asked_by=f"{who}, som ringde",
    )
