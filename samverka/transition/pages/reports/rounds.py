"""Rounds: where one begins, one round, a new one, and its steps."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.kernel.areas import counties
from samverka.kernel.calendar import local_date
from samverka.transition.forms.reports.rounds import DaysForm, OutsiderForm, RoundForm
from samverka.transition.operations import reports as operations
from samverka.transition.reads import reports as reads
from samverka.transition.reads.reports import RoundDetail
from samverka.transition.rules.reports.kinds import RECIPIENT_WORDS
from samverka.transition.rules.reports.rounds import ROUND_WORDS, demand_keeper
from samverka.transition.rules.reports.steps import STATUS_WORDS
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

WORDS = {
    "status_words": STATUS_WORDS,
    "round_words": ROUND_WORDS,
    "recipient_words": RECIPIENT_WORDS,
}
TONES = {
    "not-begun": "neutral",
    "answering": "info",
    "in-review": "info",
    "signed": "success",
    "locked": "success",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The own reports of open rounds, and every round."""
    found = reads.report_home(actor_of(request))
    context = {"found": found, "tones": TONES, **WORDS}
    return page(request, "transition/report_home.html", context)


@require_safe
def show_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """One round: who has come how far."""
    actor = actor_of(request)
    found = reads.round_detail(actor, round_id=round_id)
    return _round(request, found, DaysForm(initial=_days(found)), _outsider(found))


def _outsider(found: RoundDetail, data: object = None) -> OutsiderForm:
    return OutsiderForm(data, taken=[one.area for one in found.reports])


def _days(found: RoundDetail) -> dict[str, object]:
    return {"opens": found.round.opens, "due": found.round.due, "closes": found.round.closes}


def _round(
    request: HttpRequest, found: RoundDetail, days: DaysForm, outsider: OutsiderForm
) -> HttpResponse:
    context = {
        "found": found,
        "late": [one for one in found.reports if one.late],
        "waiting": [one for one in found.reports if one.status == "signed"],
        "days": days,
        "outsider": outsider if outsider.fields["county"].choices else None,  # type: ignore[attr-defined]
        "tones": TONES,
        **WORDS,
    }
    status = max(status_of(days), status_of(outsider))
    return page(request, "transition/report_round.html", context, status=status)


@require_http_methods(GET_POST)
def new_round(request: HttpRequest) -> HttpResponse:
    """Plan a round."""
    actor = actor_of(request)
    may_open(actor, action=Action.ROUND_EDIT)
    found = reads.report_home(actor)
    demand_keeper(kept=found.may_make)
    form = RoundForm(request.POST or None, today=local_date(actor.at), rounds=found.rounds)
    if request.method == "POST" and form.is_valid():
        fields = {"previous_id": "previous"}
        made = tried(form, lambda: operations.make_round(actor, **form.values()), fields)
        if made is not None:
            toast(request, _("Omgången är planerad. Öppna den när frågorna ska ut."))
            return redirect("transition:round", round_id=made.round.id)
    context = {"form": form}
    return page(request, "transition/report_round_new.html", context, status=status_of(form))


@require_http_methods(GET_POST)
def days(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Change a round's days."""
    actor = actor_of(request)
    may_open(actor, action=Action.ROUND_EDIT)
    found = reads.round_detail(actor, round_id=round_id)
    demand_keeper(kept=found.may_edit)
    form = DaysForm(request.POST or None, initial=_days(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: operations.move_round(actor, round_id=round_id, **given)):
            toast(request, _("Dagarna är ändrade."))
            return redirect("transition:round", round_id=round_id)
    return _round(request, found, form, _outsider(found))


@require_http_methods(GET_POST)
def outsider(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Ask another county's region."""
    actor = actor_of(request)
    may_open(actor, action=Action.ROUND_EDIT)
    found = reads.round_detail(actor, round_id=round_id)
    demand_keeper(kept=found.may_edit)
    form = _outsider(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["county"]

        def step() -> RoundDetail:
            name = counties()[code].region
            return operations.add_outsider(actor, round_id=round_id, county=code, name=name)

        if tried(form, step) is not None:
            toast(request, _("Regionen är tillagd. Läs in filen på dess rapport."))
            return redirect("transition:round", round_id=round_id)
    return _round(request, found, DaysForm(initial=_days(found)), form)


@require_POST
def open_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Open a round."""
    operations.open_round(actor_of(request), round_id=round_id)
    toast(request, _("Omgången är öppen. Alla kan börja svara."))
    return redirect("transition:round", round_id=round_id)


@require_POST
def publish(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Publish a round."""
    operations.publish_round(actor_of(request), round_id=round_id)
    toast(request, _("Omgången är publicerad. Alla kan läsa den."))
    return redirect("transition:round", round_id=round_id)
