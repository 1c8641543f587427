"""Call to a meeting, a new time, answers, and the file for one's own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads
from samverka.careplans.forms.meetings import (
    AnswerForm,
    CancelForm,
    InviteForm,
    MeetingForm,
    NewMeetingForm,
    called_to,
    meeting_initial,
)
from samverka.careplans.pages.invitations import calendar_file
from samverka.careplans.pages.showing import base_of
from samverka.careplans.reads import (
    CallDetail,
    MeetingDetail,
    PrepWordsDetail,
    WhomToCall,
)
from samverka.careplans.rules import MAY_NOT_WRITE, PlanStatus, named_guests
from samverka.careplans.rules.meetings import CALL_WORDS, CallStatus, Invitee, MeetingStatus
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import add_working_days, local_date, start_of_day
from samverka.kernel.problems import NotAllowed
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

CALL_TONES = {
    CallStatus.SENT: "neutral",
    CallStatus.ACCEPTED: "success",
    CallStatus.DECLINED: "warning",
    CallStatus.OTHER_TIME: "warning",
    CallStatus.SUPERSEDED: "neutral",
    CallStatus.LAPSED: "neutral",
    CallStatus.WITHDRAWN: "neutral",
}
CALL_ICONS = {
    CallStatus.SENT: "hourglass",
    CallStatus.ACCEPTED: "circle-check",
    CallStatus.DECLINED: "circle-x",
    CallStatus.OTHER_TIME: "calendar-clock",
    CallStatus.SUPERSEDED: "history",
    CallStatus.LAPSED: "circle-dashed",
    CallStatus.WITHDRAWN: "ban",
}
MEETING_TONES = {
    MeetingStatus.PLANNED: "info",
    MeetingStatus.HELD: "neutral",
    MeetingStatus.CONFIRMED: "success",
    MeetingStatus.CANCELLED: "neutral",
}
MEETING_ICONS = {
    MeetingStatus.PLANNED: "calendar",
    MeetingStatus.HELD: "flag",
    MeetingStatus.CONFIRMED: "circle-check",
    MeetingStatus.CANCELLED: "ban",
}
TONES = {
    "answer_words": CALL_WORDS,
    "call_tones": CALL_TONES,
    "call_icons": CALL_ICONS,
    "meeting_tones": MEETING_TONES,
    "meeting_icons": MEETING_ICONS,
}
PLACES = {"ends_at": "length"}
"""What the operations call the field."""

A_WEEK = timedelta(days=7)
AFTER_LUNCH = timedelta(hours=13)


def to_meeting(meeting: MeetingDetail) -> HttpResponseRedirect:
    """Back to the meeting's own page."""
    return HttpResponseRedirect(reverse("careplans:meeting", args=[meeting.plan.id, meeting.id]))


# ── call ──


