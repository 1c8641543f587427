"""What nobody opens in time goes to the next in the chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.test import override_settings

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.notices import operations as ops
from samverka.notices import reads
from samverka.notices.models import Task
from samverka.notices.rules import ALWAYS, TaskKind, TaskStatus, Week
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast, relate
from tests.notices.conftest import Keep, manager_of, only_task, wanted

OFFICE: Week = ((time(8), time(16)),) * 5 + (None, None)


@pytest.fixture
def manager(cast: Cast) -> Actor:
    """Who may change the health centre's settings."""
    return cast.administrator


def arrange(cast: Cast, manager: Actor, *, fallback: bool = True, week: Week = ALWAYS) -> None:
    """The ward stands in for the health centre; psychiatry takes what nobody opens."""
    ops.change_settings(
        manager,
        unit_id=cast.units["health_centre"].id,
        emails=[],
        stand_in_id=cast.units["ward"].id,
        fallback_id=cast.units["psychiatry"].id if fallback else None,
        week=week,
        digest_hour=7,
        version=0,
    )


def clock(cast: Cast, **passed: float) -> Actor:
    """The clock's own actor."""
    return cast.at(cast.system, **passed)


def _by_level() -> list[Task]:
    return list(Task.objects.order_by("level"))


def test_within_its_time_nothing_is_sent_on(cast: Cast, keep: Keep, manager: Actor) -> None:
    arrange(cast, manager)
    keep(cast.municipal_nurse, wanted(cast.region_nurse))
    assert only_task().escalate_at == NOW + timedelta(hours=8)
    assert ops.send_on_unopened(clock(cast, hours=7.9)) == 0
    assert only_task().escalated_at is None


def test_the_chain_unit_by_unit(cast: Cast, keep: Keep, manager: Actor) -> None:
    arrange(cast, manager)
    keep(cast.municipal_nurse, wanted(cast.region_nurse, wait_limit=timedelta(hours=1)))
    assert ops.send_on_unopened(clock(cast, hours=1)) == 1
    assert ops.send_on_unopened(clock(cast, hours=1)) == 0, "nothing is sent on twice"
    assert [one.unit_id for one in _by_level()] == [
        cast.units["health_centre"].id,
        cast.units["ward"].id,
    ]
    assert ops.send_on_unopened(clock(cast, hours=8.9)) == 0, "the stand-in has its own time"
    assert ops.send_on_unopened(clock(cast, hours=9)) == 1
    assert _by_level()[-1].unit_id == cast.units["psychiatry"].id
    assert ops.send_on_unopened(clock(cast, hours=17)) == 1, "the last one is noted as unopened"
    assert len(_by_level()) == 3
    assert ops.send_on_unopened(clock(cast, days=30)) == 0


def test_without_a_chain_it_stays_and_is_noted(cast: Cast, keep: Keep) -> None:
    keep(cast.municipal_nurse, wanted(cast.region_nurse, wait_limit=timedelta()))
    assert ops.send_on_unopened(clock(cast)) == 1
    assert only_task().escalated_at == NOW
    assert ops.send_on_unopened(clock(cast, days=9)) == 0


def test_the_clock_stands_still_while_the_unit_is_closed(
    cast: Cast, keep: Keep, manager: Actor
) -> None:
    """It is Friday 15.30: half an hour is left of the week, and eight are needed."""
    arrange(cast, manager, week=OFFICE)
    keep(cast.municipal_nurse, wanted(cast.region_nurse))
    assert only_task().escalate_at == NOW + timedelta(days=3)
    assert ops.send_on_unopened(clock(cast, days=2.9)) == 0
    assert ops.send_on_unopened(clock(cast, days=3)) == 1


@pytest.mark.parametrize("step", ["open", "take"])
def test_what_someone_has_opened_or_taken_stays(
    cast: Cast, keep: Keep, manager: Actor, step: str
) -> None:
    arrange(cast, manager)
    keep(cast.municipal_nurse, wanted(cast.region_nurse))
    do = ops.note_seen if step == "open" else ops.take_task
    do(cast.region_nurse, task_id=only_task().id)
    assert ops.send_on_unopened(clock(cast, days=2)) == 0


def test_kinds_with_time_of_their_own_stay(cast: Cast, keep: Keep, manager: Actor) -> None:
    arrange(cast, manager)
    follow_up = wanted(cast.region_nurse, "up", TaskKind.FOLLOW_UP, due_at=NOW - timedelta(days=9))
    keep(cast.municipal_nurse, follow_up)
    assert ops.send_on_unopened(clock(cast, days=30)) == 0


def test_the_stand_in_learns_how_many_but_not_who(cast: Cast, keep: Keep, manager: Actor) -> None:
    arrange(cast, manager)
    keep(cast.municipal_nurse, wanted(cast.region_nurse, wait_limit=timedelta()))
    ops.send_on_unopened(clock(cast))
    with act(cast.ward_nurse, Action.WORKLIST_READ) as this:
        shown = reads.tasks_of_unit(this)
        [elsewhere] = reads.unopened_elsewhere(this, shown)
    assert shown == []
    assert (elsewhere.home_unit_id, elsewhere.count) == (cast.units["health_centre"].id, 1)
    assert ops.step_in(cast.ward_nurse, home_unit_id=elsewhere.home_unit_id) == 1
    (line,) = reads.unit_tasks(cast.ward_nurse)
    assert (line.level, line.may_take) == (1, True)
    with act(cast.ward_nurse, Action.WORKLIST_READ) as this:
        assert reads.unopened_elsewhere(this, reads.tasks_of_unit(this)) == []


