"""Gated fetches of plans, their history, and the unit's worklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
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
from samverka.careplans.models import (
    Activity,
    Approval,
    CareContact,
    ChangeReason,
    Plan,
    PlanVersion,
    WithheldPart,
)
from samverka.careplans.reads.contacts import contacts_of, shown_contacts
from samverka.careplans.reads.disclosing import (
    COPY_GROUNDS,
    content_of,
    receivers,
    sent_until,
    set_back,
    version_contents,
    withheld_details,
)
from samverka.careplans.reads.facts import plan_facts
from samverka.careplans.reads.making import (
    contact_part,
    plan_detail,
    plan_line,
    version_line,
)
from samverka.careplans.reads.rows import (
    consented_units,
    full_plans,
    given_content,
    line_plans,
    plans_to_call,
)
from samverka.careplans.reads.values import (
    PersonPlans,
    PlanComparison,
    PlanDetail,
    PlanHistory,
    PlanLine,
    VersionLine,
)
from samverka.careplans.rules.disclosing import PartKind, Withheld, is_all_given
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


def plan_to_share(
    actor: Actor, *, plan_id: UUID
) -> tuple[PlanDetail, list[UnitDetail], list[UnitDetail]]:
    """One plan, the units to choose among, and those whom a standing yes lets have it but have not got it."""
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(plans_to_call(actor), id=plan_id)
        this.note(row, version=row.version)
        found, units = detail_of(this, row), list_units(actor)
        own = actor.provider_id == row.provider_id
        have = {one.unit_id for one in found.parties if one.shared}
        wanted = consented_units(row) - have if own else frozenset()
        return found, units, [one for one in units if one.id in wanted]


def suggested_follow_up(on: date) -> date:
    """The day that is suggested for a follow-up: the county's time from today."""
    return rules.add_months(on, county_value(Key.PLAN_FOLLOW_UP, on))


def plans_of(this: Act, person_id: UUID) -> list[PlanDetail]:
    """The person's plans in full inside another read's act; the newest first. Notes its own line."""
    found = full_plans(this.actor).filter(person_id=person_id)
    rows = this.rows(found, order=("-updated_at", "id"))
    if rows:
        this.note_list(rows)
    return [detail_of(this, row) for row in rows]


def detail_of(this: Act, row: Any) -> PlanDetail:
    """An annotated row → what this reader has been given of it."""
    whom, kept_back = receivers(this, row), withheld_details(this, row, content_of(row))
    given = set_back(this, row)
    contacts = [contact_part(one) for one in row.contact_parts]
    units = frozenset(UUID(one["unit_id"]) for one in row.party_parts)
    shown = shown_contacts(this, row.person_id, contacts, units)
    made = plan_detail(this, row, contacts=shown, given=given)
    return replace(made, receivers=whom, withheld=kept_back)


# ── a person's plans ──


def list_plans(actor: Actor, *, person_id: UUID) -> list[PlanLine]:
    """The person's plans, each with its next step; open ones first."""
    with act(actor, Action.PLAN_LIST) as this:
        rows = _plan_rows(this, person_id)
        this.note_list(rows)
        return [_line(this, row) for row in rows]


