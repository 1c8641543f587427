"""Tasks: what kinds there are, how one goes from open to done, what another room wants of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samverka.kernel.actor import Side
from samverka.kernel.problems import NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class TaskKind(StrEnum):
    """What sort of thing a unit must do. The codes are stored."""

    PLAN_STEP = "plan-step"  # the plan's own next step
    REQUEST = "request"  # someone has asked for a plan
    CONSENT = "consent"  # the person has answered about consent: read it, hand the plan out
    CHANGE = "change"  # the person asks for a change
    CALL = "call"  # answer a call to a meeting
    REMINDER = "reminder"  # a call that has had no answer
    MEETING = "meeting"  # a meeting that the unit holds: choose a time, hold it
    CONFIRM = "confirm"  # confirm what was agreed
    APPROVE = "approve"  # approve a plan that holds only when the units have (LPT 7 a §)
    FOLLOW_UP = "follow-up"  # follow the plan up
    ACTIVITY = "activity"  # an activity that the unit answers for
    COMMENT = "comment"  # the person has written
    STAY = "stay"  # the person has been admitted or come home
    CONTACT_CHANGED = "contact-changed"
    CONTACT_MISSING = "contact-missing"  # someone is without the contact that the law asks for
    DISCHARGE = "discharge"  # a message about a discharge to receipt
    GOING_HOME = "going-home"  # something to do before or after someone goes home
    WAIT = "wait"  # a limit of the waiting-time guarantee is near or has passed


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """One kind of task.

    Attributes:
        button: what the button says that leads to where it is done.
        by_hand: a person says that it is done; else the process closes it where it is done.
        escalates: goes to the next in the chain if nobody opens it in time.
    """

    words: Text
    button: Text
    by_hand: bool = False
    escalates: bool = True


KINDS: dict[TaskKind, TaskSpec] = {
    TaskKind.PLAN_STEP: TaskSpec(_("Nästa steg i en plan"), _("Öppna planen"), escalates=False),
    TaskKind.REQUEST: TaskSpec(_("Begäran om plan"), _("Svara")),
    TaskKind.CONSENT: TaskSpec(_("Svar om samtycke"), _("Öppna samtycket"), escalates=False),
    TaskKind.CHANGE: TaskSpec(_("Önskan om ändring"), _("Läs"), by_hand=True),
    TaskKind.CALL: TaskSpec(_("Kallelse att svara på"), _("Svara")),
    TaskKind.REMINDER: TaskSpec(_("Påminnelse om kallelse"), _("Öppna"), by_hand=True),
    TaskKind.MEETING: TaskSpec(_("Möte att hålla i"), _("Öppna mötet"), escalates=False),
    TaskKind.CONFIRM: TaskSpec(_("Överenskommelse att bekräfta"), _("Bekräfta")),
    TaskKind.APPROVE: TaskSpec(_("Plan att justera"), _("Läs och justera")),
    TaskKind.FOLLOW_UP: TaskSpec(_("Uppföljning"), _("Följ upp"), escalates=False),
    TaskKind.ACTIVITY: TaskSpec(_("Insats"), _("Öppna planen"), escalates=False),
    TaskKind.COMMENT: TaskSpec(_("Ord från personen"), _("Läs")),
    TaskKind.STAY: TaskSpec(_("Inskriven eller utskriven"), _("Öppna"), by_hand=True),
    TaskKind.CONTACT_CHANGED: TaskSpec(
        _("Ändrad kontakt"), _("Öppna"), by_hand=True, escalates=False
    ),
    TaskKind.CONTACT_MISSING: TaskSpec(_("Fast kontakt saknas"), _("Utse")),
    TaskKind.DISCHARGE: TaskSpec(_("Meddelande om utskrivning"), _("Läs")),
    TaskKind.GOING_HOME: TaskSpec(_("Inför hemgång"), _("Öppna"), escalates=False),
    TaskKind.WAIT: TaskSpec(_("Vårdgaranti"), _("Öppna"), escalates=False),
}
"""One table: which tasks are ended by hand, and which the process ends itself."""


# ── what another room asks for ──


@dataclass(frozen=True, slots=True)
class About:
    """The object that tasks are about: a plan, a request, a call.

    Attributes:
        address: path of the page where the thing is done; never with a personal identity number.
        not_for_patient: the object is withheld from the person (OSL 25:6–7), so its tasks are too.
    """

    object_type: str
    object_id: UUID
    person_id: UUID
    address: str
    not_for_patient: bool = False


@dataclass(frozen=True, slots=True)
class TaskWanted:
    """One thing that a unit must do now.

    Attributes:
        key: what tells this task from the object's others: the same key is the same task.
        verb: "svara"; fits after "Väntar på: UNIT ·". A `Text` can be said in other languages.
        due_at: the last moment; None where no time has been set.
        wait_limit: how long it may lie unopened before it goes to the next in the chain (opening
            hours of the unit where those are known); None for the county's own time.
    """

    key: str
    kind: TaskKind
    unit_id: UUID
    provider_id: UUID
    verb: Text | str
    due_at: datetime | None = None
    wait_limit: timedelta | None = None


# ── the process ──


class TaskStatus(StrEnum):
    """How far a task has come."""

    OPEN = "open"
    TAKEN = "taken"  # someone at the unit has it
    DONE = "done"  # someone has said so
    CLOSED = "closed"  # the process went on, so there is nothing left to do


STATUS_WORDS: dict[TaskStatus, Text] = {
    TaskStatus.OPEN: _("Väntar"),
    TaskStatus.TAKEN: _("Tagen"),
    TaskStatus.DONE: _("Klar"),
    TaskStatus.CLOSED: _("Avslutad av sig själv"),
}

STANDING = frozenset({TaskStatus.OPEN, TaskStatus.TAKEN})
"""Statuses in which someone must still do something."""


class StepName(StrEnum):
    """A change of status."""

    TAKE = "take"
    HAND_OVER = "hand-over"  # to another unit
    GIVE = "give"  # to a colleague
    FINISH = "finish"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the process: from one status to the next, and which sides may take it."""

    name: StepName
    to: TaskStatus
    sides: frozenset[Side]
    words: Text


