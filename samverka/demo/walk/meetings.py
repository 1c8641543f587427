"""Stays, visits, booked times, and the named contacts."""

from __future__ import annotations

from datetime import datetime, timedelta

from samverka.careplans import operations as careplans
from samverka.contacts import operations as contacts
from samverka.contacts.rules import (
    BookingFacts,
    BookingStatus,
    PromiseFacts,
    StayFacts,
    VisitFacts,
    VisitStatus,
)
from samverka.demo import script as s
from samverka.demo.scene import Scene
from samverka.demo.staff import staff
from samverka.demo.walk.perform import perform


@perform.register
def _(event: s.Stay, scene: Scene) -> None:
    """The admission; the discharge comes as an event of its own."""
    facts = StayFacts(
        admitted_at=event.starts.at(scene.today),
        expected_end_at=scene.moment(event.planned_end or event.ends),
        ward=_unit_name(event, scene),
        reason=event.reason,
    )
    contacts.receive_stay(
        scene.actor(event), person_id=scene.person_id(event), facts=facts, source_id=event.key
    )


@perform.register
def _(event: s.Discharged, scene: Scene) -> None:
    stay = event.stay
    facts = StayFacts(
        admitted_at=stay.starts.at(scene.today),
        expected_end_at=scene.moment(stay.planned_end or stay.ends),
        discharged_at=scene.moment(stay.ends),
        ward=_unit_name(event, scene),
        reason=stay.reason,
        status=VisitStatus.FINISHED,
    )
    contacts.receive_stay(
        scene.actor(event), person_id=scene.person_id(event), facts=facts, source_id=stay.key
    )


def _unit_name(event: s.Event, scene: Scene) -> str:
    return scene.actor(event).unit_name


def _ends(starts: datetime, minutes: int) -> datetime:
    return starts + timedelta(minutes=minutes)


@perform.register
def _(event: s.Visit, scene: Scene) -> None:
    starts = event.starts.at(scene.today)
    facts = VisitFacts(
        starts_at=starts,
        ends_at=_ends(starts, event.minutes),
        what=event.reason,
        way=event.way,
        practitioner=_who(event),
        outcome=event.outcome,
    )
    contacts.receive_visit(scene.actor(event), person_id=scene.person_id(event), facts=facts)


def _who(event: s.Event) -> str:
    member = staff()[event.by]
    return f"{member.name}, {member.profession}"


@perform.register
def _(event: s.Booking, scene: Scene) -> None:
    """A time that was called off or missed is booked first, and told of afterwards."""
    actor, person_id = scene.actor(event), scene.person_id(event)
    starts = event.starts.at(scene.today)
    kept = event.status is BookingStatus.BOOKED
    facts = BookingFacts(
        starts_at=starts,
        ends_at=_ends(starts, event.minutes),
        what=event.reason,
        way=event.way,
        practitioner=_who(event),
        bring=event.bring if kept else "",
    )
    if event.status is BookingStatus.NO_SHOW:
        contacts.receive_booking(
            actor, person_id=person_id, facts=facts, source_id=_told_by(event, scene)
        )
        return
    made = contacts.book_time(actor, person_id=person_id, facts=facts)
    if event.status is BookingStatus.CANCELLED:
        contacts.cancel_booking(actor, booking_id=made.id, reason=event.bring)


@perform.register
def _(event: s.TimePromised, scene: Scene) -> None:
    facts = PromiseFacts(
        what=event.reason,
        latest_on=event.latest.on(scene.today),
        way=event.way,
        bring=event.bring,
    )
    contacts.promise_time(scene.actor(event), person_id=scene.person_id(event), facts=facts)


def _told_by(booking: s.Booking, scene: Scene) -> str:
    """The record system's own name of the time, so that it is known again when it was missed."""
    return f"{scene.story.key}-{booking.starts.at(scene.today):%Y%m%d%H%M}"


@perform.register
def _(event: s.Missed, scene: Scene) -> None:
    booking = event.booking
    starts = booking.starts.at(scene.today)
    facts = BookingFacts(
        starts_at=starts,
        ends_at=_ends(starts, booking.minutes),
        what=booking.reason,
        way=booking.way,
        practitioner=_who(event),
        bring=booking.bring,
        status=BookingStatus.NO_SHOW,
    )
    contacts.receive_booking(
        scene.actor(event),
        person_id=scene.person_id(event),
        facts=facts,
        source_id=_told_by(booking, scene),
    )


@perform.register
def _(event: s.ContactAppointed, scene: Scene) -> None:
    chosen = scene.county.staff[event.staff].assignment
    assert chosen is not None, "only staff are appointed"
    careplans.appoint_contact(
        scene.actor(event),
        person_id=scene.person_id(event),
        kind=event.kind,
        assignment_id=chosen.id,
    )
