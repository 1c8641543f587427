"""Coding of free words: the texts of a round, what one sees in each, how two agree."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samverka.transition.operations import reports as operations
from samverka.transition.pages.reports.showing import agreed
from samverka.transition.reads import reports as reads
from samverka.transition.reads.reports import CodingDetail
from samverka.transition.rules.reports.codes import READING_WORDS, TOPIC_WORDS, Reading, Topic
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.toasts import toast

SHOWN = 10
"""Texts on one page: a reader does not tire of the rest."""


@require_safe
def coding(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The texts that one has not read first."""
    found = reads.round_coding(actor_of(request), round_id=round_id)
    mine = [one for one in found.texts if one.mine is None and len(one.readers) < 2]
    differ = [one for one in found.texts if one.read and one.settled is None]
    names = {one.code: one.name for one in found.codes}
    context = {
        "found": found,
        "topics": [
            (translated(TOPIC_WORDS[topic]), [one for one in found.codes if one.topic is topic])
            for topic in Topic
        ],
        "texts": mine[:SHOWN],
        "left": len(mine),
        "done": sum(one.settled is not None for one in found.texts),
        "differ": [
            {
                "text": one,
                "seen": [
                    (translated(READING_WORDS[key]), [names.get(code, code) for code in sorted(codes)])
                    for key, codes in one.read.items()
                    if key is not Reading.RESOLVED
                ],
                "either": frozenset().union(*one.read.values()),
            }
            for one in differ[:SHOWN]
        ],
        "kappa": _agreement(found),
    }  # fmt: skip
    return page(request, "transition/report_coding.html", context)


def _agreement(found: CodingDetail) -> list[tuple[str, int, str, str]]:
    """(code, texts, share alike, kappa) of the codes that someone has seen; the whole first."""
    rows = [(_("Alla koder"), found.whole.n, *agreed(found.whole))]
    for one in found.codes:
        each = found.agreement[one.code]
        if each.n and each.kappa is not None:
            rows.append((one.name, each.n, *agreed(each)))
    return rows if found.whole.n else []


@require_POST
def code(request: HttpRequest, round_id: UUID, answer_id: UUID) -> HttpResponse:
    """What one sees in an answer; or what two have decided."""
    actor, codes = actor_of(request), request.POST.getlist("codes")
    if request.POST.get("beslut"):
        operations.resolve_coding(actor, answer_id=answer_id, codes=codes)
        toast(request, _("Beslutet är sparat."))
    else:
        operations.code_answer(actor, answer_id=answer_id, codes=codes)
        toast(request, _("Din läsning är sparad."))
    return redirect(reverse("transition:coding", args=[round_id]))
