"""Going home: the list, and the first contact at home."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.discharge import operations, reads
from samverka.discharge.forms import AfterForm, AnswerForm, AskForm, HandForm, NotReachedForm
from samverka.discharge.pages.cases import SAID
from samverka.discharge.reads import AfterView, CaseDetail, GoingHomeView, ItemDetail
from samverka.discharge.rules.after import Feeling
from samverka.discharge.rules.kinds import Part
from samverka.kernel.problems import NotFound
from samverka.web.door import actor_of
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried

# ── the list ──


@require_safe
def going_home(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The list: what is asked, of whom, and what they say."""
    found = reads.going_home(actor_of(request), case_id=case_id)
    return _list_page(request, found, AnswerForm(items=found.own), AskForm(found=found))


def _list_page(
    request: HttpRequest, found: GoingHomeView, answer: AnswerForm, ask: AskForm
) -> HttpResponse:
    own = {one.id for one in found.own}
    context = {
        "found": found,
        "case": found.case,
        "person": found.case.person,
        "answer": answer,
        "ask": ask,
        "others": [one for one in found.items if one.id not in own],
        "may_hand": found.may_ask and found.case.own_part is Part.WARD,
    }
    status = max(status_of(answer), status_of(ask))
    return page(request, "discharge/going_home.html", context | SAID, status=status)


@require_POST
def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The own unit's answers, as many as were given. With none left, one is back in the case."""
    actor = actor_of(request)
    found = reads.going_home(actor, case_id=case_id)
    form = AnswerForm(request.POST, items=found.own)

    def step() -> CaseDetail:
        return operations.answer_items(actor, case_id=case_id, said=form.said())

    if form.is_valid() and tried(form, step) is not None:
        toast(request, _("Svaret är sparat. De andra i ärendet ser det."))
        left = {one.id for one in found.own if one.left} - form.said().keys()
        return redirect("discharge:going_home" if left else "discharge:case", case_id=case_id)
    return _list_page(request, found, form, AskForm(found=found))


@require_POST
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put lines on the list."""
    actor = actor_of(request)
    found = reads.going_home(actor, case_id=case_id)
    form = AskForm(request.POST, found=found)

    def step() -> CaseDetail:
        return operations.ask_items(actor, case_id=case_id, **form.values())

    if form.is_valid() and tried(form, step) is not None:
        toast(request, _("Listan är sparad. De som ska svara har fått en uppgift."))
        return redirect("discharge:going_home", case_id=case_id)
    return _list_page(request, found, AnswerForm(items=found.own), form)


@require_http_methods(GET_POST)
def hand_over(request: HttpRequest, case_id: UUID, item_id: UUID) -> HttpResponse:
    """Let another unit answer for a line."""
    actor = actor_of(request)
    found = reads.going_home(actor, case_id=case_id)
    item = _item(found, item_id)
    units = [one for one in found.units if one.id != item.unit_id]
    form = HandForm(request.POST or None, units=units)

    def step() -> CaseDetail:
        return operations.hand_over_item(actor, item_id=item_id, unit_id=form.unit_id())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Frågan är lämnad vidare."))
        return redirect("discharge:going_home", case_id=case_id)
    context = {"form": form, "item": item, "case": found.case, "person": found.case.person}
    return page(request, "discharge/hand_over.html", context, status=status_of(form))


def _item(found: GoingHomeView, item_id: UUID) -> ItemDetail:
    item = next((one for one in found.items if one.id == item_id), None)
    if item is None:
        raise NotFound(_("Frågan finns inte i ärendet."))
    return item


# ── at home ──


@require_http_methods(GET_POST)
def after(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The first contact at home: five questions."""
    actor = actor_of(request)
    found = reads.after_view(actor, case_id=case_id)
    form = AfterForm(request.POST or None)

    def step() -> CaseDetail:
        return operations.note_after(actor, case_id=case_id, **form.values())

    if request.method == "POST" and form.is_valid() and tried(form, step) is not None:
        toast(request, _("Svaren är sparade."))
        return redirect("discharge:after", case_id=case_id)
    return _after_page(request, found, form, NotReachedForm())


@require_POST
def not_reached(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Nobody answered."""
    actor = actor_of(request)
    found = reads.after_view(actor, case_id=case_id)
    form = NotReachedForm(request.POST)

    def step() -> CaseDetail:
        words = form.cleaned_data["words"]
        return operations.note_not_reached(actor, case_id=case_id, words=words)

    if form.is_valid() and tried(form, step) is not None:
        toast(request, _("Försöket är noterat."))
        return redirect("discharge:after", case_id=case_id)
    return _after_page(request, found, AfterForm(), form)


def _after_page(
    request: HttpRequest, found: AfterView, form: AfterForm, missed: NotReachedForm
) -> HttpResponse:
    context = {
        "found": found,
        "case": found.case,
        "person": found.case.person,
        "form": form,
        "missed": missed,
        "worries": Feeling.WORRIES,
    }
    status = max(status_of(form), status_of(missed))
    return page(request, "discharge/after.html", context | SAID, status=status)
