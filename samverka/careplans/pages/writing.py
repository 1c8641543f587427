"""Write in a plan, one part at a time, in its place on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.forms import Form, RadioSelect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import (
    CommentForm,
    EditActivityForm,
    EndForm,
    FollowUpForm,
    GoalForm,
    GroupForm,
    NewActivityForm,
    NewGoalForm,
    OutcomeForm,
    ResponsibleForm,
    ResultForm,
    SectionForm,
    activity_initial,
    goal_initial,
    outcome_initial,
)
from samverka.careplans.pages.showing import show_plan
from samverka.careplans.reads import ActivityDetail, GoalDetail, PlanDetail
from samverka.careplans.rules import ChangeKind, GoalStatus, PlanStatus, Section
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Conflict, NotAllowed, NotFound
from samverka.web.door import actor_of, translated
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, tried

SECTION_NAMES = frozenset(one.value for one in Section)

Step = Callable[[], PlanDetail]


def _part(
    request: HttpRequest,
    plan: PlanDetail,
    part: str,
    form: Form,
    step: Step,
    done: str,
    fields: dict[str, str] | None = None,
    version: int | None = None,
) -> HttpResponse:
    """The one way for every part: show the form in its place, or do the step and come back there.

    Args:
        part: where on the page; the address part after #.
        done: what is said afterwards, with the way to undo it.
        version: of the goal or activity that is written in; None: the plan's.
    """
    _check_writable(plan)
    _begin_in_first(form)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            made = tried(form, step, fields)
        except Conflict as lost:
            made, conflict = None, _both(form, lost)
            form = _against(form, plan.version if version is None else version)
        if made is not None:
            _say(request, made, done)
            return _back(request, made.id, part)
    table = _table(request, plan.id)
    action = request.get_full_path() if table else request.path
    shown = show_plan(
        request, plan, open_part=part, form=form, action=action, back=table, conflict=conflict
    )
    if conflict:
        shown.status_code = Conflict.status
    return shown


def _check_writable(plan: PlanDetail) -> None:
    """Say why the plan cannot be written in, before anybody has typed anything."""
    if plan.source:
        raise NotAllowed(rules.KEPT_ELSEWHERE)
    rules.check_open(plan.status)
    if not plan.may_edit:
        raise NotAllowed(rules.MAY_NOT_WRITE)


def _begin_in_first(form: Form) -> None:
    """Who opens a part can write at once, in place too. A form with faults has its own focus."""
    texts = (field.widget for field in form.fields.values() if not field.widget.is_hidden)
    first = next((one for one in texts if not isinstance(one, RadioSelect)), None)
    if first is not None and not form.is_bound:
        first.attrs["autofocus"] = True


def _table(request: HttpRequest, plan_id: UUID) -> str:
    """The meeting's table, for one who came from there to write (`?mote=`); else nothing."""
    try:
        meeting_id = UUID(request.GET.get("mote", ""))
    except ValueError:
        return ""
    return reverse("careplans:meeting_live", args=[plan_id, meeting_id])


def _back(request: HttpRequest, plan_id: UUID, part: str) -> HttpResponseRedirect:
    table = _table(request, plan_id)
    return HttpResponseRedirect(table) if table else to_part(plan_id, part)


def to_part(plan_id: UUID, part: str = "") -> HttpResponseRedirect:
    """Back to the plan, where one was."""
    address = reverse("careplans:plan", args=[plan_id])
    return HttpResponseRedirect(f"{address}#{part}" if part else address)


def _say(request: HttpRequest, made: PlanDetail, words: str) -> None:
    undo = reverse("careplans:undo", args=[made.id, made.version])
    toast(request, words, undo=undo)


_MINE = {"goal_id": "goal", "owner_unit_id": "owner", "owner_kind": "owner"}


def _both(form: Form, lost: Conflict) -> list[dict[str, object]]:
    """Both texts of every field that differs, with the field's own label."""
    shown: list[dict[str, object]] = []
    for name, theirs in lost.theirs.items():
        mine = lost.mine.get(name)
        field = form.fields.get(_MINE.get(name, name)) or form.fields.get("text")
        if field is None or mine == theirs:
            continue
        shown.append({"label": field.label, "mine": _words(mine), "theirs": _words(theirs)})
    return shown


_TABLES: Mapping[type, Mapping[Any, str]] = {
    GoalStatus: rules.GOAL_WORDS,
    rules.Term: rules.TERM_WORDS,
    rules.ActivityStatus: rules.ACTIVITY_WORDS,
    rules.OwnerKind: rules.OWNER_WORDS,
}


def _words(value: object) -> str:
    for kind, table in _TABLES.items():
        if isinstance(value, kind):
            return translated(table[value])
    return "" if value is None else str(value)


