"""The meeting: its page, the plan that several write in at once, the wall screen, the read-out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access import reads as access
from samverka.access.actions import Action
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import ActivityForm, FollowUpForm, GoalForm, ResponsibleForm
from samverka.careplans.forms.meetings import HoldForm, PeopleForm
from samverka.careplans.pages.calling import TONES, to_meeting
from samverka.careplans.pages.showing import asks, asks_others, base_of
from samverka.careplans.reads import CallLine, LiveState, MeetingDetail, PlanDetail
from samverka.careplans.rules import MAY_NOT_WRITE
from samverka.careplans.rules.meetings import LIVE_SECTIONS, Invitee, MeetingStatus
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.web.door import actor_of, polled, translated
from samverka.web.page import page
from samverka.web.templatetags.words import clock_time
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

NOT_MODIFIED = 304


@require_safe
def meeting(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting: who is called and answers, who was there, who has confirmed."""
    found = reads.meeting(actor_of(request), meeting_id=meeting_id)
    return page(request, "careplans/meeting.html", _context(request, found))


def _context(request: HttpRequest, found: MeetingDetail) -> dict[str, Any]:
    own = next((one for one in found.calls if one.may_answer and _is_own(request, one)), None)
    return {
        "base": base_of(request),
        "meeting": found,
        "plan": found.plan,
        "person": found.person,
        "own_call": own,
        "upcoming": found.status is MeetingStatus.PLANNED,
    } | TONES


def _is_own(request: HttpRequest, call: CallLine) -> bool:
    actor = actor_of(request)
    if actor.is_person:
        return call.invitee is Invitee.PERSON
    return call.invitee is Invitee.UNIT and call.unit_id == actor.unit_id


# ── write together ──


