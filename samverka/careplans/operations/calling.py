"""Call and invite to a meeting about a plan; a new time; answers; what is waited for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans import fhir
from samverka.careplans.models import Call, CareContact, Meeting, Party, Plan
from samverka.careplans.operations.hearing import tell_answer, tell_meeting
from samverka.careplans.operations.plans import add_party_row
from samverka.careplans.operations.writing import finish, open_plan, text_of
from samverka.careplans.reads.meeting_values import CallDetail, MeetingDetail
from samverka.careplans.reads.meetings import call_line, call_view, is_own_invitation, meeting_view
from samverka.careplans.reads.rows import holding_consents
from samverka.careplans.rules import ChangeKind, ContactKind, PartyRole, PlanKind
from samverka.careplans.rules import meetings as rules
from samverka.careplans.rules.meetings import (
    Answer,
    CallStatus,
    Invitee,
    MeetingStatus,
    MeetingStep,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks, tell_person
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import UnitDetail, unit_names

MANY = 20
"""More than so many guests outside the units is a slip (persons)."""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """When, where and why.

    Attributes:
        place: where one meets; may be empty if there is a link.
        link: to a video meeting, https.
        purpose: shown only to those who may read the plan.
        led_by: who leads the meeting.
    """

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    purpose: str = ""
    led_by: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to come. Units are called, the others invited."""

    units: tuple[UUID, ...] = ()
    person: bool = True
    relatives: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


# ── call ──


def call_meeting(
    actor: Actor, *, plan_id: UUID, facts: MeetingFacts, invited: Invited
) -> MeetingDetail:
    """Call the units to a meeting about the plan, and invite the person and others.

    A unit of another care provider that the person has consented to gets the plan too. One that the
    consent does not cover is only told that a meeting is asked for, and only if it knows the person.

    Raises:
        NotAllowed: the law names another side as the one who calls.
        NotNow: the fast vårdkontakt calls, and there is none at the own unit.
    """
    with act(actor, Action.MEETING_CALL) as this:
        plan = open_plan(this, plan_id)
        meeting = Meeting(
            plan=plan,
            person_id=plan.person_id,
            unit_id=_calling_unit(this, plan),
            made_at=actor.at,
            made_by=actor.name,
        )
        _put(this, meeting, facts)
        this.add(meeting)
        _call(this, meeting, invited)
        return _told(this, meeting)


def _calling_unit(this: Act, plan: Plan) -> UUID:
    """The own unit, if the law lets it call to a meeting about that kind of plan."""
    if this.actor.unit_id is None or this.actor.branch is None:
        raise NotAllowed(_("Välj först vilken enhet du arbetar på."))
    contact = CareContact.objects.filter(
        person_id=plan.person_id,
        unit_id=this.actor.unit_id,
        kind=ContactKind.FAST_VARDKONTAKT,
        until__isnull=True,
    )
    rules.check_caller(PlanKind(plan.kind), this.actor.side, has_contact=contact.exists())
    return this.actor.unit_id


def _put(this: Act, meeting: Meeting, facts: MeetingFacts) -> None:
    rules.check_times(facts.starts_at, facts.ends_at, this.actor.at)
    place = text_of(facts.place, "place", rules.LINE)
    link = text_of(facts.link, "link", rules.LINK_LENGTH)
    rules.check_place(place, link)
    meeting.starts_at, meeting.ends_at = facts.starts_at, facts.ends_at
    meeting.place, meeting.link = place, link
    meeting.purpose = text_of(facts.purpose, "purpose", rules.PURPOSE_LENGTH)
    meeting.led_by = text_of(facts.led_by, "led_by", rules.LINE) or this.actor.name


