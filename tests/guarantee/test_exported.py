"""What the warehouse gets of a wait: days and codes, never a word or a name."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.guarantee import operations as ops
from samverka.guarantee.reads import ExportedWait, WaitDetail, exported_calls, exported_waits
from samverka.guarantee.rules import Ending, Part, Profession, Purpose, Reason
from samverka.guarantee.rules.keeping import WaitFacts
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed
from samverka.people.operations import list_person
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast

TODAY = NOW.date()
DAY = timedelta(days=1)


def _exported(actor: Actor, since: datetime | None = None) -> list[ExportedWait]:
    with act(actor, Action.FACTS_READ) as this:
        this.note_general("Fact")
        return list(exported_waits(this, since=since))


def test_a_wait_that_goes_on_is_told_anew(cast: Cast, wait: WaitDetail) -> None:
    [one] = _exported(cast.system)
    assert (one.part, one.starts_on, one.ended_on, one.breached) == (
        Part.VISIT, TODAY - 60 * DAY, None, False,
    )  # fmt: skip
    assert (one.limit_days, one.ending, one.area) == (90, "", "Ortopedi")
    late = cast.at(cast.system, days=31)
    [later] = _exported(late, since=late.at - DAY)
    assert later.breached


def test_how_it_ended(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    ops.pause_wait(
        nurse, wait_id=wait.id, reason=Reason.MEDICAL, first=TODAY - 9 * DAY, last=TODAY - 5 * DAY
    )
    first, who = Purpose.FIRST_VISIT, Profession.DOCTOR
    ops.note_contact(nurse, wait_id=wait.id, at=NOW - DAY, purpose=first, profession=who)
    [one] = _exported(cast.system)
    assert (one.ended_on, one.ending, one.paused_days, one.profession) == (
        TODAY - DAY, "met", 5, "doctor",
    )  # fmt: skip
    told = " ".join(str(value) for value in asdict(one).values())
    assert "Karin" not in told
    assert "knät" not in told
    assert not _exported(cast.system, since=NOW + DAY), "what is over and unchanged is not told"


def test_an_end_without_care(cast: Cast, wait: WaitDetail) -> None:
    ops.end_wait(cast.surgery_nurse, wait_id=wait.id, on=TODAY, why=Ending.WITHDRAWN)
    [one] = _exported(cast.system)
    assert (one.ending, one.ended_on) == ("withdrawn", TODAY)


def test_calls_to_primary_care(cast: Cast, karin: PersonDetail) -> None:
    nurse = cast.region_nurse
    list_person(nurse, person_id=karin.id)
    facts = WaitFacts(part=Part.CONTACT, what="Ont i halsen", sought_at=NOW)
    made = ops.start_wait(nurse, person_id=karin.id, facts=facts)
    ops.note_contact(nurse, wait_id=made.id, at=NOW, purpose=Purpose.CONTACT)
    with act(cast.system, Action.FACTS_READ) as this:
        this.note_general("Fact")
        [one] = list(exported_calls(this, since=None))
    assert (one.called_on, one.answered_on) == (TODAY, TODAY)


def test_only_the_export_may(cast: Cast, wait: WaitDetail) -> None:
    with pytest.raises(NotAllowed):
        _exported(cast.analyst)