def for_manager(manager: Actor, **passed: float) -> list[bool]:
    """Whether each task that the manager sees on the unit's list is the manager's to see to."""
    return [one.for_manager for one in reads.unit_tasks(Cast.at(manager, **passed))]


@pytest.mark.parametrize(
    ("fallback", "hours"), [(True, (8, 16, 24)), (False, (8, 16))], ids=["three", "two"]
)
def test_the_whole_chain_hour_by_hour_ends_with_the_units_manager(
    cast: Cast, keep: Keep, manager: Actor, fallback: bool, hours: tuple[int, ...]
) -> None:
    arrange(cast, manager, fallback=fallback)
    head = manager_of(cast)
    keep(cast.municipal_nurse, wanted(cast.region_nurse))
    for hour in hours:
        assert for_manager(head, hours=hour) == [False], "while someone in the chain has time left"
        assert ops.send_on_unopened(clock(cast, hours=hour - 0.1)) == 0
        assert ops.send_on_unopened(clock(cast, hours=hour)) == 1
    assert for_manager(head, hours=hours[-1]) == [True]
    first, *others = _by_level()
    assert first.manager_at == NOW + timedelta(hours=hours[-1])
    assert {one.manager_at for one in others} == {None}, "only the unit's own manager"
    assert ops.send_on_unopened(clock(cast, days=9)) == 0


@pytest.mark.parametrize("who", ["region_nurse", "ward_nurse"])
def test_what_anyone_in_the_chain_opens_leaves_the_managers_list(
    cast: Cast, keep: Keep, manager: Actor, karin: PersonDetail, who: str
) -> None:
    arrange(cast, manager, fallback=False)
    relate(cast.ward_nurse, karin)
    head, reader = manager_of(cast), getattr(cast, who)
    keep(cast.municipal_nurse, wanted(cast.region_nurse))
    for hour in (8, 16):
        ops.send_on_unopened(clock(cast, hours=hour))
    assert for_manager(head, hours=16) == [True]
    own = next(one for one in _by_level() if one.unit_id == reader.unit_id)
    ops.note_seen(cast.at(reader, hours=17), task_id=own.id)
    assert for_manager(head, hours=17) == [False]


@pytest.mark.parametrize(("county", "seen"), [({}, True), ({"notice.manager-sees": 0}, False)])
def test_the_county_says_if_the_manager_sees(
    cast: Cast, keep: Keep, county: dict[str, int], seen: bool
) -> None:
    keep(cast.municipal_nurse, wanted(cast.region_nurse, wait_limit=timedelta()))
    with override_settings(SAMVERKA_COUNTY=county):
        ops.send_on_unopened(clock(cast))
    assert for_manager(manager_of(cast)) == [seen]


def test_only_one_who_has_something_to_step_in_for_can(cast: Cast, keep: Keep) -> None:
    keep(cast.municipal_nurse, wanted(cast.region_nurse))
    with pytest.raises(NotFound, match="inget kvar"):
        ops.step_in(cast.ward_nurse, home_unit_id=cast.units["health_centre"].id)
    without = replace(cast.ward_nurse, permissions=frozenset())
    with pytest.raises(NotAllowed):
        ops.step_in(without, home_unit_id=cast.units["health_centre"].id)


def test_what_one_of_them_does_holds_for_both(
    cast: Cast, keep: Keep, manager: Actor, karin: PersonDetail
) -> None:
    arrange(cast, manager)
    relate(cast.ward_nurse, karin)
    call = keep(cast.municipal_nurse, wanted(cast.region_nurse, wait_limit=timedelta()))
    ops.send_on_unopened(clock(cast))
    first, second = _by_level()
    ops.take_task(cast.ward_nurse, task_id=second.id)
    assert reads.task(cast.region_nurse, task_id=first.id).taken_by == "Omar Haddad"
    assert ops.send_on_unopened(clock(cast, days=9)) == 0
    keep(cast.municipal_nurse, object_id=call)
    assert {one.status for one in _by_level()} == {TaskStatus.CLOSED.value}


def test_done_by_hand_is_done_on_both_lists_and_taken_back_on_both(
    cast: Cast, keep: Keep, manager: Actor, karin: PersonDetail
) -> None:
    arrange(cast, manager)
    relate(cast.ward_nurse, karin)
    stay = wanted(cast.region_nurse, "stay", TaskKind.STAY, wait_limit=timedelta())
    keep(cast.municipal_nurse, stay)
    ops.send_on_unopened(clock(cast))
    ops.finish_task(cast.ward_nurse, task_id=_by_level()[1].id)
    assert {one.status for one in _by_level()} == {TaskStatus.DONE.value}
    ops.undo_task(cast.at(cast.ward_nurse, seconds=4), task_id=_by_level()[1].id)
    assert {one.status for one in _by_level()} == {TaskStatus.OPEN.value}


def test_many_are_sent_on_batch_by_batch(
    cast: Cast, keep: Keep, manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ops.escalating, "AT_ONCE", 2)
    arrange(cast, manager)
    many = [wanted(cast.region_nurse, str(n), wait_limit=timedelta()) for n in range(5)]
    keep(cast.municipal_nurse, *many)
    counts = [ops.send_on_unopened(clock(cast)) for _ in range(4)]
    assert counts == [2, 2, 1, 0]
    assert Task.objects.filter(unit_id=cast.units["ward"].id).count() == 5
