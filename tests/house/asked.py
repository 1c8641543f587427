"""Karin has asked for a plan, is asked for consent, and has written before the meeting."""

from __future__ import annotations

from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PrepPart
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
    return {"request_id": request.id, "words_id": sent.sent[0].id}