@require_safe
def meetings(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The meetings about a plan, and until when one must have called."""
    actor = actor_of(request)
    plan, found = reads.plan_and_meetings(actor, plan_id=plan_id)
    waits = plan.status is PlanStatus.DRAFT and plan.may_edit and not found
    context = {
        "base": base_of(request),
        "plan": plan,
        "person": plan.person,
        "meetings": found,
        "call_by": reads.call_by(plan.kind, plan.created_at) if waits else None,
    } | TONES
    return page(request, "careplans/meetings.html", context)


@require_http_methods(GET_POST)
def new(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Call to a meeting about the plan."""
    actor = actor_of(request)
    access.may_open(actor, action=Action.MEETING_CALL)
    found = reads.plan_to_call(actor, plan_id=plan_id)
    plan = found.plan
    if not plan.may_edit or actor.unit_id is None:
        raise NotAllowed(MAY_NOT_WRITE)
    form = NewMeetingForm(
        request.POST or None,
        plan=plan,
        units=found.units,
        own=actor.unit_id,
        wished=_wished(found),
        consented=found.consented,
        initial={"starts_at": _suggested(actor.at), "length": "60", "led_by": actor.name},
    )

    def step() -> MeetingDetail:
        return operations.call_meeting(
            actor, plan_id=plan_id, facts=form.facts(), invited=form.invited()
        )

    if request.method == "POST" and form.is_valid():
        made = tried(form, step, PLACES)
        if made is not None:
            toast(request, _("Kallelsen är skickad."))
            return to_meeting(made)
    context = {"plan": plan, "person": plan.person, "form": form, "guests": found.guests}
    return page(request, "careplans/meeting_new.html", context, status=status_of(form))


def _suggested(at: datetime) -> datetime:
    """A working day in about a week, after lunch."""
    day = add_working_days(local_date(at) + A_WEEK - timedelta(days=1), 1)
    return start_of_day(day) + AFTER_LUNCH


def _wished(found: WhomToCall) -> list[str]:
    """Whom the person has named and nobody has invited."""
    calls = found.meeting.calls if found.meeting else ()
    invited = {one.name.casefold() for one in calls if one.status is not CallStatus.WITHDRAWN}
    invited |= {name.partition(" ")[0] for name in invited}  # "Eva" is Eva Nilsson Lund
    named = [name for one in found.guests for name in named_guests(one.words)]
    return [name for name in dict.fromkeys(named) if name.casefold() not in invited]


@require_http_methods(GET_POST)
def move(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Choose a new time or place."""
    meeting = _callable(request, meeting_id)
    form = MeetingForm(request.POST or None, initial=meeting_initial(meeting))

    def step() -> MeetingDetail:
        return operations.move_meeting(actor_of(request), meeting_id=meeting_id, facts=form.facts())

    if request.method == "POST" and form.is_valid() and (made := tried(form, step, PLACES)):
        toast(request, _("Sparat. Är tiden eller platsen ny har alla fått en ny kallelse."))
        return to_meeting(made)
    return _form_page(request, meeting, form, _("Ändra tid eller plats"), _("Spara"))


@require_http_methods(GET_POST)
def more(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Call or invite more."""
    actor = _caller(request)
    found = reads.meeting_to_call(actor, meeting_id=meeting_id)
    meeting = found.meeting
    assert meeting is not None
    _check_callable(meeting)
    form = InviteForm(
        request.POST or None,
        plan=meeting.plan,
        units=found.units,
        own=meeting.unit.id,
        wished=_wished(found),
        consented=found.consented,
        called=called_to(meeting),
    )

    def step() -> MeetingDetail:
        return operations.call_more(actor, meeting_id=meeting_id, invited=form.invited())

    if request.method == "POST" and form.is_valid() and (made := tried(form, step)):
        toast(request, _("Kallelsen är skickad."))
        return to_meeting(made)
    return _form_page(
        request, meeting, form, _("Kalla och bjud in fler"), _("Skicka"), guests=found.guests
    )


@require_http_methods(GET_POST)
def cancel(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Call the meeting off."""
    meeting = _callable(request, meeting_id)
    form = CancelForm(request.POST or None)

    def step() -> MeetingDetail:
        reason = form.cleaned_data["reason"]
        return operations.cancel_meeting(actor_of(request), meeting_id=meeting_id, reason=reason)

    if request.method == "POST" and form.is_valid() and (made := tried(form, step)):
        toast(request, _("Mötet är inställt. Alla som var kallade får veta det."))
        return to_meeting(made)
    return _form_page(request, meeting, form, _("Ställ in mötet"), _("Ställ in mötet"))


def _caller(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    access.may_open(actor, action=Action.MEETING_CALL)
    return actor


def _callable(request: HttpRequest, meeting_id: UUID) -> MeetingDetail:
    meeting = reads.meeting(_caller(request), meeting_id=meeting_id)
    _check_callable(meeting)
    return meeting


def _check_callable(meeting: MeetingDetail) -> None:
    if not meeting.may_call and meeting.status is MeetingStatus.PLANNED:
        raise NotAllowed(MAY_NOT_WRITE)


def _form_page(
    request: HttpRequest, meeting: MeetingDetail, form: MeetingForm | InviteForm | CancelForm,
    title: str, label: str, guests: Sequence[PrepWordsDetail] = (),
) -> HttpResponse:  # fmt: skip
    context = {
        "meeting": meeting,
        "plan": meeting.plan,
        "person": meeting.person,
        "form": form,
        "title": title,
        "label": label,
        "guests": guests,
    }
    return page(request, "careplans/meeting_form.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Take one call back."""
    made = operations.withdraw_call(actor_of(request), call_id=call_id)
    toast(request, _("Kallelsen är återkallad."))
    return to_meeting(made)


# ── answer ──


@require_http_methods(GET_POST)
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One call: read and answer."""
    actor = actor_of(request)
    found = reads.call(actor, call_id=call_id)
    start = {"answer": found.call.answer, "reason": found.call.reason}
    acts_for = _acts_for(actor, found)
    form = AnswerForm(
        request.POST or None,
        for_person=found.call.invitee is not Invitee.UNIT,
        acts_for=acts_for,
        initial=start,
    )

    def step() -> CallDetail:
        return operations.answer_call(actor, call_id=call_id, answer=form.value())

    if request.method == "POST" and form.is_valid() and (made := tried(form, step)):
        toast(request, _("Tack, svaret är skickat."))
        if actor.is_staff and made.call.on_behalf and made.plan_id:
            return HttpResponseRedirect(
                reverse("careplans:meeting", args=[made.plan_id, made.call.meeting_id])
            )
        return HttpResponseRedirect(reverse("careplans:call", args=[call_id]))
    context = {
        "base": base_of(request),
        "found": found,
        "call": found.call,
        "acts_for": acts_for,
        "person": found.person,
        "form": form if found.may_answer or form.is_bound else None,
    } | TONES
    return page(request, "careplans/call.html", context, status=status_of(form))


def _acts_for(actor: Actor, found: CallDetail) -> str:
    """Whom a representative answers for; empty for oneself and for staff."""
    own = not actor.is_person or actor.person_id == found.person.id
    return "" if own or found.call.invitee is not Invitee.PERSON else found.person.name


# ── calendar ──


@require_safe
def call_file(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """The meeting as a calendar file, for one who is called."""
    found = reads.call(actor_of(request), call_id=call_id)
    off = found.call.status is CallStatus.WITHDRAWN
    return _sent(
        calendar_file(
            meeting_id=found.call.meeting_id,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            place=found.place,
            link=found.link,
            organiser=found.organiser,
            sequence=found.call.round,
            cancelled=off or found.meeting_status is MeetingStatus.CANCELLED,
            at=actor_of(request).at,
        )
    )


@require_safe
def meeting_file(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The meeting as a calendar file, for one who called or takes part."""
    found = reads.meeting(actor_of(request), meeting_id=meeting_id)
    return _sent(
        calendar_file(
            meeting_id=found.id,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            place=found.place,
            link=found.link,
            organiser=found.unit,
            sequence=found.round,
            cancelled=found.status is MeetingStatus.CANCELLED,
            at=actor_of(request).at,
        )
    )


def _sent(content: bytes) -> HttpResponse:
    method = "CANCEL" if b"METHOD:CANCEL" in content else "REQUEST"
    response = HttpResponse(content, content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = 'attachment; filename="planeringsmote.ics"'
    return response
