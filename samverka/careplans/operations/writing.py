"""What every change of a plan shares: the way in, the conflict, and the end that keeps and hands out the version."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from samverka.access.act import Act
from samverka.access.rules import Ground
from samverka.careplans import fhir, rules
from samverka.careplans.models import Activity, Approval, ChangeReason, Goal, Plan, PlanVersion
from samverka.careplans.operations.disclosing import check_given_part, hand_out, settle_parts
from samverka.careplans.operations.joining import join_by_deed
from samverka.careplans.operations.keeping import keep_up
from samverka.careplans.reads.disclosing import content_of, hide_for
from samverka.careplans.reads.making import plan_detail
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans, given_through, read_given_again
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import WHY_LENGTH, ChangeKind
from samverka.careplans.rules.disclosing import NOT_SENT_TO_YOU, PartKind
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _

# ── the way in ──


def open_plan(this: Act, plan_id: UUID) -> Plan:
    """The plan, locked so that its writers come one after the other; it can be written in."""
    row: Plan = this.row(Plan.objects, lock=True, id=plan_id)
    check_writable(this, row)
    return row


def check_writable(this: Act, row: Plan) -> None:
    """Raise unless this one can write in the plan as it is now."""
    check_kept_here(row)
    _check_given(this, row)
    rules.check_open(rules.PlanStatus(row.status))


def check_kept_here(row: Plan) -> None:
    """Raise for a plan that another system keeps: here it can only be read."""
    if row.source:
        raise NotAllowed(rules.KEPT_ELSEWHERE)


def _check_given(this: Act, row: Plan) -> None:
    """One to whom the plan was disclosed writes only while it still is: in the newest version."""
    if this.decide(row).ground is not Ground.DISCLOSED:
        return
    if given_through(this.actor, row.id) != row.version:
        raise NotNow(NOT_SENT_TO_YOU)


def open_goal(this: Act, goal_id: UUID) -> tuple[Plan, Goal]:
    """The goal and its plan, locked."""
    found: Goal = this.row(Goal.objects, id=goal_id)
    plan = open_plan(this, found.plan_id)
    check_given_part(this, plan, PartKind.GOAL, str(goal_id))
    return plan, Goal.objects.get(
        id=goal_id
    )  # read again: another may have written before the lock


def open_activity(this: Act, activity_id: UUID) -> tuple[Plan, Activity]:
    """The activity and its plan, locked."""
    found: Activity = this.row(Activity.objects, id=activity_id)
    plan = open_plan(this, found.plan_id)
    owner = found.owner_unit
    if owner is None or owner.provider_id != this.actor.provider_id:
        check_given_part(this, plan, PartKind.ACTIVITY, str(activity_id))
    return plan, Activity.objects.get(id=activity_id)


def check_version(
    row: Goal | Activity, version: int, mine: dict[str, object], theirs: dict[str, object]
) -> None:
    """Raise, with both texts, if someone has changed the same thing meanwhile."""
    if row.version != version and mine != theirs:
        raise conflict(mine, theirs)


def conflict(mine: dict[str, object], theirs: dict[str, object]) -> Conflict:
    """The answer to the one who came second."""
    return Conflict(
        _("Någon annan har ändrat samma sak medan du skrev. Jämför och spara igen."),
        mine=mine,
        theirs=theirs,
    )


def text_of(value: str, where: str, longest: int, missing: str = "") -> str:
    """A text as it is to be stored.

    Args:
        missing: the sentence for an empty text; empty where there may be none.

    Raises:
        Invalid: it is missing or too long (characters).
    """
    words = value.replace("\r\n", "\n").strip()
    if not words and missing:
        raise Invalid(missing, where=where)
    if len(words) > longest:
        raise Invalid(_("Texten får ha högst %(longest)d tecken.", longest=longest), where=where)
    return words


def next_place(model: type[Goal] | type[Activity], plan: Plan) -> int:
    """Where a new goal or activity comes in the order: last."""
    last: int | None = model.objects.filter(plan=plan).aggregate(last=Max("place"))["last"]
    return (last or 0) + 1


# ── the end of every change ──


def finish(this: Act, plan: Plan, change: ChangeKind, why: str = "") -> PlanDetail:
    """Keep what the plan now holds as a version, hand it to the parties, note, publish, show.

    Args:
        why: the writer's reason for the change; kept with the version.
    """
    actor = this.actor
    if change is not ChangeKind.START:
        plan.version += 1
    plan.updated_at, plan.updated_by = actor.at, actor.name
    plan.save()
    _lapse_approvals(plan, change, actor.at)
    row = full_plans(actor).get(id=plan.id)
    join_by_deed(this, row)
    before = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    _keep_version(this, row, change)
    keep_reason(this, plan, why)
    settle_parts(this, row)
    known = before.content if before else {}
    new = hand_out(this, row, explicitly=change is ChangeKind.SHARE, before=known)
    if new or row.given_parts:  # who has been given what is no longer as it was read
        read_given_again(actor, row)
    keep_up(this, row, change, known, content_of(row))
    this.note(plan, change=change.value, version=plan.version)
    made = publish_plan(this, row, known)
    return made if made is not None else detail_of(this, row)


def _lapse_approvals(plan: Plan, change: ChangeKind, at: datetime) -> None:
    """A unit has approved what it has read: a plan that is changed before it holds is asked about anew."""
    draft = plan.status == rules.PlanStatus.DRAFT and change not in rules.KEEPS_APPROVALS
    if draft and rules.asks_approval(rules.PlanKind(plan.kind)):
        Approval.objects.filter(plan=plan, lapsed_at__isnull=True).update(lapsed_at=at)


def _keep_version(this: Act, row: Any, change: ChangeKind) -> None:
    actor = this.actor
    version = PlanVersion(
        plan_id=row.id,
        person_id=row.person_id,
        number=row.version,
        content=content_of(row),
        change=change,
        at=actor.at,
        by=actor.name,
        by_id=actor.id,
        unit_name=actor.unit_name,
        side=actor.side,
    )
    version.save(force_insert=True)


def keep_reason(this: Act, plan: Plan, why: str, number: int | None = None) -> None:
    """Keep why a version was made, inside the act that made it; nothing for an empty reason."""
    words = text_of(why, "why", WHY_LENGTH)
    if words:
        row = ChangeReason(
            plan_id=plan.id,
            person_id=plan.person_id,
            number=number or plan.version,
            why=words,
            by=this.actor.name,
            at=this.actor.at,
        )
        row.save(force_insert=True)


def publish_plan(this: Act, row: Any, before: rules.Snapshot) -> PlanDetail | None:
    """The plan, its team, and the goals that have changed: what the care provider that keeps it has.

    The shelf is the keeper's. What another keeps back is not put there, and where anything is kept back at
    all nobody else reads the plan there: others have it as it was disclosed to them.

    Returns:
        the plan as the actor may see it, where that is what was published.
    """
    known = {one["id"]: one for one in before.get("goals", [])}
    changed = {UUID(one["id"]) for one in row.goal_parts if known.get(one["id"]) != one}
    kept_back = bool(row.withheld_parts)
    made = keepers_view(this, row)
    shelf = copy(row)
    shelf.published = row.published and not kept_back
    goals = [one for one in made.goals if one.id in changed or kept_back]
    forms = [fhir.care_plan(made), fhir.care_team(made), fhir.provenance(made)]
    this.publish_all([(one, shelf) for one in [*forms, *(fhir.goal(made, goal) for goal in goals)]])
    own = this.actor.is_staff and this.actor.provider_id == row.provider_id
    return made if own else None


def keepers_view(this: Act, row: Any) -> PlanDetail:
    """The plan as the care provider that keeps it has it, whoever writes."""
    if this.actor.is_staff and this.actor.provider_id == row.provider_id:
        return detail_of(this, row)
    mine = copy(row)
    hide_for(mine, row.provider_id)
    return plan_detail(this, mine, contacts=())