@require_safe
def live(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The plan, where all at the table write at the same time."""
    return _live_page(request, meeting_id)


def _live_page(
    request: HttpRequest, meeting_id: UUID, open_part: str = "", form: Form | None = None
) -> HttpResponse:
    actor = actor_of(request)
    state, units = reads.live_and_units(actor, meeting_id=meeting_id)
    if not state.meeting.may_write:
        raise NotAllowed(MAY_NOT_WRITE)
    plan = state.meeting.plan
    forms: dict[str, Form] = {
        "goal_form": GoalForm(initial={"term": rules.Term.SHORT.value}),
        "activity_form": ActivityForm(plan=plan, units=units),
        "responsible_form": ResponsibleForm(
            plan=plan, initial={"organisation": str(plan.responsible_id or "")}
        ),
        "follow_form": FollowUpForm(
            initial={
                "follow_up_on": plan.follow_up_on or reads.suggested_follow_up(local_date(actor.at))
            }
        ),
    }
    if form is not None:
        forms[open_part] = form
    context = _agenda(state) | forms | {"open": open_part, "person": plan.person}
    return page(
        request,
        "careplans/meeting_live.html",
        context,
        status=status_of(form) if form else 200,
    )


def _agenda(state: LiveState) -> dict[str, Any]:
    """What the left side shows; the same when it is shown again."""
    return {
        "state": state,
        "meeting": state.meeting,
        "plan": state.meeting.plan,
        "sections": [
            (key, rules.SECTION_WORDS[rules.Section(key)], getattr(state.meeting.plan, key))
            for key in LIVE_SECTIONS
            if key != rules.Section.ATTITUDE or asks(state.meeting.plan, rules.Content.ATTITUDE)
        ],
        "lacks": [(one, _PLACES.get(one.what, "")) for one in state.meeting.plan.missing],
        "asks_others": asks_others(state.meeting.plan),
        "asks_responsible": asks(state.meeting.plan, rules.Content.RESPONSIBLE),
    }


_PLACES = {
    rules.Content.NEEDS: "needs",
    rules.Content.ATTITUDE: "attitude",
    rules.Content.LONG_GOALS: "goal",
    rules.Content.GOALS: "goal",
    rules.Content.PREVENTIVE: "activity",
    rules.Content.ACTIVITIES: "activity",
    rules.Content.OWNERS: "activity",
    rules.Content.BOTH_SIDES: "activity",
    rules.Content.SOCIAL_SERVICE: "activity",
    rules.Content.OTHERS: "others",
    rules.Content.RESPONSIBLE: "responsible",
    rules.Content.WISHES: "what_matters",
    rules.Content.FOLLOW_UP: "follow",
    rules.Content.IF_WORSE: "if_worse",
}
"""Where at the table one mends what is missing; the rest is mended outside the meeting."""


@polled
@require_safe
def state(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """What is new since the page last asked; 304 if nothing is. Being asked is no sign of life."""
    known = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')
    found = reads.live(actor_of(request), meeting_id=meeting_id, known=known)
    if found is None:
        return HttpResponse(status=NOT_MODIFIED)
    context = _agenda(found) | {"now": actor_of(request).at, "actor": actor_of(request)}
    shown = {
        "texts": dict(found.texts),
        "presences": [{"name": one.name, "key": one.key} for one in found.presences if not one.me],
        "paper": render_to_string("careplans/paper.html", context, request),
        "lacks": render_to_string("careplans/meeting_lacks.html", context, request),
        "rows": render_to_string("careplans/meeting_rows.html", context, request),
        "over": found.meeting.status is not MeetingStatus.PLANNED,
    }
    response = JsonResponse(shown)
    response["ETag"] = f'W/"{found.stamp}"'
    return response


@require_POST
def save(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Save one text: by script while one writes, else with the button."""
    sent, actor = request.POST, actor_of(request)
    try:
        saved = operations.write_live(
            actor,
            plan_id=plan_id,
            key=sent.get("key", ""),
            base=sent.get("base", ""),
            text=sent.get("text", ""),
        )
    except Invalid as refused:
        if not _by_script(request):
            raise
        return JsonResponse({"message": translated(refused.message)}, status=refused.status)
    if _by_script(request):
        return JsonResponse({"text": saved.text, "at": clock_time(saved.at)})
    toast(request, _("Sparat."))
    return _to_live(plan_id, meeting_id, saved.key.replace(":", "-"))


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Live") == "1"


def _to_live(plan_id: UUID, meeting_id: UUID, part: str = "") -> HttpResponseRedirect:
    address = reverse("careplans:meeting_live", args=[plan_id, meeting_id])
    return HttpResponseRedirect(f"{address}#{part}" if part else address)


@require_POST
def presence(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Show the others where one writes."""
    operations.show_presence(actor_of(request), plan_id=plan_id, key=request.POST.get("key", ""))
    return HttpResponse(status=204)


def _added(
    request: HttpRequest,
    ids: tuple[UUID, UUID],
    form: Form,
    step: Callable[[], PlanDetail],
    name: str,
    fields: dict[str, str] | None = None,
) -> HttpResponse:
    if form.is_valid() and tried(form, step, fields) is not None:
        toast(request, _("Sparat."))
        return _to_live(*ids, name.removesuffix("_form"))
    return _live_page(request, ids[1], name, form)


@require_POST
def goal(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Write a goal at the table."""
    form = GoalForm(request.POST)

    def step() -> PlanDetail:
        return operations.add_goal(actor_of(request), plan_id=plan_id, **form.values())

    return _added(request, (plan_id, meeting_id), form, step, "goal_form")


@require_POST
def activity(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Write who does what at the table."""
    plan, units = reads.plan_and_units(actor_of(request), plan_id=plan_id)
    form = ActivityForm(request.POST, plan=plan, units=units)

    def step() -> PlanDetail:
        return operations.add_activity(actor_of(request), plan_id=plan_id, **form.values())

    return _added(request, (plan_id, meeting_id), form, step, "activity_form")


@require_POST
def follow_up(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Decide the day of follow-up at the table."""
    form = FollowUpForm(request.POST)

    def step() -> PlanDetail:
        day = form.cleaned_data["follow_up_on"]
        return operations.set_follow_up(actor_of(request), plan_id=plan_id, day=day)

    return _added(request, (plan_id, meeting_id), form, step, "follow_form")


@require_safe
def screen(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The plan, large, for the screen on the wall."""
    found = reads.live(actor_of(request), meeting_id=meeting_id)
    assert found is not None
    return page(request, "careplans/meeting_screen.html", _agenda(found))


# ── who was there, and the end ──


@require_http_methods(GET_POST)
def people(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Who was there."""
    actor = actor_of(request)
    found = reads.meeting_at_end(actor, meeting_id=meeting_id)
    if not found.meeting.may_note:
        raise NotAllowed(MAY_NOT_WRITE)
    form = PeopleForm(request.POST or None, found=found)

    def step() -> MeetingDetail:
        return operations.note_attendance(actor, meeting_id=meeting_id, attendees=form.attendees())

    if request.method == "POST" and form.is_valid() and (made := tried(form, step)):
        toast(request, _("Sparat."))
        return to_meeting(made)
    context = _context(request, found.meeting) | {"form": form}
    return page(request, "careplans/meeting_people.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def hold(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Read out who does what by when; then the meeting is over and everyone confirms."""
    actor = actor_of(request)
    found = reads.meeting_at_end(actor, meeting_id=meeting_id)
    if (
        request.method == "POST"
    ):  # a second click by one who may is shown the meeting, others are told no
        access.may_open(actor, action=Action.MEETING_HOLD)
    if not found.meeting.may_hold:
        return to_meeting(found.meeting)
    sent = request.POST if request.method == "POST" else None
    early = found.meeting.starts_at > actor.at
    form = HoldForm(sent, found=found, early=early)

    def step() -> MeetingDetail:
        return operations.hold_meeting(
            actor,
            meeting_id=meeting_id,
            attendees=form.attendees() if "there_0" in request.POST else None,
            now=form.meets_now,
        )

    if sent is not None and form.is_valid() and (made := tried(form, step)):
        toast(request, _("Mötet är klart. Nu bekräftar var och en."))
        return to_meeting(made)
    context = _context(request, found.meeting) | {"form": form, "early": early}
    return page(request, "careplans/meeting_hold.html", context, status=status_of(form))


@require_POST
def confirm(request: HttpRequest, confirmation_id: UUID) -> HttpResponse:
    """One party stands by what was agreed."""
    made = operations.confirm_agreed(actor_of(request), confirmation_id=confirmation_id)
    toast(request, _("Tack. Det är bekräftat."))
    return to_meeting(made)
