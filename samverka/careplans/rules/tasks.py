"""Invitations and undertakings between care providers: how a Task may move, by whom, and who is in the team. Pure.

After Santeon's Shared Care Planning 0.3 (on IHE DCP and DCTM), as its open implementation checks the moves: the one who was asked
(the owner) answers and tells how it goes; the one who asks (the requester) can call it off. Nobody else moves it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samverka.careplans.rules.kinds import ActivityStatus
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

WHAT_LENGTH = 500
"""Longest text of what is asked (characters): that of an activity."""

TASK_WORDS_LENGTH = 500
"""Longest reason or answer (characters)."""


class TaskSort(StrEnum):
    """What is asked. The codes are stored, and are those of the code system in FHIR."""

    INVITATION = "invitation"  # to take part in the plan
    UNDERTAKING = "undertaking"  # to do one of its activities
    QUESTION = (
        "question"  # asked back about one of the others: a subtask, which makes nobody a member
    )


SORT_WORDS: dict[TaskSort, Text] = {
    TaskSort.INVITATION: _("Inbjudan att delta i planen"),
    TaskSort.UNDERTAKING: _("Åtagande i planen"),
    TaskSort.QUESTION: _("Fråga om planen"),
}


class TaskStatus(StrEnum):
    """How far it has come. The codes are stored, and are those of Task.status in R4."""

    REQUESTED = "requested"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    READY = "ready"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


TASK_WORDS: dict[TaskStatus, Text] = {
    TaskStatus.REQUESTED: _("Väntar på svar"),
    TaskStatus.RECEIVED: _("Mottagen, väntar på svar"),
    TaskStatus.ACCEPTED: _("Har sagt ja"),
    TaskStatus.REJECTED: _("Har sagt nej"),
    TaskStatus.IN_PROGRESS: _("Pågår"),
    TaskStatus.ON_HOLD: _("Pausad"),
    TaskStatus.READY: _("Fråga som väntar på svar"),
    TaskStatus.COMPLETED: _("Klar"),
    TaskStatus.FAILED: _("Gick inte att göra"),
    TaskStatus.CANCELLED: _("Återtagen"),
}

MOVE_WORDS: dict[TaskStatus, Text] = {
    TaskStatus.REQUESTED: _("Fråga"),
    TaskStatus.RECEIVED: _("Vi har tagit emot det"),
    TaskStatus.ACCEPTED: _("Ja"),
    TaskStatus.REJECTED: _("Nej"),
    TaskStatus.IN_PROGRESS: _("Vi har börjat"),
    TaskStatus.ON_HOLD: _("Pausa"),
    TaskStatus.READY: _("Fråga tillbaka"),
    TaskStatus.COMPLETED: _("Det är klart"),
    TaskStatus.FAILED: _("Det gick inte"),
    TaskStatus.CANCELLED: _("Ta tillbaka"),
}
"""What one says by going there."""


@dataclass(frozen=True, slots=True)
class TaskMove:
    """One move. `requester_too`: the one who asks may make it; the owner always may."""

    to: TaskStatus
    requester_too: bool = False


_CANCEL = TaskMove(TaskStatus.CANCELLED, requester_too=True)

TASK_MOVES: dict[TaskStatus, tuple[TaskMove, ...]] = {
    TaskStatus.REQUESTED: (
        TaskMove(TaskStatus.RECEIVED),
        TaskMove(TaskStatus.ACCEPTED),
        TaskMove(TaskStatus.REJECTED),
        _CANCEL,
    ),
    TaskStatus.RECEIVED: (TaskMove(TaskStatus.ACCEPTED), TaskMove(TaskStatus.REJECTED), _CANCEL),
    TaskStatus.ACCEPTED: (TaskMove(TaskStatus.IN_PROGRESS), TaskMove(TaskStatus.REJECTED), _CANCEL),
    TaskStatus.IN_PROGRESS: (
        TaskMove(TaskStatus.COMPLETED),
        TaskMove(TaskStatus.FAILED),
        TaskMove(TaskStatus.ON_HOLD, requester_too=True),
    ),
    TaskStatus.ON_HOLD: (TaskMove(TaskStatus.IN_PROGRESS, requester_too=True),),
    TaskStatus.READY: (TaskMove(TaskStatus.COMPLETED), TaskMove(TaskStatus.FAILED)),
    TaskStatus.COMPLETED: (),
    TaskStatus.REJECTED: (),
    TaskStatus.FAILED: (),
    TaskStatus.CANCELLED: (),
}
"""The process in one table: status → moves out of it. A question is asked as `ready` and so has only the moves from there."""

FIRST: dict[TaskSort, TaskStatus] = {
    TaskSort.INVITATION: TaskStatus.REQUESTED,
    TaskSort.UNDERTAKING: TaskStatus.REQUESTED,
    TaskSort.QUESTION: TaskStatus.READY,
}
"""How a new one begins. What a unit puts forward for itself begins as accepted: it has nobody to ask."""

OPEN_ASKS = frozenset({TaskStatus.REQUESTED, TaskStatus.RECEIVED})
"""Nobody has said yes or no yet."""

TAKING_PART = frozenset({TaskStatus.ACCEPTED, TaskStatus.IN_PROGRESS, TaskStatus.ON_HOLD})
"""Its owner is in the team for as long as one of its tasks stands so."""

OPEN_TASKS = OPEN_ASKS | TAKING_PART | {TaskStatus.READY}
"""Something more is to come of it."""

NEEDS_REASON = frozenset({TaskStatus.REJECTED, TaskStatus.FAILED})
"""The one who asked must be told why."""


@dataclass(frozen=True, slots=True)
class TaskRole:
    """What the one who would move a task is to it."""

    owner: bool
    requester: bool


def moves_of(status: TaskStatus, role: TaskRole) -> tuple[TaskStatus, ...]:
    """Where one of this role may move it now, in the order of the table."""
    return tuple(one.to for one in TASK_MOVES[status] if _may(one, role))


_BY_SYSTEMS = frozenset({TaskStatus.RECEIVED, TaskStatus.CANCELLED})
"""One who reads the page has received it, and says no rather than takes back what another asked."""


def offered_moves(status: TaskStatus, role: TaskRole) -> tuple[TaskStatus, ...]:
    """Those of the moves that a page has a button for."""
    moves = moves_of(status, role)
    return moves if role.requester else tuple(one for one in moves if one not in _BY_SYSTEMS)


def _may(move: TaskMove, role: TaskRole) -> bool:
    return role.owner or (role.requester and move.requester_too)


def check_move(status: TaskStatus, to: TaskStatus, role: TaskRole, reason: str = "") -> None:
    """Raise unless the task can be moved so by one of that role.

    Raises:
        NotAllowed: the one who would move it is neither owner nor requester, or the move is the owner's.
        NotNow: there is no such move from where it is; the way out names those that there are.
        Invalid: the one who asked must be told why.
    """
    if not (role.owner or role.requester):
        raise NotAllowed(
            _("Bara den som har fått uppgiften och den som bad om den ändrar dess läge.")
        )
    move = next((one for one in TASK_MOVES[status] if one.to is to), None)
    if move is None:
        words = _(
            "Uppgiften är nu: %(words)s (%(now)s). Den kan inte bli %(to)s.",
            words=TASK_WORDS[status],
            now=status.value,
            to=to.value,
        )
        raise NotNow(words, mend=_possible(moves_of(status, role)))
    if not _may(move, role):
        words = _("Det steget tar den som har fått uppgiften.")
        raise NotAllowed(words, mend=_possible(moves_of(status, role)))
    if to in NEEDS_REASON and not reason.strip():
        raise Invalid(_("Skriv varför, så att den som bad vet."), where="reason")


def _possible(moves: Iterable[TaskStatus]) -> Text:
    codes = ", ".join(one.value for one in moves)
    return _("Du kan välja: %(codes)s.", codes=codes) if codes else _("Du kan inte ändra den mer.")


# ── by what is done in the plan ──

_GOALS: dict[ActivityStatus, tuple[frozenset[TaskStatus], frozenset[TaskStatus]]] = {
    ActivityStatus.PLANNED: (frozenset(), frozenset()),
    ActivityStatus.ONGOING: (frozenset({TaskStatus.IN_PROGRESS}), frozenset()),
    ActivityStatus.DONE: (frozenset({TaskStatus.COMPLETED}), frozenset()),
    ActivityStatus.CANCELLED: (
        frozenset({TaskStatus.REJECTED, TaskStatus.FAILED}),
        frozenset({TaskStatus.CANCELLED, TaskStatus.ON_HOLD}),
    ),
}
"""Status of the activity → where its undertaking comes by that: when its owner has set it, and when the one who asked has."""


def way_to(
    status: TaskStatus, goals: frozenset[TaskStatus], role: TaskRole
) -> tuple[TaskStatus, ...]:
    """The shortest way to one of the goals by moves that this role may make; () where there is none, or it is there."""
    seen: dict[TaskStatus, tuple[TaskStatus, ...]] = {status: ()}
    waiting = deque([status])
    while waiting:
        here = waiting.popleft()
        if here in goals:
            return seen[here]
        for to in moves_of(here, role):
            if to not in seen:
                seen[to] = (*seen[here], to)
                waiting.append(to)
    return ()


def way_by_deed(status: TaskStatus, done: ActivityStatus, role: TaskRole) -> tuple[TaskStatus, ...]:
    """The moves that an undertaking makes when its activity is set to this on a page: only such as the table allows.

    What a third party writes in the plan moves nobody's undertaking: its owner says how it goes.
    """
    owners, requesters = _GOALS[done]
    return way_to(status, owners if role.owner else requesters, role)


ACTIVITY_OF: dict[TaskStatus, ActivityStatus | None] = {
    TaskStatus.REQUESTED: None,
    TaskStatus.RECEIVED: None,
    TaskStatus.ACCEPTED: None,
    TaskStatus.REJECTED: None,  # someone else may do it: those who write the plan choose
    TaskStatus.IN_PROGRESS: ActivityStatus.ONGOING,
    TaskStatus.ON_HOLD: None,
    TaskStatus.READY: None,
    TaskStatus.COMPLETED: ActivityStatus.DONE,
    TaskStatus.FAILED: ActivityStatus.CANCELLED,
    TaskStatus.CANCELLED: ActivityStatus.CANCELLED,
}
"""What an activity becomes when its undertaking comes to this; None: it stays as it is."""


# ── the team ──


def takes_part(tasks: Iterable[tuple[TaskSort, TaskStatus]]) -> bool:
    """Whether the owner of all these tasks is in the team: by one that it has said yes to, and that goes on. Questions do not count."""
    return any(status in TAKING_PART for sort, status in tasks if sort is not TaskSort.QUESTION)
