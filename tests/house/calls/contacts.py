"""Calls of the room `contacts`."""

from __future__ import annotations

from datetime import timedelta

from samverka.contacts import operations as contacts
from samverka.contacts import reads as contacts_reads
from samverka.contacts.rules import ReferralFacts, StayFacts, VisitFacts
from samverka.kernel.actor import Actor
from tests.factories.cast import NOW
from tests.house.calls.shape import (
    About,
    Call,
)
from tests.house.furnished import BLOOD, SAMPLES, House


def _restored(house: House, actor: Actor) -> object:
    contacts.cancel_booking(actor, booking_id=house.ids["booking_id"])
    return contacts.restore_booking(actor, booking_id=house.ids["booking_id"])


def _kept_again(house: House, actor: Actor) -> object:
    contacts.keep_promise(actor, promise_id=house.ids["promise_id"])
    return contacts.reopen_promise(actor, promise_id=house.ids["promise_id"])


CALLS: dict[str, Call] = {
    "receive_booking": Call(
        lambda house, actor: contacts.receive_booking(actor, person_id=house.karin.id, facts=BLOOD)
    ),
    "receive_visit": Call(
        lambda house, actor: contacts.receive_visit(
            actor, person_id=house.karin.id, facts=VisitFacts(starts_at=NOW - timedelta(days=1))
        )
    ),
    "receive_stay": Call(
        lambda house, actor: contacts.receive_stay(
            actor, person_id=house.karin.id, facts=StayFacts(admitted_at=NOW - timedelta(days=1))
        )
    ),
    "receive_referral": Call(
        lambda house, actor: contacts.receive_referral(
            actor, person_id=house.karin.id, facts=ReferralFacts(issued_at=NOW)
        )
    ),
    "book_time": Call(
        lambda house, actor: contacts.book_time(actor, person_id=house.karin.id, facts=BLOOD)
    ),
    "receive_promise": Call(
        lambda house, actor: contacts.receive_promise(
            actor, person_id=house.karin.id, facts=SAMPLES
        )
    ),
    "promise_time": Call(
        lambda house, actor: contacts.promise_time(actor, person_id=house.karin.id, facts=SAMPLES)
    ),
    "book_promised": Call(
        lambda house, actor: contacts.book_promised(
            actor, promise_id=house.ids["promise_id"], facts=BLOOD
        )
    ),
    "link_promise": Call(
        lambda house, actor: contacts.link_promise(
            actor, promise_id=house.ids["promise_id"], booking_id=house.ids["booking_id"]
        )
    ),
    "keep_promise": Call(
        lambda house, actor: contacts.keep_promise(actor, promise_id=house.ids["promise_id"])
    ),
    "withdraw_promise": Call(
        lambda house, actor: contacts.withdraw_promise(
            actor, promise_id=house.ids["promise_id"], reason="Behövs inte."
        )
    ),
    "reopen_promise": Call(_kept_again),
    "cancel_booking": Call(
        lambda house, actor: contacts.cancel_booking(actor, booking_id=house.ids["booking_id"])
    ),
    "restore_booking": Call(_restored),
    "reads.timeline": Call(
        lambda house, actor: contacts_reads.timeline(actor, person_id=house.karin.id)
    ),
    "reads.person_times": Call(
        lambda house, actor: contacts_reads.person_times(actor, person_id=house.karin.id)
    ),
    "reads.bookable_person": Call(
        lambda house, actor: contacts_reads.bookable_person(actor, person_id=house.karin.id)
    ),
    "reads.upcoming": Call(
        lambda house, actor: contacts_reads.upcoming(actor, person_id=house.karin.id)
    ),
    "reads.promise": Call(
        lambda house, actor: contacts_reads.promise(actor, promise_id=house.ids["promise_id"])
    ),
    "reads.is_noted": Call(
        lambda house, actor: contacts_reads.is_noted(
            actor, what=contacts_reads.Noted.BOOKING, key=house.ids["booking_id"]
        ),
        About.SILENT,
    ),
    "reads.booking": Call(
        lambda house, actor: contacts_reads.booking(actor, booking_id=house.ids["booking_id"])
    ),
}