def _call(this: Act, meeting: Meeting, invited: Invited) -> None:
    units = _units(this, meeting, invited.units)
    known = _standing_names(meeting)
    rows = [_unit_call(this, meeting, unit) for unit in units]
    rows += [_other_call(this, meeting, *one) for one in _others(meeting, invited)]
    new = [row for row in rows if (row.invitee, row.name) not in known]
    if not new and not known:
        raise Invalid(_("Välj minst en enhet eller person att kalla."), where="units")
    Call.objects.bulk_create(new)
    _give_plan(this, meeting, units)
    for row in new:
        keep_call(this, row)
        this.publish(fhir.call_task(call_line(row)), row)
    if any(row.invitee == Invitee.PERSON for row in new):
        tell_person(
            this,
            person_id=meeting.person_id,
            sentence=_("Du är inbjuden till ett möte om din plan."),
        )


def _standing_names(meeting: Meeting) -> set[tuple[str, str]]:
    found = Call.objects.filter(meeting=meeting, status__in=sorted(rules.STANDING_CALLS))
    return set(found.values_list("invitee", "name"))


def _units(this: Act, meeting: Meeting, ids: Sequence[UUID]) -> list[UnitDetail]:
    found = list(unit_names(set(ids) - {meeting.unit_id}).values())
    if len(found) != len(set(ids) - {meeting.unit_id}):
        raise Invalid(_("En enhet finns inte längre. Välj ur listan igen."), where="units")
    _check_takes_part(this, meeting.plan, found)
    branch = this.actor.branch
    if branch is None or rules.may_call_without_consent(branch):
        return found
    covered = _covered(this, meeting.plan)
    for one in found:
        if one.provider_id not in covered:
            raise NotNow(
                _("Personen har inte samtyckt till att %(unit)s kallas.", unit=one.name),
                mend=_("Fråga om samtycke först. Att ni har kontakt med personen är hemligt."),
            )
    return found


def _check_takes_part(this: Act, plan: Plan, units: Sequence[UnitDetail]) -> None:
    """Who was given the plan by another care provider calls those who have it, and hands it to no more."""
    if this.actor.provider_id == plan.provider_id:
        return
    parties = Party.objects.filter(plan=plan, until__isnull=True).values_list("unit_id", flat=True)
    if {one.id for one in units} - set(parties):
        raise NotAllowed(
            _("Ni kan kalla dem som deltar i planen. Fler kallas av dem som håller i den.")
        )


def _covered(this: Act, plan: Plan) -> set[UUID]:
    """Care providers that the plan is or can be given to: our own, and those of the consent."""
    consents = holding_consents(this.actor, plan.id)
    return {plan.provider_id} | {one for found in consents for one in found.reader_providers}


def _give_plan(this: Act, meeting: Meeting, units: Iterable[UnitDetail]) -> None:
    """Those who may read the plan take part in it from now: they must be able to prepare."""
    covered = _covered(this, meeting.plan)
    new = [
        add_party_row(this, meeting.plan, one.id, PartyRole.PARTICIPANT)
        for one in units
        if one.provider_id in covered
    ]
    if any(new):
        finish(this, meeting.plan, ChangeKind.PARTY)


def _others(meeting: Meeting, invited: Invited) -> list[tuple[Invitee, str]]:
    person = meeting.person
    name = f"{person.called_name or person.given_name} {person.family_name}"
    found = [(Invitee.PERSON, name)] if invited.person and not meeting.plan.not_for_patient else []
    found += [(Invitee.RELATIVE, one) for one in invited.relatives]
    found += [(Invitee.OTHER, one) for one in invited.others]
    named = [(kind, text_of(one, "others", rules.LINE)) for kind, one in found]
    if len(named) > MANY:
        raise Invalid(_("Bjud in högst %(many)d personer.", many=MANY), where="others")
    return list(dict.fromkeys((kind, one) for kind, one in named if one))


def _unit_call(this: Act, meeting: Meeting, unit: UnitDetail) -> Call:
    row = _other_call(this, meeting, Invitee.UNIT, unit.name)
    row.unit_id, row.provider_id, row.branch = unit.id, unit.provider_id, unit.branch.value
    return row


