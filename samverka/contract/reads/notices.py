"""What waits on the unit: its tasks and the plans that are the reader's own, each row once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans.reads import PlanLine, worklist
from samverka.kernel.actor import Actor, Permission, Side
from samverka.kernel.calendar import local, local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text
from samverka.notices.reads import (
    SettingsDetail,
    StatisticLine,
    TaskDetail,
    digest_of,
    task,
    tasks_of_unit,
    unit_settings,
    unopened_elsewhere,
)
from samverka.notices.rules import Filter
from samverka.organisations.reads import UnitDetail, list_unit_staff, list_units, unit_names
from samverka.people.reads import PersonLine, person_lines


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of the list: a task, or the next step of a plan that has no task.

    Attributes:
        verb: what is to be done; fits after "Väntar på: NAME ·".
        owner: the unit that it waits on, with its side.
        mine: the reader has taken it, or is the person's contact.
        moved_from: the unit that was asked and did not open it in time, where it came on to us.
        soon: the last moment, where hours and minutes count.
    """

    person: PersonLine
    verb: Text | str
    about: Text | str
    owner: str
    side: Side
    due_on: date | None
    overdue: bool
    mine: bool
    soon: datetime | None = None
    task: TaskDetail | None = None
    plan: PlanLine | None = None
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class FromOthers:
    """What another unit has not opened in time, and how to reach it. Nobody's name."""

    unit: UnitDetail
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """What waits on the unit.

    Attributes:
        rows: by the clock, as the filter asks.
        counts: how many each filter shows.
        unopened: what nobody in the chain has opened; only for the unit's manager.
        mine: other plans of persons whose contact the reader is.
        unshown: tasks that have not been on the unit's screen before.
        digest: what the list holds now, to tell whether it has changed.
    """

    rows: tuple[WorkRow, ...]
    unopened: tuple[WorkRow, ...]
    counts: Mapping[Filter, int]
    mine: tuple[PlanLine, ...]
    others: tuple[FromOthers, ...]
    unshown: tuple[UUID, ...]
    digest: str


def unit_board(actor: Actor, *, only: Filter = Filter.ALL) -> Board:
    """What waits on the own unit, by the clock; and the reader's other persons."""
    with act(actor, Action.WORKLIST_READ) as this:
        this.require_permission()
        tasks = tasks_of_unit(this)
        others = unopened_elsewhere(this, tasks)
        lines = worklist(actor)
        persons = person_lines(this, {one.person_id for one in tasks})
        this.unchanged()  # the lists have left their own lines
        moved = {one.home_unit_id for one in tasks if one.home_unit_id != one.unit_id}
        asked = moved | {one.home_unit_id for one in others}
        units = unit_names(asked) if asked else {}
        rows = [_with_home(row, units) for row in _rows(actor, tasks, persons, lines)]
        unopened = [row for row in rows if _is_for(actor, row)] if only is Filter.ALL else []
        return Board(
            rows=tuple(row for row in rows if _is_in(row, only) and row not in unopened),
            unopened=tuple(unopened),
            counts={one: sum(_is_in(row, one) for row in rows) for one in Filter},
            mine=tuple(line for line in lines if line.mine and not line.waits_on_us),
            others=tuple(FromOthers(units[one.home_unit_id], one.count) for one in others),
            unshown=tuple(one.id for one in tasks if not one.shown),
            digest=digest_of(tasks),
        )


def _with_home(row: WorkRow, units: Mapping[UUID, UnitDetail]) -> WorkRow:
    """Two units can be asked the same: what came on from another says whose it was."""
    if row.task is None or row.task.home_unit_id == row.task.unit_id:
        return row
    home = units.get(row.task.home_unit_id)
    return replace(row, moved_from=home.name if home else "")


def _is_for(actor: Actor, row: WorkRow) -> bool:
    """Whether the manager must see to it: each row stands once, there or among the others."""
    is_manager = actor.may(Permission.ORGANISATION_EDIT)
    return is_manager and row.task is not None and row.task.for_manager


def _is_in(row: WorkRow, only: Filter) -> bool:
    return {Filter.ALL: True, Filter.MINE: row.mine, Filter.OVERDUE: row.overdue}[only]


def _rows(
    actor: Actor,
    tasks: Iterable[TaskDetail],
    persons: Mapping[UUID, PersonLine],
    lines: Iterable[PlanLine],
) -> list[WorkRow]:
    """A plan with a task at the unit stands there by its task alone."""
    plans = {line.id: line for line in lines}
    made = [
        _task_row(actor, one, persons[one.person_id], plans.get(one.object_id))
        for one in tasks
        if one.person_id in persons
    ]
    with_task = {row.task.object_id for row in made if row.task}
    made += [_plan_row(one) for one in plans.values()
             if one.waits_on_us and one.id not in with_task]  # fmt: skip
    today = local_date(actor.at)
    return sorted(made, key=lambda row: row.due_on or today)


