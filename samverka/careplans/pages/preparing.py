"""Before the meeting: one question per screen, send, and take in what was sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import operations, reads, rules
from samverka.careplans.forms import PrepForm
from samverka.careplans.pages.showing import base_of
from samverka.careplans.pages.writing import to_part
from samverka.careplans.reads import PreparationPage
from samverka.careplans.rules import PREP_PARTS, PrepPart
from samverka.kernel.problems import Conflict, NotAllowed, NotFound
from samverka.people.rules import LANGUAGES, RELATIVE_WORDS
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_safe
def preparation(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What has been written, what is left, and what was sent."""
    found = reads.preparation(actor_of(request), plan_id=plan_id)
    sent = {one.part for one in found.sent}
    parts = [
        {
            "slug": part.value,
            "ask": translated(spec.ask),
            "label": translated(spec.label),
            "words": found.draft[part].words if part in found.draft else "",
            "sent": part in sent,
        }
        for part, spec in PREP_PARTS.items()
    ]
    context = _context(request, found) | {"parts": parts}
    mine = actor_of(request).is_person
    template = "careplans/prepare_mine.html" if mine else "careplans/prepare.html"
    return page(request, template, context)


def _context(request: HttpRequest, found: PreparationPage) -> dict[str, Any]:
    return {
        "base": base_of(request),
        "found": found,
        "person": found.person,
        "languages": LANGUAGES,
        "relative_kinds": RELATIVE_WORDS,
    }


def _part_of(slug: str) -> PrepPart:
    try:
        return PrepPart(slug)
    except ValueError as fault:
        raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN]) from fault


@require_http_methods(GET_POST)
def part(request: HttpRequest, plan_id: UUID, part: str) -> HttpResponse:
    """One question: saved while one writes, and when one goes on."""
    actor, asked = actor_of(request), _part_of(part)
    found = reads.preparation(actor, plan_id=plan_id)
    if not found.may_write:
        raise NotAllowed(rules.MAY_NOT_WRITE)
    form = PrepForm(
        request.POST if request.method == "POST" else None,
        part=asked,
        initial=_initial(found, asked),
    )
    conflict: list[dict[str, object]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = tried(form, lambda: _written(request, plan_id, asked, form))
        except Conflict as lost:
            made, conflict = None, _both(form, lost)
            found = reads.preparation(actor, plan_id=plan_id)
            form = _against(form, asked, found)
        if made is not None:
            return _saved(request, made, asked)
    return _question(request, found, asked, form, conflict)


def _initial(found: PreparationPage, asked: PrepPart) -> dict[str, str]:
    now = found.draft.get(asked)
    return {"words": now.words, "seen_at": now.written_at.isoformat()} if now else {}


def _written(
    request: HttpRequest, plan_id: UUID, asked: PrepPart, form: PrepForm
) -> PreparationPage:
    return operations.write_preparation(
        actor_of(request), plan_id=plan_id, part=asked, **form.values()
    )


def _both(form: PrepForm, lost: Conflict) -> list[dict[str, object]]:
    label = form.fields["words"].label
    return [{"label": label, "mine": lost.mine["words"], "theirs": lost.theirs["words"]}]


def _against(form: PrepForm, asked: PrepPart, found: PreparationPage) -> PrepForm:
    """The writer's own words again, now against what the other wrote."""
    seen = _initial(found, asked).get("seen_at", "")
    return PrepForm({"words": form.cleaned_data["words"], "seen_at": seen}, part=asked)


def _saved(request: HttpRequest, made: PreparationPage, asked: PrepPart) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        now = made.draft[asked].written_at
        return page(
            request, "careplans/prepare_saved.html", {"at": now, "seen_at": now.isoformat()}
        )
    after = rules.next_part(asked)
    if after is None or request.POST.get("klar"):
        toast(request, _("Sparat. Inget är skickat än."))
        return redirect("careplans:preparation", plan_id=made.plan_id)
    return redirect("careplans:preparation_part", plan_id=made.plan_id, part=after.value)


def _question(
    request: HttpRequest,
    found: PreparationPage,
    asked: PrepPart,
    form: PrepForm,
    conflict: list[dict[str, object]] | None,
) -> HttpResponse:
    order = list(PrepPart)
    before = rules.part_before(asked)
    context = _context(request, found) | {
        "form": form,
        "part": asked.value,
        "ask": translated(PREP_PARTS[asked].ask),
        "number": order.index(asked) + 1,
        "total": len(order),
        "before": before.value if before else "",
        "last": rules.next_part(asked) is None,
        "shows_facts": asked is PrepPart.NETWORK,
        "conflict": conflict,
        "writer": found.draft[asked].by if asked in found.draft else "",
    }
    status = Conflict.status if conflict else status_of(form)
    return page(request, "careplans/prepare_part.html", context, status=status)


@require_POST
def send(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Send what has been written."""
    made = operations.send_preparation(actor_of(request), plan_id=plan_id)
    toast(request, _("Skickat till %(unit)s.") % {"unit": made.unit_name})
    return redirect("careplans:preparation", plan_id=plan_id)


@require_POST
def take(request: HttpRequest, words_id: UUID) -> HttpResponse:
    """Take the person's words into the plan as they stand."""
    made = operations.take_words(actor_of(request), words_id=words_id)
    toast(request, _("Personens ord står nu i planen."))
    return redirect("careplans:preparation", plan_id=made.plan_id)


@require_POST
def read(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Say that what was sent has been read."""
    made = operations.read_preparation(actor_of(request), preparation_of=plan_id)
    toast(request, _("Noterat att ni har läst."))
    return to_part(made.plan_id)
