"""Letters to the person: read before they are written, kept word for word, printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.guarantee import operations, reads
from samverka.guarantee.forms import LetterForm
from samverka.guarantee.reads import LetterDetail, WaitDetail
from samverka.guarantee.rules import LETTER_WORDS, LetterKind
from samverka.guarantee.rules.letters import Way
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound, Problem
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.paper import Card, Section, Sheet, as_pdf, is_large
from samverka.web.toasts import toast
from samverka.web.trying import GET_POST, status_of, tried


@require_http_methods(GET_POST)
def write_letter(request: HttpRequest, wait_id: UUID, letter_kind: str) -> HttpResponse:
    """Read what the letter says, then write it."""
    actor = actor_of(request)
    kind = next((one for one in LetterKind if one.value == letter_kind), None)
    if kind is None:
        raise NotFound(_("Sidan finns inte, eller så får du inte se den."))
    found = reads.wait_to_edit(actor, wait_id=wait_id)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        step = lambda: operations.write_letter(actor, wait_id=wait_id, kind=kind)  # noqa: E731
        made = tried(form, step)
        if made is not None:
            toast(request, _done(made.letters[0]))
            return redirect("guarantee:wait", wait_id=wait_id)
    context = {
        "found": found,
        "person": found.person,
        "form": form,
        "heading": LETTER_WORDS[kind],
        "words": _preview(found, kind),
    }
    return page(request, "guarantee/letter.html", context, status=status_of(form))


def _done(one: LetterDetail) -> str:
    if one.way is Way.PAGE:
        return _("Brevet är skickat till personens sida.")
    return _("Brevet är skrivet. Personen har ingen egen sida: skriv ut det och skicka det.")


def _preview(found: WaitDetail, kind: LetterKind) -> list[str]:
    """The letter as it would be; what is missing is said in its place."""
    try:
        return [str(one) for one in reads.letter_words(found, kind)]
    except Problem as problem:
        return [translated(one) for one in (problem.message, problem.mend) if one]


@require_safe
def letter_paper(request: HttpRequest, wait_id: UUID, letter_id: UUID) -> HttpResponse:
    """A written letter as PDF, for the staff who wrote it and for the person."""
    actor = actor_of(request)
    found = reads.wait(actor, wait_id=wait_id)
    one = next((it for it in found.letters if it.id == letter_id), None)
    if one is None:
        raise NotFound(_("Sidan finns inte, eller så får du inte se den."))
    sheet = _sheet(found, one)
    return as_pdf(sheet, on=local_date(one.noted_at), large=is_large(request), name="brev")


def _sheet(found: WaitDetail, one: LetterDetail) -> Sheet:
    first, *rest = one.words
    who = [it for it in (found.unit.name, found.unit.phone, found.unit.phone_hours) if it]
    return Sheet(
        title=one.heading,
        heading=one.heading,
        lead=found.person.name,
        card=Card(first, rest[0] if rest else "", []),
        sections=[
            Section(_("Så är det"), list(rest[1:])),
            Section(_("Kontakt"), who),
        ],
    )
