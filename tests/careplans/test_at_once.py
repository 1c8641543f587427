"""Two at the same instant, against the real database, held at the worst place: nothing is lost, and it is said."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.operations import contacts, live
from samverka.careplans.reads import MeetingDetail
from samverka.careplans.rules import ContactKind
from samverka.careplans.rules.meetings import CUT_AFTER
from samverka.kernel.problems import NotNow
from tests.careplans.test_ten_writers import cast as cast
from tests.careplans.test_ten_writers import meeting as meeting
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SOON = 30
"""Longer than any step takes: a test that waits so long has failed (seconds)."""


class Doing(threading.Thread):
    """One step on a connection of its own; its answer or its fault is kept."""

    def __init__(self, step: Callable[[], Any]) -> None:
        super().__init__()
        self.step = step
        self.answer: Any = None
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            self.answer = self.step()
        except BaseException as fault:
            self.fault = fault
        finally:
            connection.close()


def together(*steps: Callable[[], Any]) -> list[Doing]:
    doing = [Doing(step) for step in steps]
    for one in doing:
        one.start()
    for one in doing:
        one.join(timeout=SOON * 2)
    return doing


def test_words_written_between_the_look_and_the_lock_of_a_cut_are_in_the_version(
    cast: Cast, meeting: MeetingDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock has found a text that has rested; before it has the lock the writer goes on."""
    plan, nurse = meeting.plan, cast.region_nurse
    looked, written = threading.Event(), threading.Event()
    writer = live._writer

    def held(*given: Any) -> Any:
        looked.set()  # the text has been read, the plan is not locked yet
        assert written.wait(SOON)
        return writer(*given)

    def go_on() -> str:
        assert looked.wait(SOON)
        later = replace(nurse, at=NOW + timedelta(seconds=50))
        try:
            return ops.write_live(
                later, plan_id=plan.id, key="strengths", base="Först", text="Först och sist"
            ).text
        finally:
            written.set()

    ops.write_live(nurse, plan_id=plan.id, key="strengths", base="", text="Först")
    monkeypatch.setattr(live, "_writer", held)
    clock = replace(cast.system, at=NOW + CUT_AFTER)
    cut, more = together(lambda: ops.settle_rested(clock), go_on)
    assert (cut.fault, more.fault) == (None, None)
    assert (cut.answer, more.answer) == (1, "Först och sist")
    assert reads.plan(nurse, plan_id=plan.id).strengths == "Först och sist"


def test_two_that_cut_the_same_text_make_one_version(
    cast: Cast, meeting: MeetingDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse, plan = cast.region_nurse, meeting.plan
    both, writer = threading.Barrier(2), live._writer

    def held(*given: Any) -> Any:
        both.wait(SOON)
        return writer(*given)

    ops.write_live(nurse, plan_id=plan.id, key="strengths", base="", text="En gång")
    monkeypatch.setattr(live, "_writer", held)
    clock = replace(cast.system, at=NOW + CUT_AFTER)
    doing = together(lambda: ops.settle_rested(clock), lambda: ops.settle_rested(clock))
    assert [one.fault for one in doing] == [None, None]
    assert sorted(one.answer for one in doing) == [0, 1]
    assert reads.plan(nurse, plan_id=plan.id).version == plan.version + 1


def test_the_second_of_two_who_appoint_at_the_same_instant_is_told_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse, kind = cast.region_nurse, ContactKind.FAST_VARDKONTAKT
    karin = make_person(nurse, identity=KARINS_NUMBER)
    both, end_former = threading.Barrier(2), contacts._end_former

    def held(*given: Any) -> None:
        end_former(*given)
        both.wait(SOON)  # both have found that there was none

    def appoint() -> Any:
        return ops.appoint_contact(nurse, person_id=karin.id, kind=kind)

    monkeypatch.setattr(contacts, "_end_former", held)
    faults = [one.fault for one in together(appoint, appoint) if one.fault]
    assert [type(one) for one in faults] == [NotNow], faults
    assert "i samma stund" in str(faults[0])
    assert [one.name for one in reads.list_contacts(nurse, person_id=karin.id)] == ["Lena Berg"]
