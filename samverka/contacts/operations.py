"""Every change of booked times, visits, stays and referrals: received, noted here, cancelled."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.contacts import fhir, rules
from samverka.contacts.models import Booking, Contact, Referral, Stay, Visit
from samverka.contacts.reads import (
    BookingDetail,
    ReferralDetail,
    StayDetail,
    VisitDetail,
    booking_detail,
    referral_detail,
    stay_detail,
    visit_detail,
)
from samverka.contacts.rules import (
    OWN_SOURCE,
    BookingFacts,
    BookingStatus,
    Facts,
    ReferralFacts,
    StayFacts,
    VisitFacts,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed
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


def _check_own(actor: Actor, row: Booking) -> None:
    if actor.is_staff and row.unit_id != actor.unit_id:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    if actor.is_staff and row.source != OWN_SOURCE:
        raise NotAllowed(_("Tiden kommer från ett annat system. Avboka den där."))


# ── what all four share ──


def _receive(
    this: Act,
    model: type[C],
    person_id: UUID,
    facts: Facts,
    unit_id: UUID | None,
    source: str,
    source_id: str,
) -> C:
    this.require_permission()
    rules.check_facts(facts)
    unit = _unit(this.actor, unit_id)
    row = _known(model, source, source_id) if source_id else None
    if row is None:
        new = _new(this, model, person_id, unit, facts, source, source_id)
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
) -> C:
    made = uuid4()
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
    raise TypeError(f"{type(row).__name__} has no FHIR form")
