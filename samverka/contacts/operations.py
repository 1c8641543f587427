"""Every change of times, visits, stays and referrals: received, noted here, promised, cancelled."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.contacts import fhir, rules
from samverka.contacts.models import Booking, Contact, Promise, Referral, Stay, Visit
from samverka.contacts.reads import (
    BookingDetail,
    PromiseDetail,
    ReferralDetail,
    StayDetail,
    VisitDetail,
    booking_detail,
    promise_detail,
    referral_detail,
    stay_detail,
    visit_detail,
)
from samverka.contacts.rules import (
    OWN_SOURCE,
    BookingFacts,
    BookingStatus,
    Facts,
    PromiseFacts,
    ReferralFacts,
    StayFacts,
    VisitFacts,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import UnitDetail, unit_names

C = TypeVar("C", bound=Contact)


def receive_booking(
    actor: Actor,
    *,
    person_id: UUID,
    facts: BookingFacts,
    unit_id: UUID | None = None,
    source: str = OWN_SOURCE,
    source_id: str = "",
) -> BookingDetail:
    """Take in a booked time from a record system, or note one of the own unit.

    The same time again changes nothing; a changed one replaces what was known.
    """
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = _receive(this, Booking, person_id, facts, unit_id, source, source_id)
        return booking_detail(row, actor, this.decide(row))


def receive_visit(
    actor: Actor,
    *,
    person_id: UUID,
    facts: VisitFacts,
    unit_id: UUID | None = None,
    source: str = OWN_SOURCE,
    source_id: str = "",
) -> VisitDetail:
    """Take in a visit from a record system, or note one of the own unit. Again changes nothing."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = _receive(this, Visit, person_id, facts, unit_id, source, source_id)
        return visit_detail(row, actor, this.decide(row))


def receive_stay(
    actor: Actor,
    *,
    person_id: UUID,
    facts: StayFacts,
    unit_id: UUID | None = None,
    source: str = OWN_SOURCE,
    source_id: str = "",
) -> StayDetail:
    """Take in an in-patient stay, or note one of the own ward; the discharge comes the same way."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = _receive(this, Stay, person_id, facts, unit_id, source, source_id)
        return stay_detail(row, actor, this.decide(row))


def receive_referral(
    actor: Actor,
    *,
    person_id: UUID,
    facts: ReferralFacts,
    unit_id: UUID | None = None,
    source: str = OWN_SOURCE,
    source_id: str = "",
) -> ReferralDetail:
    """Take in a referral, or note one that the own unit has sent. Again changes nothing."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = _receive(this, Referral, person_id, facts, unit_id, source, source_id)
        return referral_detail(row, actor, this.decide(row))


def book_time(actor: Actor, *, person_id: UUID, facts: BookingFacts) -> BookingDetail:
    """Book a time at the own unit, ahead in time, with what the person is to bring."""
    rules.check_new_booking(facts, actor.at)
    return receive_booking(actor, person_id=person_id, facts=facts)


def cancel_booking(actor: Actor, *, booking_id: UUID, reason: str = "") -> BookingDetail:
    """Cancel a time of the own unit. A received time is cancelled where it was booked."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = this.row(Booking.objects, lock=True, id=booking_id)
        _check_own(actor, row)
        rules.check_cancel(BookingStatus(row.status))
        row.status, row.cancel_reason = BookingStatus.CANCELLED, reason.strip()
        row.cancelled_at, row.cancelled_by = actor.at, actor.name
        row.version += 1
        row.save()
        this.note(row, cancelled=True)
        _publish(this, row)
        return booking_detail(row, actor, this.decide(row))


def restore_booking(actor: Actor, *, booking_id: UUID) -> BookingDetail:
    """Take back a cancellation made by mistake, while the time still lies ahead."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = this.row(Booking.objects, lock=True, id=booking_id)
        _check_own(actor, row)
        rules.check_restore(BookingStatus(row.status), row.starts_at, actor.at)
        row.status, row.cancel_reason = BookingStatus.BOOKED, ""
        row.cancelled_at, row.cancelled_by = None, ""
        row.version += 1
        row.save()
        this.note(row, restored=True)
        _publish(this, row)
        return booking_detail(row, actor, this.decide(row))


