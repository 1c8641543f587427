"""What the unit's staff do with a task: open, take, hand over, finish, take back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.access.models import Relation
from samverka.access.operations import end_relation
from samverka.access.reads import list_relations
from samverka.audit.models import Event
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices import operations as ops
from samverka.notices import reads
from samverka.notices.models import Task
from samverka.notices.rules import Filter, TaskKind, TaskStatus
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast, relate
from tests.notices.conftest import Keep, only_task, wanted


@pytest.fixture
def task(cast: Cast, keep: Keep) -> Task:
    """The health centre must answer a call."""
    keep(cast.municipal_nurse, wanted(cast.region_nurse, due_at=NOW + timedelta(hours=28)))
    return only_task()


@pytest.fixture
def by_hand(cast: Cast, keep: Keep) -> Task:
    """The health centre must look at what a stay means: nobody but they can say when it is done."""
    keep(cast.municipal_nurse, wanted(cast.region_nurse, "stay", TaskKind.STAY))
    return only_task()


# ── the list ──


def test_the_unit_sees_its_tasks_and_no_one_elses(cast: Cast, task: Task) -> None:
    (line,) = reads.unit_tasks(cast.region_nurse)
    assert (line.id, line.verb, line.kind) == (task.id, "svara på kallelsen", TaskKind.CALL)
    assert (line.may_take, line.may_hand_over, line.may_finish) == (True, True, False)
    others = (cast.municipal_nurse, cast.ward_nurse, cast.stranger, cast.needs_assessor)
    assert [reads.unit_tasks(other) for other in others] == [[], [], [], []]


def test_the_person_has_no_worklist(cast: Cast, task: Task, patient: Actor) -> None:
    with pytest.raises(NotAllowed):
        reads.unit_tasks(patient)
    with pytest.raises(NotFound):
        reads.task(patient, task_id=task.id)


def test_a_unit_that_may_no_longer_know_of_the_person_sees_no_task(
    cast: Cast, task: Task, karin: PersonDetail
) -> None:
    (own,) = [
        one
        for one in list_relations(cast.region_nurse, person_id=karin.id)
        if one.unit_id == cast.region_nurse.unit_id
    ]
    end_relation(cast.region_nurse, relation_id=own.id)
    later = cast.at(cast.region_nurse, minutes=1)
    assert reads.unit_tasks(later) == []
    with pytest.raises(NotFound):
        ops.take_task(later, task_id=task.id)


def test_the_most_pressing_comes_first(cast: Cast, keep: Keep) -> None:
    nurse = cast.region_nurse
    keep(
        cast.municipal_nurse,
        wanted(nurse, "soon", due_at=NOW + timedelta(hours=2)),
        wanted(nurse, "late", due_at=NOW - timedelta(hours=2)),
        wanted(nurse, "now"),
        wanted(nurse, "far", due_at=NOW + timedelta(days=15)),
    )
    keys = dict(Task.objects.values_list("id", "key"))
    assert [keys[one.id] for one in reads.unit_tasks(nurse)] == ["late", "now", "soon"]
    late = reads.unit_tasks(nurse, only=Filter.OVERDUE)
    assert [(keys[one.id], one.overdue) for one in late] == [("late", True)]


def test_the_list_is_logged_person_by_person(cast: Cast, task: Task, karin: PersonDetail) -> None:
    reads.unit_tasks(cast.region_nurse)
    line = Event.objects.get(action="worklist.read", person_id=str(karin.id))
    assert line.object_ids == [str(task.id)]


# ── open ──


def test_opening_notes_who_and_when_once(cast: Cast, task: Task) -> None:
    ops.note_seen(cast.region_nurse, task_id=task.id)
    ops.note_seen(cast.at(cast.physician, hours=1), task_id=task.id)
    row = only_task()
    assert (row.seen_at, row.seen_by, row.shown_at) == (NOW, "Lena Berg", NOW)


def test_showing_is_not_opening(cast: Cast, task: Task) -> None:
    lines = Event.objects.count()
    ops.note_shown(cast.region_nurse, task_ids=[task.id])
    row = only_task()
    assert (row.shown_at, row.seen_at) == (NOW, None)
    assert Event.objects.count() == lines


def test_another_units_screen_is_nothing_to_us(cast: Cast, task: Task) -> None:
    ops.note_shown(cast.ward_nurse, task_ids=[task.id])
    assert only_task().shown_at is None


# ── take ──


def test_one_who_takes_it_is_seen_by_the_others(cast: Cast, task: Task) -> None:
    taken = ops.take_task(cast.region_nurse, task_id=task.id)
    assert (taken.status, taken.taken_by, taken.mine) == (TaskStatus.TAKEN, "Lena Berg", True)
    (line,) = reads.unit_tasks(cast.physician)
    assert (line.taken_by, line.mine) == ("Lena Berg", False)
    assert reads.unit_tasks(cast.physician, only=Filter.MINE) == []
    assert len(reads.unit_tasks(cast.region_nurse, only=Filter.MINE)) == 1


def test_the_second_to_take_it_is_told_who_was_first(cast: Cast, task: Task) -> None:
    ops.take_task(cast.region_nurse, task_id=task.id)
    with pytest.raises(NotNow, match="Lena Berg har redan tagit uppgiften"):
        ops.take_task(cast.physician, task_id=task.id)
    with pytest.raises(NotNow, match="Du har redan tagit"):
        ops.take_task(cast.region_nurse, task_id=task.id)
    assert ops.take_task(cast.physician, task_id=task.id, over=True).taken_by == "Anna Lund"


@pytest.mark.parametrize("who", ["ward_nurse", "municipal_nurse", "stranger"])
def test_no_other_unit_can_touch_it(cast: Cast, task: Task, karin: PersonDetail, who: str) -> None:
    other = getattr(cast, who)
    if who != "municipal_nurse":
        relate(other, karin)
    for step in (ops.take_task, ops.finish_task, ops.note_seen, reads.task):
        with pytest.raises(NotFound):
            step(other, task_id=task.id)
    assert only_task().status == TaskStatus.OPEN


# ── hand over ──


def test_a_colleague_gets_it_with_the_reason(cast: Cast, task: Task) -> None:
    physician = cast.physician
    given = ops.give_task(
        cast.region_nurse, task_id=task.id, staff_id=physician.staff_id, reason="Gäller läkemedel"
    )
    assert (given.taken_by, given.handed_by) == ("Anna Lund", "Lena Berg")
    assert given.handed_reason == "Gäller läkemedel"
    (mine,) = reads.unit_tasks(physician, only=Filter.MINE)
    assert mine.mine


def test_only_colleagues_and_units_of_the_own_provider(cast: Cast, task: Task) -> None:
    nurse, reason = cast.region_nurse, "Semester"
    with pytest.raises(Invalid, match="kollega"):
        ops.give_task(nurse, task_id=task.id, staff_id=cast.ward_nurse.staff_id, reason=reason)
    for unit in (cast.municipal_nurse.unit_id, nurse.unit_id, task.id):
        with pytest.raises(Invalid, match="samma vårdgivare"):
            ops.hand_over_task(nurse, task_id=task.id, unit_id=unit, reason=reason)
    with pytest.raises(Invalid, match="varför"):
        ops.hand_over_task(nurse, task_id=task.id, unit_id=cast.ward_nurse.unit_id, reason=" ")
    with pytest.raises(Invalid, match="högst 500"):
        ops.hand_over_task(
            nurse, task_id=task.id, unit_id=cast.ward_nurse.unit_id, reason="x" * 501
        )


def test_the_other_unit_gets_it_on_its_list_and_may_know_the_person(
    cast: Cast, task: Task, keep: Keep
) -> None:
    ops.take_task(cast.region_nurse, task_id=task.id)
    ops.hand_over_task(
        cast.region_nurse, task_id=task.id, unit_id=cast.ward_nurse.unit_id, reason="Ligger inne"
    )
    assert reads.unit_tasks(cast.region_nurse) == []
    (line,) = reads.unit_tasks(cast.ward_nurse)
    assert (line.status, line.taken_by, line.handed_reason) == (TaskStatus.OPEN, "", "Ligger inne")
    assert line.handed_by == "Lena Berg, Krokoms hälsocentral"
    same = wanted(cast.region_nurse, due_at=NOW + timedelta(hours=28))
    keep(cast.municipal_nurse, same, object_id=task.object_id)
    assert [one.id for one in reads.unit_tasks(cast.ward_nurse)] == [task.id], (
        "the process still asks the first unit; the hand-over stands"
    )


# ── finish ──


def test_what_is_done_by_hand_is_gone_and_stays_gone(cast: Cast, by_hand: Task, keep: Keep) -> None:
    done = ops.finish_task(cast.region_nurse, task_id=by_hand.id)
    assert (done.status, done.ended_by) == (TaskStatus.DONE, "Lena Berg")
    assert reads.unit_tasks(cast.region_nurse) == []
    keep(
        cast.municipal_nurse,
        wanted(cast.region_nurse, "stay", TaskKind.STAY),
        object_id=by_hand.object_id,
    )
    assert reads.unit_tasks(cast.region_nurse) == []
    keep(
        cast.municipal_nurse,
        wanted(cast.region_nurse, "stay", TaskKind.STAY, due_at=NOW),
        object_id=by_hand.object_id,
    )
    assert len(reads.unit_tasks(cast.region_nurse)) == 1, "another stay is another task"


def test_what_the_process_ends_cannot_be_ticked_off(cast: Cast, task: Task) -> None:
    with pytest.raises(NotNow, match="inte markeras som klar för hand"):
        ops.finish_task(cast.region_nurse, task_id=task.id)
    assert only_task().status == TaskStatus.OPEN


def test_what_is_done_is_done_once(cast: Cast, by_hand: Task) -> None:
    ops.finish_task(cast.region_nurse, task_id=by_hand.id)
    for step in (ops.finish_task, ops.take_task):
        with pytest.raises(NotNow, match="väntar inte längre"):
            step(cast.physician, task_id=by_hand.id)


# ── undo ──


def test_a_step_is_taken_back_within_ten_seconds(cast: Cast, by_hand: Task) -> None:
    ops.take_task(cast.physician, task_id=by_hand.id)
    ops.finish_task(cast.region_nurse, task_id=by_hand.id)
    back = ops.undo_task(cast.at(cast.region_nurse, seconds=9), task_id=by_hand.id)
    assert (back.status, back.taken_by, back.ended_at) == (TaskStatus.TAKEN, "Anna Lund", None)
    assert len(reads.unit_tasks(cast.physician, only=Filter.MINE)) == 1


def test_a_hand_over_is_taken_back(cast: Cast, task: Task) -> None:
    nurse = cast.region_nurse
    ops.hand_over_task(nurse, task_id=task.id, unit_id=cast.ward_nurse.unit_id, reason="Fel")
    ops.undo_task(cast.at(nurse, seconds=5), task_id=task.id)
    assert [one.id for one in reads.unit_tasks(nurse)] == [task.id]
    assert reads.unit_tasks(cast.ward_nurse) == []
    assert only_task().handed_reason == ""
    known = Relation.objects.filter(unit_id=cast.ward_nurse.unit_id, until__isnull=True)
    assert not known.exists(), "the other unit knows nothing of the person any more"


def test_only_ones_own_last_step_and_only_soon(cast: Cast, by_hand: Task) -> None:
    ops.finish_task(cast.region_nurse, task_id=by_hand.id)
    with pytest.raises(NotNow, match="Någon annan"):
        ops.undo_task(cast.physician, task_id=by_hand.id)
    with pytest.raises(NotNow, match="mer än tio sekunder"):
        ops.undo_task(cast.at(cast.region_nurse, seconds=16), task_id=by_hand.id)
    ops.undo_task(cast.at(cast.region_nurse, seconds=14), task_id=by_hand.id)
    with pytest.raises(NotNow, match="inget som du kan ångra"):
        ops.undo_task(cast.at(cast.region_nurse, seconds=14), task_id=by_hand.id)


def test_what_has_come_back_meanwhile_is_not_doubled(cast: Cast, by_hand: Task, keep: Keep) -> None:
    ops.finish_task(cast.region_nurse, task_id=by_hand.id)
    again = wanted(cast.region_nurse, "stay", TaskKind.STAY, due_at=NOW)
    keep(cast.municipal_nurse, again, object_id=by_hand.object_id)
    with pytest.raises(NotNow, match="redan kommit tillbaka"):
        ops.undo_task(cast.at(cast.region_nurse, seconds=3), task_id=by_hand.id)
