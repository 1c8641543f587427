"""Cases through the gate: one whole, and as many as a board shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.careplans.reads import units_with_contact_for
from samverka.discharge.models import Case, CaseUnit, Copy, Item, Leave, Message
from samverka.discharge.reads.values import (
    CaseDetail,
    CaseUnitDetail,
    CopyDetail,
    MessageDetail,
)
from samverka.discharge.rules.closing import reasons_for
from samverka.discharge.rules.fates import STEPS, Fate, FateStep, is_whose
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, CloseReason, Part, Secrecy, Track
from samverka.discharge.rules.mending import may_be_mended
from samverka.discharge.rules.messages import CHANGES, FINAL, MessageKind, is_undone, sendable
from samverka.discharge.rules.routing import Need
from samverka.kernel.actor import Actor
from samverka.organisations.reads import unit_detail
from samverka.people.reads import person_line


def case(actor: Actor, *, case_id: UUID) -> CaseDetail:
    """One case, as the own unit sees it."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(whole_cases(), id=case_id)
        this.note(row)
        return case_detail(this, row, row)


def is_reached(actor: Actor, *, case_id: UUID) -> bool:
    """Whether the actor may know of the case; shows nothing of it.

    Raises:
        NotFound, NotAllowed: as the gate says.
    """
    with act(actor, Action.CASE_READ) as this:
        this.row(Case.objects, id=case_id)
        this.unchanged()
        return True


def case_detail(this: Act, row: Case, whole: Any = None) -> CaseDetail:
    """A case that has passed the gate, with what the own unit has sent or been given.

    Args:
        whole: the same with all that a page shows, if it has been asked for already.
    """
    whole = whole or whole_cases().get(id=row.id)
    part = part_of_actor(this.actor, whole)
    may = part is not None and permits(this.actor, Action.CASE_SEND)
    return CaseDetail(
        id=whole.id,
        number=whole.number,
        person=person_line(whole.person, this.actor, this.decide(row)),
        person_id=whole.person_id,
        ward=unit_detail(whole.unit),
        status=CaseStatus(whole.status),
        version=whole.version,
        track=Track(whole.track) if whole.track else None,
        psychiatric=whole.psychiatric,
        compulsory=whole.compulsory,
        municipality_code=whole.municipality_code,
        deciding_code=whole.deciding_code,
        sip_needed=whole.sip_needed,
        refused_help=whole.refused_help,
        needs=tuple(Part(one) for one in whole.needs),
        needs_judged_at=whole.needs_judged_at,
        needs_judged_by=whole.needs_judged_by,
        admitted_at=whole.admitted_at,
        estimated_at=whole.estimated_at,
        ready_at=whole.ready_at,
        ready_by=whole.ready_by,
        ready_sent_at=whole.ready_sent_at,
        discharged_at=whole.discharged_at,
        goes_to=whole.goes_to,
        closed_at=whole.closed_at,
        close_reason=CloseReason(whole.close_reason) if whole.close_reason else None,
        plan_id=whole.plan_id,
        readmission_of_id=whole.readmission_of_id,
        units=tuple(_unit(one) for one in whole.units.all() if one.until is None),
        messages=tuple(_shown(this.actor, whole)),
        own_part=part,
        may_send=tuple(_sendable(part, whole)) if may and part else (),
        may_close=tuple(reasons_for(CaseStatus(whole.status), part, unheard=_unheard(whole)))
        if may and part
        else (),
        may_admit=may and part is Part.WARD and whole.status == CaseStatus.EXPECTED,
        may_mend=may and part is Part.WARD and may_be_mended(CaseStatus(whole.status)),
        help_kinds=tuple(Need(one) for one in whole.help_kinds),
        leave=_leave(this.actor, whole),
    )


def _sendable(part: Part, row: Case) -> list[MessageKind]:
    return sendable(part, CaseStatus(row.status), psychiatric=row.psychiatric)


def _leave(actor: Actor, row: Any) -> tuple[datetime, datetime] | None:
    """The home leave that goes on, or is to come; None while the person is not in the hospital."""
    known = getattr(row, "last_leave", None)
    if known is None or row.status not in INSIDE:
        return None
    starts, ends = (datetime.fromisoformat(known[one]) for one in ("starts_at", "ends_at"))
    return (starts, ends) if ends >= actor.at else None


def whole_cases() -> QuerySet[Any]:
    """Cases with all that a page shows: a fixed number of queries."""
    copies = Copy.objects.select_related("unit", "forwarded_to").order_by("sent_at", "unit__name")
    said = (
        Message.objects.select_related("unit")
        .prefetch_related(Prefetch("copies", copies))
        .order_by("sent_at", "entered_at")
    )
    found: QuerySet[Any] = (
        Case.objects.select_related(
            "person",
            "unit__provider__organisation",
            "going_home",
            "after__unit__provider__organisation",
        )
        .annotate(
            units_with_contact=units_with_contact_for("person_id"),
            last_leave=Subquery(_leaves().values(json=JSONObject(**_LEAVE))[:1]),
        )
        .prefetch_related(
            Prefetch("units", _taking()), Prefetch("messages", said), Prefetch("items", _items())
        )
    )
    return found


_LEAVE = {"starts_at": "starts_at", "ends_at": "ends_at"}


def _leaves() -> QuerySet[Any]:
    """The leaves of a case that hold, the last first."""
    found: QuerySet[Any] = Leave.objects.filter(case=OuterRef("pk"), withdrawn_at__isnull=True)
    return found.order_by("-ends_at")


def bare_cases() -> QuerySet[Any]:
    """Cases without what has been said in them: for pages about something else."""
    return _with(Message.objects.none(), _items())


