"""Calls of the room `guarantee`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samverka.contacts.rules import BookingStatus, ReferralStatus, VisitStatus, Way
from samverka.guarantee import operations as guarantee
from samverka.guarantee import reads as guarantee_reads
from samverka.guarantee.rules import Ending, LetterKind, Part, Purpose, Reason
from samverka.guarantee.rules.hearing import HeardBooking, HeardContact, HeardReferral
from samverka.guarantee.rules.keeping import WaitFacts
from samverka.kernel.actor import Actor
from tests.factories.cast import NOW
from tests.house.calls.shape import NOBODY, PERSON, SILENT, Call, later, system
from tests.house.furnished import House

TODAY = NOW.date()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)
FACTS = WaitFacts(part=Part.TREATMENT, what="Byte av höftled", decided_at=NOW - timedelta(days=40))
HEARD: dict[str, Any] = {"source": "journal", "source_id": "r-9"}


def _reopened(house: House, actor: Actor) -> object:
    guarantee.end_wait(actor, wait_id=house.ids["wait_id"], on=TODAY, why=Ending.WITHDRAWN)
    return guarantee.reopen_wait(actor, wait_id=house.ids["wait_id"], reason="Ångrade sig.")


def _version(house: House) -> int:
    return guarantee_reads.wait(house.nurse, wait_id=house.ids["wait_id"]).version


CALLS: dict[str, Call] = {
    "start_wait": Call(
        lambda house, actor: guarantee.start_wait(actor, person_id=house.karin.id, facts=FACTS)
    ),
    "correct_wait": Call(
        lambda house, actor, version: guarantee.correct_wait(
            actor, wait_id=house.ids["wait_id"], facts=FACTS, reason="Fel dag.", version=version
        ),
        prepared=_version,
    ),
    "judge_need": Call(
        lambda house, actor: guarantee.judge_need(actor, wait_id=house.ids["wait_id"], needed=True)
    ),
    "end_wait": Call(
        lambda house, actor: guarantee.end_wait(
            actor, wait_id=house.ids["wait_id"], on=TODAY, why=Ending.WITHDRAWN
        )
    ),
    "reopen_wait": Call(_reopened),
    "offer_time": Call(
        lambda house, actor: guarantee.offer_time(
            actor,
            wait_id=house.ids["wait_id"],
            care_on=TODAY + timedelta(days=9),
            where="Östersund",
        )
    ),
    "answer_offer": Call(
        lambda house, actor: guarantee.answer_offer(
            actor, offer_id=house.ids["offer_id"], accepted=True
        )
    ),
    "pause_wait": Call(
        lambda house, actor: guarantee.pause_wait(
            actor, wait_id=house.ids["wait_id"], reason=Reason.MEDICAL, first=TODAY
        )
    ),
    "end_pause": Call(
        lambda house, actor: guarantee.end_pause(actor, pause_id=house.ids["pause_id"], last=TODAY)
    ),
    "note_contact": Call(
        lambda house, actor: guarantee.note_contact(
            actor, wait_id=house.ids["wait_id"], at=NOW, purpose=Purpose.TREATMENT
        )
    ),
    "judge_contact": Call(
        lambda house, actor: guarantee.judge_contact(
            actor, contact_id=house.ids["wait_contact_id"], purpose=Purpose.TREATMENT
        )
    ),
    "withdraw_part": Call(
        lambda house, actor: guarantee.withdraw_part(
            actor,
            kind=guarantee.PartKind.CONTACT,
            part_id=house.ids["wait_contact_id"],
            reason="Fel person.",
        )
    ),
    "write_letter": Call(
        lambda house, actor: guarantee.write_letter(
            actor, wait_id=house.ids["wait_id"], kind=LetterKind.OFFER
        )
    ),
    "hear_referral": Call(
        lambda house, actor: guarantee.hear_referral(
            actor,
            person_id=house.karin.id,
            unit_id=house.nurse.unit_id,
            heard=HeardReferral(
                **HEARD, issued_at=NOW, status=ReferralStatus.ACTIVE, what="Knä", own=True
            ),
        ),
        PERSON,
        by=system,
    ),
    "hear_contact": Call(
        lambda house, actor: guarantee.hear_contact(
            actor,
            person_id=house.karin.id,
            unit_id=house.nurse.unit_id,
            heard=HeardContact(**HEARD, at=NOW, status=VisitStatus.FINISHED, way=Way.CLINIC),
        ),
        PERSON,
        by=system,
    ),
    "hear_booking": Call(
        lambda house, actor: guarantee.hear_booking(
            actor,
            person_id=house.karin.id,
            unit_id=house.nurse.unit_id,
            heard=HeardBooking(
                **HEARD,
                care_on=TODAY + timedelta(days=9),
                status=BookingStatus.BOOKED,
                where="Krokom",
            ),
        ),
        PERSON,
        by=system,
    ),
    "watch_waits": Call(
        lambda house, actor: guarantee.watch_waits(later(actor, days=1)), PERSON, by=system
    ),
    "reads.my_waits": Call(
        lambda house, actor: guarantee_reads.my_waits(actor, parts=[]), about=SILENT
    ),
    "reads.wait": Call(
        lambda house, actor: guarantee_reads.wait(actor, wait_id=house.ids["wait_id"])
    ),
    "reads.wait_to_edit": Call(
        lambda house, actor: guarantee_reads.wait_to_edit(actor, wait_id=house.ids["wait_id"])
    ),
    "reads.wait_of_offer": Call(
        lambda house, actor: guarantee_reads.wait_of_offer(actor, offer_id=house.ids["offer_id"])
    ),
    "reads.is_published": Call(
        lambda house, actor: guarantee_reads.is_published(
            actor, what=guarantee_reads.Published.WAIT, key=house.ids["wait_id"]
        ),
        SILENT,
    ),
    "reads.waiting_person": Call(
        lambda house, actor: guarantee_reads.waiting_person(actor, person_id=house.karin.id)
    ),
    "reads.wait_figures": Call(
        lambda house, actor: guarantee_reads.wait_figures(actor, month=LAST_MONTH), NOBODY
    ),
    "reads.wait_list": Call(
        lambda house, actor: guarantee_reads.wait_list(actor, choice=guarantee_reads.Choice.WAITING)
    ),
}