def _check_own(actor: Actor, row: Booking | Promise) -> None:
    if actor.is_staff and row.unit_id != actor.unit_id:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    if actor.is_staff and row.source != OWN_SOURCE:
        raise NotAllowed(_("Tiden kommer från ett annat system. Ändra den där."))


# ── promised times ──


def receive_promise(
    actor: Actor,
    *,
    person_id: UUID,
    facts: PromiseFacts,
    unit_id: UUID | None = None,
    source: str = OWN_SOURCE,
    source_id: str = "",
) -> PromiseDetail:
    """Take in a promised time from a record system. The same promise again changes nothing."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = _receive(this, Promise, person_id, facts, unit_id, source, source_id)
        return promise_detail(row, actor, this.decide(row))


def promise_time(actor: Actor, *, person_id: UUID, facts: PromiseFacts) -> PromiseDetail:
    """Promise the person a time at the own unit, with the last day; it is booked later."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        rules.check_new_promise(facts, local_date(actor.at))
        row = _receive(this, Promise, person_id, facts, None, OWN_SOURCE, "")
        row.made_by = actor.name
        row.save(update_fields=["made_by"])
        return promise_detail(row, actor, this.decide(row))


def book_promised(actor: Actor, *, promise_id: UUID, facts: BookingFacts) -> BookingDetail:
    """Book the time that was promised; the person sees it among the booked times at once."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        rules.check_new_booking(facts, actor.at)
        row = _open_promise(this, promise_id)
        # The proposed Appointment becomes the booked one: both go by the same id on the shelf.
        made = Booking.objects.filter(id=row.id).exists()
        booking = _receive(
            this,
            Booking,
            row.person_id,
            facts,
            row.unit_id,
            OWN_SOURCE,
            "",
            made_id=None if made else row.id,
        )
        row.booking = booking
        row.version += 1
        row.save()
        this.note(row, booked=str(booking.id))
        return booking_detail(booking, actor, this.decide(booking))


def link_promise(actor: Actor, *, promise_id: UUID, booking_id: UUID) -> None:
    """Note that a received promise now has its time. An unknown promise changes nothing."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        booking: Booking = this.row(Booking.objects, id=booking_id)
        same = {"person_id": booking.person_id, "source": booking.source}
        Promise.objects.filter(id=promise_id, **same).update(booking=booking)
        this.note(booking, promise=str(promise_id))


def keep_promise(actor: Actor, *, promise_id: UUID) -> PromiseDetail:
    """Note that a promise has been kept in another way: by a phone call, or at another visit."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row = _open_promise(this, promise_id)
        row.kept_at, row.kept_by = actor.at, actor.name
        return _settled(this, row, kept=True)


def withdraw_promise(actor: Actor, *, promise_id: UUID, reason: str) -> PromiseDetail:
    """Take a promise back, with the reason in words to the person."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        rules.check_withdrawing(reason)
        row = _open_promise(this, promise_id)
        row.withdrawn_at, row.withdrawn_by = actor.at, actor.name
        row.withdrawn_reason = reason.strip()[:REASON_LENGTH]
        return _settled(this, row, withdrawn=True)


def reopen_promise(actor: Actor, *, promise_id: UUID) -> PromiseDetail:
    """Let a promise hold again that was noted as kept or taken back by mistake."""
    with act(actor, Action.CONTACT_RECEIVE) as this:
        row: Promise = this.row(Promise.objects, lock=True, id=promise_id)
        _check_own(actor, row)
        if row.kept_at is None and row.withdrawn_at is None:
            raise NotNow(_("Löftet gäller redan."))
        row.kept_at, row.kept_by = None, ""
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, "", ""
        return _settled(this, row, reopened=True)


