"""Gated fetches of tasks, news and settings; plain values for pages and FHIR."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.utils.module_loading import import_string

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import SWEDEN, local_date
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices import rules
from samverka.notices.models import News, Task, UnitSettings
from samverka.notices.rules import Filter, StepName, TaskKind, TaskStatus, Week

LIMIT = 200
"""Tasks on one list, the most pressing first."""

# ── values ──


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """One task as the reader's unit sees it.

    Attributes:
        due_on: the last day; `due_at` is its last moment.
        mine: the reader has taken it.
        level: above 0 where it came because the asked unit (`home_unit_id`) did not open it.
        for_manager: nobody in the whole chain has opened it; the unit's manager sees to it.
    """

    id: UUID
    person_id: UUID
    provider_id: UUID
    unit_id: UUID
    home_unit_id: UUID
    object_type: str
    object_id: UUID
    kind: TaskKind
    kind_words: Text
    button: Text
    status: TaskStatus
    verb: Text | str
    address: str
    opened_at: datetime
    due_at: datetime | None
    due_on: date | None
    overdue: bool
    level: int
    for_manager: bool
    seen: bool
    shown: bool
    taken_by: str
    taken_at: datetime | None
    mine: bool
    handed_reason: str
    handed_by: str
    ended_at: datetime | None
    ended_by: str
    changed_at: datetime
    not_for_patient: bool
    may_take: bool
    may_hand_over: bool
    may_finish: bool


@dataclass(frozen=True, slots=True)
class Unopened:
    """What another unit has not opened in time, without saying whom it is about."""

    home_unit_id: UUID
    count: int


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A sentence to the person about something new."""

    id: UUID
    sentence: Text | str
    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class SettingsDetail:
    """How a unit wants its notices. `version` 0: nobody has set anything."""

    unit_id: UUID
    emails: tuple[str, ...]
    stand_in_id: UUID | None
    fallback_id: UUID | None
    week: Week
    digest_hour: int | None
    version: int
    changed_at: datetime | None
    changed_by: str


@dataclass(frozen=True, slots=True)
class StatisticLine:
    """One kind of notice at one unit in one month, in numbers.

    Attributes:
        acted: someone took it, opened it and let the process end it, or said that it was done.
        ignored: went to the next in the chain, or ended by itself without anyone having opened it.
    """

    month: date
    kind: TaskKind
    kind_words: Text
    opened: int
    shown: int
    acted: int
    ignored: int


def task_detail(row: Task, actor: Actor) -> TaskDetail:
    """Row → plain value, as the actor may deal with it."""
    kind, status = TaskKind(row.kind), TaskStatus(row.status)
    own = row.unit_id == actor.unit_id

    def may(step: StepName) -> bool:
        return own and rules.may_step(status, kind, step, actor.side)

    return TaskDetail(
        id=row.id,
        person_id=row.person_id,
        provider_id=row.provider_id,
        unit_id=row.unit_id,
        home_unit_id=row.home_unit_id,
        object_type=row.object_type,
        object_id=row.object_id,
        kind=kind,
        kind_words=rules.KINDS[kind].words,
        button=rules.KINDS[kind].button,
        status=status,
        verb=rules.read(row.verb),
        address=row.address,
        opened_at=row.opened_at,
        due_at=row.due_at,
        due_on=_last_day(row.due_at),
        overdue=rules.is_overdue(row.due_at, actor.at),
        level=row.level,
        for_manager=rules.is_for_manager(row.manager_at, row.seen_at, row.taken_at),
        seen=row.seen_at is not None,
        shown=row.shown_at is not None,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        mine=actor.staff_id is not None and row.taken_by_id == actor.staff_id,
        handed_reason=row.handed_reason,
        handed_by=row.handed_by,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        changed_at=row.ended_at or row.stepped_at or row.opened_at,
        not_for_patient=row.not_for_patient,
        may_take=may(StepName.TAKE),
        may_hand_over=may(StepName.HAND_OVER),
        may_finish=may(StepName.FINISH),
    )


def _last_day(due_at: datetime | None) -> date | None:
    """A day ends where the next begins: midnight belongs to the day before."""
    return local_date(due_at - timedelta(microseconds=1)) if due_at else None