def _line(this: Act, row: Any) -> PlanLine:
    return plan_line(this, row, given=set_back(this, row))


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
        may_appoint = actor.is_staff and Permission.CONTACT_APPOINT in actor.permissions
        return PersonPlans(
            person=person,
            plans=tuple(_line(this, row) for row in rows),
            contacts=contacts_of(this, person_id),
            may_start=may_write,
            may_appoint=may_appoint,
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


_TELLING = [kind.value for kind, spec in rules.KINDS.items() if spec.tells_other]
"""Kinds of which region and municipality tell each other (LSS 10 §)."""


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
    to_approve = Approval.objects.filter(
        Q(unit_id=actor.unit_id),
        plan_id=OuterRef("pk"),
        lapsed_at__isnull=True,
        status=rules.ApprovalStatus.ASKED,
    )
    open_ones = line_plans(actor).filter(ended_at__isnull=True, source="")
    to_keep = Q(follow_up_on__isnull=True) | Q(follow_up_on__lte=soon) | Q(unread_words=True)
    to_keep |= Q(kind__in=_TELLING, told_other_at__isnull=True)
    kept = Q(unit_id=actor.unit_id) & (Q(status=rules.PlanStatus.DRAFT) | to_keep)
    found: QuerySet[Any] = open_ones.annotate(mine=Exists(mine)).filter(
        kept | Exists(own_activity) | Exists(to_approve) | Q(mine=True)
    )
    return found


def _work_line(this: Act, row: Any, today: date) -> PlanLine | None:
    unit_id = this.actor.unit_id
    given = set_back(this, row)
    if given is not None and not given.live:  # no longer given to us: we can do nothing in it
        return None
    step = rules.step_for_unit(plan_facts(row, today), unit_id, today) if unit_id else None
    if step is None and not row.mine:
        return None
    return plan_line(this, row, step=step, mine=row.mine, given=given)


# ── history ──


def history(actor: Actor, *, plan_id: UUID) -> PlanHistory:
    """The versions of a plan that the reader has been given, newest first."""
    with act(actor, Action.PLAN_READ) as this:
        return history_of(this, this.row(line_plans(actor), id=plan_id))


def history_of(this: Act, row: Any) -> PlanHistory:
    """The versions of a plan of `line_plans` that has passed the gate; leaves the line."""
    set_back(this, row)
    found = _history(this, row)
    this.note(row, history=True)
    reasons = _reasons(this, row)
    return PlanHistory(
        plan_id=row.id,
        title=row.title,
        person=person_line(row.person, this.actor, this.decide(row)),
        versions=tuple(_history_line(this, one, reasons) for one in found),
    )


def _history(this: Act, row: Any) -> list[PlanVersion]:
    found = _versions(this, row).order_by("-number")
    if not row.withheld_parts and this.decide(row).ground not in COPY_GROUNDS:
        return list(found.defer("content"))
    return [one for one, _content in version_contents(this, row, found)]


def _history_line(this: Act, one: PlanVersion, reasons: dict[int, str]) -> VersionLine:
    line = version_line(one, reasons.get(one.number, ""))
    own = this.actor.is_staff and one.by_id == this.actor.id
    return replace(line, may_explain=own and not line.why)


def _reasons(this: Act, row: Plan) -> dict[int, str]:
    """Why each version was made, where its writer has said so; it may be said long after."""
    if this.decide(row).ground is Ground.KEPT:
        return {}
    found = ChangeReason.objects.filter(plan_id=row.id)
    until = sent_until(this, row)
    if until is not None:
        found = found.filter(at__lte=until)
    reasons = dict(found.values_list("number", "why"))
    hidden = partly_hidden(this, row, reasons) if this.actor.is_staff and reasons else set()
    return {number: why for number, why in reasons.items() if number not in hidden}


def partly_hidden(this: Act, row: Plan, numbers: Iterable[int]) -> set[int]:
    """The versions of which words beside them may tell what is, or has been, kept back from the reader.

    That something is kept back is itself explained only to those who keep the plan. One's own words one
    has said oneself.
    """
    own = this.actor.provider_id
    withheld = [
        Withheld(PartKind(one.part), one.key, one.provider_id, frozenset(one.receivers))
        for one in WithheldPart.objects.filter(plan_id=row.id)
    ]
    if not any(one.hides_from(own) for one in withheld):
        return set()
    wanted = {*numbers, *(number - 1 for number in numbers)}
    found = PlanVersion.objects.filter(plan_id=row.id, number__in=wanted)
    versions = {one.number: one for one in found}
    made = {number: one for number, one in versions.items() if one.by_id != this.actor.id}
    return {
        number
        for number in made.keys() & set(numbers)
        if made[number].change == rules.ChangeKind.WITHHOLD
        or not is_all_given(
            versions[number - 1].content if number - 1 in versions else {},
            made[number].content,
            withheld,
            own,
        )
    }


def _versions(this: Act, row: Plan) -> QuerySet[Any]:
    found: QuerySet[Any] = PlanVersion.objects.filter(plan_id=row.id)
    if this.decide(row).ground not in COPY_GROUNDS:
        return found
    given = Disclosure.objects.filter(
        Q(provider_id=this.actor.provider_id), object_id=row.id, version=OuterRef("number")
    )
    copy = given_content(this.actor, "plan_id", version=OuterRef("number"))
    mine: QuerySet[Any] = found.filter(Exists(given)).annotate(copy=copy)
    return mine


def compare_versions(actor: Actor, *, plan_id: UUID, old: int, new: int) -> PlanComparison:
    """What differs between two versions.

    Raises:
        NotFound: there is no such version, or the reader has not been given it.
    """
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(line_plans(actor), id=plan_id)
        set_back(this, row)
        versions = _versions(this, row).filter(number__in={old, new})
        found = {one.number: (one, shown) for one, shown in version_contents(this, row, versions)}
        if old not in found or new not in found:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        this.note(row, compared=[old, new])
        return PlanComparison(
            plan_id=row.id,
            title=row.title,
            person=person_line(row.person, actor, this.decide(row)),
            old=version_line(found[old][0]),
            new=version_line(found[new][0], _reasons(this, row).get(new, "")),
            differences=rules.compare(found[old][1], found[new][1]),
        )