def _open_promise(this: Act, promise_id: UUID) -> Promise:
    row: Promise = this.row(Promise.objects, lock=True, id=promise_id)
    _check_own(this.actor, row)
    rules.check_promise_open(promise_detail(row, this.actor).status)
    return row


def _settled(this: Act, row: Promise, **told: bool) -> PromiseDetail:
    row.version += 1
    row.save()
    this.note(row, **told)
    _publish(this, row)
    return promise_detail(row, this.actor, this.decide(row))


REASON_LENGTH = 300


# ── what all five share ──


def _receive(
    this: Act,
    model: type[C],
    person_id: UUID,
    facts: Facts,
    unit_id: UUID | None,
    source: str,
    source_id: str,
    made_id: UUID | None = None,
) -> C:
    this.require_permission()
    rules.check_facts(facts)
    unit = _unit(this.actor, unit_id)
    row = _known(model, source, source_id) if source_id else None
    if row is None:
        new = _new(this, model, person_id, unit, facts, source, source_id, made_id or uuid4())
        row = _added(this, new)
    else:
        _renew(this, row, person_id, unit, facts)
    if source == OWN_SOURCE:
        _publish(this, row)
    return row


def _unit(actor: Actor, unit_id: UUID | None) -> UnitDetail:
    """The holding unit: staff note for the own one; an import names it."""
    if actor.is_staff and unit_id not in (None, actor.unit_id):
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    wanted = unit_id or actor.unit_id
    found = unit_names({wanted}) if wanted else {}
    if wanted not in found:
        raise Invalid(_("Ange vilken enhet som tiden eller besöket hör till."), where="unit")
    return found[wanted]


def _known(model: type[C], source: str, source_id: str) -> C | None:
    found: C | None = (
        model.objects.select_for_update().filter(source=source, source_id=source_id).first()
    )
    return found


def _new(
    this: Act,
    model: type[C],
    person_id: UUID,
    unit: UnitDetail,
    facts: Facts,
    source: str,
    source_id: str,
    made: UUID,
) -> C:
    return model(
        id=made,
        person_id=person_id,
        provider_id=unit.provider_id,
        unit_id=unit.id,
        branch=unit.branch,
        source=source,
        source_id=source_id or str(made),
        received_at=this.actor.at,
        **asdict(facts),
    )


def _added(this: Act, row: C) -> C:
    """Save; if another import was first with the same one, that one stands."""
    this.require(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        first = _known(type(row), row.source, row.source_id)
        if first is None:
            raise
        this.require(first)
        row = first
    this.note(row, change="new")
    return row


def _renew(this: Act, row: Contact, person_id: UUID, unit: UnitDetail, facts: Facts) -> None:
    this.require(row)
    if row.person_id != person_id or row.provider_id != unit.provider_id:
        raise Invalid(
            _("Källan har använt samma nummer för en annan person eller vårdgivare."),
            where="source_id",
        )
    values: dict[str, Any] = asdict(facts) | {"unit_id": unit.id}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.version, row.received_at = row.version + 1, this.actor.at
        row.save()
    this.note(row, change="changed" if changed else "same")


def _publish(this: Act, row: Contact) -> None:
    """What is noted here goes on the shelf; what was received lies there already, word for word."""
    if row.source != OWN_SOURCE:
        return
    this.publish(_resource(this.actor, row), row)


def _resource(actor: Actor, row: Contact) -> dict[str, Any]:
    if isinstance(row, Booking):
        return fhir.appointment(booking_detail(row, actor))
    if isinstance(row, Visit):
        return fhir.visit_encounter(visit_detail(row, actor))
    if isinstance(row, Stay):
        return fhir.stay_encounter(stay_detail(row, actor))
    if isinstance(row, Referral):
        return fhir.service_request(referral_detail(row, actor))
    if isinstance(row, Promise):
        return fhir.proposed_appointment(promise_detail(row, actor))
    raise TypeError(f"{type(row).__name__} has no FHIR form")
