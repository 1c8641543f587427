"""What every change of a plan shares: the way in, the conflict, and the end that keeps and hands out the version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Max

from samverka.access import operations as access
from samverka.access.act import Act
from samverka.access.rules import Ground
from samverka.careplans import fhir, rules
from samverka.careplans.models import Activity, Goal, Party, Plan, PlanVersion
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import disclosed_version, full_plans, holding_consents
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import ChangeKind, Section
from samverka.kernel.problems import Conflict, Invalid, NotAllowed
from samverka.kernel.text import text as _

# ── the way in ──


def open_plan(this: Act, plan_id: UUID) -> Plan:
    """The plan, locked so that its writers come one after the other; it can be written in."""
    row: Plan = this.row(Plan.objects, lock=True, id=plan_id)
    check_kept_here(row)
    _check_given(this, row)
    rules.check_open(rules.PlanStatus(row.status))
    return row


def check_kept_here(row: Plan) -> None:
    """Raise for a plan that another system keeps: here it can only be read."""
    if row.source:
        raise NotAllowed(rules.KEPT_ELSEWHERE)


def _check_given(this: Act, row: Plan) -> None:
    """One to whom the plan was disclosed writes only while it still is: in the newest version."""
    if this.decide(row).ground is not Ground.DISCLOSED:
        return
    if disclosed_version(this.actor, row.id) != row.version:
        raise NotAllowed(_("Planen lämnas inte längre ut till er. Ni kan läsa det ni har fått."))


def open_goal(this: Act, goal_id: UUID) -> tuple[Plan, Goal]:
    """The goal and its plan, locked."""
    found: Goal = this.row(Goal.objects, id=goal_id)
    plan = open_plan(this, found.plan_id)
    return plan, Goal.objects.get(
        id=goal_id
    )  # read again: another may have written before the lock


def open_activity(this: Act, activity_id: UUID) -> tuple[Plan, Activity]:
    """The activity and its plan, locked."""
    found: Activity = this.row(Activity.objects, id=activity_id)
    plan = open_plan(this, found.plan_id)
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


def finish(this: Act, plan: Plan, change: ChangeKind) -> PlanDetail:
    """Keep what the plan now holds as a version, hand it to the parties, note, publish, show."""
    actor = this.actor
    if change is not ChangeKind.START:
        plan.version += 1
    plan.updated_at, plan.updated_by = actor.at, actor.name
    plan.save()
    _disclose(this, plan)
    row = full_plans(actor).get(id=plan.id)
    before = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    _keep_version(this, row, change)
    this.note(plan, change=change.value, version=plan.version)
    made = detail_of(this, row)
    _publish(this, row, made, before.content if before else {})
    return made


def content_of(row: Any) -> dict[str, Any]:
    """What a version keeps of an annotated row."""
    return {
        "kind": row.kind,
        "status": row.status,
        **{section.value: getattr(row, section.value) for section in Section},
        "follow_up_on": row.follow_up_on.isoformat() if row.follow_up_on else None,
        "responsible_id": str(row.responsible_id) if row.responsible_id else None,
        "responsible": row.responsible.name if row.responsible else "",
        "no_others": row.no_others,
        "goals": row.goal_parts,
        "activities": row.activity_parts,
        "parties": [
            {name: value for name, value in one.items() if name != "shared"}
            for one in row.party_parts
        ],
    }


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


def _disclose(this: Act, plan: Plan) -> None:
    """Give the new version to the parties that the consent covers (PDL 3:11, OSL 10:1)."""
    consents = holding_consents(this.actor, plan.id)
    if not consents:
        return
    current = Party.objects.filter(plan=plan, until__isnull=True).exclude(
        unit__provider_id=plan.provider_id
    )
    for provider_id in set(current.values_list("unit__provider_id", flat=True)):
        consent = next((one for one in consents if provider_id in one.reader_providers), None)
        if consent is not None:
            access.disclose(
                this.actor,
                person_id=plan.person_id,
                object_id=plan.id,
                object_type="Plan",
                version=plan.version,
                provider_id=provider_id,
                consent_id=consent.id,
            )


def _publish(this: Act, row: Any, made: PlanDetail, before: rules.Snapshot) -> None:
    """The plan, its team, and the goals that have changed."""
    known = {one["id"]: one for one in before.get("goals", [])}
    changed = {UUID(one["id"]) for one in row.goal_parts if known.get(one["id"]) != one}
    this.publish(fhir.care_plan(made), row)
    this.publish(fhir.care_team(made), row)
    for goal in made.goals:
        if goal.id in changed:
            this.publish(fhir.goal(made, goal), row)
