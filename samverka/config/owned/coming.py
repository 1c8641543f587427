"""Task and Appointment: what units are to do, calls to meetings, times booked and promised."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samverka.access.actions import Action
from samverka.careplans import fhir as plan_fhir
from samverka.careplans import operations as plans
from samverka.careplans import reads as plan_reads
from samverka.careplans.reads import CallLine, Kept
from samverka.config.owned.values import (
    NEVER,
    Change,
    Done,
    Owned,
    Standing,
    told_at,
    unit_id_of,
)
from samverka.contacts import fhir as time_fhir
from samverka.contacts import operations as times
from samverka.contacts import reads as time_reads
from samverka.contacts.rules import BookingFacts
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.notices import fhir as notice_fhir
from samverka.notices import operations as notices
from samverka.notices import reads as notice_reads
from samverka.notices.reads import TaskDetail
from samverka.organisations.reads import unit_names
from samverka.resources.rules.difference import under
from samverka.resources.rules.receiving import Content, object_of, objects

# ── Task: of a unit ──


def read_task(actor: Actor, key: UUID) -> Standing:
    """A task of the own unit."""
    return _task(notice_reads.task(actor, task_id=key))


def _task(one: TaskDetail) -> Standing:
    return Standing(notice_fhir.task(one, unit_names({one.unit_id})[one.unit_id]), one)


def change_task(change: Change) -> Done:
    """Take a task, finish it, or hand it over to another unit."""
    if any(under(path, ["Task.owner"]) for path in change.paths):
        return _hand_over(change)
    status, key = change.sent.get("status"), change.now.values.id
    if status == "in-progress":
        notices.take_task(change.actor, task_id=key)
    elif status == "completed":
        return Done(standing=_task(notices.finish_task(change.actor, task_id=key)))
    elif status != change.now.content.get("status"):
        words = _("En uppgift tas med in-progress och är klar med completed.")
        raise Invalid(words, where="Task.status")
    return Done()


def _hand_over(change: Change) -> Done:
    owner = plan_fhir.named_unit(change.sent.get("owner"))
    one = notices.hand_over_task(
        change.actor,
        task_id=change.now.values.id,
        unit_id=unit_id_of(owner, "Task.owner"),
        reason=_text(change.sent.get("statusReason")),
    )
    return Done(taken=("Task.owner",), standing=_task(one))


def _text(concept: Any) -> str:
    return str(concept.get("text", "")) if isinstance(concept, dict) else ""


# ── Task: a call ──


def read_call(actor: Actor, key: UUID) -> Standing:
    """A call to a meeting, as the one who got it may see it."""
    one = plan_reads.call(actor, call_id=key).call
    return Standing(plan_fhir.call_task(one), one)


def answer_call(change: Change) -> Done:
    """Answer a call: come, not come with the reason, or ask for another time."""
    answer = plan_fhir.task_answer(change.sent)
    with told_at(reason="Task.statusReason", time="Task.output"):
        plans.answer_call(change.actor, call_id=change.now.values.id, answer=answer)
    return Done()


def _is_call(actor: Actor, key: UUID) -> bool:
    return plan_reads.is_kept(actor, what=Kept.CALL, key=key)


# ── Appointment: a meeting ──


def read_meeting(actor: Actor, key: UUID) -> Standing:
    """A meeting about a plan, with those who are called."""
    one = plan_reads.meeting(actor, meeting_id=key)
    # An answer counts as a change of the meeting, though it is published as the Task that it answers.
    latest = max((call.answered_at or call.sent_at for call in one.calls), default=NEVER)
    return Standing(plan_fhir.appointment(one), one, f"c{one.changes}", latest)


def answer_as_participant(change: Change) -> Done:
    """The status of a participant is the answer to that one's call."""
    said, answered = change.sent.get("participant") or [], False
    for place, call in _called(change.now.values.calls):
        where = f"Appointment.participant[{place}]"
        if place < len(said) and _is_answered(change.paths, where):
            answer = plan_fhir.participant_answer(said[place], _comment(change.sent), where)
            with told_at(reason="Appointment.comment", time=f"{where}.period"):
                plans.answer_call(change.actor, call_id=call.id, answer=answer)
            answered = True
    return Done(taken=("Appointment.comment",) if answered else ())


def _is_answered(paths: tuple[str, ...], where: str) -> bool:
    return any(under(path, [f"{where}.status", f"{where}.period"]) for path in paths)


def _called(calls: Any) -> list[tuple[int, CallLine]]:
    """The unit that calls stands first among the participants, then the called in the same order."""
    return list(enumerate(calls, start=1))


def _comment(sent: Content) -> str:
    return str(sent.get("comment", ""))


def _is_meeting(actor: Actor, key: UUID) -> bool:
    return plan_reads.is_kept(actor, what=Kept.MEETING, key=key)


# ── Appointment: a booked time ──


def read_booking(actor: Actor, key: UUID) -> Standing:
    """A booked time."""
    one = time_reads.booking(actor, booking_id=key)
    return Standing(time_fhir.appointment(one), one)


_REASON = ("Appointment.cancelationReason.text",)


