"""Notes on a curve, and which questions an area follows: for those who follow it up."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.indicators import operations, reads
from samverka.indicators.forms.asking import area_of, asked
from samverka.indicators.forms.keeping import NoteForm, SetForm, first_choice
from samverka.indicators.pages.overview import theme_words
from samverka.indicators.reads import FigureDetail, NoteLine, OverviewDetail, SetLine
from samverka.kernel.problems import Conflict, NotAllowed
from samverka.kernel.text import text
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def note(request: HttpRequest, code: str) -> HttpResponse:
    """The notes on a curve, and a new one."""
    actor = actor_of(request)
    what = asked(code, request.GET.dict())
    found = reads.figure(actor, wanted=what.wanted)
    _only_who_keeps(found)
    form = NoteForm(request.POST or None)

    def step() -> NoteLine:
        given = form.cleaned_data
        return operations.add_note(
            actor, code="" if given["everywhere"] else code, area=found.area.code,
            on=given["on"], words=given["words"],
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Anteckningen står i kurvan."))
        return redirect(_figure(code, found.area.code))
    context = {
        "found": found, "form": form, "area_name": translated(found.area.name),
        "back": _figure(code, found.area.code),
        "notes": [one for one in found.notes if one.area == found.area.code],
    }  # fmt: skip
    return page(request, "indicators/note.html", context, status=status_of(form))


def _only_who_keeps(found: FigureDetail | OverviewDetail) -> None:
    if not found.may_edit:
        raise NotAllowed(
            text("%(area)s följs upp av en annan organisation.", area=found.area.name),
            mend=text("Be dem som följer upp området att göra ändringen."),
        )


@require_POST
def withdraw(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Take a note away."""
    gone = operations.withdraw_note(actor_of(request), note_id=note_id)
    toast(request, _("Anteckningen är borttagen: %(words)s") % {"words": gone.words})
    code = request.POST.get("code", "")
    return redirect(_figure(code, gone.area) if code else reverse("indicators:overview"))


def _figure(code: str, area: str) -> str:
    return f"{reverse('indicators:figure', args=[code])}?omrade={area}"


@require_http_methods(GET_POST)
def choose(request: HttpRequest) -> HttpResponse:
    """Which questions an area follows, in its own order."""
    actor = actor_of(request)
    found = reads.overview(actor, area=area_of(request.GET.dict()))
    _only_who_keeps(found)
    form = SetForm(request.POST or None, choices=_choices(found), initial=_now(found))

    def step() -> SetLine:
        return operations.choose_figures(
            actor, area=found.area.code, codes=form.codes,
            published=form.cleaned_data["published"], version=form.cleaned_data["version"],
        )  # fmt: skip

    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, step, {"codes": "place_1"}, also=(Conflict,)) is not None:
        toast(request, _("Valet är sparat."))
        return redirect(f"{reverse('indicators:overview')}?omrade={found.area.code}")
    context = {
        "form": form, "area_name": translated(found.area.name), "embeds": _embeds(request, found),
        "back": f"{reverse('indicators:overview')}?omrade={found.area.code}",
    }  # fmt: skip
    return page(request, "indicators/choose.html", context, status=status_of(form))


def _choices(found: OverviewDetail) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (name, [(one.measure.code, one.measure.question) for one in found.rest
                if one.measure.theme is theme])
        for theme, name in theme_words().items()
    ]  # fmt: skip


def _now(found: OverviewDetail) -> dict[str, object]:
    codes = [one.measure.code for one in found.chosen]
    own = found.figure_set if found.own_set else None
    return first_choice(
        codes, published=bool(own and own.published), version=own.version if own else 0
    )


def _embeds(request: HttpRequest, found: OverviewDetail) -> list[tuple[str, str]]:
    """Addresses that other sites can show; only what is published."""
    own = found.figure_set if found.own_set else None
    if own is None or not own.published:
        return []
    questions = {one.measure.code: one.measure.question for one in found.rest}
    return [
        (questions[code], request.build_absolute_uri(
            reverse("indicators:published", args=[own.area, code])))
        for code in own.codes if code in questions
    ]  # fmt: skip