def _other_call(this: Act, meeting: Meeting, invitee: Invitee, name: str) -> Call:
    unit = meeting.unit
    return Call(
        meeting=meeting,
        person_id=meeting.person_id,
        provider_id=unit.provider_id,
        unit_id=unit.id,
        branch=unit.provider.branch,
        published=False,
        not_for_patient=meeting.plan.not_for_patient,
        invitee=invitee,
        duty=rules.INVITEE_DUTY[invitee],
        name=name,
        round=meeting.round,
        starts_at=meeting.starts_at,
        sent_at=this.actor.at,
        sent_by=this.actor.name,
        answer_by=rules.answer_by(
            this.actor.at, meeting.starts_at, answer_time(this), room_before(this)
        ),
    )


def answer_time(this: Act) -> timedelta:
    """How long one has to answer in this county."""
    return timedelta(days=county_value(Key.CALL_ANSWER, local_date(this.actor.at)))


def room_before(this: Act) -> timedelta:
    """What this county leaves between the last moment to answer and the meeting."""
    return timedelta(hours=county_value(Key.CALL_ROOM, local_date(this.actor.at)))


def call_more(actor: Actor, *, meeting_id: UUID, invited: Invited) -> MeetingDetail:
    """Call or invite more to a meeting that is planned. Those who are called already stay so."""
    with act(actor, Action.MEETING_CALL) as this:
        meeting = open_meeting(this, meeting_id)
        _check_planned(meeting)
        _call(this, meeting, invited)
        return close(this, meeting)


# ── change the time, take back ──


def move_meeting(actor: Actor, *, meeting_id: UUID, facts: MeetingFacts) -> MeetingDetail:
    """Change when, where or why. A new time renews everybody's call; the answers they gave are kept."""
    with act(actor, Action.MEETING_CALL) as this:
        meeting = open_meeting(this, meeting_id)
        rules.check_meeting_step(MeetingStatus(meeting.status), MeetingStep.MOVE)
        before = (meeting.starts_at, meeting.ends_at, meeting.place, meeting.link)
        _put(this, meeting, facts)
        if before != (meeting.starts_at, meeting.ends_at, meeting.place, meeting.link):
            meeting.round += 1
            _renew(this, meeting)
            return _told(this, meeting)
        return close(this, meeting)


def _renew(this: Act, meeting: Meeting) -> None:
    """One's own answer to the old time says nothing of the new one."""
    for old in standing_calls(meeting):
        end_call(this, old, CallStatus.SUPERSEDED)
        new = _other_call(this, meeting, Invitee(old.invitee), old.name)
        new.unit_id, new.provider_id, new.branch = old.unit_id, old.provider_id, old.branch
        new.save(force_insert=True)
        keep_call(this, new)
        this.publish(fhir.call_task(call_line(new)), new)
        if new.invitee == Invitee.PERSON:
            sentence = _("Mötet om din plan har fått en ny tid.")
            tell_person(this, person_id=meeting.person_id, sentence=sentence)


def withdraw_call(actor: Actor, *, call_id: UUID) -> MeetingDetail:
    """Take a call back: that one need not come. What was answered is kept."""
    with act(actor, Action.MEETING_CALL) as this:
        found = Call.objects.filter(id=call_id).values_list("meeting_id", flat=True).first()
        meeting = open_meeting(this, found or call_id)
        _check_planned(meeting)
        row = Call.objects.get(id=call_id)
        if row.status not in rules.STANDING_CALLS:
            raise NotNow(_("Kallelsen gäller inte längre."))
        end_call(this, row, CallStatus.WITHDRAWN)
        return close(this, meeting)


def cancel_meeting(actor: Actor, *, meeting_id: UUID, reason: str = "") -> MeetingDetail:
    """Call the meeting off; everybody is told."""
    with act(actor, Action.MEETING_CALL) as this:
        meeting = open_meeting(this, meeting_id)
        return call_off(this, meeting, text_of(reason, "reason", rules.REASON_LENGTH))


