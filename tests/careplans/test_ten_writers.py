"""Ten write in the same plan at the same moment, against the real database: no written word disappears."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from samverka.access.rules import RelationKind
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import MeetingDetail
from samverka.careplans.rules import PlanKind, Section
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict
from tests.careplans.conftest import given
from tests.careplans.test_calling import facts
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, county, make_person, relate

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WRITERS, TIMES = 10, 6
KEYS = ("what_matters", "if_worse")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return county()


@pytest.fixture
def meeting(cast: Cast) -> MeetingDetail:
    """A plan that region and municipality share, and a meeting about it."""
    nurse, assessment = cast.region_nurse, cast.units["assessment"].id
    karin = make_person(nurse, identity=KARINS_NUMBER)
    relate(cast.needs_assessor, karin, RelationKind.INVESTIGATION)
    plan = ops.start_plan(
        nurse, person_id=karin.id, kind=PlanKind.SIP, what_matters="Att bo kvar hemma."
    )
    ops.share_plan(nurse, plan_id=plan.id, unit_ids=[assessment], consent=given())
    invited = ops.Invited(units=(assessment,))
    return ops.call_meeting(nurse, plan_id=plan.id, facts=facts(), invited=invited)


class Writer(threading.Thread):
    """Reads the text, writes a word somewhere in it, saves: with what others did in between."""

    def __init__(self, actor: Actor, meeting: MeetingDetail, number: int) -> None:
        super().__init__()
        self.actor, self.meeting, self.number = actor, meeting, number
        self.source = random.Random(number)
        self.written: dict[str, list[str]] = {key: [] for key in KEYS}
        self.faults: list[BaseException] = []

    def run(self) -> None:
        try:
            for time in range(TIMES):
                self.write(time)
        except BaseException as fault:
            self.faults.append(fault)
        finally:
            connection.close()

    def write(self, time: int) -> None:
        key = self.source.choice(KEYS)
        actor = replace(self.actor, at=NOW + timedelta(seconds=time * 20 + self.number))
        seen = reads.live(actor, meeting_id=self.meeting.id)
        assert seen is not None
        base = seen.texts[key]
        words = base.split(" ")
        new = [f"w{self.number}n{time}p{part}" for part in range(self.source.randint(1, 5))]
        place = self.source.randint(0, len(words))
        text = " ".join([*words[:place], *new, *words[place:]])
        self.written[key] += new
        if self.source.random() < 0.15:
            self.beside(actor, key, base, text, new)
        else:
            ops.write_live(actor, plan_id=self.meeting.plan.id, key=key, base=base, text=text)
        if self.source.random() < 0.2:
            ops.settle_plan(actor, plan_id=self.meeting.plan.id)

    def beside(self, actor: Actor, key: str, base: str, text: str, new: list[str]) -> None:
        """On the plan's own page instead; a conflict is shown, and then saved in the meeting."""
        plan = reads.plan(actor, plan_id=self.meeting.plan.id)
        own = " ".join([getattr(plan, key), *new])
        try:
            ops.write_section(
                actor, plan_id=plan.id, section=Section(key), text=own, version=plan.version
            )
        except Conflict:
            ops.write_live(actor, plan_id=plan.id, key=key, base=base, text=text)


def test_no_written_word_disappears(cast: Cast, meeting: MeetingDetail) -> None:
    actors = (cast.region_nurse, cast.needs_assessor)
    writers = [Writer(actors[number % 2], meeting, number) for number in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(timeout=120)
    assert [fault for one in writers for fault in one.faults] == []
    ops.settle_plan(
        replace(cast.region_nurse, at=NOW + timedelta(hours=1)), plan_id=meeting.plan.id
    )
    plan = reads.plan(cast.region_nurse, plan_id=meeting.plan.id)
    for key in KEYS:
        left = set(getattr(plan, key).split())
        written = {word for one in writers for word in one.written[key]}
        assert written - left == set(), key
    shown = reads.history(cast.region_nurse, plan_id=plan.id).versions
    assert [one.number for one in shown] == list(range(plan.version, 0, -1))
