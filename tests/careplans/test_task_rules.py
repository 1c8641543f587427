"""The state table of invitations and undertakings: Santeon's, move by move, and no way round it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.careplans.rules import ActivityStatus
from samverka.careplans.rules.tasks import (
    FIRST,
    NEEDS_REASON,
    OPEN_TASKS,
    TASK_MOVES,
    TaskRole,
    TaskSort,
    TaskStatus,
    check_move,
    moves_of,
    takes_part,
    way_by_deed,
    way_to,
)
from samverka.kernel.problems import Invalid, NotAllowed, NotNow, Problem

OWNER = TaskRole(owner=True, requester=False)
REQUESTER = TaskRole(owner=False, requester=True)
NOBODY = TaskRole(owner=False, requester=False)
BOTH = TaskRole(owner=True, requester=True)

SANTEON = {
    "requested": ({"received", "accepted", "rejected"}, {"cancelled"}),
    "received": ({"accepted", "rejected"}, {"cancelled"}),
    "accepted": ({"in-progress", "rejected"}, {"cancelled"}),
    "in-progress": ({"completed", "failed"}, {"on-hold"}),
    "on-hold": (set(), {"in-progress"}),
    "ready": ({"completed", "failed"}, set()),
    "rejected": (set(), set()),
    "completed": (set(), set()),
    "failed": (set(), set()),
    "cancelled": (set(), set()),
}
"""From → what the owner may do, and what owner or requester may: written off the profile's table, not off ours."""


@pytest.mark.parametrize("status", TaskStatus)
def test_each_status_has_the_moves_of_the_profile(status: TaskStatus) -> None:
    owners, either = SANTEON[status.value]
    assert {one.value for one in moves_of(status, OWNER)} == owners | either
    assert {one.value for one in moves_of(status, BOTH)} == owners | either
    assert {one.value for one in moves_of(status, REQUESTER)} == either
    assert moves_of(status, NOBODY) == ()


WORDS = {
    ("requested", "completed", OWNER): "received, accepted, rejected, cancelled",
    ("on-hold", "completed", OWNER): "in-progress",
    ("accepted", "completed", REQUESTER): "cancelled",
    ("completed", "in-progress", OWNER): "inte ändra",
}


@pytest.mark.parametrize(("status", "to", "role"), WORDS)
def test_a_refusal_names_what_is_possible(status: str, to: str, role: TaskRole) -> None:
    with pytest.raises(NotNow) as told:
        check_move(TaskStatus(status), TaskStatus(to), role, "Skäl")
    assert WORDS[status, to, role] in str(told.value)


def test_the_requester_does_not_answer_in_the_owners_place() -> None:
    with pytest.raises(NotAllowed) as told:
        check_move(TaskStatus.REQUESTED, TaskStatus.ACCEPTED, REQUESTER)
    assert "cancelled" in str(told.value)


@pytest.mark.parametrize("to", sorted(NEEDS_REASON))
def test_a_no_has_its_reason(to: TaskStatus) -> None:
    begins = next(status for status in TaskStatus if to in moves_of(status, OWNER))
    with pytest.raises(Invalid) as told:
        check_move(begins, to, OWNER, "  ")
    assert told.value.where == "reason"
    check_move(begins, to, OWNER, "Vi har inte tid")


ANY = st.sampled_from(TaskStatus)
ROLES = st.builds(TaskRole, owner=st.booleans(), requester=st.booleans())


@given(st.sampled_from(TaskSort), st.lists(st.tuples(ANY, ROLES), max_size=12))
def test_no_series_of_tries_leaves_the_table(
    sort: TaskSort, tries: list[tuple[TaskStatus, TaskRole]]
) -> None:
    """Whatever is tried by whom: each step taken is one of the profile's, and what has ended stays so."""
    now = FIRST[sort]
    for to, role in tries:
        owners, either = SANTEON[now.value]
        legal = (role.owner and to.value in owners) or (
            (role.owner or role.requester) and to.value in either
        )
        try:
            check_move(now, to, role, "Skäl")
        except Problem:
            assert not legal
        else:
            assert legal
            assert now in OPEN_TASKS
            now = to
    if sort is TaskSort.QUESTION:
        assert now in {TaskStatus.READY, TaskStatus.COMPLETED, TaskStatus.FAILED}


@given(ANY, st.sampled_from(ActivityStatus), ROLES)
def test_what_is_done_on_a_page_moves_it_only_by_the_table(
    status: TaskStatus, done: ActivityStatus, role: TaskRole
) -> None:
    for to in way_by_deed(status, done, role):
        check_move(status, to, role, "Skäl")
        status = to


DEEDS = {
    ("requested", "done", OWNER): ("accepted", "in-progress", "completed"),
    ("received", "ongoing", OWNER): ("accepted", "in-progress"),
    ("on-hold", "done", OWNER): ("in-progress", "completed"),
    ("requested", "cancelled", OWNER): ("rejected",),
    ("in-progress", "cancelled", OWNER): ("failed",),
    ("accepted", "cancelled", REQUESTER): ("cancelled",),
    ("in-progress", "cancelled", REQUESTER): ("on-hold",),
    ("requested", "done", REQUESTER): (),
    ("accepted", "done", NOBODY): (),
    ("completed", "planned", OWNER): (),
}


@pytest.mark.parametrize(("status", "done", "role"), DEEDS)
def test_the_shortest_way_there(status: str, done: str, role: TaskRole) -> None:
    way = way_by_deed(TaskStatus(status), ActivityStatus(done), role)
    assert tuple(one.value for one in way) == DEEDS[status, done, role]


def test_no_way_is_no_move() -> None:
    assert way_to(TaskStatus.COMPLETED, frozenset({TaskStatus.ACCEPTED}), BOTH) == ()
    assert way_to(TaskStatus.ACCEPTED, frozenset({TaskStatus.ACCEPTED}), BOTH) == ()


TEAMS: list[tuple[list[tuple[str, str]], bool]] = [
    ([], False),
    ([("invitation", "requested")], False),
    ([("invitation", "accepted")], True),
    ([("invitation", "rejected"), ("undertaking", "on-hold")], True),
    ([("invitation", "completed"), ("undertaking", "completed")], False),
    ([("undertaking", "completed"), ("undertaking", "requested")], False),
    ([("question", "ready")], False),
    ([("question", "accepted")], False),
]


@pytest.mark.parametrize(("tasks", "member"), TEAMS)
def test_who_is_in_the_team(tasks: list[tuple[str, str]], member: bool) -> None:
    assert takes_part([(TaskSort(a), TaskStatus(b)) for a, b in tasks]) is member


def test_the_table_ends_where_it_should() -> None:
    ends = {status for status, moves in TASK_MOVES.items() if not moves}
    assert ends == set(TaskStatus) - OPEN_TASKS