def call_off(this: Act, meeting: Meeting, reason: str) -> MeetingDetail:
    """The same inside another act: the plan ended, so there is nothing to meet about."""
    step = rules.check_meeting_step(MeetingStatus(meeting.status), MeetingStep.CANCEL)
    meeting.status, meeting.cancel_reason = step, reason
    meeting.cancelled_at, meeting.cancelled_by = this.actor.at, this.actor.name
    meeting.round += 1
    calls = list(standing_calls(meeting))
    for row in calls:
        end_call(this, row, CallStatus.WITHDRAWN)
    if any(row.invitee == Invitee.PERSON for row in calls):
        sentence = _("Mötet om din plan är inställt.")
        tell_person(this, person_id=meeting.person_id, sentence=sentence)
    return _told(this, meeting)


def _told(this: Act, meeting: Meeting) -> MeetingDetail:
    made = close(this, meeting)
    tell_meeting(this.actor, made)
    return made


def _check_planned(meeting: Meeting) -> None:
    if meeting.status != MeetingStatus.PLANNED:
        raise NotNow(
            _(
                "Mötet är: %(status)s. Då går det inte.",
                status=rules.MEETING_WORDS[MeetingStatus(meeting.status)],
            )
        )


def standing_calls(meeting: Meeting) -> Sequence[Call]:
    """The calls to the time that holds now."""
    found = Call.objects.filter(meeting=meeting, status__in=sorted(rules.STANDING_CALLS))
    return list(found.order_by("sent_at", "name"))


def end_call(this: Act, row: Call, status: CallStatus) -> None:
    """The call asks for nothing more; the answer that it got is kept."""
    row.status = status
    row.save(update_fields=["status"])
    keep_call(this, row)
    this.publish(fhir.call_task(call_line(row)), row)


# ── answer ──


def answer_call(actor: Actor, *, call_id: UUID, answer: Answer) -> CallDetail:
    """Answer a call: come, not come with the reason, or ask for another time.

    Staff of the unit that sent it note the answer of the person, a relative or another, as they said it.

    Raises:
        NotNow: the call is withdrawn, or a new time has been chosen.
    """
    with act(actor, Action.MEETING_ANSWER) as this:
        row: Call = this.row(Call.objects, lock=True, id=call_id)
        meeting = Meeting.objects.select_related("plan", "unit__provider").get(id=row.meeting_id)
        own = is_own_invitation(actor, row)
        rules.check_answerer(Invitee(row.invitee), is_person=actor.is_person, own=own)
        rules.check_answer(CallStatus(row.status), answer, actor.at)
        _check_planned(meeting)
        row.status = row.answer = answer.status
        row.reason = text_of(answer.reason, "reason", rules.REASON_LENGTH)
        row.other_time = answer.time if answer.status is CallStatus.OTHER_TIME else None
        row.answered_at, row.answered_by = actor.at, actor.name
        row.on_behalf = _is_on_behalf(actor, row)
        row.save()
        keep_call(this, row)
        _bump(meeting)
        keep_meeting(this, meeting)
        this.note(row, answer=row.answer)
        this.publish(fhir.call_task(call_line(row)), row)
        if row.invitee == Invitee.UNIT:
            tell_answer(actor, meeting.plan_id)
        return call_view(this, row)


def _is_on_behalf(actor: Actor, row: Call) -> bool:
    """Staff write down what others say; a representative answers for the person."""
    if actor.is_staff:
        return row.invitee != Invitee.UNIT
    return row.invitee == Invitee.PERSON and actor.person_id != row.person_id


def _bump(meeting: Meeting) -> None:
    meeting.changes += 1
    meeting.save(update_fields=["changes"])


# ── what every change shares ──


