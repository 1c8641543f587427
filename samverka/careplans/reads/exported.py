"""Plans, goals, activities and contacts as the warehouse must know them: codes and days, no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    CharField,
    Exists,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, JSONObject

from samverka.access.act import Act
from samverka.careplans.models import (
    Activity,
    CareContact,
    Confirmation,
    Goal,
    Party,
    Plan,
    PlanVersion,
)
from samverka.careplans.rules import ContactKind, GoalStatus, OwnerKind
from samverka.careplans.rules.meetings import ConfirmStatus, Invitee
from samverka.organisations.rules import OrganisationKind

CHUNK: Final = 2_000
"""Rows fetched at a time, from a cursor of the server's."""


@dataclass(frozen=True, slots=True)
class ExportedPlan:
    """One plan: whose, which kind, its days, which sides take part."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    kind: str
    group: str
    created_at: datetime
    established_at: datetime | None
    ended_at: datetime | None
    follow_up_on: date | None
    has_goal: bool
    region_part: bool
    municipal_part: bool
    has_contact: bool
    person_confirmed: bool


@dataclass(frozen=True, slots=True)
class ExportedGoal:
    """One goal. `set_at`: when the plan first held it."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    set_at: datetime
    reach_by: date | None
    followed_up_at: datetime | None
    status: str


@dataclass(frozen=True, slots=True)
class ExportedActivity:
    """One activity. `set_at`: when the plan first held it."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    set_at: datetime
    due_on: date | None
    done_at: datetime | None
    owner: OwnerKind
    status: str
    preventive: bool
    rehabilitating: bool


@dataclass(frozen=True, slots=True)
class ExportedContact:
    """One whom the person can turn to, from when and until when."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    kind: ContactKind
    profession: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class GroupSpell:
    """A person has a plan of a target group, from when and until when."""

    group: str
    since: datetime
    until: datetime | None


def exported_plans(this: Act, *, since: datetime | None) -> Iterator[ExportedPlan]:
    """Every plan, or those changed since then, inside the export's act, a chunk at a time."""
    this.require_system()
    rows = Plan.objects.all() if since is None else Plan.objects.filter(updated_at__gte=since)
    for row in _with_parts(rows).order_by("id").iterator(chunk_size=CHUNK):
        yield ExportedPlan(
            id=row.id,
            person_id=row.person_id,
            unit_id=row.unit_id,
            source=row.source,
            kind=row.kind,
            group=row.template,
            created_at=row.created_at,
            established_at=row.established_at,
            ended_at=row.ended_at,
            follow_up_on=row.follow_up_on,
            has_goal=row.has_goal,
            region_part=row.region_part,
            municipal_part=row.municipal_part,
            has_contact=row.has_contact,
            person_confirmed=row.person_confirmed,
        )


def exported_goals(this: Act, *, since: datetime | None) -> Iterator[ExportedGoal]:
    """Every goal, or those of plans changed since then, inside the export's act."""
    this.require_system()
    for row in _parts(Goal, "goals", since).iterator(chunk_size=CHUNK):
        yield ExportedGoal(
            id=row.id,
            plan_id=row.plan_id,
            person_id=row.person_id,
            unit_id=row.plan.unit_id,
            source=row.plan.source,
            set_at=row.set_at or row.plan.created_at,
            reach_by=row.reach_by,
            followed_up_at=row.followed_up_at,
            status=GoalStatus(row.status).value,
        )


def exported_activities(this: Act, *, since: datetime | None) -> Iterator[ExportedActivity]:
    """Every activity, or those of plans changed since then, inside the export's act."""
    this.require_system()
    for row in _parts(Activity, "activities", since).iterator(chunk_size=CHUNK):
        yield ExportedActivity(
            id=row.id,
            plan_id=row.plan_id,
            person_id=row.person_id,
            unit_id=row.owner_unit_id or row.plan.unit_id,
            source=row.plan.source,
            set_at=row.set_at or row.plan.created_at,
            due_on=row.due_on,
            done_at=row.done_at,
            owner=OwnerKind(row.owner_kind),
            status=row.status,
            preventive=row.preventive,
            rehabilitating=row.rehabilitating,
        )


