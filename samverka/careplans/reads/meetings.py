"""Gated fetches of meetings and calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action, spec
from samverka.access.county import county_value
from samverka.access.guarded import GatePath, Guarded
from samverka.access.rules import decide
from samverka.careplans.models import (
    Attendance,
    Call,
    Confirmation,
    Meeting,
    Plan,
)
from samverka.careplans.reads.meeting_values import (
    AttendanceLine,
    CallDetail,
    CallLine,
    ConfirmationLine,
    MeetingDetail,
    MeetingLine,
    WhomToCall,
)
from samverka.careplans.reads.plans import detail_of, plan
from samverka.careplans.reads.prepared import guest_words
from samverka.careplans.reads.rows import consented_units, full_plans, plans_to_call
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import PlanKind, PlanStatus
from samverka.careplans.rules import meetings as rules
from samverka.careplans.rules.meetings import (
    CallStatus,
    ConfirmStatus,
    Duty,
    Invitee,
    MeetingStatus,
    MeetingStep,
)
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.organisations.reads import list_units, unit_detail
from samverka.organisations.rules import SIDE_OF, OrganisationKind
from samverka.people.reads import person_line

_UNIT = "unit__provider__organisation"


# ── one meeting, one call ──


def meeting(actor: Actor, *, meeting_id: UUID) -> MeetingDetail:
    """One meeting about a plan: who is called, what they answered, who was there, who has confirmed."""
    with act(actor, Action.MEETING_READ) as this:
        row = this.row(whole_meetings(), id=meeting_id)
        this.note(row, changes=row.changes)
        return view_row(this, row, full_plans(actor).get(id=row.plan_id))


def meeting_to_call(actor: Actor, *, meeting_id: UUID) -> WhomToCall:
    """One meeting, and whom one can call to it: the units, and those whom the person wants there."""
    with act(actor, Action.MEETING_READ) as this:
        row = this.row(whole_meetings(), id=meeting_id)
        plan = plans_to_call(actor).get(id=row.plan_id)
        this.require(plan)
        this.note(row, changes=row.changes)
        this.note(plan, guests=True)
        found = view_row(this, row, plan)
        return WhomToCall(
            plan=found.plan,
            units=tuple(list_units(actor)),
            guests=guest_words(this, plan),
            meeting=found,
            consented=_consented(actor, plan),
        )


def plan_to_call(actor: Actor, *, plan_id: UUID) -> WhomToCall:
    """One plan, and whom one can call to a meeting about it."""
    with act(actor, Action.PLAN_READ) as this:
        row = this.row(plans_to_call(actor), id=plan_id)
        this.note(row, version=row.version, guests=True)
        return WhomToCall(
            plan=detail_of(this, row),
            units=tuple(list_units(actor)),
            guests=guest_words(this, row),
            consented=_consented(actor, row),
        )


def _consented(actor: Actor, plan: Any) -> frozenset[UUID]:
    """Whom the person has said yes to is known to those who keep the plan."""
    if actor.provider_id != plan.provider_id:
        return frozenset()
    return consented_units(plan)


def whole_meetings() -> QuerySet[Any]:
    """Meetings with what every view of one needs."""
    found: QuerySet[Any] = Meeting.objects.select_related("plan", _UNIT)
    return found


def call(actor: Actor, *, call_id: UUID) -> CallDetail:
    """One call, as the one who got it may see it."""
    with act(actor, Action.MEETING_READ) as this:
        row = this.row(Call.objects, id=call_id)
        this.note(row)
        return call_view(this, row)


def call_view(this: Act, row: Call) -> CallDetail:
    """Row → plain value, inside an act that has passed the gate on it."""
    found = Meeting.objects.select_related("plan", "person", _UNIT).get(id=row.meeting_id)
    whole = may_row(this, Action.PLAN_READ, found.plan)
    status = MeetingStatus(found.status)
    line = call_line(row, this)
    return CallDetail(
        call=line,
        person=person_line(found.person, this.actor, this.decide(row)),
        organiser=unit_detail(found.unit),
        starts_at=found.starts_at if row.round == found.round else row.starts_at,
        ends_at=found.ends_at,
        place=found.place,
        link=found.link,
        meeting_status=status,
        meeting_words=rules.MEETING_WORDS[status],
        cancel_reason=found.cancel_reason if whole else "",
        plan_id=found.plan_id if whole else None,
        purpose=found.purpose if whole else "",
        led_by=found.led_by if whole else "",
        may_answer=line.may_answer and status is MeetingStatus.PLANNED,
    )


def may_row(this: Act, action: Action, row: Guarded) -> bool:
    """Whether the actor may do another action than the present one with a row."""
    path: GatePath | None = type(row).gate
    assert path is not None
    holding = path.holding(row)
    return decide(spec(action), this.actor, holding, this.standing(holding.person_id)).allowed


def call_line(row: Call, this: Act | None = None) -> CallLine:
    """Row → plain value; best with `unit__provider__organisation` selected."""
    status, duty = CallStatus(row.status), Duty(row.duty)
    stands = status in rules.STANDING_CALLS
    late = this is not None and status is CallStatus.SENT and row.answer_by < this.actor.at
    return CallLine(
        id=row.id,
        meeting_id=row.meeting_id,
        person_id=row.person_id,
        invitee=Invitee(row.invitee),
        duty=duty,
        duty_words=rules.DUTY_WORDS[duty],
        name=row.name,
        side=_side(row) if row.invitee == Invitee.UNIT else Side.PERSON,
        unit_id=row.unit_id,
        round=row.round,
        starts_at=row.starts_at,
        status=status,
        status_words=rules.CALL_WORDS[status],
        answer=CallStatus(row.answer) if row.answer else None,
        reason=row.reason,
        other_time=row.other_time,
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        answer_by=row.answer_by,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        on_behalf=row.on_behalf,
        late=late,
        may_answer=stands and this is not None and _may_answer(this, row),
    )


def _may_answer(this: Act, row: Call) -> bool:
    actor, own = this.actor, is_own_invitation(this.actor, row)
    may = rules.may_answer_for(Invitee(row.invitee), is_person=actor.is_person, own=own)
    return may and may_row(this, Action.MEETING_ANSWER, row)


def is_own_invitation(actor: Actor, row: Call) -> bool:
    """Whether one who acts for the person is invited by name, as a relative or another."""
    acts_for = actor.is_person and actor.person_id != row.person_id
    return acts_for and rules.is_guest(Invitee(row.invitee), row.name, actor.name)


def _side(row: Call | Confirmation) -> Side:
    return SIDE_OF[OrganisationKind(row.unit.provider.organisation.kind)]


def _confirmation_line(row: Confirmation, this: Act, *, over: bool) -> ConfirmationLine:
    status = ConfirmStatus(row.status)
    waits = (
        not over
        and status is ConfirmStatus.OPEN
        and rules.may_answer_for(Invitee(row.party), is_person=this.actor.is_person)
    )
    return ConfirmationLine(
        id=row.id,
        name=row.name,
        party=Invitee(row.party),
        side=_side(row) if row.party == Invitee.UNIT else Side.PERSON,
        unit_id=row.unit_id,
        status=status,
        status_words=rules.CONFIRM_WORDS[status],
        confirm_by=row.confirm_by,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
        on_behalf=row.on_behalf,
        may_confirm=waits and may_row(this, Action.MEETING_CONFIRM, row),
    )


def meeting_view(this: Act, meeting_id: UUID) -> MeetingDetail:
    """Row → plain value, inside an act that has passed the gate on it."""
    row = whole_meetings().get(id=meeting_id)
    return view_row(this, row, full_plans(this.actor).get(id=row.plan_id))


def view_row(this: Act, row: Any, plan_row: Any, *, bare: bool = False) -> MeetingDetail:
    """Row → plain value.

    Args:
        bare: without those who are called, were there and confirm: what the writing does not show.
    """
    plan = detail_of(this, plan_row)
    calls = [] if bare else _shown_calls(this, plan, row)
    status = MeetingStatus(row.status)
    words = row.confirmations.select_related(_UNIT).order_by("party", "name")
    confirmations = (
        []
        if bare or status is MeetingStatus.PLANNED  # nobody is asked before the end
        else [_confirmation_line(one, this, over=plan.status is PlanStatus.ENDED) for one in words]
    )
    return MeetingDetail(
        id=row.id,
        plan=plan,
        person=plan.person,
        unit=unit_detail(row.unit),
        status=status,
        status_words=rules.MEETING_WORDS[status],
        calls=tuple(one for one in calls if one.round == row.round),
        earlier=tuple(one for one in calls if one.round != row.round),
        attendances=() if bare else _attendances(row),
        short_notice=status is MeetingStatus.PLANNED and _is_short(this, row, calls),
        confirmations=tuple(confirmations),
        **{name: getattr(row, name) for name in _PLAIN},
        **_permissions(this, row, status, plan),
    )


def _is_short(this: Act, row: Any, calls: Iterable[CallLine]) -> bool:
    room = timedelta(hours=county_value(Key.CALL_ROOM, local_date(this.actor.at)))
    waiting = [one for one in calls if one.status is CallStatus.SENT and one.round == row.round]
    return any(not rules.leaves_room(one.answer_by, row.starts_at, room) for one in waiting)


_PLAIN = (
    "starts_at",
    "ends_at",
    "place",
    "link",
    "purpose",
    "led_by",
    "round",
    "changes",
    "made_by",
    "held_at",
    "held_by",
    "agreed_version",
    "cancelled_at",
    "cancelled_by",
    "cancel_reason",
)


def _permissions(
    this: Act, row: Meeting, status: MeetingStatus, plan: PlanDetail
) -> dict[str, Any]:
    planned = status is MeetingStatus.PLANNED
    calls = may_row(this, Action.MEETING_CALL, row)
    return {
        "may_call": planned and plan.may_edit and calls,
        "may_write": plan.may_edit,
        "may_note": status is not MeetingStatus.CANCELLED
        and this.actor.is_staff
        and may_row(this, Action.MEETING_HOLD, row),
        "may_hold": rules.may_step_meeting(status, MeetingStep.HOLD)
        and plan.may_edit
        and may_row(this, Action.MEETING_HOLD, row),
    }


def _attendances(row: Meeting) -> tuple[AttendanceLine, ...]:
    found = Attendance.objects.filter(meeting=row).order_by("-present", "name")
    return tuple(AttendanceLine(one.name, one.role, one.unit_id, one.present) for one in found)


def _shown_calls(this: Act, plan: PlanDetail, row: Meeting) -> list[CallLine]:
    """Other care providers see those who share the plan: that another is called may be a secret."""
    found = row.calls.select_related(_UNIT).order_by("round", "duty", "invitee", "name")
    lines = [call_line(one, this) for one in found]
    if this.actor.is_person or this.actor.provider_id == plan.unit.provider_id:
        return lines
    known = {one.unit_id for one in plan.parties} | {this.actor.unit_id, row.unit_id}
    return [one for one in lines if one.invitee is not Invitee.UNIT or one.unit_id in known]


# ── lists ──


def list_meetings(actor: Actor, *, plan_id: UUID) -> list[MeetingLine]:
    """The meetings about a plan, the next first."""
    with act(actor, Action.MEETING_READ) as this:
        plan = this.row(Plan.objects, id=plan_id)
        lines = _lines(this, Meeting.objects.filter(plan_id=plan_id))
        this.note(plan, meetings=len(lines))
        return lines


def plan_and_meetings(actor: Actor, *, plan_id: UUID) -> tuple[PlanDetail, list[MeetingLine]]:
    """One plan and the meetings about it."""
    with act(actor, Action.MEETING_READ) as this:
        this.unchanged()  # each of the reads inside writes its own line
        return plan(actor, plan_id=plan_id), list_meetings(actor, plan_id=plan_id)


def meetings_of(this: Act, person_id: UUID) -> tuple[MeetingLine, ...]:
    """The person's meetings inside another read's act, which notes the person; the newest first."""
    return tuple(_lines(this, Meeting.objects.filter(person_id=person_id)))


def _lines(this: Act, found: QuerySet[Any]) -> list[MeetingLine]:
    rows = this.rows(found.select_related(_UNIT), order=("-starts_at",), limit=100)
    ids = [row.id for row in rows]
    calls = Call.objects.filter(meeting_id__in=ids, round=F("meeting__round"))
    mine = {one.meeting_id: one for one in calls.select_related(_UNIT) if _is_mine(this, one)}
    waiting = Confirmation.objects.filter(meeting_id__in=ids, status=ConfirmStatus.OPEN)
    confirms = {one.meeting_id: one for one in waiting.select_related(_UNIT) if _is_mine(this, one)}
    return [_line(this, row, mine.get(row.id), confirms.get(row.id)) for row in rows]


def _is_mine(this: Act, row: Call | Confirmation) -> bool:
    kind = row.invitee if isinstance(row, Call) else row.party
    if this.actor.is_person:
        return bool(kind == Invitee.PERSON)
    return bool(kind == Invitee.UNIT and row.unit_id == this.actor.unit_id)


def _line(this: Act, row: Meeting, mine: Call | None, confirm: Confirmation | None) -> MeetingLine:
    status, unit = MeetingStatus(row.status), unit_detail(row.unit)
    return MeetingLine(
        id=row.id,
        plan_id=row.plan_id,
        plan_title=row.plan.title,
        status=status,
        status_words=rules.MEETING_WORDS[status],
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        link=row.link,
        organiser=unit.name,
        phone=unit.phone,
        phone_hours=unit.phone_hours,
        side=unit.side,
        call=call_line(mine, this) if mine else None,
        to_confirm=_confirmation_line(confirm, this, over=row.plan.status == PlanStatus.ENDED)
        if confirm
        else None,
    )


def call_by(kind: PlanKind, begun_at: datetime) -> date:
    """The last day to call to a meeting about a plan that was begun then (days of law or county)."""
    at_discharge = kind in rules.FAST_CONTACT_CALLS
    key = Key.CALL_AT_DISCHARGE if at_discharge else Key.CALL_START
    begun = local_date(begun_at)
    return begun + timedelta(days=county_value(key, begun))
