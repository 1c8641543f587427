"""What record systems tell: a referral begins a wait, a contact may end it, a booked time is an offer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.operations import open_relation
from samverka.access.rules import RelationKind
from samverka.guarantee.models import Wait, WaitContact, WaitOffer
from samverka.guarantee.operations.keeping import (
    check_clock,
    keep_change,
    new_wait,
    noted,
    saved,
    the_unit,
)
from samverka.guarantee.rules.clock import ClockStatus
from samverka.guarantee.rules.hearing import (
    ENDS,
    NEVER_A_WAIT,
    STANDS,
    TOOK_PLACE,
    Answer,
    HeardBooking,
    HeardContact,
    HeardReferral,
    part_of,
    purpose_of,
)
from samverka.guarantee.rules.keeping import LINE, WORDS, WaitFacts
from samverka.guarantee.rules.limits import Part
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.text import text as _

OVER = (ClockStatus.MET, ClockStatus.LATE, ClockStatus.ENDED)


def hear_referral(
    actor: Actor, *, person_id: UUID, unit_id: UUID, heard: HeardReferral
) -> UUID | None:
    """Begin the wait that a received referral begins, or put its days right. Again changes nothing.

    Done by a job in the name of whoever runs that system's import, never by a person at a page.
    """
    with act(actor, Action.GUARANTEE_HEAR) as this:
        check_clock(this)
        row = _of_referral(person_id, heard.source, heard.source_id, lock=True)
        if row is not None:
            return _heard_again(this, row, heard)
        if heard.status in NEVER_A_WAIT or heard.status in ENDS:
            this.unchanged()
            return None
        unit = the_unit(unit_id)
        facts = _facts(heard, this)
        row = new_wait(this, person_id, unit, facts, source=heard.source, source_id=heard.source_id)
        open_relation(
            actor,
            person_id=person_id,
            kind=RelationKind.CARE,
            reason=str(_REFERRED),
            unit_id=unit.id,
            provider_id=unit.provider_id,
        )
        row.save(force_insert=True)
        saved(this, row, heard="referral")
        return row.id


_REFERRED = _("Remiss till enheten")


def _facts(heard: HeardReferral, this: Act) -> WaitFacts:
    part = part_of(heard)
    decided = part is Part.TREATMENT
    return WaitFacts(
        part=part,
        matter=heard.matter,
        target_on=heard.target_on,
        what=(heard.what or str(_UNSAID[part]))[:WORDS],
        referrer=heard.referrer[:LINE],
        decided_at=heard.issued_at if decided else None,
        referral_issued_at=None if decided else heard.issued_at,
        referral_received_at=None if decided else max(heard.issued_at, this.actor.at),
    )


_UNSAID = {Part.VISIT: _("Första besök"), Part.TREATMENT: _("Planerad vård")}


def _heard_again(this: Act, row: Wait, heard: HeardReferral) -> UUID:
    """What the source has changed: the day when it was written, its target date, or that it does not hold."""
    why = ENDS.get(heard.status)
    column = "decided_at" if row.kind == Part.TREATMENT else "referral_issued_at"
    new: dict[str, Any] = {column: heard.issued_at}
    if heard.target_on and row.target_on:
        new["target_on"] = heard.target_on
    moved = {name: getattr(row, name) for name, one in new.items() if getattr(row, name) != one}
    if moved:
        keep_change(this, row, moved, str(_SOURCE_SAYS))
        for name in moved:
            setattr(row, name, new[name])
    ends = why is not None and row.ended_on is None and row.status not in OVER
    if ends and why is not None:
        row.ended_on, row.ended_why = local_date(this.actor.at), why.value
        row.ended_by = this.actor.name
    if moved or ends:
        saved(this, row, heard="referral", ended=why.value if ends and why else "")
    else:
        this.unchanged()
    return row.id


_SOURCE_SAYS = _("Källan har ändrat dagen")


def _of_referral(
    person_id: UUID, source: str, source_id: str, *, lock: bool = False
) -> Wait | None:
    rows = Wait.objects.filter(person_id=person_id, source=source, source_id=source_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found: Wait | None = rows.first()
    return found


def hear_contact(actor: Actor, *, person_id: UUID, unit_id: UUID, heard: HeardContact) -> int:
    """Let the person's waits at that unit hear of a contact; returns how many heard it.

    What the contact was for follows from the referral that it belongs to, or is told by the source;
    else somebody at the unit says it: a clock is never stopped by a guess.
    """
    with act(actor, Action.GUARANTEE_HEAR) as this:
        check_clock(this)
        rows = _waiting(person_id, unit_id)
        told = [row for row in rows if _take_contact(this, row, unit_id, heard)]
        for row in told:
            saved(this, row, heard="contact")
        if not told:
            this.unchanged()
        return len(told)


def _waiting(person_id: UUID, unit_id: UUID) -> list[Wait]:
    """The person's waits at the unit, also those that are over: what a source takes back, it takes back."""
    rows = Wait.objects.filter(person_id=person_id, unit_id=unit_id)
    return list(rows.select_for_update(of=("self",)).order_by("id"))


