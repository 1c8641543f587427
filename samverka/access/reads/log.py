"""Gated fetches of the log: the person's own, and the care provider's for its log reviewers."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, NullIf

from samverka.access import models
from samverka.access.act import Act, act
from samverka.access.actions import ACTIONS, Action
from samverka.access.rules import GROUND_WORDS
from samverka.audit.models import Event
from samverka.kernel.actor import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log as people read it. `action`, `ground_code`: for other words than ours."""

    id: int
    at: datetime
    who: str
    role: str
    unit: str
    provider: str
    action: str
    words: str
    ground: str
    ground_code: str
    refused: bool
    emergency: bool
    reason: str
    person_id: str
    actor_id: str
    actor_kind: str
    request_id: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, newest first."""

    lines: tuple[LogLine, ...]
    page: int
    more: bool


PAGE = 50
"""Lines of the log on one page."""


def own_log(actor: Actor, *, person_id: UUID, page: int = 1, by_others: bool = False) -> LogPage:
    """The person reads who has opened the own data, from which unit and when (PDL 8:5).

    `by_others`: leave out what the reader has done.
    """
    with act(actor, Action.LOG_OWN) as this:
        subject = this.row(models.Subject.objects, person_id=person_id)
        found = Event.objects.filter(person_id=str(person_id))
        if by_others:
            found = found.exclude(actor_id=str(actor.id))
        shown = _log_page(found, page)
        this.note(subject)
        return shown


# ── the care provider's log ──


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a log reviewer looks for. Empty fields do not narrow."""

    person_id: str = ""
    actor_id: str = ""
    emergency: bool = False
    refused: bool = False
    without_relation: bool = False
    since: datetime | None = None


def review_log(actor: Actor, *, wanted: LogFilter, page: int = 1) -> LogPage:
    """A log reviewer looks through the own care provider's log (PDL 4:3)."""
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        shown = _log_page(_narrowed(_own_provider(actor), wanted), page)
        _note(this, shown.lines, page=page)
        return shown


def log_lines(actor: Actor, *, ids: Iterable[int]) -> list[LogLine]:
    """Some lines of the own care provider's log again: those of an earlier check."""
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        rows = _own_provider(actor).filter(id__in=list(ids)).order_by("-at", "-id")
        lines = tuple(_log_line(row) for row in rows)
        _note(this, lines, again=True)
        return list(lines)


def draw_log(actor: Actor, *, since: datetime, until: datetime, count: int) -> list[LogLine]:
    """Draw lines by lot from what staff have done in a time (PDL 4:3: systematic, recurrent checks)."""
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        staff = _own_provider(actor).filter(actor_kind=ActorKind.STAFF).exclude(person_id="")
        found = staff.filter(at__gte=since, at__lt=until)
        ends = found.aggregate(first=Min("id"), last=Max("id"))
        ids = _drawn(actor, since, until, ends["first"], ends["last"], count)
        rows = Event.objects.filter(id__in=ids).order_by("-at", "-id")
        lines = tuple(_log_line(row) for row in rows)
        _note(this, lines, drawn=count)
        return list(lines)


_DRAW_SQL = """
SELECT id FROM (
  SELECT DISTINCT drawn.id FROM unnest(%(points)s) AS point CROSS JOIN LATERAL (
    SELECT id FROM audit_event
     WHERE id >= point AND provider_id = %(provider)s AND actor_kind = 'staff' AND person_id <> ''
       AND at >= %(since)s AND at < %(until)s
     ORDER BY id LIMIT 1
  ) AS drawn
) AS found ORDER BY random() LIMIT %(count)s
"""
"""The first line after each of many points by lot: no need to sort a month of millions of lines."""

_POINTS_PER_LINE = 4  # points that fall on the same line, or after the last, give nothing


