"""Pages: what waits on the unit, what is done with a task, a unit's settings and numbers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.contract.pages.shared import tried
from samverka.contract.reads import notices as reads
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict
from samverka.notices import operations
from samverka.notices import reads as kept
from samverka.notices.forms import (
    HandOverForm,
    SettingsForm,
    against_newest,
    both_texts,
    settings_initial,
)
from samverka.notices.reads import TaskDetail
from samverka.notices.rules import FILTER_WORDS, Filter
from samverka.organisations.reads import unit
from samverka.web.door import actor_of, polled, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import status_of

GET_POST = ["GET", "HEAD", "POST"]
_FILTER = "visa"


# ── the list ──


def _filter_of(request: HttpRequest) -> Filter:
    """The filter in the address or the form; nonsense is all."""
    asked = request.POST.get(_FILTER) or request.GET.get(_FILTER, "")
    return next((one for one in Filter if one.value == asked), Filter.ALL)


def board(request: HttpRequest, *, offices: Mapping[str, bool]) -> HttpResponse:
    """What waits on the unit, on its start page."""
    actor, only = actor_of(request), _filter_of(request)
    found = reads.unit_board(actor, only=only)
    if found.unshown:
        operations.note_shown(actor, task_ids=found.unshown)
    context = {
        "board": found,
        "offices": offices,
        "only": only.value,
        "tabs": [_tab(one, only, found) for one in Filter],
        "since": actor.at.isoformat(),
    }
    return page(request, "contract/start.html", context)


def _tab(one: Filter, chosen: Filter, found: reads.Board) -> dict[str, object]:
    return {
        "href": _address(one),
        "label": translated(FILTER_WORDS[one]),
        "count": found.counts[one],
        "current": one is chosen,
    }


def _address(only: Filter) -> str:
    start = reverse("contract:start")
    return start if only is Filter.ALL else f"{start}?{_FILTER}={only.value}"


@polled
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Whether the list has changed since it was shown: asked by the page, now and then."""
    known = request.headers.get("If-None-Match", "").strip('"')
    found = kept.changes(actor_of(request), known=known, since=_since(request))
    if not found.count:
        return HttpResponseNotModified()
    context = {
        "found": found,
        "href": _address(_filter_of(request)),
        "since": request.GET.get("sedan", ""),
        "only": _filter_of(request).value,
    }
    response = page(request, "contract/parts/changes.html", context)
    response["ETag"] = f'"{found.digest}"'
    return response


def _since(request: HttpRequest) -> datetime:
    """When the page was shown; nonsense is now."""
    at = actor_of(request).at
    try:
        since = datetime.fromisoformat(request.GET.get("sedan", ""))
    except ValueError:
        return at
    return since if since.tzinfo else at


# ── one task ──


@require_POST
def open_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Go to where the task is done; the unit has then opened it."""
    found = operations.note_seen(actor_of(request), task_id=task_id)
    if found.address.startswith("/") and not found.address.startswith("//"):
        return redirect(found.address)
    return redirect("contract:person", person_id=found.person_id)


@require_POST
def take(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take a task, or take it over from a colleague."""
    over = request.POST.get("over") == "1"
    operations.take_task(actor_of(request), task_id=task_id, over=over)
    return _done(request, task_id, _("Du har tagit uppgiften."))


@require_POST
def finish(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Say that a task is done."""
    operations.finish_task(actor_of(request), task_id=task_id)
    return _done(request, task_id, _("Uppgiften är klar."))


@require_POST
def undo(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take back the last step."""
    operations.undo_task(actor_of(request), task_id=task_id)
    toast(request, _("Ångrat. Uppgiften är som den var."))
    return redirect("contract:start")


def _done(request: HttpRequest, task_id: UUID, words: str) -> HttpResponse:
    toast(request, words, undo=reverse("contract:task_undo", args=[task_id]))
    return redirect(_address(_filter_of(request)))


@require_http_methods(GET_POST)
def hand_over(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Hand a task over to a colleague or another unit."""
    actor = actor_of(request)
    found = reads.hand_over_page(actor, task_id=task_id)
    form = HandOverForm(request.POST or None, colleagues=found.colleagues, units=found.units)
    if request.method == "POST" and form.is_valid():
        done = tried(form, _handing(actor, found.task, form))
        if done is not None:
            return _done(request, task_id, _("Uppgiften är överlämnad."))
    context = {"task": found.task, "form": form}
    return page(request, "contract/hand_over.html", context, status=status_of(form))


def _handing(actor: Actor, task: TaskDetail, form: HandOverForm) -> Callable[[], TaskDetail]:
    staff_id, unit_id = form.staff_id(), form.unit_id()
    reason = form.cleaned_data["reason"]

    def hand() -> TaskDetail:
        if staff_id is not None:
            return operations.give_task(actor, task_id=task.id, staff_id=staff_id, reason=reason)
        assert unit_id is not None, "the form lets nothing else through"
        return operations.hand_over_task(actor, task_id=task.id, unit_id=unit_id, reason=reason)

    return hand


@require_POST
def step_in(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Take on what another unit has not opened in time."""
    operations.step_in(actor_of(request), home_unit_id=unit_id)
    toast(request, _("Ni har tagit över. Uppgifterna står nu på er lista."))
    return redirect("contract:start")


# ── a unit's settings and numbers ──


@require_http_methods(GET_POST)
def settings(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """How a unit wants its notices."""
    actor = actor_of(request)
    may_open(actor, action=Action.NOTICE_READ)
    found = reads.settings_page(actor, unit_id=unit_id)
    begun = settings_initial(found.settings)
    form = SettingsForm(request.POST or None, initial=begun, units=found.units)
    conflict: Sequence[Mapping[str, object]] | None = None
    if request.method == "POST" and form.is_valid():
        values = form.values() | {"unit_id": unit_id}
        try:
            saved = tried(form, lambda: operations.change_settings(actor, **values))
        except Conflict as lost:
            saved, conflict = None, both_texts(form, lost)
            form = against_newest(form, found.settings.version)
        if saved is not None:
            toast(request, _("Inställningarna är sparade."))
            return redirect("contract:unit_notices", unit_id=unit_id)
    context = {
        "unit": found.unit,
        "conflict": conflict,
        "found": found.settings,
        "manager_sees": found.manager_sees,
        "form": form,
    }
    status = status_of(form) if conflict is None else Conflict.status
    return page(request, "contract/unit_notices.html", context, status=status)


@require_safe
def statistics(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """How a unit's notices have been met."""
    actor = actor_of(request)
    may_open(actor, action=Action.NOTICE_READ)
    lines = kept.unit_statistics(actor, unit_id=unit_id)
    context = {
        "unit": unit(actor, unit_id=unit_id),
        "lines": lines,
        "finding": reads.finding(lines),
    }
    return page(request, "contract/unit_statistics.html", context)


@require_safe
def statistics_csv(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    actor = actor_of(request)
    may_open(actor, action=Action.NOTICE_READ)
    lines = kept.unit_statistics(actor, unit_id=unit_id)
    name = f"notiser-{slugify(unit(actor, unit_id=unit_id).name)}.csv"
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # so that spreadsheets read å, ä and ö
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Månad"), _("Slag"), _("Kom"), _("Visades"), _("Togs om hand"), _("Ingen öppnade")])  # fmt: skip
    for one in lines:
        numbers = (one.opened, one.shown, one.acted, one.ignored)
        writer.writerow([date_format(one.month, "Y-m"), translated(one.kind_words), *numbers])
    return response
