"""What a kind of message changes in the case, beside its status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from samverka.access.act import Act
from samverka.discharge.models import Case, CaseUnit, Item, Leave, Message, Readiness
from samverka.discharge.operations.after import open_after
from samverka.discharge.operations.keeping import own_unit
from samverka.discharge.rules import clocks, items
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import Track
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.discharge.rules.sending import day_of, moment_of
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _


def no_effect(this: Act, case: Case, row: Message) -> None:
    """Said, and nothing more."""


def _estimate(this: Act, case: Case, row: Message) -> None:
    if Fact.ESTIMATED.value in row.body and case.admitted_at:
        day = day_of(row.body, Fact.ESTIMATED)
        clocks.check_estimate(day, case.admitted_at)
        if row.kind == MessageKind.ESTIMATE and this.actor.is_staff:
            clocks.check_ahead(day, row.sent_at)
        case.estimated_at = day


def _ready(this: Act, case: Case, row: Message) -> None:
    judged = moment_of(row.body, Fact.JUDGED)
    if case.admitted_at:
        clocks.check_judged(judged, case.admitted_at, row.sent_at)
    by = str(row.body[Fact.JUDGED_BY.value])
    sent_at = _first_notice(case, row, judged)
    Readiness(
        case=case, person_id=case.person_id, judged_at=judged, judged_by=by, sent_at=sent_at
    ).save(force_insert=True)
    case.ready_at, case.ready_by, case.ready_sent_at = judged, by, sent_at
    case.compulsory = row.kind == MessageKind.COMPULSORY


def _first_notice(case: Case, row: Message, judged: datetime) -> datetime:
    """A correction begins no new count: the notice was given when the first one was sent (LUS 5:4)."""
    if row.corrects_id is None or case.ready_sent_at is None:
        return row.sent_at
    if judged > case.ready_sent_at:
        raise Invalid(
            _("Läkaren kan inte ha bedömt efter att underrättelsen skickades."),
            where=Fact.JUDGED.value,
            mend=_("Ta tillbaka utskrivningsklar och skicka en ny underrättelse."),
        )
    Readiness.objects.filter(case=case, withdrawn_at__isnull=True).update(
        withdrawn_at=row.sent_at, withdrawn_reason=str(CORRECTED)
    )
    return case.ready_sent_at


CORRECTED = _("Rättad")


def _not_ready(this: Act, case: Case, row: Message) -> None:
    clocks.check_taken_back(row.sent_at, case.ready_sent_at)
    Readiness.objects.filter(case=case, withdrawn_at__isnull=True).update(
        withdrawn_at=row.sent_at, withdrawn_reason=str(row.body.get(Fact.REASON.value, ""))
    )
    case.ready_at, case.ready_by, case.ready_sent_at = None, "", None
    _estimate(this, case, row)


def _leave(this: Act, case: Case, row: Message) -> None:
    starts, ends = moment_of(row.body, Fact.LEAVE_FROM), moment_of(row.body, Fact.LEAVE_TO)
    if case.admitted_at:
        clocks.check_leave(starts, ends, case.admitted_at)
    if row.corrects_id is not None:
        end_leave(row.corrects_id, row.sent_at)
    Leave(
        case=case, person_id=case.person_id, starts_at=starts, ends_at=ends, message_id=row.id
    ).save(force_insert=True)


def end_leave(message_id: UUID, at: datetime) -> None:
    """What that message said of a leave does not hold any more."""
    if Leave.objects.filter(message_id=message_id).update(withdrawn_at=at):
        Case.objects.filter(leaves__message_id=message_id).update(changed_at=at)


def _discharge(this: Act, case: Case, row: Message) -> None:
    at = moment_of(row.body, Fact.DISCHARGED)
    if case.admitted_at:
        clocks.check_discharged(at, case.admitted_at, this.actor.at)
    _check_in_place(this, case, row)
    case.discharged_at = at
    case.goes_to = str(row.body.get(Fact.GOES_TO.value, ""))
    open_after(this, case)


WENT_ANYWAY = _("Utskriven i vårdens system innan allt på listan var klart.")
"""What is kept as the reason where a record system tells of a discharge that has happened."""


def _check_in_place(this: Act, case: Case, row: Message) -> None:
    """All on the list must be answered and in place, or someone says why the person goes home anyway."""
    lines = [
        items.Standing(
            items.ITEMS[ItemKind(one.kind)].words, Answer(one.answer) if one.answer else None
        )
        for one in Item.objects.filter(case=case, at_home=False)
    ]
    reason = str(row.body.get(Fact.ANYWAY.value, ""))
    if not reason and not this.actor.is_staff and items.not_in_place(lines):
        row.body[Fact.ANYWAY.value] = str(WENT_ANYWAY)
        return
    items.check_may_go(lines, reason)


def _form(this: Act, case: Case, row: Message) -> None:
    found = str(row.body.get(Fact.TRACK.value, ""))
    if found and found not in set(Track):
        raise Invalid(_("Välj grönt, gult eller rött."), where=Fact.TRACK.value)
    case.track = found or case.track


def _planning(this: Act, case: Case, row: Message) -> None:
    CaseUnit.objects.filter(
        case=case, unit_id=own_unit(this), until__isnull=True, planning_since__isnull=True
    ).update(planning_since=row.sent_at)


def _call(this: Act, case: Case, row: Message) -> None:
    """Help is needed from region and municipality both (LUS 4:1)."""
    case.sip_needed = True


def _cancelled(this: Act, case: Case, row: Message) -> None:
    case.closed_at = row.sent_at


Effect = Callable[[Act, Case, Message], None]

EFFECTS: Mapping[MessageKind, Effect] = {
    MessageKind.ADMISSION: _estimate,
    MessageKind.ESTIMATE: _estimate,
    MessageKind.FORM: _form,
    MessageKind.READY: _ready,
    MessageKind.COMPULSORY: _ready,
    MessageKind.NOT_READY: _not_ready,
    MessageKind.CALL: _call,
    MessageKind.LEAVE: _leave,
    MessageKind.DISCHARGE: _discharge,
    MessageKind.PLANNING: _planning,
    MessageKind.WITHDRAWN: _cancelled,
}
"""What a kind of message changes in the case, beside its status."""
