"""Encounter, Communication, Task and ServiceRequest of those who are in hospital on their way home."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from samverka.access.actions import Action
from samverka.config.owned import leaving_search as searches
from samverka.config.owned.leaving_values import called, copied, listed, said, stayed
from samverka.config.owned.values import (
    Change,
    Done,
    Keeps,
    Owned,
    Standing,
    told_at,
    unit_id_of,
)
from samverka.discharge import fhir, operations, reads
from samverka.discharge.reads import Kept
from samverka.discharge.rules.messages import Fact
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.difference import under
from samverka.resources.rules.receiving import Content

ROOM = "discharge"
_IN_THE_CASE = _("Den ändras i ärendet, av den enhet som har det.")

# ── Encounter ──


def read_stay(actor: Actor, key: UUID) -> Standing:
    """A case, as the stay that it is about."""
    return stayed(reads.stay_record(actor, case_id=key))


# ── Communication ──

_PLACES = {
    **{fact.value: "Communication.payload" for fact in Fact},
    "units": "Communication.recipient",
    "secrecy": "Communication.extension",
    "note": "Communication.extension",
    "corrects": "Communication.extension",
    "sent_at": "Communication.sent",
}
_LETTER = ("Communication.payload", "Communication.recipient", "Communication.extension")
"""Taken by the operation, and told in the case's own order and with all that the house knows of a unit."""


def read_message(actor: Actor, key: UUID) -> Standing:
    """A message that the own unit has sent or been given."""
    return said(reads.said_record(actor, message_id=key))


def send(actor: Actor, sent: Content) -> Standing:
    """A new message in a case: of a kind that the own unit may send now, or a free one."""
    wanted = fhir.read_letter(sent)
    units = tuple(unit_id_of(one, "Communication.recipient") for one in wanted.units)
    letter = operations.Letter(
        body=wanted.body, units=units, ground=wanted.ground, note=wanted.note,
        sent_at=wanted.sent_at, corrects=wanted.corrects,
    )  # fmt: skip
    with told_at(**_PLACES):
        case = operations.send_message(
            actor, case_id=wanted.case_id, kind=wanted.kind, letter=letter
        )
    mine = [
        one
        for one in case.messages
        if one.own and one.kind is wanted.kind and one.entered_at == actor.at
    ]
    made = said(reads.said_record(actor, message_id=mine[-1].id))
    return replace(made, taken=_LETTER)


# ── Task ──


def read_copy(actor: Actor, key: UUID) -> Standing:
    """A copy of a message, at the unit that is to receipt it."""
    return copied(reads.copy_record(actor, copy_id=key))


def change_copy(change: Change) -> Done:
    """Receipt, send back with the reason, or send on to the right unit with the reason."""
    step = fhir.copy_step(change.now.content, change.sent)
    key, actor = change.now.values.copy.id, change.actor
    with told_at(reason="Task.statusReason", unit="Task.owner"):
        if step.receipt:
            operations.receipt_copy(actor, copy_id=key)
            return Done(taken=("Task.status",))
        if step.unit is not None:
            unit = unit_id_of(step.unit, "Task.owner")
            operations.forward_copy(actor, copy_id=key, unit_id=unit, reason=step.reason)
            return _left(change, ("Task.owner", "Task.statusReason"))
        if step.returned:
            operations.return_copy(actor, copy_id=key, reason=step.reason)
            return _left(change, ("Task.status", "Task.statusReason"))
    return Done()


def _left(change: Change, taken: tuple[str, ...]) -> Done:
    """The unit has the message no more, so what it is shown is what it said itself."""
    reason = change.sent.get("statusReason")
    content = {**change.now.content, "status": "rejected"} | (
        {"statusReason": reason} if reason else {}
    )
    return Done(taken=taken, standing=replace(change.now, content=content))


# ── ServiceRequest ──


def read_line(actor: Actor, key: UUID) -> Standing:
    """A line of the list "ready to go home"."""
    return listed(reads.item_record(actor, item_id=key))


_ANSWER = ("ServiceRequest.status", "ServiceRequest.extension", "ServiceRequest.note")


def change_line(change: Change) -> Done:
    """Answer the own unit's line, or hand it over to another unit of the case."""
    one = change.now.values
    if any(under(path, ["ServiceRequest.performer"]) for path in change.paths):
        performers = change.sent.get("performer") or []
        if len(performers) != 1:
            raise Invalid(_("En enhet svarar för varje sak."), where="ServiceRequest.performer")
        unit = unit_id_of(fhir.named(performers[0]), "ServiceRequest.performer")
        with told_at(unit="ServiceRequest.performer"):
            operations.hand_over_item(change.actor, item_id=one.item.id, unit_id=unit)
        return Done(taken=("ServiceRequest.performer",))
    answer = fhir.item_answer(change.now.content, change.sent)
    if answer is None:
        return Done()
    with told_at(words="ServiceRequest.note"):
        operations.answer_items(
            change.actor,
            case_id=one.case.id,
            said={one.item.id: operations.ItemSaid(answer[0], answer[1])},
        )
    return Done(taken=_ANSWER)


def read_call(actor: Actor, key: UUID) -> Standing:
    """A call to plan together, as the request that it is."""
    return called(reads.said_record(actor, message_id=key))


def _is(what: Kept) -> Keeps:
    def keeps(actor: Actor, key: UUID) -> bool:
        return reads.is_ours(actor, what=what, key=key)

    return keeps


LEAVING = (
    Owned(
        kind="Encounter",
        what="a stay in hospital on its way home: the case",
        room=ROOM,
        action=Action.CASE_READ,
        read=read_stay,
        keeps=_is(Kept.STAY),
        alone=True,
        refusal=_IN_THE_CASE,
        search=searches.STAYS,
    ),
    Owned(
        kind="Communication",
        what="a message in a case",
        room=ROOM,
        action=Action.CASE_SEND,
        read=read_message,
        create=send,
        takes=fhir.is_in_case,
        leans_on=fhir.stay_of,
        keeps=_is(Kept.MESSAGE),
        alone=True,
        refusal=_IN_THE_CASE,
        search=searches.MESSAGES,
        writes={
            "POST with encounter: category (discharge-message), payload with extension discharge-fact, "
            "recipient, extension secrecy-ground; extension message-corrects for a correction": "send_message"
        },
    ),
    Owned(
        kind="Task",
        what="a message to receipt",
        room=ROOM,
        action=Action.CASE_RECEIPT,
        read=read_copy,
        update=change_copy,
        keeps=_is(Kept.COPY),
        alone=True,
        search=searches.COPIES,
        writes={
            "status → completed, or accepted": "receipt_copy",
            "status → rejected, with statusReason": "return_copy",
            "owner, with statusReason": "forward_copy",
        },
    ),
    Owned(
        kind="ServiceRequest",
        what="a line of the list ready to go home",
        room=ROOM,
        action=Action.CASE_EDIT,
        read=read_line,
        update=change_line,
        keeps=_is(Kept.ITEM),
        alone=True,
        search=searches.LINES,
        writes={
            "status → completed (yes), on-hold with note (no), revoked (not needed), or extension "
            "going-home-answer": "answer_items",
            "performer": "hand_over_item",
        },
    ),
    Owned(
        kind="ServiceRequest",
        what="a call to plan together",
        room=ROOM,
        action=Action.CASE_READ,
        read=read_call,
        keeps=_is(Kept.CALL),
        alone=True,
        refusal=_IN_THE_CASE,
    ),
)