def exported_contacts(this: Act, *, since: datetime | None) -> Iterator[ExportedContact]:
    """Every named contact, or those that began or ended since then, inside the export's act."""
    this.require_system()
    rows = CareContact.objects.exclude(kind=ContactKind.MAIN)
    if since is not None:
        rows = rows.filter(Q(since__gte=since) | Q(until__gte=since))
    columns = ("id", "person_id", "unit_id", "kind", "profession", "since", "until")
    for row in rows.order_by("id").values(*columns).iterator(chunk_size=CHUNK):
        yield ExportedContact(**{**row, "kind": ContactKind(row["kind"])})


def standing_plans(this: Act) -> Iterator[UUID]:
    """The names of all plans that an export would tell of: the rest have gone. Inside the export's act."""
    yield from _names(this, Plan.objects.all())


def standing_goals(this: Act) -> Iterator[UUID]:
    """The names of all goals that an export would tell of: the rest have gone. Inside the export's act."""
    yield from _names(this, Goal.objects.all())


def standing_activities(this: Act) -> Iterator[UUID]:
    """The names of all activities that an export would tell of: the rest have gone. Inside the export's act."""
    yield from _names(this, Activity.objects.all())


def standing_contacts(this: Act) -> Iterator[UUID]:
    """The names of all named contacts that an export would tell of: the rest have gone. Inside the export's act."""
    yield from _names(this, CareContact.objects.exclude(kind=ContactKind.MAIN))


def _names(this: Act, rows: QuerySet[Any]) -> Iterator[UUID]:
    this.require_system()
    yield from rows.values_list("id", flat=True).iterator(chunk_size=CHUNK)


def group_spells(this: Act, *, persons: Iterable[UUID]) -> dict[UUID, list[GroupSpell]]:
    """Which target groups some persons have plans of, and when. One query."""
    this.require_system()
    found: dict[UUID, list[GroupSpell]] = {}
    rows = Plan.objects.filter(person__in=set(persons), established_at__isnull=False)
    asked = rows.exclude(template="").order_by("established_at")
    for person, *own in asked.values_list("person_id", "template", "established_at", "ended_at"):
        found.setdefault(person, []).append(GroupSpell(*own))
    return found


def _with_parts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Plans with what stands in other tables, as flags. No question more."""
    confirmed = Confirmation.objects.filter(
        meeting__plan=OuterRef("pk"), party=Invitee.PERSON, status=ConfirmStatus.CONFIRMED
    )
    contact = CareContact.objects.filter(
        person=OuterRef("person_id"), kind=ContactKind.FAST_VARDKONTAKT, until__isnull=True
    )
    found: QuerySet[Any] = rows.annotate(
        has_goal=Exists(Goal.objects.filter(plan=OuterRef("pk"))),
        region_part=_side(OrganisationKind.REGION),
        municipal_part=_side(OrganisationKind.MUNICIPALITY),
        has_contact=Exists(contact),
        person_confirmed=Exists(confirmed),
    )
    return found


def _side(kind: OrganisationKind) -> Any:
    """A unit of that huvudman keeps the plan or takes part in it."""
    part = Party.objects.filter(
        plan=OuterRef("pk"), until__isnull=True, unit__provider__organisation__kind=kind
    )
    return Q(unit__provider__organisation__kind=kind) | Exists(part)


def _parts(model: Any, part: str, since: datetime | None) -> QuerySet[Any]:
    """Parts of plans with when the plan first held them."""
    itself = Func(
        JSONObject(id=Cast(OuterRef("pk"), CharField())),
        function="jsonb_build_array",
        output_field=JSONField(),
    )
    held = PlanVersion.objects.filter(
        plan=OuterRef("plan_id"), **{f"content__{part}__contains": itself}
    )
    rows = model.objects.select_related("plan").order_by("id")
    found: QuerySet[Any] = rows.annotate(set_at=Subquery(held.order_by("number").values("at")[:1]))
    return found if since is None else found.filter(plan__updated_at__gte=since)
