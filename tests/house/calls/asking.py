"""Calls of the room `careplans`: asking for a plan, consent, before the meeting."""

from __future__ import annotations

from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans import reads as careplans_reads
from samverka.careplans.rules import (
    PrepPart,
    RefusalGround,
    SuggestionAnswerKind,
    VoiceAnswer,
    VoiceKind,
)
from tests.house.calls.shape import About, Call, patient
from tests.house.furnished import House

NO = "Du har redan en plan hos oss, och den kan ändras så att den räcker till."


def _request(house: House) -> UUID:
    return house.ids["request_id"]


def _sent(house: House) -> UUID:
    """The nurse asks another unit."""
    careplans.withdraw_request(house.patient, request_id=_request(house))
    return careplans.ask_for_plan(
        house.nurse,
        person_id=house.karin.id,
        reason="De vet mer om hemmet.",
        unit_id=house.cast.units["home_health"].id,
        agreed=True,
    ).id


def _accepted(house: House) -> UUID:
    """The nurse says yes to the request: its plan."""
    done = careplans.accept_request(house.nurse, request_id=_request(house), plan_id=house.plan.id)
    assert done.plan_id is not None
    return done.plan_id


def _given(house: House) -> None:
    careplans.answer_consent(house.patient, plan_id=house.plan.id, yes=True)


CALLS: dict[str, Call] = {
    "ask_for_plan": Call(
        lambda house, actor, _done: careplans.ask_for_plan(
            actor, person_id=house.karin.id, reason="Skolan ringde."
        ),
        prepared=lambda house: careplans.withdraw_request(
            house.patient, request_id=_request(house)
        ),
    ),
    "accept_request": Call(
        lambda house, actor: careplans.accept_request(actor, request_id=_request(house))
    ),
    "refuse_request": Call(
        lambda house, actor: careplans.refuse_request(
            actor, request_id=_request(house), ground=RefusalGround.HAS_PLAN, reason=NO
        )
    ),
    "withdraw_request": Call(
        lambda house, actor: careplans.withdraw_request(actor, request_id=_request(house)),
        by=patient,
    ),
    "answer_suggestion": Call(
        lambda house, actor: careplans.answer_suggestion(
            actor, person_id=house.karin.id, answer=SuggestionAnswerKind.ASKED
        )
    ),
    "ask_consent": Call(
        lambda house, actor: careplans.ask_consent(
            actor, plan_id=house.plan.id, unit_ids=[house.cast.units["home_health"].id]
        )
    ),
    "answer_consent": Call(
        lambda house, actor: careplans.answer_consent(actor, plan_id=house.plan.id, yes=False),
        by=patient,
    ),
    "note_refusal": Call(
        lambda house, actor: careplans.note_refusal(
            actor, plan_id=house.plan.id, said_by="Karin Åström"
        )
    ),
    "note_unable": Call(
        lambda house, actor: careplans.note_unable(
            actor,
            plan_id=house.plan.id,
            decided_by="Anna Lund, läkare",
            reason="Förstår inte frågan trots stöd.",
        )
    ),
    "note_voice": Call(
        lambda house, actor: careplans.note_voice(
            actor,
            plan_id=house.plan.id,
            kind=VoiceKind.GUARDIAN,
            name="Ida Holm",
            answer=VoiceAnswer.YES,
        )
    ),
    "take_back_consent": Call(
        lambda house, actor, _yes: careplans.take_back_consent(actor, plan_id=house.plan.id),
        by=patient,
        prepared=_given,
    ),
    "write_preparation": Call(
        lambda house, actor: careplans.write_preparation(
            actor, plan_id=house.plan.id, part=PrepPart.MANAGE, words="Lagar mat"
        ),
        by=patient,
    ),
    "send_preparation": Call(
        lambda house, actor: careplans.send_preparation(actor, plan_id=house.plan.id), by=patient
    ),
    "take_words": Call(
        lambda house, actor: careplans.take_words(actor, words_id=house.ids["words_id"])
    ),
    "read_preparation": Call(
        lambda house, actor: careplans.read_preparation(actor, preparation_of=house.plan.id)
    ),
    "reads.person_requests": Call(
        lambda house, actor: careplans_reads.person_requests(actor, person_id=house.karin.id)
    ),
    "reads.plan_request": Call(
        lambda house, actor: careplans_reads.plan_request(actor, request_id=_request(house))
    ),
    "reads.asked_why": Call(
        lambda house, actor, plan: careplans_reads.asked_why(actor, plan_id=plan),
        prepared=_accepted,
    ),
    "reads.has_sent": Call(
        lambda house, actor: careplans_reads.has_sent(actor, request_id=_request(house)),
        about=About.SILENT,
    ),
    "reads.sent_request": Call(
        lambda house, actor, sent: careplans_reads.sent_request(actor, request_id=sent),
        prepared=_sent,
    ),
    "reads.open_requests": Call(lambda house, actor: careplans_reads.open_requests(actor)),
    "reads.my_requests": Call(
        lambda house, actor: careplans_reads.my_requests(actor, person_id=house.karin.id),
        by=patient,
    ),
    "reads.plan_to_share": Call(
        lambda house, actor: careplans_reads.plan_to_share(actor, plan_id=house.plan.id)
    ),
    "reads.plan_consent": Call(
        lambda house, actor: careplans_reads.plan_consent(actor, plan_id=house.plan.id)
    ),
    "reads.consent_question": Call(
        lambda house, actor: careplans_reads.consent_question(actor, plan_id=house.plan.id)
    ),
    "reads.preparation": Call(
        lambda house, actor: careplans_reads.preparation(actor, plan_id=house.plan.id)
    ),
}