def change_booking(change: Change) -> Done:
    """Cancel a time, or take the cancellation back."""
    status, key = change.sent.get("status"), change.now.values.id
    if status == "cancelled":
        reason = _text(change.sent.get("cancelationReason"))
        times.cancel_booking(change.actor, booking_id=key, reason=reason)
        return Done(taken=_REASON)
    if status == "booked" and status != change.now.content["status"]:
        times.restore_booking(change.actor, booking_id=key)
    return Done()


def note_time(actor: Actor, sent: Content) -> Standing:
    """Book a time at the own unit, or promise one with its last day."""
    facts = time_fhir.receive_appointment(sent)
    if facts is None:
        words = _("Skriv en tid med start, eller ett löfte: proposed med requestedPeriod.end.")
        raise Invalid(words, where="Appointment.start")
    whom = [one.get("actor") for one in sent.get("participant") or []]
    person = plan_fhir.pointed_at(whom, "Patient", "Appointment.participant")
    if isinstance(facts, BookingFacts):
        booked = times.book_time(actor, person_id=person, facts=facts)
        return Standing(time_fhir.appointment(booked), booked)
    promised = times.promise_time(actor, person_id=person, facts=facts)
    return Standing(time_fhir.proposed_appointment(promised), promised)


def is_own_time(sent: Content) -> bool:
    """Whether it is a time of the own unit and a person here. Who else or what else is booked is another system's."""
    named = (one.get("actor") for one in objects(sent.get("participant")))
    kinds = {str(object_of(one).get("reference", "")).partition("/")[0] for one in named}
    return "Patient" in kinds and kinds <= {"Patient", ""} and "slot" not in sent


def _is_booking(actor: Actor, key: UUID) -> bool:
    return time_reads.is_noted(actor, what=time_reads.Noted.BOOKING, key=key)


# ── Appointment: a promised time ──


def read_promise(actor: Actor, key: UUID) -> Standing:
    """A promised time, with its last day."""
    one = time_reads.promise(actor, promise_id=key)
    return Standing(time_fhir.proposed_appointment(one), one)


def change_promise(change: Change) -> Done:
    """Book the promised time, take the promise back with the reason, or let it hold again."""
    status, key = change.sent.get("status"), change.now.values.id
    if status == "booked":
        return _book_promised(change)
    if status == "cancelled":
        reason = _text(change.sent.get("cancelationReason"))
        times.withdraw_promise(change.actor, promise_id=key, reason=reason)
        return Done(taken=_REASON)
    if status == "proposed" and status != change.now.content["status"]:
        times.reopen_promise(change.actor, promise_id=key)
        return Done(taken=_REASON)
    return Done()


def _book_promised(change: Change) -> Done:
    """The proposed Appointment becomes the booked one, under the same id."""
    facts = time_fhir.receive_appointment(change.sent)
    if not isinstance(facts, BookingFacts):
        raise Invalid(_("En bokad tid har en start."), where="Appointment.start")
    promise_id = change.now.values.id
    with told_at(starts_at="Appointment.start", ends_at="Appointment.end"):
        made = times.book_promised(change.actor, promise_id=promise_id, facts=facts)
    return Done(standing=Standing(time_fhir.appointment(made), made))


def _is_promise(actor: Actor, key: UUID) -> bool:
    return time_reads.is_noted(actor, what=time_reads.Noted.PROMISE, key=key)


COMING = (
    Owned(
        kind="Task",
        what="a call to a meeting",
        room="careplans",
        action=Action.MEETING_ANSWER,
        read=read_call,
        update=answer_call,
        keeps=_is_call,
        writes={
            "status → accepted; → rejected with statusReason; → on-hold with another time as "
            "output.valueDateTime or in words as statusReason": "answer_call"
        },
    ),
    Owned(
        kind="Task",
        what="a task of a unit",
        room="notices",
        action=Action.TASK_EDIT,
        read=read_task,
        update=change_task,
        writes={
            "status → in-progress": "take_task",
            "status → completed": "finish_task",
            "owner, with statusReason": "hand_over_task",
        },
    ),
    Owned(
        kind="Appointment",
        what="a meeting about a plan",
        room="careplans",
        action=Action.MEETING_ANSWER,
        read=read_meeting,
        update=answer_as_participant,
        keeps=_is_meeting,
        writes={
            "participant.status → accepted; → declined with comment; → tentative with another time as "
            "period.start or in words as comment": "answer_call"
        },
    ),
    Owned(
        kind="Appointment",
        what="a booked time",
        room="contacts",
        action=Action.CONTACT_RECEIVE,
        read=read_booking,
        update=change_booking,
        create=note_time,
        takes=is_own_time,
        keeps=_is_booking,
        writes={
            "POST booked: start, end, description, serviceType, participant …": "book_time",
            "POST proposed: requestedPeriod.end, description": "promise_time",
            "status booked → cancelled, cancelationReason.text": "cancel_booking",
            "status cancelled → booked": "restore_booking",
        },
    ),
    Owned(
        kind="Appointment",
        what="a promised time",
        room="contacts",
        action=Action.CONTACT_RECEIVE,
        read=read_promise,
        update=change_promise,
        keeps=_is_promise,
        writes={
            "status proposed → booked, with start and end": "book_promised",
            "status proposed → cancelled, cancelationReason.text": "withdraw_promise",
            "status cancelled → proposed": "reopen_promise",
        },
    ),
)
