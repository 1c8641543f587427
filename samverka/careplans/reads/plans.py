"""Gated fetches of plans, their history, and the unit's worklist."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.models import Disclosure
from samverka.access.rules import REFUSAL_WORDS, Ground, Refusal
from samverka.careplans import rules
from samverka.careplans.models import Activity, CareContact, Plan, PlanVersion
from samverka.careplans.reads.contacts import contacts_of, shown_contacts
from samverka.careplans.reads.making import (
    contact_part,
    plan_detail,
    plan_facts,
    plan_line,
    version_line,
)
from samverka.careplans.reads.rows import full_plans, line_plans
from samverka.careplans.reads.values import (
    PersonPlans,
    PlanComparison,
    PlanDetail,
    PlanHistory,
    PlanLine,
)
from samverka.kernel.actor import Actor, Permission
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotFound
from samverka.organisations.reads import UnitDetail, list_units
from samverka.people.reads import person_line, person_lines

WORKLIST_LIMIT = 200
"""Plans looked through for one worklist, the longest untouched first."""

# ── one plan ──


def plan(actor: Actor, *, plan_id: UUID) -> PlanDetail:
    """One plan, as far as the actor may see."""
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(full_plans(actor), id=plan_id)
        this.note(row, version=row.version)
        return detail_of(this, row)


def plan_and_units(actor: Actor, *, plan_id: UUID) -> tuple[PlanDetail, list[UnitDetail]]:
    """One plan, and the units to choose an owner or a receiver among."""
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(full_plans(actor), id=plan_id)
        this.note(row, version=row.version)
        return detail_of(this, row), list_units(actor)


def suggested_follow_up(on: date) -> date:
    """The day that is suggested for a follow-up: the county's time from today."""
    return rules.add_months(on, county_value(Key.PLAN_FOLLOW_UP, on))


def plans_of(this: Act, person_id: UUID) -> list[PlanDetail]:
    """The person's plans in full inside another read's act; the newest first. Notes its own line."""
    found = full_plans(this.actor).filter(person_id=person_id)
    rows = this.rows(found, order=("-updated_at",))
    if rows:
        this.note_list(rows)
    return [detail_of(this, row) for row in rows]


def detail_of(this: Act, row: Any) -> PlanDetail:
    """An annotated row → what this reader has been given of it."""
    whole = _set_back(this, row)
    contacts = [contact_part(one) for one in row.contact_parts]
    units = frozenset(UUID(one["unit_id"]) for one in row.party_parts)
    return plan_detail(
        this, row, contacts=shown_contacts(this, row.person_id, contacts, units), whole=whole
    )


def _set_back(this: Act, row: Any) -> bool:
    """One to whom the plan was disclosed sees the last version that was (PDL 3:11). True if it is the newest."""
    if this.decide(row).ground is not Ground.DISCLOSED or row.disclosed_version == row.version:
        return True
    kept = PlanVersion.objects.filter(plan_id=row.id, number__lte=row.disclosed_version)
    version = kept.order_by("-number").first()
    if version is not None:
        put_content(row, version.content)
        row.version, row.updated_at, row.updated_by = version.number, version.at, version.by
    return False


def put_content(row: Any, content: rules.Snapshot) -> None:
    """Let an annotated row show what a version held; nothing is saved."""
    for section in rules.Section:
        setattr(row, section.value, content[section.value])
    row.status, row.no_others = content["status"], content["no_others"]
    day = content["follow_up_on"]
    row.follow_up_on = date.fromisoformat(day) if day else None
    row.goal_parts, row.activity_parts = content["goals"], content["activities"]
    row.party_parts = content["parties"]


# ── a person's plans ──


def list_plans(actor: Actor, *, person_id: UUID) -> list[PlanLine]:
    """The person's plans, each with its next step; open ones first."""
    with act(actor, Action.PLAN_LIST) as this:
        rows = _plan_rows(this, person_id)
        this.note_list(rows)
        return [_line(this, row) for row in rows]


def _line(this: Act, row: Any) -> PlanLine:
    return plan_line(this, row, whole=_set_back(this, row))


def _plan_rows(this: Act, person_id: UUID) -> list[Any]:
    found = line_plans(this.actor).filter(person_id=person_id)
    rows = this.rows(found, order=("-updated_at", "id"))
    return sorted(rows, key=lambda row: row.ended_at is not None)


