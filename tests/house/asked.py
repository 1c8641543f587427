"""Karin has asked for a plan, is asked for consent, and has written; a plan waits to be approved."""

from __future__ import annotations

from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, PrepPart, Section
from samverka.kernel.actor import Actor
from tests.factories.cast import Cast


def asked(cast: Cast, plan: PlanDetail, patient: Actor) -> dict[str, UUID]:
    """By the name of the URL's argument."""
    nurse = cast.region_nurse
    request = careplans.ask_for_plan(
        patient, person_id=plan.person_id, reason="Jag vill ha hjälp.", unit_id=nurse.unit_id
    )
    careplans.ask_consent(nurse, plan_id=plan.id, unit_ids=[cast.units["home_health"].id])
    for part in (PrepPart.HELP, PrepPart.STRENGTHS):
        careplans.write_preparation(patient, plan_id=plan.id, part=part, words="Gå i trappan")
    sent = careplans.send_preparation(patient, plan_id=plan.id)
    careplans.write_preparation(patient, plan_id=plan.id, part=PrepPart.GUESTS, words="Eva")
    return {
        "request_id": request.id,
        "words_id": sent.sent[0].id,
        "approval_id": _approval(cast, plan.person_id),
        "plan_task_id": careplans.ask_to_join(
            nurse, plan_id=plan.id, unit_id=cast.units["are_home_health"].id
        ).id,
    }


def _approval(cast: Cast, person_id: UUID) -> UUID:
    """What the health centre is asked to approve: the ward keeps a coordinated care plan."""
    ward = cast.ward_nurse
    plan = careplans.start_plan(ward, person_id=person_id, kind=PlanKind.COERCIVE_CARE)
    for section in (Section.NEEDS, Section.ATTITUDE):
        plan = careplans.write_section(
            ward, plan_id=plan.id, section=section, text="Stöd hemma", version=plan.version
        )
    owner = careplans.Owner(unit_id=cast.units["health_centre"].id)
    careplans.add_activity(ward, plan_id=plan.id, what="Samtal", owner=owner)
    careplans.set_no_others(ward, plan_id=plan.id, nobody=True)
    return careplans.activate_plan(ward, plan_id=plan.id).approvals[0].id