def contact_cases() -> QuerySet[Any]:
    """Cases with what has been said of the fast vårdkontakt, as its sender sees it."""
    said = Message.objects.select_related("unit").filter(kind=MessageKind.CONTACT)
    return _with(
        said.prefetch_related(Prefetch("copies", Copy.objects.none())), Item.objects.none()
    )


def _with(said: QuerySet[Any], items: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = whole_cases().prefetch_related(None)
    return found.prefetch_related(
        Prefetch("units", _taking()), Prefetch("messages", said), Prefetch("items", items)
    )


def _unheard(whole: Any) -> bool:
    """A unit is to hear how it goes at home, and has not."""
    after = getattr(whole, "after", None)
    return after is not None and not after.outcome


def own_cases() -> QuerySet[Any]:
    """Cases as the person reads them: what was said, not what became of each copy."""
    said = Message.objects.select_related("unit").order_by("sent_at", "entered_at")
    found: QuerySet[Any] = whole_cases().prefetch_related(None)
    return found.prefetch_related(
        Prefetch("units", CaseUnit.objects.none()),
        Prefetch("messages", said),
        Prefetch("items", _items()),
    )


def _taking() -> QuerySet[Any]:
    found = CaseUnit.objects.select_related("unit__provider__organisation")
    return found.order_by("since", "unit__name")


def _items() -> QuerySet[Any]:
    return Item.objects.select_related("unit").order_by("asked_at")


def part_of_actor(actor: Actor, row: Case) -> Part | None:
    """What the actor's unit is in the case; None if it takes no part."""
    if row.unit_id == actor.unit_id:
        return Part.WARD
    units: Iterable[CaseUnit] = row.units.all()
    return next(
        (Part(one.part) for one in units if one.unit_id == actor.unit_id and one.until is None),
        None,
    )


def _unit(row: CaseUnit) -> CaseUnitDetail:
    return CaseUnitDetail(unit_detail(row.unit), Part(row.part), row.since, row.planning_since)


def _shown(actor: Actor, row: Case) -> Iterable[MessageDetail]:
    """What the own unit has sent or been given; to the person, what was written to the person."""
    corrected = {one.corrects_id for one in row.messages.all()}
    undone = max(
        (one.entered_at for one in row.messages.all() if one.kind == MessageKind.NOT_READY),
        default=None,
    )
    for message in row.messages.all():
        copies = list(message.copies.all())
        if is_own(actor, message, copies, row.unit_id) or (
            actor.is_person and message.kind == MessageKind.PATIENT
        ):
            yield message_detail(
                actor,
                message,
                copies,
                ward=row.unit_id,
                corrected=message.id in corrected,
                undone_at=undone,
            )


def is_own(actor: Actor, message: Message, copies: Iterable[Copy], ward: UUID) -> bool:
    """The own unit has sent the message, or been given it; `ward`: where the case stands now."""
    if is_whose(message.unit_id, Part(message.part), actor.unit_id, ward):
        return True
    return any(
        actor.unit_id in _readers(one) or is_whose(None, Part(one.part), actor.unit_id, ward)
        for one in copies
    )


def _readers(copy: Copy) -> tuple[UUID, ...]:
    """The receiver, and whoever stands in for it."""
    return copy.unit_id, *copy.stand_ins


def message_detail(
    actor: Actor,
    row: Message,
    copies: Sequence[Copy],
    *,
    ward: UUID,
    corrected: bool,
    undone_at: datetime | None = None,
) -> MessageDetail:
    """One message; a receiver sees its own copy, the sender all of them.

    Args:
        ward: where the case stands now.
        undone_at: when readiness was last taken back in the case.
    """
    own = is_whose(row.unit_id, Part(row.part), actor.unit_id, ward)
    seen = [
        one
        for one in copies
        if own
        or actor.unit_id in _readers(one)
        or is_whose(one.unit_id, Part(one.part), actor.unit_id, ward)
    ]
    kind = MessageKind(row.kind)
    stands = own and row.withdrawn_at is None and permits(actor, Action.CASE_SEND)
    return MessageDetail(
        id=row.id,
        kind=kind,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        part=Part(row.part),
        body=row.body,
        secrecy=Secrecy(row.secrecy),
        secrecy_note=row.secrecy_note,
        sent_at=row.sent_at,
        entered_at=row.entered_at,
        sent_by=row.sent_by,
        due_at=row.due_at,
        late=row.late,
        corrects_id=row.corrects_id,
        corrected=corrected,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        copies=tuple(_copy(actor, one) for one in seen),
        own=own,
        may_withdraw=stands and not corrected and kind not in CHANGES,
        may_correct=stands
        and not corrected
        and kind not in FINAL
        and not is_undone(kind, row.entered_at, undone_at),
    )


def _copy(actor: Actor, row: Copy) -> CopyDetail:
    own = row.unit_id == actor.unit_id
    receives = permits(actor, Action.CASE_RECEIPT)
    may, stands_in = own and receives, actor.unit_id in row.stand_ins and receives
    fate = Fate(row.fate)
    return CopyDetail(
        id=row.id,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        part=Part(row.part),
        fate=fate,
        sent_at=row.sent_at,
        receipted_at=row.receipted_at,
        receipted_by=row.receipted_by,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        reason=row.reason,
        forwarded_to=row.forwarded_to.name if row.forwarded_to else "",
        escalated_at=row.escalated_at,
        own=own,
        may_receipt=(may or stands_in) and (fate, FateStep.RECEIPT) in STEPS,
        may_return=may and (fate, FateStep.RETURN) in STEPS,
        stands_in=actor.unit_id in row.stand_ins,
    )