def _task_row(actor: Actor, one: TaskDetail, person: PersonLine, plan: PlanLine | None) -> WorkRow:
    return WorkRow(
        person=person,
        verb=one.verb,
        about=_about(one, plan),
        owner=actor.unit_name,
        side=actor.side,
        due_on=one.due_on,
        overdue=one.overdue,
        soon=_soon(one, actor.at),
        mine=one.mine or bool(plan and plan.mine and not one.taken_by),
        task=one,
        plan=plan,
    )


def _about(one: TaskDetail, plan: PlanLine | None) -> Text | str:
    """The plan's name; where there is none, the kind if anyone's own words do not say it."""
    if plan is not None:
        return plan.title
    return "" if isinstance(one.verb, Text) else one.kind_words


SOON = timedelta(days=2)
"""Within this time a last moment is said in hours, where it is not simply the end of a day."""


def _soon(one: TaskDetail, at: datetime) -> datetime | None:
    due = one.due_at
    if due is None or one.overdue or due - at > SOON or local(due).time() == time.min:
        return None
    return due


def _plan_row(line: PlanLine) -> WorkRow:
    step = line.next_step
    return WorkRow(
        person=line.person,
        verb=step.verb if step else "",
        about=line.title,
        owner=step.owner if step else line.unit_name,
        side=step.side if step else line.side,
        due_on=line.due_on,
        overdue=line.overdue,
        mine=line.mine,
        plan=line,
    )


# ── to whom a task can go, and who can stand in ──


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """A task, and those to whom it can go: names by id."""

    task: TaskDetail
    colleagues: Mapping[UUID, str]
    units: Mapping[UUID, str]


def hand_over_page(actor: Actor, *, task_id: UUID) -> HandOverPage:
    """A task of the own unit; colleagues, and the care provider's other units."""
    with act(actor, Action.WORKLIST_READ) as this:
        found = task(actor, task_id=task_id)
        this.unchanged()  # the reads leave their own lines
        staff = list_unit_staff(actor, unit_id=found.unit_id)
        others = {one.staff_id: one.staff_name for one in staff if one.staff_id != actor.staff_id}
        return HandOverPage(found, others, _other_units(list_units(actor), found.unit_id))


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A unit's settings, and the units that can stand in: names by id.

    Attributes:
        manager_sees: the county lets the unit's manager see what nobody in the chain has opened.
    """

    unit: UnitDetail
    settings: SettingsDetail
    units: Mapping[UUID, str]
    manager_sees: bool


def settings_page(actor: Actor, *, unit_id: UUID) -> SettingsPage:
    """How a unit wants its notices, and the care provider's other units."""
    with act(actor, Action.NOTICE_READ) as this:
        found = unit_settings(actor, unit_id=unit_id)
        this.unchanged()  # the reads leave their own lines
        units = list_units(actor)
        shown = next((one for one in units if one.id == unit_id), None)
        if shown is None:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        manager = county_value(Key.NOTICE_MANAGER, local_date(actor.at)) > 0
        return SettingsPage(shown, found, _other_units(units, unit_id), manager)


def _other_units(units: Iterable[UnitDetail], unit_id: UUID) -> Mapping[UUID, str]:
    """The other open units of the unit's care provider by name: those in the same town first."""
    by_id = {one.id: one for one in units}
    own = by_id.get(unit_id)
    if own is None:
        return {}
    others = [one for one in by_id.values() if one.provider_id == own.provider_id]
    others.sort(
        key=lambda one: (one.town != own.town, one.municipality_code != own.municipality_code)
    )
    return {one.id: one.name for one in others if one.id != unit_id}


# ── how notices have been met, in one sentence ──


@dataclass(frozen=True, slots=True)
class Finding:
    """All of a unit's notices together."""

    opened: int
    acted: int
    ignored: int

    @property
    def share(self) -> int:
        """How many of a hundred were acted on."""
        return round(100 * self.acted / self.opened) if self.opened else 0


def finding(lines: Iterable[StatisticLine]) -> Finding:
    """The sum of the lines."""
    found = list(lines)
    return Finding(
        opened=sum(one.opened for one in found),
        acted=sum(one.acted for one in found),
        ignored=sum(one.ignored for one in found),
    )