def _take_contact(this: Act, row: Wait, unit_id: UUID, heard: HeardContact) -> bool:
    known = WaitContact.objects.filter(
        wait=row, source=heard.source, source_id=heard.source_id
    ).first()
    held = heard.status in TOOK_PLACE
    if known is None and (not held or row.status in OVER or heard.at < _start(row)):
        return False
    follows = bool(heard.of_referral) and (row.source, row.source_id) == (
        heard.source,
        heard.of_referral,
    )
    purpose = purpose_of(Part(row.kind), heard, follows=follows)
    values: dict[str, Any] = {
        "at": heard.at,
        "way": heard.way.value if heard.way else "",
        "held": held,
    }
    values |= {"purpose": purpose.value} if purpose else {}
    values |= {"profession": heard.profession.value} if heard.profession else {}
    if known is None:
        WaitContact(
            **noted(this, row),
            unit_id=unit_id,
            level=row.level,
            source=heard.source,
            source_id=heard.source_id,
            **values,
        ).save(force_insert=True)
        return True
    return _changed(known, values)


def _start(row: Wait) -> Any:
    """The first of the moments that the wait knows of."""
    found = (row.sought_at, row.referral_issued_at, row.decided_at, row.registered_at)
    return min(one for one in found if one)


def _changed(part: Any, values: dict[str, Any]) -> bool:
    """Whether the source says something else than before."""
    new = {name: value for name, value in values.items() if getattr(part, name) != value}
    for name, value in new.items():
        setattr(part, name, value)
    if new:
        part.save()
    return bool(new)


def hear_booking(actor: Actor, *, person_id: UUID, unit_id: UUID, heard: HeardBooking) -> int:
    """Let the person's waits at that unit hear of a booked time: it is an offer that was accepted.

    A time that is booked stops no clock: only care does. One that is cancelled is taken back.
    """
    with act(actor, Action.GUARANTEE_HEAR) as this:
        check_clock(this)
        told = [row for row in _waiting(person_id, unit_id) if _take_booking(this, row, heard)]
        for row in told:
            saved(this, row, heard="booking")
        if not told:
            this.unchanged()
        return len(told)


def _take_booking(this: Act, row: Wait, heard: HeardBooking) -> bool:
    known = WaitOffer.objects.filter(
        wait=row, source=heard.source, source_id=heard.source_id
    ).first()
    today, stands = local_date(this.actor.at), heard.status in STANDS
    if known is None:
        if not stands or row.status in OVER or not _is_for(row, heard):
            return False
        WaitOffer(**noted(this, row), **_booked(heard, today)).save(force_insert=True)
        return True
    if not stands and known.withdrawn_at is None:
        known.withdrawn_at, known.withdrawn_by = this.actor.at, this.actor.name
        known.withdrawn_reason = str(_("Tiden är avbokad"))
        known.save()
        return True
    return stands and known.care_on != heard.care_on and _moved(this, row, known, heard.care_on)


def _is_for(row: Wait, heard: HeardBooking) -> bool:
    """Any time at the unit may be the one, unless the source says which referral it is for."""
    return not heard.of_referral or heard.of_referral == row.source_id


def _booked(heard: HeardBooking, today: date) -> dict[str, Any]:
    made = min(today, heard.care_on)
    return {
        "source": heard.source,
        "source_id": heard.source_id,
        "made_on": made,
        "care_on": heard.care_on,
        "where": heard.where[:LINE] or str(_("Hos oss")),
        "answer": Answer.YES.value,
        "answered_on": made,
        "answered_to": heard.source[:LINE],
    }


def _moved(this: Act, row: Wait, known: WaitOffer, care_on: date) -> bool:
    """A time that is moved: what was promised first stands in the history."""
    keep_change(this, row, {"care_on": known.care_on}, str(_("Tiden är ombokad")))
    known.care_on, known.made_on = care_on, min(known.made_on, care_on)
    known.save()
    return True
