"""Recurrent checks of the log (PDL 4:3; HSLF-FS 2016:40 4 chap.: the checks are documented). Pure."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from samverka.kernel.calendar import start_of_day
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

SAMPLE_SIZES = (10, 20, 50)
"""Lines drawn by lot for one check. The law names no number; the care provider decides."""

CHECK_MONTHS = 6
"""Months shown back in time: has each had its check?"""

REASON_AT_LEAST = 5
"""Characters: what was found must say something."""


class CheckKind(StrEnum):
    """How the lines were chosen."""

    SAMPLE = "sample"  # by lot out of a month
    SEARCH = "search"  # what a filter showed


class CheckOutcome(StrEnum):
    """What came of a check."""

    OPEN = "open"
    CLEAR = "clear"
    ASKED = "asked"
    BREACH = "breach"


OUTCOME_WORDS: dict[CheckOutcome, Text] = {
    CheckOutcome.OPEN: _("Pågår"),
    CheckOutcome.CLEAR: _("Inget att anmärka"),
    CheckOutcome.ASKED: _("Frågor har ställts"),
    CheckOutcome.BREACH: _("Misstänkt obehörig åtkomst"),
}


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """The first moment of a month in Sweden, and the first of the next."""
    first = month.replace(day=1)
    return start_of_day(first), start_of_day(_next_month(first))


def months_back(today: date, count: int = CHECK_MONTHS) -> list[date]:
    """The first days of the present month and those before it, newest first."""
    months, month = [], today.replace(day=1)
    for _number in range(count):
        months.append(month)
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return months


def _next_month(first: date) -> date:
    return date(first.year + (first.month == 12), first.month % 12 + 1, 1)


def check_closing(before: CheckOutcome, outcome: CheckOutcome, words: str) -> None:
    """A check is closed once, with what was found."""
    if before is not CheckOutcome.OPEN:
        raise NotNow(_("Kontrollen är redan avslutad. Gör en ny om du behöver."))
    if outcome is CheckOutcome.OPEN:
        raise Invalid(_("Välj vad kontrollen visade."), where="outcome")
    if len(words.strip()) < REASON_AT_LEAST:
        raise Invalid(_("Skriv vad du såg och vad ni gör nu."), where="words")
