"""The summary of a round, and what anyone may read without a log-in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.kernel.areas import counties
from samverka.transition.pages.reports.answering import told
from samverka.transition.reads import reports as reads
from samverka.transition.reads.reports import SummaryDetail
from samverka.transition.rules.reports.coded import Coded
from samverka.transition.rules.reports.codes import TOPIC_WORDS
from samverka.transition.rules.reports.kappa import Agreement
from samverka.transition.rules.reports.kinds import (
    FINDING_WORDS,
    PARTLY_WORDS,
    REACH_WORDS,
    RECIPIENT_WORDS,
    RESPONSIBLE_WORDS,
    Partly,
    Responsible,
)
from samverka.transition.rules.reports.summary import FactorCount, FindingCount, Summary
from samverka.web.door import actor_of, public, translated
from samverka.web.maps import Classes, MapValue, area_map, area_name
from samverka.web.page import page

KINDS = [(one, name, "download") for one, name in
         (("xlsx", "Excel"), ("csv", "CSV"), ("docx", "Word"), ("pdf", "PDF"))]  # fmt: skip
"""What a summary can be kept as: ending, name, icon."""

VALUES = {Partly.NO.value: 0.0, Partly.PARTLY.value: 1.0, Partly.YES.value: 2.0}
"""Where on the map's scale each answer stands."""


@require_safe
def summary(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """A round's summary, for staff."""
    found = reads.round_summary(actor_of(request), round_id=round_id)
    context = shown(found, "transition:report") | {"public": False}
    return page(request, "transition/report_summary.html", context)


@public
@require_safe
def public_rounds(request: HttpRequest) -> HttpResponse:
    """The published rounds; for anyone."""
    rounds = reads.published_rounds()
    return page(request, "transition/report_public.html", {"rounds": rounds})


@public
@require_safe
def public_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """A published round: its summary and its reports; for anyone."""
    found = reads.published_summary(round_id)
    context = shown(found, "transition:public_report") | {"public": True}
    return page(request, "transition/report_summary.html", context)


@public
@require_safe
def public_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A locked report of a published round; for anyone."""
    found = reads.published_report(report_id)
    areas = [
        {"part": part, "rows": [told(line) for line in part.questions]} for part in found.areas
    ]
    context = {"found": found, "areas": areas}
    return page(request, "transition/report_public_one.html", context)


# ── the summary in words ──


def shown(found: SummaryDetail, address: str) -> dict[str, Any]:
    """What the page of a summary shows. `address`: where a report leads."""
    parts = [_part(one, found, address) for one in (found.regions, found.municipalities) if one.of]
    lists = [
        (
            translated(RECIPIENT_WORDS[summed.recipient]),
            [one for one in found.reports if one.recipient is summed.recipient],
        )
        for summed in (found.regions, found.municipalities)
    ]
    return {
        "found": found,
        "parts": parts,
        "lists": [(name, lines) for name, lines in lists if lines],
        "address": address,
        "kinds": KINDS,
        "responsible": [translated(RESPONSIBLE_WORDS[one]) for one in Responsible],
        "reach_words": [translated(one) for one in REACH_WORDS.values()],
    }


def _part(summed: Summary, found: SummaryDetail, address: str) -> dict[str, Any]:
    year = found.before.year if found.before else None
    regions = summed.recipient == "region"
    places = {one.area: reverse(address, args=[one.id]) for one in found.reports if one.may_open}
    return {
        "summary": summed,
        "regions": regions,
        "findings": [
            {
                "name": translated(FINDING_WORDS[one.finding]),
                "sentence": sentence(one, regions=regions),
                "count": one,
                "moves": moves(one, year),
                "map": _map(one, places) if regions and one.of > 1 else "",
            }
            for one in summed.findings
        ],
        "successes": [_factor(one) for one in summed.successes if one.count],
        "obstacles": [_factor(one) for one in summed.obstacles if one.count],
        "signs": [one for one in summed.signs if one.count],
        "coded": coded_words(found.coded[summed.recipient]),
        "coded_rows": coded_rows(found.coded[summed.recipient]),
        "reaches": [
            (one.question.words, [(translated(REACH_WORDS[how]), n) for how, n in one.by.items()])
            for one in summed.reaches
        ],
    }


def sentence(one: FindingCount, *, regions: bool) -> str:
    """One finding as one would say it: "19 av 21 regioner"."""
    words = {"yes": one.yes, "of": one.of, "partly": one.partly}
    if regions:
        return _("%(yes)d av %(of)d regioner säger ja, %(partly)d säger delvis.") % words
    return _("%(yes)d av %(of)d kommuner säger ja, %(partly)d säger delvis.") % words


def moves(one: FindingCount, year: int | None) -> str:
    """Who has moved since the round before; empty where there is nothing to say."""
    if year is None:
        return ""
    said = []
    if one.forward:
        said.append(_("Längre fram än %(year)d: %(names)s.") % {"year": year, "names": ", ".join(one.forward)})  # fmt: skip
    if one.back:
        said.append(_("Tillbaka sedan %(year)d: %(names)s.") % {"year": year, "names": ", ".join(one.back)})  # fmt: skip
    return " ".join(said) or _("Ingen har ändrat sitt svar sedan %(year)d.") % {"year": year}


def coded_words(one: Coded) -> list[str]:
    """How far the coding has come and how alike the two read; nothing before two have read something."""
    if not one.agreement.n:
        return []
    said = [_("%(done)d av %(of)d texter är lästa av två och klara.") % {"done": one.done, "of": one.texts}]  # fmt: skip
    if one.differ:
        said.append(_("Läsarna är oense om %(n)d texter; de räknas inte än.") % {"n": one.differ})
    share, kappa = agreed(one.agreement)
    said.append(_("Läsarna såg samma sak i %(share)s av bedömningarna, kappa %(kappa)s.") % {"share": share, "kappa": kappa})  # fmt: skip
    return said


def coded_rows(one: Coded) -> list[tuple[str, str, int]]:
    """(topic, code, how many name it) of what someone names."""
    return [
        (translated(TOPIC_WORDS[each.code.topic]), each.code.name, each.count)
        for each in one.counts
        if each.count
    ]


def agreed(found: Agreement) -> tuple[str, str]:
    """The share of what two read alike, and kappa, in words."""
    percent = "–" if found.share is None else f"{float(found.share) * 100:.0f} %"
    return percent, "–" if found.kappa is None else f"{float(found.kappa):.2f}".replace(".", ",")


def _factor(one: FactorCount) -> dict[str, Any]:
    by = [(translated(RESPONSIBLE_WORDS[who]), one.by[who]) for who in Responsible]
    return {"name": one.name, "count": one.count, "by": by}


def _map(one: FindingCount, places: dict[str, str]) -> SafeString:
    values = {}
    for code in counties():
        choice = one.answers.get(code, "")
        said = translated(PARTLY_WORDS[Partly(choice)]) if choice else _("inget svar")
        name = area_name(code)
        values[code] = MapValue(VALUES.get(choice), f"{name}: {said}", href=places.get(code, ""))
    legend = tuple(translated(PARTLY_WORDS[key]) for key in (Partly.NO, Partly.PARTLY, Partly.YES))
    name = translated(FINDING_WORDS[one.finding])
    return area_map(
        values,
        areas="counties",
        key=f"karta-{one.finding.value}",
        title=name,
        desc=sentence(one, regions=True),
        classes=Classes((0.5, 1.5), legend),
        named=False,
    )
