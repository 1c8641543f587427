"""The meeting itself: who was there, what was agreed, and each party's word on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans import fhir
from samverka.careplans.models import Activity, Attendance, Call, Confirmation, Meeting
from samverka.careplans.operations.calling import (
    close,
    end_call,
    keep_meeting,
    open_meeting,
    standing_calls,
)
from samverka.careplans.operations.live import settle_texts
from samverka.careplans.operations.writing import open_plan, text_of
from samverka.careplans.reads.meeting_values import MeetingDetail
from samverka.careplans.reads.meetings import meeting_view
from samverka.careplans.reads.party_values import PartyDetail
from samverka.careplans.rules import OPEN_ACTIVITIES, PlanStatus
from samverka.careplans.rules import meetings as rules
from samverka.careplans.rules.meetings import (
    CallStatus,
    ConfirmStatus,
    Invitee,
    MeetingStatus,
    MeetingStep,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks, tell_person
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import unit_names

MANY = 60
"""More than so many at one meeting is a slip (persons)."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone who was there, or was called and was not. `role`: "biståndshandläggare", "dotter"."""

    name: str
    role: str = ""
    present: bool = True
    unit_id: UUID | None = None


# ── who was there ──


def note_attendance(
    actor: Actor, *, meeting_id: UUID, attendees: Sequence[Attendee]
) -> MeetingDetail:
    """Note who was at the meeting and in what role, and who was not. The list replaces the former."""
    with act(actor, Action.MEETING_HOLD) as this:
        meeting = open_meeting(this, meeting_id)
        if meeting.status == MeetingStatus.CANCELLED:
            raise NotNow(_("Mötet är inställt."))
        _note_attendance(this, meeting, attendees)
        return close(this, meeting)


def _note_attendance(this: Act, meeting: Meeting, attendees: Sequence[Attendee]) -> None:
    rows = [_attendance(this, meeting, one) for one in _checked(attendees)]
    Attendance.objects.filter(meeting=meeting).delete()
    Attendance.objects.bulk_create(rows)


def _checked(attendees: Sequence[Attendee]) -> list[Attendee]:
    if len(attendees) > MANY:
        raise Invalid(_("Skriv högst %(many)d deltagare.", many=MANY), where="others")
    by_name = {one.name.strip(): one for one in attendees}
    by_name.pop("", None)
    return list(by_name.values())


def _attendance(this: Act, meeting: Meeting, one: Attendee) -> Attendance:
    return Attendance(
        meeting=meeting,
        person_id=meeting.person_id,
        unit_id=one.unit_id,
        name=text_of(one.name, "others", rules.LINE),
        role=text_of(one.role, "others", rules.LINE),
        present=one.present,
        noted_at=this.actor.at,
        noted_by=this.actor.name,
    )


# ── the end ──


def hold_meeting(
    actor: Actor,
    *,
    meeting_id: UUID,
    attendees: Sequence[Attendee] | None = None,
    now: bool = False,
) -> MeetingDetail:
    """End the meeting with the read-out of who does what by when: each party is asked to confirm it.

    What is being written becomes versions first, so that everyone confirms the same text. A call that
    nobody has answered asks for nothing more.

    Args:
        attendees: who was there and who was not; None leaves what is noted. Nobody is noted as absent
            without someone having said so.
        now: one met already, before the time that was called to; the meeting gets the time that it had.

    Raises:
        NotNow: the meeting has not begun; the sentence says what to do.
    """
    with act(actor, Action.MEETING_HOLD) as this:
        meeting = open_meeting(this, meeting_id)
        step = rules.check_meeting_step(MeetingStatus(meeting.status), MeetingStep.HOLD)
        if now:
            _begin_now(this, meeting)
        rules.check_begun(meeting.starts_at, actor.at)
        settle_texts(actor, meeting.plan_id)
        plan = open_plan(this, meeting.plan_id)
        meeting.status = step
        meeting.held_at, meeting.held_by = actor.at, actor.name
        meeting.agreed_version = plan.version
        if attendees is not None:
            _note_attendance(this, meeting, attendees)
        _close_unanswered(this, meeting)
        made = close(this, meeting)
        _ask(this, meeting, made)
        sentence = _("Mötet om din plan är klart. Läs vad ni kom överens om.")
        if not meeting.plan.not_for_patient:
            tell_person(this, person_id=meeting.person_id, sentence=sentence)
        return meeting_view(this, meeting.id)


def _begin_now(this: Act, meeting: Meeting) -> None:
    """Those at the table need not answer anew: their calls follow."""
    if meeting.starts_at <= this.actor.at:
        return
    length = meeting.ends_at - meeting.starts_at
    meeting.starts_at, meeting.ends_at = this.actor.at, this.actor.at + length
    Call.objects.filter(meeting=meeting, round=meeting.round).update(starts_at=meeting.starts_at)


def _close_unanswered(this: Act, meeting: Meeting) -> None:
    for row in standing_calls(meeting):
        if row.status == CallStatus.SENT:
            end_call(this, row, CallStatus.LAPSED)


