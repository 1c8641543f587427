"""The basis as a workbook, on paper, and as a plain table. Case numbers only: never a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.discharge import reads
from samverka.discharge.reads import BasisDetail, BasisLine, ObjectionDetail
from samverka.discharge.rules.invoicing import BASIS_WORDS
from samverka.kernel.calendar import local_date
from samverka.web.door import actor_of, translated
from samverka.web.paper import typeset
from samverka.web.sheets import (
    WORKBOOK,
    Cell,
    Rows,
    Sheet,
    plain,
    sent,
    sent_table,
    workbook_of,
)
from samverka.web.templatetags.words import day

TEMPLATE = "templates/discharge/basis.typ"


@require_safe
def workbook(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    """Three sheets: the sum, the cases, and every day with its reason."""
    found = reads.basis(actor_of(request), basis_id=basis_id)
    return sent(workbook_of(_sheets(found)), WORKBOOK, _file(found, "xlsx"))


@require_safe
def table(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    """Every day with its reason, as a plain table."""
    found = reads.basis(actor_of(request), basis_id=basis_id)
    return sent_table(_days(found), _file(found, "csv"))


@require_safe
def paper(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    """The basis as PDF/UA, to be sent with the invoice."""
    actor = actor_of(request)
    found = reads.basis(actor, basis_id=basis_id)
    body = typeset("samverka.discharge", TEMPLATE, _told(found, local_date(actor.at)))
    return sent(body, "application/pdf", _file(found, "pdf"))


def _file(found: BasisDetail, ending: str) -> str:
    head = found.head
    return f"underlag-{head.municipality_code}-{head.period.first:%Y-%m}-{head.number}.{ending}"


# ── what stands in them ──


def title_of(found: BasisDetail) -> str:
    """ "Underlag för betalning, Krokoms kommun, 1–30 november 2026"."""
    head = found.head
    said = {
        "municipality": head.municipality,
        "first": day(head.period.first),
        "last": day(head.period.last),
    }
    return _("Underlag för betalning: %(municipality)s, %(first)s till %(last)s") % said


def _facts(found: BasisDetail) -> Rows:
    head = found.head
    rows: Rows = [
        [_("Kommun"), head.municipality],
        [_("Från och med"), head.period.first],
        [_("Till och med"), head.period.last],
        [_("Nummer"), head.number],
        [_("Läge"), translated(BASIS_WORDS[head.status])],
        [_("Dygn att betala"), head.days],
        [_("Kronor"), head.kronor if head.kronor is not None else _unknown(found)],
    ]
    average = found.average
    if average is not None:
        rows += [
            [_("Vårdtillfällen i genomsnittet"), len(average.stays)],
            [_("Genomsnitt, dygn"), average.value],
            [_("Dygn över gränsen"), average.excess],
        ]
    for one in found.amounts:
        rows.append([_("Belopp per dygn %(year)s") % {"year": one.year}, one.rate, one.source])
    rows += [[_("Villkor"), translated(one)] for one in found.terms]
    rows += [[_("Osäkert i lagen"), translated(one)] for one in _notes(found)]
    return rows


def _unknown(found: BasisDetail) -> str:
    return translated(found.refusal) if found.refusal else _("Okänt")


def _notes(found: BasisDetail) -> list[str]:
    """What is uncertain, each thing once."""
    own = [note for line in found.lines for note in line.notes]
    return list(dict.fromkeys([*found.notes, *own]))


def _cases(found: BasisDetail) -> Rows:
    head: list[Cell] = [
        _("Ärende"), _("Inskriven"), _("Underrättad"), _("Utskriven"), _("Dygn att betala"),
        _("Dygn i genomsnittet"), _("Kronor"), _("Förklaring"), _("Invändning"),
    ]  # fmt: skip
    return [head, *(_case(one) for one in found.lines)]


def _case(one: BasisLine) -> list[Cell]:
    said = "; ".join(_objection(it) for it in one.objections)
    return [
        one.number, one.admitted_on, one.told_on, one.discharged_on, one.paid, one.averaged,
        one.kronor, translated(one.said), said,
    ]  # fmt: skip


def _objection(one: ObjectionDetail) -> str:
    """What the municipality says, and what the region answered."""
    if one.upheld is None:
        answer = _("Väntar på regionens svar.")
    else:
        ruled = _("Kommunen fick rätt") if one.upheld else _("Regionen sa nej")
        answer = f"{ruled}: {one.words}"
    return f"{one.reason} – {answer}"


def _days(found: BasisDetail) -> Rows:
    rows: Rows = [[_("Ärende"), _("Dag"), _("Räknas"), _("Därför att"), _("Lagrum"), _("Dessutom")]]
    for line in found.lines:
        for one in line.days:
            counted = _("ja") if one.counted else _("nej")
            also = " ".join(translated(it) for it in one.also)
            rows.append([line.number, one.day, counted, translated(one.why), one.section, also])
    return rows


# ── workbook ──


def _sheets(found: BasisDetail) -> Iterator[Sheet]:
    yield Sheet(_("Summa"), _facts(found), False, (30, 60, 30))
    yield Sheet(_("Ärenden"), _cases(found), True, (12, 12, 12, 12, 16, 20, 12, 60, 60))
    yield Sheet(_("Dygn"), _days(found), True, (12, 12, 10, 90, 18, 90))


# ── paper ──


def _told(found: BasisDetail, today: date) -> dict[str, object]:
    said = [[plain(row[0]), " · ".join(filter(None, map(plain, row[1:])))] for row in _facts(found)]
    return {
        "title": title_of(found),
        "lang": (get_language() or "sv")[:2],
        "date": [today.year, today.month, today.day],
        "facts": said,
        "heads": [_("Ärende"), _("Dygn att betala"), _("Kronor"), _("Förklaring")],
        "cases": [
            [one.number, str(one.paid), plain(one.kronor), translated(one.said)]
            for one in found.lines
        ],
        "day_title": _("Varje dygn, och varför"),
        "sum_title": _("Summa och villkor"),
        "case_title": _("Ärenden"),
        "stays": [
            {"number": one.number, "runs": [*_runs(one), *_contested(one)]}
            for one in found.lines
        ],
    }  # fmt: skip


def _runs(line: BasisLine) -> list[list[str]]:
    return [_run(it.first, it.last, translated(it.why)) for it in line.runs]


def _contested(line: BasisLine) -> list[list[str]]:
    return [[_("Invändning"), _objection(one)] for one in line.objections]


def _run(first: date, last: date, why: str) -> list[str]:
    """One line for days in a row with the same reason."""
    return [day(first) if first == last else f"{day(first)} – {day(last)}", why]