def _drawn(
    actor: Actor,
    since: datetime,
    until: datetime,
    first: int | None,
    last: int | None,
    count: int,
) -> list[int]:
    if first is None or last is None:
        return []
    lot = random.SystemRandom()
    points = [lot.randint(first, last) for _ in range(count * _POINTS_PER_LINE)]
    values: dict[str, Any] = {
        "points": points,
        "provider": str(actor.provider_id),
        "since": since,
        "until": until,
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DRAW_SQL, values)
        return [number for (number,) in cursor.fetchall()]


def _own_provider(actor: Actor) -> QuerySet[Any]:
    return Event.objects.filter(provider_id=str(actor.provider_id))


_GUESSES = Q(provider_id="", actor_kind=ActorKind.PERSON, object_type__gt="") & ~Q(outcome=0)
"""A person who asked for what is not there, or not that person's to see: of no care provider.

The line says who and which address, and is the same whether there was anything or not."""


def _note(this: Act, lines: Iterable[LogLine], **detail: object) -> None:
    """The check is itself in the log, for each person whose lines were shown."""
    for person in dict.fromkeys(line.person_id for line in lines if line.person_id):
        this.note_person(UUID(person), "Event")
    this.note_general("Event", **detail)


def _narrowed(found: QuerySet[Any], wanted: LogFilter) -> QuerySet[Any]:
    found = found.exclude(person_id="")  # PDL 4:3 is about access to persons' data
    if wanted.refused:
        found |= Event.objects.filter(_GUESSES)
    if wanted.person_id:
        found = found.filter(person_id=wanted.person_id)
    if wanted.actor_id:
        found = found.filter(actor_id=wanted.actor_id)
    if wanted.emergency:
        found = found.filter(Q(purpose="ETREAT") | Q(action=Action.EMERGENCY_OPEN))
    if wanted.refused:
        found = found.exclude(outcome=0)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    return _without_relation(found) if wanted.without_relation else found


def _without_relation(found: QuerySet[Any]) -> QuerySet[Any]:
    """Lines of staff whose unit had no relation with the person when the line was written."""
    had = models.Relation.objects.filter(
        Q(until__isnull=True) | Q(until__gt=OuterRef("at")),
        person_id=OuterRef("person_uuid"),
        unit_id=OuterRef("unit_uuid"),
        since__lte=OuterRef("at"),
    )
    staff: QuerySet[Any] = found.filter(actor_kind=ActorKind.STAFF).exclude(person_id="")
    staff = staff.annotate(person_uuid=_uuid("person_id"), unit_uuid=_uuid("unit_id"))
    without: QuerySet[Any] = staff.exclude(Exists(had))
    return without


def _uuid(name: str) -> Cast:
    """The trail holds ids as text; as uuid the relation's index can be used."""
    return Cast(NullIf(name, Value("")), UUIDField())


def _log_page(found: QuerySet[Any], page: int) -> LogPage:
    first = (max(page, 1) - 1) * PAGE
    rows = list(found.order_by("-at", "-id")[first : first + PAGE + 1])
    lines = tuple(_log_line(row) for row in rows[:PAGE])
    return LogPage(lines=lines, page=max(page, 1), more=len(rows) > PAGE)


_WORDS: dict[str, str] = {action.value: found.words for action, found in ACTIONS.items()}
_GROUNDS: dict[str, str] = {ground.value: words for ground, words in GROUND_WORDS.items()}


def _log_line(event: Event) -> LogLine:
    return LogLine(
        id=event.id,
        at=event.at,
        who=event.actor_name,
        role=event.actor_role,
        unit=event.unit_name,
        provider=event.provider_name,
        action=event.action,
        words=_WORDS.get(event.action, event.action),
        ground=_GROUNDS.get(event.ground, ""),
        ground_code=event.ground,
        refused=event.outcome != 0,
        emergency=event.purpose == "ETREAT" or event.action == Action.EMERGENCY_OPEN,
        reason=str(event.detail.get("reason") or event.detail.get("asked") or ""),
        person_id=event.person_id,
        actor_id=event.actor_id,
        actor_kind=event.actor_kind,
        request_id=event.request_id,
    )