def holders(*, object_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Object → the unit in the chain that its standing task has come to, where it has gone on."""
    rows = Task.objects.filter(
        object_id__in=list(object_ids), level__gt=0, ended_at__isnull=True
    ).order_by("level")
    return dict(rows.values_list("object_id", "unit_id"))


def units_of(ids: Iterable[UUID]) -> Mapping[UUID, Any]:
    """Units by id: name, care provider, branch, e-mail. Asked by a name in the settings (ADR 0008)."""
    found: Mapping[UUID, Any] = import_string(settings.SAMVERKA_UNITS_FOR)(set(ids))
    return found


def colleagues_of(unit_id: UUID, at: datetime) -> Mapping[UUID, str]:
    """Those who work at the unit now: name by id. Asked by a name in the settings (ADR 0008)."""
    found = import_string(settings.SAMVERKA_COLLEAGUES_FOR)({unit_id}, at)
    return {one.staff_id: one.staff_name for one in found}


# ── the unit's list ──


def unit_tasks(actor: Actor, *, only: Filter = Filter.ALL) -> list[TaskDetail]:
    """What the own unit must do, by the clock."""
    with act(actor, Action.WORKLIST_READ) as this:
        this.require_permission()
        return tasks_of_unit(this, only)


def tasks_of_unit(this: Act, only: Filter = Filter.ALL) -> list[TaskDetail]:
    """The unit's tasks inside an overview's act. Notes its own line, person by person."""
    found = _standing(this.actor).filter(_narrowed(this.actor, only))
    rows = this.rows(found, order=("due_at", "opened_at", "id"), limit=LIMIT)
    this.note_list(rows)
    tasks = [task_detail(row, this.actor) for row in rows]
    return sorted(tasks, key=lambda one: one.due_at or this.actor.at)


def _standing(actor: Actor) -> QuerySet[Any]:
    """The own unit's tasks that it is time for: without a day, late, or due within two weeks."""
    near = Q(due_at__isnull=True) | Q(due_at__lte=actor.at + rules.AHEAD)
    found: QuerySet[Any] = Task.objects.filter(
        near, Q(unit_id=actor.unit_id), ended_at__isnull=True
    )
    return found


def _narrowed(actor: Actor, only: Filter) -> Q:
    if only is Filter.MINE:
        return Q(taken_by_id=actor.staff_id, taken_by_id__isnull=False)
    return Q(due_at__lt=actor.at) if only is Filter.OVERDUE else Q()


def unopened_elsewhere(this: Act, shown: Iterable[TaskDetail]) -> list[Unopened]:
    """What came from other units' lists about persons whom the own unit may not know of: numbers only."""
    known = [one.id for one in shown]
    found = _standing(this.actor).filter(level__gt=0).exclude(id__in=known)
    counted = found.values("home_unit_id").annotate(count=Count("id")).order_by("home_unit_id")
    return [Unopened(one["home_unit_id"], one["count"]) for one in counted]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has happened to the unit's list since it was shown.

    Attributes:
        digest: what the list is now; the same again means that nothing is new.
        count: tasks that have come, changed or gone; 0 when nothing is new.
    """

    digest: str
    count: int


def digest_of(tasks: Iterable[TaskDetail]) -> str:
    """What a list shows, as a short text: to tell whether it has changed."""
    return _digest((one.id, one.changed_at, one.due_at) for one in tasks)


def _digest(shown: Iterable[tuple[UUID, datetime, datetime | None]]) -> str:
    lines = sorted(f"{one} {changed.isoformat()} {due}" for one, changed, due in shown)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def changes(actor: Actor, *, known: str, since: datetime) -> Changes:
    """What has changed on the unit's list since the page was shown: a number, and nobody's name.

    Args:
        known: the digest of what the page shows.
        since: when it was shown.
    """
    with act(actor, Action.WORKLIST_READ) as this:
        this.require_permission()
        shown = this.visible(_standing(actor)).values_list(
            "id", "stepped_at", "opened_at", "due_at"
        )
        digest = _digest((one, stepped or opened, due) for one, stepped, opened, due in shown)
        if digest == known:
            this.unchanged()
            return Changes(digest, 0)
        recent = Q(opened_at__gt=since) | Q(stepped_at__gt=since) | Q(ended_at__gt=since)
        found = this.visible(Task.objects.filter(recent, Q(unit_id=actor.unit_id)))
        this.note_general("Task", changed=True)
        return Changes(digest, max(found.count(), 1))


def task(actor: Actor, *, task_id: UUID) -> TaskDetail:
    """One task of the own unit."""
    with act(actor, Action.WORKLIST_READ) as this:
        row = this.row(Task.objects.filter(Q(unit_id=actor.unit_id)), id=task_id)
        this.note(row)
        return task_detail(row, actor)


# ── the person's news ──


def news_of(this: Act, person_id: UUID, *, limit: int = 20) -> list[NewsLine]:
    """What is new to the person inside the own page's act, which notes it; the newest first."""
    rows = this.rows(News.objects.filter(person_id=person_id), order=("-at", "id"), limit=limit)
    return [
        NewsLine(row.id, rules.read(row.sentence), row.at, row.read_at is not None) for row in rows
    ]


# ── settings and numbers of a unit ──


def unit_settings(actor: Actor, *, unit_id: UUID) -> SettingsDetail:
    """How a unit of the own organisation wants its notices."""
    with act(actor, Action.NOTICE_READ) as this:
        this.require_permission()
        check_own(this, unit_id)
        this.note_general("UnitSettings", id=str(unit_id))
        return settings_detail(unit_id, UnitSettings.objects.filter(unit_id=unit_id).first())


def check_own(this: Act, unit_id: UUID) -> None:
    """Raise unless the unit is of the own organisation."""
    actor = this.actor
    units = units_of({unit_id, *([actor.unit_id] if actor.unit_id else [])})
    unit = units.get(unit_id)
    if unit is None:
        raise NotFound(_("Enheten finns inte."))
    own = units.get(actor.unit_id) if actor.unit_id else None
    if actor.is_staff and (own is None or own.organisation_id != unit.organisation_id):
        raise NotAllowed(_("Du kan bara se och ändra i din egen organisation."))


def settings_detail(unit_id: UUID, row: UnitSettings | None) -> SettingsDetail:
    """Row → plain value; without a row, what holds until someone sets something."""
    if row is None:
        return SettingsDetail(unit_id, (), None, None, rules.ALWAYS, rules.DIGEST_HOUR, 0, None, "")
    return SettingsDetail(
        unit_id=unit_id,
        emails=tuple(row.emails),
        stand_in_id=row.stand_in_id,
        fallback_id=row.fallback_id,
        week=rules.week_of(row.hours),
        digest_hour=row.digest_hour,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


_ACTED = Q(status=TaskStatus.DONE) | Q(taken_at__isnull=False) | Q(seen_at__isnull=False)
_IGNORED = Q(escalated_at__isnull=False) | Q(status=TaskStatus.CLOSED) & ~_ACTED


def unit_statistics(actor: Actor, *, unit_id: UUID, months: int = 12) -> list[StatisticLine]:
    """How each kind of notice at the unit was met, month by month, the newest first; numbers only."""
    with act(actor, Action.NOTICE_READ) as this:
        this.require_permission()
        check_own(this, unit_id)
        this.note_general("Task", unit=str(unit_id), statistics=True)
        since = _first_of_month(local_date(actor.at), months - 1)
        found = Task.objects.filter(unit_id=unit_id).annotate(
            month=TruncMonth("opened_at", tzinfo=SWEDEN)
        )
        counted = (
            found.filter(month__gte=datetime(since.year, since.month, 1, tzinfo=SWEDEN))
            .values("month", "kind")
            .annotate(
                opened=Count("id"),
                shown=Count("id", filter=Q(shown_at__isnull=False) | _ACTED),
                acted=Count("id", filter=_ACTED & Q(escalated_at__isnull=True)),
                ignored=Count("id", filter=_IGNORED),
            )
        )
        lines = [_statistic(one) for one in counted]
        order = list(TaskKind)
        return sorted(lines, key=lambda one: (-one.month.toordinal(), order.index(one.kind)))


def _first_of_month(day: date, back: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, 1)


def _statistic(one: Mapping[str, Any]) -> StatisticLine:
    kind = TaskKind(one["kind"])
    return StatisticLine(
        month=one["month"].date(),
        kind=kind,
        kind_words=rules.KINDS[kind].words,
        opened=one["opened"],
        shown=one["shown"],
        acted=one["acted"],
        ignored=one["ignored"],
    )


# ── for the warehouse ──


@dataclass(frozen=True, slots=True)
class ExportedTask:
    """One task as the warehouse must know it: no words. `escalations`: times it went upwards, unopened."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    kind: TaskKind
    sent_at: datetime
    opened_at: datetime | None
    done_at: datetime | None
    due_at: datetime | None
    escalations: int


def standing_tasks(this: Act) -> Iterator[UUID]:
    """The names of all tasks that an export would tell of: the rest have gone. Inside the export's act."""
    this.require_system()
    yield from Task.objects.filter(level=0).values_list("id", flat=True).iterator(chunk_size=2_000)


def exported_tasks(this: Act, *, since: datetime | None) -> Iterator[ExportedTask]:
    """Every task, or those that something happened to since then, inside the export's act."""
    this.require_system()
    same = Task.objects.filter(object_id=OuterRef("object_id"), key=OuterRef("key"), level__gt=0)
    upwards = same.order_by().values("key").annotate(most=Max("level")).values("most")
    rows = Task.objects.filter(level=0).annotate(upwards=Subquery(upwards))
    if since is not None:
        moments = ("opened_at", "seen_at", "ended_at", "escalated_at", "stepped_at")
        recent = Q()
        for one in moments:
            recent |= Q(**{f"{one}__gte": since})
        rows = rows.filter(recent)
    for row in rows.order_by("id").iterator(chunk_size=2_000):
        yield ExportedTask(
            id=row.id,
            person_id=row.person_id,
            unit_id=row.home_unit_id,
            kind=TaskKind(row.kind),
            sent_at=row.opened_at,
            opened_at=row.seen_at,
            done_at=row.ended_at,
            due_at=row.due_at,
            escalations=(row.upwards or 0) + (row.manager_at is not None),
        )