_CARE_SIDES = frozenset({Side.REGION, Side.MUNICIPALITY, Side.PRIVATE})
_PROCESS = frozenset(Side)

_TAKE = Step(StepName.TAKE, TaskStatus.TAKEN, _CARE_SIDES, _("Ta"))
_GIVE = Step(StepName.GIVE, TaskStatus.TAKEN, _CARE_SIDES, _("Lämna till en kollega"))
_HAND = Step(StepName.HAND_OVER, TaskStatus.OPEN, _CARE_SIDES, _("Lämna till en annan enhet"))
_FINISH = Step(StepName.FINISH, TaskStatus.DONE, _CARE_SIDES, _("Klart"))
_CLOSE = Step(StepName.CLOSE, TaskStatus.CLOSED, _PROCESS, _("Avslutas av sig själv"))

STEPS: dict[TaskStatus, tuple[Step, ...]] = {
    TaskStatus.OPEN: (_TAKE, _GIVE, _HAND, _FINISH, _CLOSE),
    TaskStatus.TAKEN: (_TAKE, _GIVE, _HAND, _FINISH, _CLOSE),
    TaskStatus.DONE: (),
    TaskStatus.CLOSED: (),
}
"""The process in one table: status → next status → which side may."""


def find_step(status: TaskStatus, name: StepName) -> Step | None:
    """The step of that name out of this status; None if there is none."""
    return next((step for step in STEPS[status] if step.name is name), None)


def may_step(status: TaskStatus, kind: TaskKind, name: StepName, side: Side) -> bool:
    """Whether this side may take the step now; the same predicate for button and operation."""
    step = find_step(status, name)
    by_hand = name is not StepName.FINISH or KINDS[kind].by_hand
    return step is not None and side in step.sides and by_hand


