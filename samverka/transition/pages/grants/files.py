"""Grants as files: a plain table, a workbook, and on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverka.kernel.calendar import local_date
from samverka.transition import reads
from samverka.transition.pages.grants import words
from samverka.transition.pages.grants.asked import asked_year
from samverka.transition.reads import DistributionDetail, RecipientDetail
from samverka.transition.rules.grants import RESIDUAL_WORDS, STATE_WORDS
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

TEMPLATE = "templates/transition/grant.typ"


@require_safe
def distribution_file(request: HttpRequest, distribution_id: UUID, ending: str) -> HttpResponse:
    """A distribution, with how each krona came about."""
    found = reads.grant_distribution(actor_of(request), distribution_id=distribution_id)
    name = f"fordelning-{found.pot.year}-{found.number}"
    title = f"{found.pot.area} {found.pot.year}"
    facts: Rows = [
        [_("Pott"), title], [_("Överenskommelse"), found.pot.agreement],
        [_("Kronor"), found.kronor], [_("Nyckel"), words.key_said(found)],
        [_("Avrundning"), translated(RESIDUAL_WORDS[found.choice.residual])],
        [_("Källa"), found.pot.source], [_("Publicerat"), found.published_source],
    ]  # fmt: skip
    return _file(
        request, ending, name, title, words.distribution_finding(found), facts, _shares(found)
    )


@require_safe
def recipient_file(request: HttpRequest, recipient: str, ending: str) -> HttpResponse:
    """What one region or municipality has got and used."""
    found = reads.grant_recipient(actor_of(request), code=recipient, year=asked_year(request))
    name = f"statsbidrag-{found.code}-{found.year or 'alla'}"
    facts: Rows = [[_("Mottagare"), found.name], [_("Per den"), found.on]]
    return _file(
        request, ending, name, found.name, words.recipient_finding(found), facts, _awards(found)
    )


def _shares(found: DistributionDetail) -> Rows:
    head: list[Cell] = [
        _("Kod"), _("Mottagare"), _("Nyckel"), _("Exakt andel, kr"), _("Avrundning, kr"),
        _("Kronor"), _("Per invånare, kr"), _("Publicerat, kr"), _("Skillnad, kr"),
    ]  # fmt: skip
    rows: Rows = [head]
    for one in found.lines:
        rows.append([
            one.code, one.name, words.cents(one.weight), words.cents(one.exact),
            words.cents(one.by_rounding), one.kronor, words.cents(one.each), one.published,
            None if one.published is None else one.off,
        ])  # fmt: skip
    return rows


def _awards(found: RecipientDetail) -> Rows:
    head: list[Cell] = [
        _("År"), _("Område"), _("Överenskommelse"), _("Tilldelat"), _("Rekvirerat"), _("Använt"),
        _("Återbetalt"), _("Att betala tillbaka"), _("Används senast"), _("Betalas tillbaka senast"),
        _("Läge"), _("Källa"),
    ]  # fmt: skip
    rows: Rows = [head]
    for one in found.lines:
        known = one.balance
        moved = [known.drawn, known.used, known.paid_back, one.to_pay_back] if known else [None] * 4
        state = translated(STATE_WORDS[one.state]) if one.state else None
        rows.append([
            one.year, one.area, one.agreement, one.grant.kronor, *moved, one.grant.use_until,
            one.grant.pay_back_by, state, one.source,
        ])  # fmt: skip
    return rows


def _file(
    request: HttpRequest, ending: str, name: str, title: str, lead: str, facts: Rows, table: Rows
) -> HttpResponse:
    if ending == "csv":
        return sent_table(table, f"{name}.csv")
    if ending == "xlsx":
        sheets = [
            Sheet(_("Tabell"), table, True, (10, 34, 30, *(16 for _one in table[0][3:]))),
            Sheet(_("Så räknas det"), facts, False, (22, 90)),
        ]
        return sent(workbook_of(sheets), WORKBOOK, f"{name}.xlsx")
    today = local_date(actor_of(request).at)
    told: dict[str, object] = {
        "title": title,
        "lang": (get_language() or "sv")[:2],
        "date": [today.year, today.month, today.day],
        "lead": lead,
        "facts": [[plain(cell) for cell in row] for row in facts],
        "table": [[_said(cell) for cell in row] for row in table],
    }
    return sent(typeset("samverka.transition", TEMPLATE, told), "application/pdf", f"{name}.pdf")


def _said(cell: Cell) -> str:
    return f"{cell:,}".replace(",", "\u00a0") if isinstance(cell, int) else plain(cell)
