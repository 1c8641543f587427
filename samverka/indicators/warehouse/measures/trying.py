"""A draft of a measure tried on last year: what it would have said, and what looks wrong, before anyone keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samverka.indicators.rules.figures import Reckoned
from samverka.indicators.rules.kept import Split
from samverka.indicators.rules.measures import (
    Counted,
    Measure,
    Period,
    Tally,
    of_part,
    reckon,
    refusal,
    tallies,
)
from samverka.indicators.warehouse.engines.engine import Engine
from samverka.indicators.warehouse.measures.counting import count
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Tried:
    """One period of a draft. These are counts before disclosure control: for the one who makes the measure.

    Attributes:
        figure: None where there was nothing to reckon on; `refused`: why it cannot be right.
    """

    tally: Tally
    figure: Reckoned | None
    refused: Text | None


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft tried.

    Attributes:
        periods: of the last whole year (of three years: the last); oldest first.
        notes: what looks wrong, in words.
    """

    measure: Measure
    periods: tuple[Tried, ...]
    notes: tuple[Text, ...]


def try_on_last_year(engine: Engine, measure: Measure, *, last: date) -> Trial:
    """What a draft would have said of the last whole year before the data ends, all areas together.

    Args:
        last: the last day that the data covers.
    """
    year = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    back = 2 if measure.period is Period.ROLLING_3_YEARS else 0
    since, until = date(year - back, 1, 1), date(year, 12, 31)
    # What must follow on the year's last days lies after them.
    cells = of_part(count(engine, measure, since=since, until=last), Split.ALL)
    found = tuple(_tried(measure, one) for one in tallies(measure, cells, first=since, last=last)
                  if one.until <= until)  # fmt: skip
    return Trial(measure, found, tuple(_notes(cells, found)))


def _tried(measure: Measure, tally: Tally) -> Tried:
    try:
        figure = reckon(measure, tally)
    except Invalid as problem:
        return Tried(tally, None, _("%(problem)s", problem=problem.message))
    refused = refusal(measure, figure.value) if figure else None
    return Tried(tally, figure, refused)


def _notes(cells: Sequence[Counted], tried: Sequence[Tried]) -> list[Text]:
    found = []
    if not any(one.denominator or one.numerator for one in cells):
        found.append(_("Inget hände som måttet räknar. Kontrollera urvalet."))
    elif not any(one.numerator for one in cells):
        found.append(_("Ingen finns i täljaren. Kontrollera villkoren för det som räknas."))
    if refused := [one for one in tried if one.refused]:
        found.append(_("%(many)d av %(all)d perioder har ett värde som inte kan stämma.",
                       many=len(refused), all=len(tried)))  # fmt: skip
    events = [one for one in cells if one.numerator]
    lost = sum(one.numerator for one in events if len(one.municipality) < 4)
    if lost and any(len(one.municipality) == 4 for one in events):
        found.append(_("%(many)d av %(all)d saknar kommun och syns bara i länets värde.",
                       many=lost, all=sum(one.numerator for one in events)))  # fmt: skip
    return found