def _against(form: Form, version: int) -> Form:
    """What was typed stands, now against the newest version, so that saving again decides."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(version)
    form.data = data
    return form


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _asks_why(plan: PlanDetail) -> bool:
    """Only a plan that holds is changed for a reason; a draft is still being written."""
    return plan.status is PlanStatus.ACTIVE


# ── texts and facts ──


@require_http_methods(GET_POST)
def edit_section(request: HttpRequest, plan_id: UUID, section: str) -> HttpResponse:
    """Write one of the plan's texts."""
    if section not in SECTION_NAMES:
        raise NotFound(rules.NO_SUCH_PART)
    actor, which = actor_of(request), Section(section)
    plan = reads.plan(actor, plan_id=plan_id)
    start = {"text": getattr(plan, section), "version": plan.version}
    form = SectionForm(_data(request), section=which, asks_why=_asks_why(plan), initial=start)

    def step() -> PlanDetail:
        data = form.cleaned_data
        return operations.write_section(
            actor,
            plan_id=plan_id,
            section=which,
            text=data["text"],
            version=data["version"],
            why=form.why_changed(),
        )

    return _part(request, plan, section, form, step, _("Sparat."), {section: "text"})


@require_http_methods(GET_POST)
def follow_up(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Decide the day of follow-up."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    suggested = plan.follow_up_on or reads.suggested_follow_up(local_date(actor.at))
    form = FollowUpForm(_data(request), initial={"follow_up_on": suggested})

    def step() -> PlanDetail:
        day = form.cleaned_data["follow_up_on"]
        return operations.set_follow_up(actor, plan_id=plan_id, day=day)

    return _part(request, plan, "uppfoljning", form, step, _("Dagen är bestämd."))


@require_http_methods(GET_POST)
def group(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Choose whose questions are at hand while the plan is begun."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    form = GroupForm(_data(request), kind=plan.kind, initial={"template": plan.template or ""})
    _check_writable(plan)

    def step() -> PlanDetail:
        return operations.choose_template(actor, plan_id=plan_id, template=form.group())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Sparat."))
        return to_part(plan_id, "fragor")
    return show_plan(request, plan, open_part="fragor", form=form, action=request.path)


@require_http_methods(GET_POST)
def responsible(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Choose who has the overall responsibility."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    form = ResponsibleForm(
        _data(request), plan=plan, initial={"organisation": str(plan.responsible_id or "")}
    )

    def step() -> PlanDetail:
        return operations.set_responsible(
            actor, plan_id=plan_id, organisation_id=form.organisation_id()
        )

    return _part(request, plan, "ansvar", form, step, _("Sparat."))


@require_POST
def others(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Say that nobody else does anything, or take it back."""
    nobody = request.POST.get("nobody") == "1"
    made = operations.set_no_others(actor_of(request), plan_id=plan_id, nobody=nobody)
    _say(request, made, _("Sparat."))
    return _back(request, plan_id, "andra")


# ── goals ──


def _goal(plan: PlanDetail, goal_id: UUID) -> GoalDetail:
    found = next((one for one in plan.goals if one.id == goal_id), None)
    if found is None:
        raise NotFound(rules.NO_SUCH_PART)
    return found


@require_http_methods(GET_POST)
def goal_new(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write a goal."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    form = NewGoalForm(
        _data(request), asks_why=_asks_why(plan), initial={"term": rules.Term.SHORT.value}
    )

    def step() -> PlanDetail:
        return operations.add_goal(actor, plan_id=plan_id, **form.values())

    return _part(request, plan, "mal", form, step, _("Målet är inskrivet."))


@require_http_methods(GET_POST)
def goal_edit(request: HttpRequest, plan_id: UUID, goal_id: UUID) -> HttpResponse:
    """Change a goal."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    goal = _goal(plan, goal_id)
    form = GoalForm(_data(request), asks_why=_asks_why(plan), initial=goal_initial(goal))

    def step() -> PlanDetail:
        return operations.edit_goal(
            actor, goal_id=goal_id, version=form.cleaned_data["version"] or 0, **form.values()
        )

    part, words = f"mal-{goal_id}", _("Målet är ändrat.")
    return _part(request, plan, part, form, step, words, version=goal.version)


@require_http_methods(GET_POST)
def goal_outcome(request: HttpRequest, plan_id: UUID, goal_id: UUID) -> HttpResponse:
    """Follow a goal up."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    goal = _goal(plan, goal_id)
    form = OutcomeForm(_data(request), initial=outcome_initial(goal))

    def step() -> PlanDetail:
        return operations.follow_up_goal(
            actor, goal_id=goal_id, version=form.cleaned_data["version"], **form.values()
        )

    part, words = f"mal-{goal_id}", _("Uppföljningen är sparad.")
    return _part(request, plan, part, form, step, words, version=goal.version)


# ── activities ──


def _activity(plan: PlanDetail, activity_id: UUID) -> ActivityDetail:
    found = next((one for one in plan.activities if one.id == activity_id), None)
    if found is None:
        raise NotFound(rules.NO_SUCH_PART)
    return found


@require_http_methods(GET_POST)
def activity_new(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write who does what."""
    actor = actor_of(request)
    plan, units = reads.plan_and_units(actor, plan_id=plan_id)
    form = NewActivityForm(_data(request), plan=plan, units=units, asks_why=_asks_why(plan))

    def step() -> PlanDetail:
        return operations.add_activity(actor, plan_id=plan_id, **form.values())

    return _part(request, plan, "insatser", form, step, _("Insatsen är inskriven."))


@require_http_methods(GET_POST)
def activity_edit(request: HttpRequest, plan_id: UUID, activity_id: UUID) -> HttpResponse:
    """Change an activity, or how far it has come."""
    actor = actor_of(request)
    plan, units = reads.plan_and_units(actor, plan_id=plan_id)
    one = _activity(plan, activity_id)
    form = EditActivityForm(
        _data(request),
        plan=plan,
        units=units,
        asks_why=_asks_why(plan),
        initial=activity_initial(one),
    )

    def step() -> PlanDetail:
        return operations.edit_activity(
            actor,
            activity_id=activity_id,
            version=form.cleaned_data["version"] or 0,
            **form.values(),
        )

    part, words = f"insats-{activity_id}", _("Insatsen är ändrad.")
    return _part(request, plan, part, form, step, words, version=one.version)


@require_http_methods(GET_POST)
def activity_outcome(request: HttpRequest, plan_id: UUID, activity_id: UUID) -> HttpResponse:
    """Follow an activity up."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    one = _activity(plan, activity_id)
    start = {"status": one.status.value, "outcome": one.outcome, "version": one.version}
    form = ResultForm(_data(request), initial=start)

    def step() -> PlanDetail:
        return operations.follow_up_activity(actor, activity_id=activity_id, **form.values())

    part, words = f"insats-{activity_id}", _("Uppföljningen är sparad.")
    return _part(request, plan, part, form, step, words, version=one.version)


@require_POST
def activity_done(request: HttpRequest, plan_id: UUID, activity_id: UUID) -> HttpResponse:
    """Mark as done; it can be taken back at once."""
    made = operations.finish_activity(actor_of(request), activity_id=activity_id)
    _say(request, made, _("Insatsen är klar."))
    return to_part(made.id, f"insats-{activity_id}")


# ── status and undo ──


@require_POST
def activate(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Establish the plan."""
    made = operations.activate_plan(actor_of(request), plan_id=plan_id)
    if made.status is PlanStatus.ACTIVE:
        toast(request, _("Planen är fastställd och gäller från i dag."))
    else:
        toast(request, _("Enheterna har fått frågan. Planen gäller när alla har justerat den."))
    return to_part(plan_id)


@require_http_methods(GET_POST)
def end(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """End the plan, with the reason."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    _check_writable(plan)
    form = EndForm(_data(request))

    def step() -> PlanDetail:
        return operations.end_plan(actor, plan_id=plan_id, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Planen är avslutad. Den går fortfarande att läsa."))
        return to_part(plan_id)
    return show_plan(request, plan, open_part="avsluta", form=form, action=request.path)


@require_POST
def undo(request: HttpRequest, plan_id: UUID, version: int) -> HttpResponse:
    """Take the last change back."""
    operations.undo_change(actor_of(request), plan_id=plan_id, version=version)
    toast(request, translated(rules.CHANGE_WORDS[ChangeKind.UNDO]))
    return to_part(plan_id)


# ── comments ──


@require_http_methods(GET_POST)
def comment(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write something about the plan: the person, those who act for the person, staff."""
    actor = actor_of(request)
    plan = reads.plan(actor, plan_id=plan_id)
    form = CommentForm(_data(request), plan=plan)

    def step() -> PlanDetail:
        return operations.comment_plan(actor, plan_id=plan_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Tack. Alla som läser planen ser vad du har skrivit."))
        return to_part(plan_id, "ord")
    return show_plan(request, plan, open_part="ord", form=form, action=request.path)


@require_POST
def handle(request: HttpRequest, plan_id: UUID, comment_id: UUID) -> HttpResponse:
    """Say that what the person wrote has been taken care of."""
    made = operations.handle_comment(actor_of(request), comment_id=comment_id)
    toast(request, _("Noterat att ni har tagit hand om det."))
    return to_part(made.id, "ord")