def open_meeting(this: Act, meeting_id: UUID) -> Meeting:
    """The meeting, locked, with its plan."""
    row: Meeting = this.row(
        Meeting.objects.select_related("plan", "unit__provider", "person"),
        lock=True,
        id=meeting_id,
    )
    return row


def close(this: Act, meeting: Meeting) -> MeetingDetail:
    """Save, ask for what is now waited for, note, publish, show."""
    meeting.changes += 1
    meeting.save()
    keep_meeting(this, meeting)
    this.note(meeting, status=meeting.status, round=meeting.round)
    made = meeting_view(this, meeting.id)
    this.publish(fhir.appointment(made), meeting)
    return made


def keep_call(this: Act, row: Call) -> None:
    """The called unit has to answer; in the last hours it is reminded."""
    wanted = []
    if row.status == CallStatus.SENT and row.invitee == Invitee.UNIT:
        verb = rules.LAST_DAY_VERB if row.reminded_at else rules.ANSWER_VERB
        verb = rules.verb_of(verb, row.starts_at)
        wanted = [
            TaskWanted("answer", TaskKind.CALL, row.unit_id, row.provider_id, verb, row.answer_by)
        ]
    keep_tasks(this, about=_about(row, f"/kallelser/{row.id}/"), wanted=wanted)


def keep_meeting(this: Act, meeting: Meeting) -> None:
    """What the unit that called has to do: ring those who are late, choose a new time, hold it."""
    wanted = list(_organiser_tasks(meeting)) if meeting.status == MeetingStatus.PLANNED else []
    address = f"/planer/{meeting.plan_id}/mote/{meeting.id}/"
    keep_tasks(this, about=_about(meeting, address), wanted=wanted)


def _about(row: Call | Meeting, address: str) -> About:
    hidden = row.not_for_patient if isinstance(row, Call) else row.plan.not_for_patient
    return About(type(row).__name__, row.id, row.person_id, address, hidden)


def _organiser_tasks(meeting: Meeting) -> Iterable[TaskWanted]:
    place = (meeting.unit_id, meeting.unit.provider_id)
    calls = standing_calls(meeting)
    new_time, late, hold = (
        rules.verb_of(one, meeting.starts_at)
        for one in (rules.NEW_TIME_VERB, rules.REMIND_VERB, rules.HOLD_VERB)
    )
    if any(row.status == CallStatus.OTHER_TIME for row in calls):
        yield TaskWanted("time", TaskKind.MEETING, *place, new_time)
    if any(row.status == CallStatus.SENT and row.missed_at for row in calls):
        yield TaskWanted("late", TaskKind.REMINDER, *place, late)
    yield TaskWanted("hold", TaskKind.MEETING, *place, hold, meeting.ends_at)


def remind_calls(actor: Actor) -> int:
    """Remind the units whose time to answer runs out, and those who called of answers that are late."""
    with act(actor, Action.MEETING_CALL) as this:
        this.require_permission()
        soon = actor.at + timedelta(hours=county_value(Key.CALL_REMINDER, local_date(actor.at)))
        near = [row for row in _unanswered(soon) if row.reminded_at is None]
        late = [row for row in _unanswered(actor.at) if row.missed_at is None]
        for row in near:
            row.reminded_at = actor.at
            row.save(update_fields=["reminded_at"])
            keep_call(this, row)
        for row in late:
            row.missed_at = actor.at
            row.save(update_fields=["missed_at"])
            keep_meeting(this, row.meeting)
        reminded = {row.id for row in (*near, *late)}
        if reminded:
            this.note_list([*{row.id: row for row in (*near, *late)}.values()])
        else:
            this.unchanged()
        return len(reminded)


def _unanswered(until: datetime) -> list[Call]:
    found = Call.objects.select_related("meeting__plan", "meeting__unit__provider").filter(
        status=CallStatus.SENT, invitee=Invitee.UNIT, answer_by__lte=until
    )
    return list(found.filter(meeting__status=MeetingStatus.PLANNED).order_by("answer_by")[:200])
