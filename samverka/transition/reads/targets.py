"""Gated fetches of target pictures, strategies and actions. Nothing is about a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.organisations.reads import OrganisationDetail, organisations_of_county
from samverka.transition.models import Target, TargetAction, TargetFollowUp, TargetVersion
from samverka.transition.reads.reports.rows import home_of
from samverka.transition.rules.targets import ActionStatus, TargetKind, is_overdue


@dataclass(frozen=True, slots=True)
class TargetVersionLine:
    """What it said from a decision on. `file_name`: the decision is kept as a file."""

    id: UUID
    number: int
    title: str
    decided_on: date
    decided_by: str
    backers: tuple[str, ...]
    text: str
    link: str
    file_name: str
    why: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """How an action went at a follow-up."""

    status: ActionStatus
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action. `may_edit`: it is the reader's own organisation's."""

    id: UUID
    what: str
    organisation_id: UUID
    organisation: str
    owner: str
    measure: str
    due: date | None
    status: ActionStatus
    overdue: bool
    version: int
    follow_ups: tuple[FollowUpLine, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target picture in a list, and how many of its actions are done."""

    id: UUID
    kind: TargetKind
    title: str
    organisation: str
    shared: bool
    decided_on: date
    done: int
    late: int
    actions: int


@dataclass(frozen=True, slots=True)
class TargetDetail:
    """A target picture, whole. `may_add`: the reader may add an action of the own organisation."""

    line: TargetLine
    county: str
    version: int
    current: TargetVersionLine
    versions: tuple[TargetVersionLine, ...]
    actions: tuple[ActionLine, ...]
    may_edit: bool
    may_add: bool


@dataclass(frozen=True, slots=True)
class TargetFile:
    """The decision itself."""

    name: str
    body: bytes


def list_targets(actor: Actor) -> tuple[list[TargetLine], bool]:
    """The county's target pictures and strategies; and whether the reader may add one."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        this.note_general("Target")
        home = home_of(actor)
        rows = list(_targets(home).order_by("-shared", "kind", "made_at"))
        found = [_line(row, _current(row), list(row.actions.all()), actor) for row in rows]
        return found, permits(actor, Action.TARGET_EDIT) and home is not None


def _targets(home: OrganisationDetail | None) -> QuerySet[Any]:
    county = home.county_code if home else ""
    found = Target.objects.select_related("organisation").filter(county=county)
    return found.prefetch_related("versions", "actions__follow_ups", "actions__organisation")


def _current(row: Target) -> TargetVersion:
    found: TargetVersion = max(row.versions.all(), key=lambda one: one.number)
    return found


def target_detail(actor: Actor, *, target_id: UUID) -> TargetDetail:
    """One target picture: what was decided, and how it goes towards it."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        home = home_of(actor)
        row = _targets(home).filter(id=target_id).first()
        if row is None:
            raise NotFound(_("Målbilden finns inte."))
        this.note_general("Target", id=str(target_id))
        return detail_of(actor, home, row)


def target_file(actor: Actor, *, version_id: UUID) -> TargetFile:
    """The file of a decision."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        home = home_of(actor)
        row = TargetVersion.objects.filter(
            id=version_id, target__county=home.county_code if home else "", file__isnull=False
        ).first()
        if row is None:
            raise NotFound(_("Filen finns inte."))
        this.note_general("TargetVersion", id=str(version_id))
        return TargetFile(row.file_name, bytes(row.file))


def backers(actor: Actor, *, county: str = "") -> list[str]:
    """Names of those in the county who can stand behind a target picture.

    Args:
        county: of the target picture, where there is one; else the actor's own.
    """
    home = None if county else home_of(actor)
    of = home.county_code if home else county
    return [one.name for one in organisations_of_county(of)] if of else []


def detail_of(actor: Actor, home: OrganisationDetail | None, row: Target) -> TargetDetail:
    """Row → plain value."""
    may = permits(actor, Action.TARGET_EDIT) and home is not None
    actions = sorted(row.actions.all(), key=lambda one: (one.due is None, one.due, one.what))
    versions = sorted(row.versions.all(), key=lambda one: -one.number)
    return TargetDetail(
        line=_line(row, versions[0], actions, actor),
        county=row.county,
        version=row.version,
        current=_version(versions[0]),
        versions=tuple(_version(one) for one in versions),
        actions=tuple(_action(one, home, actor, may=may) for one in actions),
        may_edit=may and home is not None and row.organisation_id == home.id,
        may_add=may,
    )


def _line(
    row: Target, current: TargetVersion, actions: Iterable[TargetAction], actor: Actor
) -> TargetLine:
    actions, on = list(actions), local_date(actor.at)
    return TargetLine(
        id=row.id,
        kind=TargetKind(row.kind),
        title=current.title,
        organisation=row.organisation.name,
        shared=row.shared,
        decided_on=current.decided_on,
        done=sum(one.status == ActionStatus.DONE for one in actions),
        late=sum(is_overdue(one.due, ActionStatus(one.status), on) for one in actions),
        actions=len(actions),
    )


def _version(row: TargetVersion) -> TargetVersionLine:
    return TargetVersionLine(
        row.id, row.number, row.title, row.decided_on, row.decided_by, tuple(row.backers), row.text,
        row.link, row.file_name, row.why, row.made_at, row.made_by,
    )  # fmt: skip


def _action(
    row: TargetAction, home: OrganisationDetail | None, actor: Actor, *, may: bool
) -> ActionLine:
    status = ActionStatus(row.status)
    said = sorted(row.follow_ups.all(), key=lambda one: one.id, reverse=True)
    return ActionLine(
        id=row.id,
        what=row.what,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        owner=row.owner,
        measure=row.measure,
        due=row.due,
        status=status,
        overdue=is_overdue(row.due, status, local_date(actor.at)),
        version=row.version,
        follow_ups=tuple(_follow_up(one) for one in said),
        may_edit=may and home is not None and row.organisation_id == home.id,
    )


def _follow_up(row: TargetFollowUp) -> FollowUpLine:
    return FollowUpLine(ActionStatus(row.status), row.words, row.at, row.by)
