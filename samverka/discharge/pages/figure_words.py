"""Figures in words: what stands in each cell of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.discharge.rules.figures import (
    CHAPTER_WORDS,
    FIGURES,
    LACKING_WORDS,
    SMALLEST,
    By,
    Care,
    Chapter,
    Comparison,
    Figure,
    FigureSpec,
    FigureValue,
    GroupLine,
    Measure,
)
from samverka.web.door import translated

TWO_DAYS = Decimal(48)
"""Hours from which a time is said in days."""

_A_DAY = 24
LONGEST_MONTH = 31
"""Days between the first days of two months in a row, at most."""

COMPARED: dict[By, tuple[Figure, ...]] = {
    By.COUNTY: (),
    By.MUNICIPALITY: (Figure.DAYS_PER_1000,),
    By.HOSPITAL: (Figure.BED_SHARE,),
    By.WARD: (Figure.BED_SHARE,),
    By.MONTH: (Figure.DAYS_PER_1000, Figure.BED_SHARE),
}
"""What the comparison shows beside the figures that it always has."""

ALWAYS = (Figure.STAYS, Figure.SAME_DAY, Figure.MEAN_DAYS, Figure.DAYS)
LAST = (Figure.SIP_MADE, Figure.AGAIN)


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One cell: the number, and under it what it stands on."""

    figure: Figure
    label: str
    said: str
    under: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with its three kinds of care, or one place with its figures."""

    key: str
    name: str
    cells: tuple[FigureCell, ...]
    missing: str = ""


def few() -> str:
    """What stands in place of a number that could tell of someone."""
    return _("färre än %(many)d") % {"many": SMALLEST}


def cell(value: FigureValue, label: str) -> FigureCell:
    """A figure as it is read."""
    quiet = value.value is None
    return FigureCell(value.figure, label, said(value), under(value), quiet)


def said(value: FigureValue) -> str:
    """ "47,1 %", "2,3 dygn", "färre än 5", "–"."""
    if value.refusal is not None:
        return translated(value.refusal)
    if value.hidden:
        return few()
    if value.value is None:
        return "–"
    return _measured(FIGURES[value.figure].measure, value.value)


def _measured(measure: Measure, value: Decimal) -> str:
    if measure is Measure.COUNT:
        return number_format(value, 0, force_grouping=True)
    if measure is Measure.SHARE:
        return _("%(share)s %%") % {"share": number_format(value, 1)}
    if measure is Measure.DAYS:
        return _("%(days)s dygn") % {"days": number_format(value, 1)}
    if measure is Measure.HOURS:
        if value >= TWO_DAYS:
            return _("%(days)s dygn") % {"days": number_format(value / _A_DAY, 1)}
        return _("%(hours)s timmar") % {"hours": number_format(value, 1)}
    return number_format(value, 1)


def under(value: FigureValue) -> str:
    """What the number stands on."""
    if value.value is None:
        return ""
    spec = FIGURES[value.figure]
    if value.spread is not None:
        measured = _measured(spec.measure, value.spread)
        return _("9 av 10: högst %(most)s. %(n)d st") % {"most": measured, "n": value.n}
    if spec.measure is Measure.COUNT or value.counted is None or value.among is None:
        return ""
    words = {
        "counted": number_format(value.counted, 0, force_grouping=True),
        "among": number_format(value.among, 0, force_grouping=True),
    }
    if spec.measure is Measure.DAYS:
        return _("%(counted)s dygn, %(among)s utskrivna") % words
    if spec.measure is Measure.RATE:
        return _("%(counted)s dygn, %(among)s invånare") % words
    return _("%(counted)s av %(among)s") % words


def missing(value: FigureValue) -> str:
    """What data is missing, and for how many."""
    return ", ".join(
        f"{_many(one.many)}: {translated(LACKING_WORDS[one.what])}" for one in value.missing
    )


def _many(number: int) -> str:
    return number_format(number, 0, force_grouping=True) if number else few()


@dataclass(frozen=True, slots=True)
class ChapterRows:
    """The figures that answer one question."""

    key: Chapter
    question: str
    rows: tuple[FigureRow, ...]


def chapters(total: GroupLine, care_names: dict[Care, str]) -> list[ChapterRows]:
    """Every figure of the county, by question."""
    return [
        ChapterRows(
            chapter,
            translated(words),
            tuple(
                FigureRow(
                    figure.value,
                    translated(spec.name),
                    tuple(cell(total.values[care][figure], care_names[care]) for care in Care),
                    missing(total.values[Care.ALL][figure]),
                )
                for figure, spec in FIGURES.items()
                if spec.chapter is chapter
            ),
        )
        for chapter, words in CHAPTER_WORDS.items()
    ]


def compared(found: Comparison) -> tuple[Figure, ...]:
    """The columns of the comparison."""
    return (*ALWAYS, *COMPARED[found.by], *LAST)


def place_name(line: GroupLine) -> str:
    """A month in words, anything else by its name."""
    return date_format(line.month, "F Y") if line.month else translated(line.place.name)


def comparison(found: Comparison, care: Care) -> list[FigureRow]:
    """One row for each place or month, and the county last."""
    columns = compared(found)
    rows = [(line.place.key, place_name(line), line) for line in (*found.lines, found.total)]
    return [
        FigureRow(
            key,
            name,
            tuple(
                cell(line.values[care][figure], translated(FIGURES[figure].name))
                for figure in columns
            ),
        )
        for key, name, line in rows
    ]


def without(found: Comparison) -> list[str]:
    """The months and wards that nothing is known of."""
    runs: list[list[date]] = []
    for one in found.empty:
        if runs and (one - runs[-1][-1]).days <= LONGEST_MONTH:
            runs[-1].append(one)
        else:
            runs.append([one])
    months = [
        " – ".join(date_format(one, "F Y") for one in {run[0]: 0, run[-1]: 0}) for run in runs
    ]
    return [*months, *found.silent]


def finding(found: Comparison) -> str:
    """The answer in one or two sentences."""
    values = found.total.values[Care.ALL]
    stays, mean, same = (values[one] for one in (Figure.STAYS, Figure.MEAN_DAYS, Figure.SAME_DAY))
    if stays.hidden:
        return _("Färre än %(many)d personer skrevs ut. Då visas inga tal.") % {"many": SMALLEST}
    if not stays.value:
        return _("Ingen skrevs ut under perioden.")
    home = ngettext(
        "%(many)s vårdtillfälle avslutades med utskrivning.",
        "%(many)s vårdtillfällen avslutades med utskrivning.",
        int(stays.value),
    ) % {"many": said(stays)}
    if mean.value is None or same.value is None:
        return home
    waited = _("De som var utskrivningsklara väntade %(mean)s i genomsnitt, och %(same)s gick hem samma dag.")  # fmt: skip
    return f"{home} {waited % {'mean': said(mean), 'same': said(same)}}"


def defined(spec: FigureSpec) -> str:
    """ "Vårdtillfällen med 0 dygn, delat med utskrivna …"."""
    counted = translated(spec.counted)
    whole = f"{counted[:1].upper()}{counted[1:]}"
    if spec.among is None:
        return f"{whole}."
    words = {"counted": whole, "among": translated(spec.among)}
    if spec.divided:
        return _("%(counted)s, delat med %(among)s.") % words
    return _("%(counted)s, för %(among)s.") % words