def check_step(status: TaskStatus, kind: TaskKind, name: StepName, side: Side) -> TaskStatus:
    """The status after the step.

    Raises:
        NotNow: the task is no longer waiting, or it is ended where the thing itself is done.
    """
    step = find_step(status, name)
    if step is None:
        raise NotNow(_("Uppgiften väntar inte längre. Någon annan hann före."))
    if not may_step(status, kind, name, side):
        raise NotNow(
            _("Den här uppgiften kan inte markeras som klar för hand."),
            mend=_("Öppna den. Den försvinner när det som ska göras är gjort."),
        )
    return step.to


# ── what is kept, opened, closed ──


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be known of a stored task to say if it is still wanted.

    Attributes:
        due_at: with which the same thing next time is told from the one that was done.
    """

    id: UUID
    key: str
    status: TaskStatus
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What to do with the stored tasks of one object."""

    new: tuple[TaskWanted, ...]
    kept: tuple[tuple[UUID, TaskWanted], ...]
    gone: tuple[UUID, ...]


def reconcile(stored: Iterable[Standing], wanted: Iterable[TaskWanted]) -> Reconciled:
    """Which tasks to open, keep and close.

    What someone has ended by hand does not come back for as long as the same thing is wanted with
    the same last day.

    Raises:
        ValueError: two of the wanted have one key: a fault in the program.
    """
    by_key = _by_key(wanted)
    rows = list(stored)
    standing: dict[str, list[UUID]] = {}
    for row in rows:
        if row.status in STANDING:
            standing.setdefault(row.key, []).append(row.id)
    done = {(row.key, row.due_at) for row in rows if row.status is TaskStatus.DONE}
    asked = {
        key: one
        for key, one in by_key.items()
        if not (KINDS[one.kind].by_hand and (key, one.due_at) in done)
    }
    return Reconciled(
        new=tuple(one for key, one in asked.items() if key not in standing),
        kept=tuple((row, asked[key]) for key in standing if key in asked for row in standing[key]),
        gone=tuple(row for key in standing if key not in asked for row in standing[key]),
    )


def _by_key(wanted: Iterable[TaskWanted]) -> Mapping[str, TaskWanted]:
    found: dict[str, TaskWanted] = {}
    for one in wanted:
        if one.key in found:
            raise ValueError(f"two tasks of one object have the key {one.key}")
        found[one.key] = one
    return found


# ── the list ──

AHEAD = timedelta(days=14)
"""A task shows on its unit's list this long before its last day (days); practice, not law."""


class Filter(StrEnum):
    """Which of the unit's tasks a list shows. The codes stand in addresses."""

    ALL = "alla"
    MINE = "mina"
    OVERDUE = "forsenade"


FILTER_WORDS: dict[Filter, Text] = {
    Filter.ALL: _("Alla"),
    Filter.MINE: _("Mina"),
    Filter.OVERDUE: _("Försenade"),
}


def is_overdue(due_at: datetime | None, at: datetime) -> bool:
    """Whether the last moment has passed."""
    return due_at is not None and due_at < at


def check_free(*, taken_by_id: UUID | None, taken_by: str, own_id: UUID | None, over: bool) -> None:
    """Raise unless the task can be taken: free, or knowingly taken over from a colleague."""
    if taken_by_id is None or (taken_by_id != own_id and over):
        return
    if taken_by_id == own_id:
        raise NotNow(_("Du har redan tagit uppgiften."))
    raise NotNow(
        _("%(name)s har redan tagit uppgiften.", name=taken_by),
        mend=_("Kom överens med din kollega. Du kan ta över den."),
    )


# ── undo ──

UNDO_TIME = timedelta(seconds=10)
"""How long a step with a task can be taken back (seconds)."""

UNDO_GRACE = timedelta(seconds=5)
"""Time that the click itself may take on a slow line (seconds)."""


def check_undo(*, stepped_at: datetime | None, own: bool, at: datetime) -> None:
    """Raise unless the last step can be taken back now: one's own, within ten seconds."""
    if stepped_at is None or not own:
        raise NotNow(_("Det finns inget som du kan ångra. Någon annan har ändrat uppgiften."))
    if at - stepped_at > UNDO_TIME + UNDO_GRACE:
        raise NotNow(_("Det har gått mer än tio sekunder."))