def _ask(this: Act, meeting: Meeting, made: MeetingDetail) -> None:
    """Each party with a part in what was agreed is asked, at the meeting or after it."""
    by = this.actor.at + timedelta(days=county_value(Key.CONFIRM_WITHIN, local_date(this.actor.at)))
    rows = [_unit_confirmation(meeting, one, by) for one in _asked(meeting, made.plan.parties)]
    if not meeting.plan.not_for_patient:
        rows.append(_person_confirmation(meeting, made.person.name, by))
    Confirmation.objects.bulk_create(rows)
    for row in rows:
        keep_confirmation(this, row)


def _asked(meeting: Meeting, parties: Iterable[PartyDetail]) -> list[PartyDetail]:
    """Units that answer for something or were there, among those that can read what was agreed."""
    owners = set(
        Activity.objects.filter(
            plan_id=meeting.plan_id, status__in=sorted(OPEN_ACTIVITIES)
        ).values_list("owner_unit_id", flat=True)
    )
    there = set(
        Attendance.objects.filter(meeting=meeting, present=True).values_list("unit_id", flat=True)
    )
    coming = Call.objects.filter(meeting=meeting, status=CallStatus.ACCEPTED)
    concerned = owners | there | set(coming.values_list("unit_id", flat=True))
    concerned |= {meeting.unit_id, meeting.plan.unit_id}
    own = meeting.plan.provider_id
    return [
        one
        for one in parties
        if one.unit_id in concerned and (one.shared or one.provider_id == own)
    ]


def _unit_confirmation(meeting: Meeting, one: PartyDetail, by: datetime) -> Confirmation:
    row = _person_confirmation(meeting, one.name, by)
    row.party = Invitee.UNIT
    row.unit_id, row.provider_id = one.unit_id, one.provider_id
    row.branch = unit_names({one.unit_id})[one.unit_id].branch.value
    return row


def _person_confirmation(meeting: Meeting, name: str, by: datetime) -> Confirmation:
    plan = meeting.plan
    return Confirmation(
        meeting=meeting,
        person_id=meeting.person_id,
        provider_id=plan.provider_id,
        unit_id=plan.unit_id,
        branch=plan.branch,
        published=False,
        not_for_patient=plan.not_for_patient,
        party=Invitee.PERSON,
        name=name,
        confirm_by=by,
    )


def confirm_agreed(actor: Actor, *, confirmation_id: UUID) -> MeetingDetail:
    """Confirm what was agreed at the meeting, for the own unit or as the person.

    Staff of the unit that keeps the plan note the person's word when the person gives it to them.
    """
    with act(actor, Action.MEETING_CONFIRM) as this:
        row: Confirmation = this.row(Confirmation.objects, lock=True, id=confirmation_id)
        rules.check_answerer(Invitee(row.party), is_person=actor.is_person)
        if row.status == ConfirmStatus.CONFIRMED:
            raise NotNow(_("%(name)s har redan bekräftat.", name=row.name))
        meeting = _locked(row.meeting_id)
        if meeting.plan.status == PlanStatus.ENDED:
            raise NotNow(_("Planen är avslutad, så det behöver inte bekräftas."))
        row.status = ConfirmStatus.CONFIRMED
        row.confirmed_at, row.confirmed_by = actor.at, actor.name
        row.on_behalf = actor.is_staff and row.party == Invitee.PERSON
        row.save()
        keep_confirmation(this, row)
        waiting = Confirmation.objects.filter(meeting=meeting, status=ConfirmStatus.OPEN)
        if not waiting.exists():
            meeting.status = rules.check_meeting_step(
                MeetingStatus(meeting.status), MeetingStep.CONFIRM
            )
        meeting.changes += 1
        meeting.save()
        keep_meeting(this, meeting)
        this.note(row, confirmed=True)
        made = meeting_view(this, meeting.id)
        this.publish(fhir.appointment(made), meeting)
        return made


def _locked(meeting_id: UUID) -> Meeting:
    """Two last parties that confirm at once must not both find the other missing."""
    found: Meeting = (
        Meeting.objects.select_related("plan", "unit__provider", "person")
        .select_for_update(of=("self",))
        .get(id=meeting_id)
    )
    return found


def keep_confirmation(this: Act, row: Confirmation) -> None:
    """The unit has to confirm, while the plan lasts; for the person the unit that keeps it sees to it."""
    wanted = []
    verb = rules.CONFIRM_VERB if row.party == Invitee.UNIT else rules.CONFIRM_FOR_VERB
    if row.status == ConfirmStatus.OPEN and row.meeting.plan.status != PlanStatus.ENDED:
        wanted = [
            TaskWanted(
                "confirm",
                TaskKind.CONFIRM,
                row.unit_id,
                row.provider_id,
                rules.verb_of(verb, row.meeting.starts_at),
                row.confirm_by,
            )
        ]
    address = f"/planer/{row.meeting.plan_id}/mote/{row.meeting_id}/"
    about = About("Confirmation", row.id, row.person_id, address, row.not_for_patient)
    keep_tasks(this, about=about, wanted=wanted)
