"""A month's waiting times for those who lead, and the same as files."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.guarantee import reads
from samverka.guarantee.reads import WaitFigures
from samverka.guarantee.rules import PART_WORDS
from samverka.guarantee.rules.showing import KIND_WORDS, Shown
from samverka.kernel.calendar import local_date
from samverka.kernel.hiding import SMALLEST
from samverka.web.door import actor_of, translated
from samverka.web.page import page
from samverka.web.sheets import WORKBOOK, Cell, Rows, Sheet, sent, sent_table, workbook_of

_MONTH = "manad"


def _month(request: HttpRequest) -> date:
    """The month in the address; nonsense and what has not ended is last month."""
    latest = _latest(request)
    try:
        asked = date.fromisoformat(f"{request.GET.get(_MONTH, '')}-01")
    except ValueError:
        return latest
    return min(asked, latest) if asked > date.min else latest


def _latest(request: HttpRequest) -> date:
    """The first day of the newest month that has ended."""
    this = local_date(actor_of(request).at).replace(day=1)
    return (this - timedelta(days=1)).replace(day=1)


def _found(request: HttpRequest) -> WaitFigures:
    return reads.wait_figures(actor_of(request), month=_month(request))


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How many wait, and how many got care in time."""
    found = _found(request)
    later = (found.month + timedelta(days=31)).replace(day=1)
    context = {
        "found": found,
        "rows": [_line(one) for one in found.rows],
        "month": date_format(found.month, "F Y"),
        "earlier": _address("guarantee:figures", found.month - timedelta(days=1)),
        "later": _address("guarantee:figures", later) if later <= _latest(request) else "",
        "table_url": _address("guarantee:figures_table", found.month),
        "workbook_url": _address("guarantee:figures_workbook", found.month),
        "smallest": SMALLEST,
    }
    return page(request, "guarantee/figures.html", context)


def _address(name: str, month: date) -> str:
    return f"{reverse(name)}?{_MONTH}={month:%Y-%m}"


@require_safe
def figures_table(request: HttpRequest) -> HttpResponse:
    """The month as a plain table."""
    found = _found(request)
    return sent_table(_rows(found), f"vantetider-{found.month:%Y-%m}.csv")


@require_safe
def figures_workbook(request: HttpRequest) -> HttpResponse:
    """The month as a workbook, with what is counted and what is hidden."""
    found = _found(request)
    told: Rows = [
        [_("Månad"), f"{found.month:%Y-%m}"],
        [_("Tas emot av"), translated(found.receiver)],
        [_("Små tal"), _few()],
    ]
    sheets = [
        Sheet(_("Väntetider"), _rows(found), True, (12, 34, 34, 18, 10, 12, 10, 10)),
        Sheet(_("Så räknas det"), told, False, (20, 90)),
    ]
    body = workbook_of(sheets)
    return sent(body, WORKBOOK, f"vantetider-{found.month:%Y-%m}.xlsx")


def _few() -> str:
    return _("Tal om färre än %(many)s personer visas inte.") % {"many": SMALLEST}


def _rows(found: WaitFigures) -> Rows:
    head: list[Cell] = [
        _("Månad"), _("Enhet"), _("Del"), _("Vilka"), _("Antal"), _("I tid"), _("Andel"),
        _("Median, dagar"),
    ]  # fmt: skip
    return [head, *(_row(found, one) for one in found.rows)]


def _row(found: WaitFigures, one: Shown) -> list[Cell]:
    line = _line(one)
    return [f"{found.month:%Y-%m}", line["unit"], line["part"], line["kind"], one.many, one.within,
            one.share and round(one.share, 3), one.median]  # fmt: skip


def _line(one: Shown) -> dict[str, str]:
    """A row in words."""
    return {
        "unit": one.unit,
        "part": translated(PART_WORDS[one.part]),
        "kind": translated(KIND_WORDS[one.kind]),
        "many": "" if one.many is None else str(one.many),
        "share": "" if one.share is None else f"{round(one.share * 100)} %",
        "median": "" if one.median is None else _plain(one.median),
    }


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