def person_plans(actor: Actor, *, person_id: UUID) -> PersonPlans:
    """The person's plans and contacts, with the person's own line."""
    with act(actor, Action.PLAN_LIST) as this:
        person = person_lines(this, {person_id}).get(person_id)
        if person is None:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        rows = _plan_rows(this, person_id)
        this.note_person(person_id, "Plan", plans=[str(row.id) for row in rows])
        may_write = actor.is_staff and Permission.PLAN_EDIT in actor.permissions
        return PersonPlans(
            person=person,
            plans=tuple(_line(this, row) for row in rows),
            contacts=contacts_of(this, person_id),
            may_start=may_write,
            may_appoint=may_write,
        )


# ── the unit's worklist ──


def worklist(actor: Actor) -> list[PlanLine]:
    """Open plans that wait on the own unit, and those of persons whose contact the reader is.

    The overdue come first, then what has no day, then by day.
    """
    with act(actor, Action.WORKLIST_READ) as this:
        this.require_permission()
        today = local_date(actor.at)
        rows = this.rows(_at_work(actor, today), order=("updated_at", "id"), limit=WORKLIST_LIMIT)
        lines = [line for row in rows if (line := _work_line(this, row, today))]
        shown = {line.id for line in lines}
        this.note_list([row for row in rows if row.id in shown])
        return sorted(lines, key=lambda line: (not line.waits_on_us, line.due_on or today))


def _at_work(actor: Actor, today: date) -> QuerySet[Any]:
    """Plans that can have a step for the unit now: what has time is not even fetched."""
    soon = today + rules.AHEAD
    own_activity = Activity.objects.filter(
        plan_id=OuterRef("pk"),
        owner_unit_id=actor.unit_id,
        status__in=sorted(rules.OPEN_ACTIVITIES),
        done_at__isnull=True,
        due_on__lte=soon,
    )
    mine = CareContact.objects.filter(
        Q(staff_id=actor.staff_id, unit_id=actor.unit_id),
        person_id=OuterRef("person_id"),
        until__isnull=True,
    )
    open_ones = line_plans(actor).filter(ended_at__isnull=True, source="")
    to_keep = Q(follow_up_on__isnull=True) | Q(follow_up_on__lte=soon) | Q(unread_words=True)
    kept = Q(unit_id=actor.unit_id) & (Q(status=rules.PlanStatus.DRAFT) | to_keep)
    found: QuerySet[Any] = open_ones.annotate(mine=Exists(mine)).filter(
        kept | Exists(own_activity) | Q(mine=True)
    )
    return found


def _work_line(this: Act, row: Any, today: date) -> PlanLine | None:
    unit_id = this.actor.unit_id
    if not _set_back(this, row):  # no longer given to us: there is nothing that we can do in it
        return None
    step = rules.step_for_unit(plan_facts(row), unit_id, today) if unit_id else None
    return plan_line(this, row, step=step, mine=row.mine) if step or row.mine else None


# ── history ──


def history(actor: Actor, *, plan_id: UUID) -> PlanHistory:
    """The versions of a plan that the reader has been given, newest first."""
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(line_plans(actor), id=plan_id)
        _set_back(this, row)
        found = _versions(this, row).defer("content").order_by("-number")
        this.note(row, history=True)
        return PlanHistory(
            plan_id=row.id,
            title=row.title,
            person=person_line(row.person, actor, this.decide(row)),
            versions=tuple(version_line(one) for one in found),
        )


def _versions(this: Act, row: Plan) -> QuerySet[Any]:
    found: QuerySet[Any] = PlanVersion.objects.filter(plan_id=row.id)
    if this.decide(row).ground is not Ground.DISCLOSED:
        return found
    given = Disclosure.objects.filter(
        Q(provider_id=this.actor.provider_id), object_id=row.id, version=OuterRef("number")
    )
    return found.filter(Exists(given))


def compare_versions(actor: Actor, *, plan_id: UUID, old: int, new: int) -> PlanComparison:
    """What differs between two versions.

    Raises:
        NotFound: there is no such version, or the reader has not been given it.
    """
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(line_plans(actor), id=plan_id)
        _set_back(this, row)
        found = {one.number: one for one in _versions(this, row).filter(number__in={old, new})}
        if old not in found or new not in found:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        this.note(row, compared=[old, new])
        return PlanComparison(
            plan_id=row.id,
            title=row.title,
            person=person_line(row.person, actor, this.decide(row)),
            old=version_line(found[old]),
            new=version_line(found[new]),
            differences=rules.compare(found[old].content, found[new].content),
        )
