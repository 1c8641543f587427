"""Checks of the log: the lines, with whose data it was, and the documented checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads import LogFilter, LogLine, LogPage, log_lines, review_log
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.contract.models import LogCheck
from samverka.contract.rules import CheckKind, CheckOutcome, months_back
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.people.reads import PersonLine, persons_in_log

CHECKS_SHOWN = 100
"""Documented checks on one page, newest first: more than eight years of monthly ones."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A page of the care provider's log; `persons`: whose data it was."""

    log: LogPage
    persons: dict[str, PersonLine]


@dataclass(frozen=True, slots=True)
class LogCheckDetail:
    """A documented check of the log."""

    id: UUID
    kind: CheckKind
    month: date | None
    wanted: dict[str, bool]
    lines: int
    begun_at: datetime
    begun_by: str
    outcome: CheckOutcome
    words: str
    closed_at: datetime | None
    closed_by: str


@dataclass(frozen=True, slots=True)
class LogCheckPage:
    """A check with its lines."""

    check: LogCheckDetail
    lines: tuple[LogLine, ...]
    persons: dict[str, PersonLine]


@dataclass(frozen=True, slots=True)
class LogChecks:
    """All checks of the own care provider, and the months without one."""

    checks: tuple[LogCheckDetail, ...]
    unchecked: tuple[date, ...]


def check_detail(row: LogCheck) -> LogCheckDetail:
    """Row → plain value."""
    return LogCheckDetail(
        id=row.id,
        kind=CheckKind(row.kind),
        month=row.month,
        wanted=dict(row.wanted),
        lines=len(row.event_ids),
        begun_at=row.begun_at,
        begun_by=row.begun_by,
        outcome=CheckOutcome(row.outcome),
        words=row.words,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )


def provider_of(actor: Actor) -> UUID:
    """The care provider whose log is checked.

    Raises:
        NotAllowed: the actor acts for no care provider.
    """
    if actor.provider_id is None:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])
    return actor.provider_id


def review(actor: Actor, *, wanted: LogFilter, page: int) -> ReviewPage:
    """A page of the own care provider's log, with the names of those whose data it was."""
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        this.unchanged()  # the review itself writes the lines
        found = review_log(actor, wanted=wanted, page=page)
        return ReviewPage(found, _persons(actor, found.lines))


def _persons(actor: Actor, lines: Iterable[LogLine]) -> dict[str, PersonLine]:
    ids = {UUID(line.person_id) for line in lines if line.person_id}
    return {str(person): line for person, line in persons_in_log(actor, ids=ids).items()}


def log_check(actor: Actor, *, check_id: UUID) -> LogCheckPage:
    """One check of the own care provider, with its lines."""
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        row = LogCheck.objects.filter(id=check_id, provider_id=provider_of(actor)).first()
        if row is None:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        this.note_general("LogCheck", id=str(row.id))
        lines = tuple(log_lines(actor, ids=row.event_ids))
        return LogCheckPage(check_detail(row), lines, _persons(actor, lines))


def list_log_checks(actor: Actor) -> LogChecks:
    """The documented checks, newest first, and the months that have had none by lot."""
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        this.note_general("LogCheck")
        found = LogCheck.objects.filter(provider_id=provider_of(actor)).order_by("-begun_at")
        checks = tuple(check_detail(row) for row in found[:CHECKS_SHOWN])
        drawn = {one.month for one in checks if one.kind is CheckKind.SAMPLE}
        months = months_back(local_date(actor.at))
        return LogChecks(checks, tuple(month for month in months if month not in drawn))
