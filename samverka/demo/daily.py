"""What the days bring to some of the synthetic people, so that the units' lists live.

A stay in hospital, a meeting next week, someone who rings, a daughter who asks for a plan: few of
each, drawn for each person by itself, done by operations like all else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from samverka.access import operations as access
from samverka.access.rules import RelationKind
from samverka.careplans import operations as careplans
from samverka.careplans.operations import Invited, MeetingFacts
from samverka.careplans.rules import CommentWay, ContactKind, RequestSource
from samverka.contacts import operations as contacts
from samverka.contacts.rules import PromiseFacts, StayFacts, VisitStatus
from samverka.demo.actors import County, LogIn
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.kernel.actor import Actor
from samverka.kernel.identity import age
from samverka.notices import operations as notices
from samverka.notices.reads import unit_tasks

# ── those with a small plan ──

MEETINGS, CALLERS, PROMISES, TAKEN = 0.4, 0.3, 0.3, 0.3
"""Shares of the small plans with a meeting ahead, words by phone, a promised time, a task taken."""

_WORDS = (
    "Tiden på torsdag krockar med frisören. Går det på fredag?",
    "Tabletterna räcker till söndag. Sedan vet jag inte.",
    "Det går bättre. Jag ville bara säga det.",
    "Kan någon följa med mig nästa gång? Jag glömmer vad ni säger.",
)
_PROMISED = ("Hörselprov", "Nya glasögon, synprov", "Prov på benskörhet", "Samtal med dietist")


def liven(
    chance: Random, county: County, resident: Resident, plan_id: UUID, writer: LogIn, today: date
) -> None:
    """What has happened round a small plan in the last days."""
    person_id = _contact(writer, plan_id, today)
    if chance.random() < MEETINGS:
        _meeting(chance, county, resident, plan_id, writer, today)
    if chance.random() < CALLERS:
        careplans.comment_plan(
            writer.actor(_at(today, -1, chance.randint(8, 15))),
            plan_id=plan_id,
            words=chance.choice(_WORDS),
            on_behalf_of=resident.name,
            way=CommentWay.PHONE,
        )
    if chance.random() < PROMISES:
        facts = PromiseFacts(
            what=chance.choice(_PROMISED), latest_on=today + timedelta(days=chance.randint(20, 70))
        )
        contacts.promise_time(writer.actor(_at(today, -6, 9)), person_id=person_id, facts=facts)
    if chance.random() < TAKEN:
        _take(writer.actor(_at(today, -1, 16)), person_id)


def _at(today: date, days: int, hour: int, minute: int = 0) -> datetime:
    """A weekday about so many days away, backwards in the past."""
    day = today + timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1 if days > 0 else -1)
    return datetime.combine(day, time(hour, minute), STOCKHOLM)


def _contact(writer: LogIn, plan_id: UUID, today: date) -> UUID:
    """Who wrote the plan is the person's fast vårdkontakt. Gives whose plan it is."""
    actor = writer.actor(_at(today, -12, 9))
    person_id: UUID = careplans_person(actor, plan_id)
    careplans.appoint_contact(actor, person_id=person_id, kind=ContactKind.FAST_VARDKONTAKT)
    return person_id
