"""Figures in words: the answer to the question, how sure it is, and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.indicators.reads import Area, CurveLine, FigureDetail
from samverka.indicators.rules.comparing import Beside, Colour, Standing
from samverka.indicators.rules.kept import NATION, AreaKind, Split
from samverka.indicators.rules.measures import Grain, Measure, Period
from samverka.indicators.rules.naming import code_words, column_words
from samverka.indicators.rules.numbers import rounded
from samverka.indicators.rules.points import (
    Point,
    at,
    compared,
    has_steps,
    longest,
    middle,
    newest,
    unbroken,
    year_before,
)
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.web.door import translated

YEARLY = {
    Period.YEAR,
    Period.ROLLING_3_YEARS,
    Period.MEAN_OF_MONTHS,
    Period.MEDIAN_OF_MEDIANS,
}
"""Periods that are told by their year."""

NARROW_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a figure says now. `sentence` empty: there is nothing to say, and `sure` tells why."""

    sentence: str
    sure: str
    change: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """The figure beside something else: its own past, the like, the region, the nation."""

    name: str
    value: str
    words: str
    tone: str
    standing: str
    period: str = ""


def period_words(measure: Measure, day: date) -> str:
    """The period of a point, as one would say it."""
    if measure.period is Period.ROLLING_3_YEARS:
        return f"{day.year - 2}–{day.year}"
    if measure.period in YEARLY:
        return str(day.year)
    if measure.period is Period.WINDOW_18_MONTHS:
        return _("18 månader till %(day)s") % {"day": date_format(day, "j F Y")}
    if measure.grain is Grain.POINT:
        return date_format(day, "j F Y")
    return date_format(day, "F Y")


def number_words(value: Decimal | None, measure: Measure) -> str:
    """A value with the measure's decimals, decimal comma, thousands apart."""
    if value is None:
        return ""
    said = f"{rounded(value, measure.decimals):,f}"
    return said.replace(",", NARROW_SPACE).replace(".", ",")


def value_words(value: Decimal | None, measure: Measure) -> str:
    """A value with its unit."""
    return f"{number_words(value, measure)} {measure.unit_words}".strip()


def point_words(point: Point, measure: Measure) -> str:
    """What a point says: its value, or why there is none."""
    return value_words(point.value, measure) if point.shown else status_words(point)


def status_words(point: Point) -> str:
    """Why a figure is not shown."""
    if point.status is PointStatus.HIDDEN:
        return _("Visas inte: gäller så få att någon kan kännas igen")
    if point.status is PointStatus.REFUSED:
        why = translated(point.why) if point.why else ""
        return f"{_('Stoppad')}: {why}" if why else _("Stoppad: värdet kan inte stämma")
    return _("Uppgift saknas")


def between_words(point: Point, measure: Measure) -> str:
    """The interval: "2,9–4,0"."""
    if not point.shown or point.low is None or point.high is None:
        return ""
    return f"{number_words(point.low, measure)}–{number_words(point.high, measure)}"


def answer(
    measure: Measure, area: Area, points: Sequence[Point], groups: Iterable[CurveLine] = ()
) -> Answer:
    """The answer to the measure's question; with its groups, which of them takes longest."""
    point = newest(points)
    if point is None:
        return Answer("", _nothing(points), "", "")
    sentence = _("%(area)s: %(value)s, %(period)s.") % {
        "area": translated(area.name), "value": value_words(point.value, measure),
        "period": period_words(measure, point.period),
    }  # fmt: skip
    before = year_before(unbroken(points, measure, point), point)
    found = compared(point, before.value if before else None, measure)
    return Answer(
        " ".join(filter(None, [sentence, _longest(measure, groups, point)])),
        " ".join(filter(None, [_later(points, point), _sure(point, measure)])),
        _change(before, found, measure),
        tone(found),
    )


def answer_of(found: FigureDetail) -> Answer:
    """The answer of a figure's page and paper."""
    groups = found.parts if found.wanted.split is Split.ALL else ()
    return answer(found.measure, found.area, found.points, groups)


def _longest(measure: Measure, groups: Iterable[CurveLine], point: Point) -> str:
    """The step that takes longest, and whose it is."""
    steps = {one.part: one.points for one in groups if one.split is Split.GROUP}
    found = longest(steps, point.period) if has_steps(measure) else None
    if found is None:
        return ""
    part, value = found
    return _("Längst tid: %(part)s, %(value)s.") % {
        "part": part_words(Split.GROUP, part, measure), "value": value_words(value, measure),
    }  # fmt: skip


def _nothing(points: Sequence[Point]) -> str:
    if not points:
        return _("Det finns inga siffror för det här området.")
    return f"{status_words(points[-1])}."


def _later(points: Sequence[Point], point: Point) -> str:
    """That there are newer periods without a number."""
    last = points[-1]
    return "" if last is point else f"{_('Senaste perioden')}: {status_words(last).lower()}."


def _sure(point: Point, measure: Measure) -> str:
    if point.low is None or point.high is None:
        return ""
    given = {"low": number_words(point.low, measure), "high": number_words(point.high, measure)}
    return _("Slumpen inräknad kan det lika gärna vara mellan %(low)s och %(high)s.") % given


def _change(before: Point | None, found: Beside | None, measure: Measure) -> str:
    if before is None:
        return ""
    said = _("Ett år tidigare var det %(value)s.") % {"value": number_words(before.value, measure)}
    return f"{said} {translated(found.words)}" if found else said


def tone(found: Beside | None) -> str:
    """Good or bad only where the interval does not cover what it is compared with."""
    if found is None or found.colour is Colour.NONE:
        return ""
    return "good" if found.colour is Colour.GOOD else "bad"


def comparisons(found: FigureDetail) -> list[Row]:
    """Own past first, then the like, the region, the nation."""
    point = newest(found.points)
    if point is None:
        return []
    rows = [_own_past(found, point), _usual(found, point), _like(found, point)]
    rows += [_whole(found, code, point) for code in (found.county, NATION)]
    return [one for one in rows if one is not None]


def _own_past(found: FigureDetail, point: Point) -> Row | None:
    before = year_before(unbroken(found.points, found.measure, point), point)
    return _row(found, point, _("Ett år tidigare"), before.value if before else None)


def _usual(found: FigureDetail, point: Point) -> Row | None:
    """The median of the whole curve before the newest point."""
    same = unbroken(found.points, found.measure, point)
    earlier = [one for one in same if one.period < point.period]
    if sum(one.shown for one in earlier) < 3:
        return None
    since = next(one.period for one in earlier if one.shown)
    name = _("Mitten av egna tidigare tal, sedan %(year)s") % {"year": since.year}
    return _row(found, point, name, middle(earlier))


def _like(found: FigureDetail, point: Point) -> Row | None:
    lines = [found.curves[code] for code in found.similar if code in found.curves]
    others = [at(one.points, point.period) for one in lines]
    many = sum(one is not None for one in others)
    if not many:
        return None
    if found.area.kind is AreaKind.COUNTY:
        name = ngettext("Mitten av %(n)s annat län", "Mitten av %(n)s andra län", many)
    else:
        name = ngettext("%(n)s liknande kommun", "Mitten av %(n)s liknande kommuner", many)
    return _row(found, point, name % {"n": many}, middle(others))


def _whole(found: FigureDetail, code: str, point: Point) -> Row | None:
    line = found.curves.get(code)
    other = at(line.points, point.period) if line and code != found.area.code else None
    name = _("Riket") if code == NATION else _("Hela länet")
    return _row(found, point, name, other.value if other else None)


def _row(found: FigureDetail, point: Point, name: str, value: Decimal | None) -> Row | None:
    if value is None:
        return None
    beside = compared(point, value, found.measure)
    words = translated(beside.words) if beside else _("Hur säkert talet är går inte att räkna ut.")
    standing = beside.standing if beside else Standing.ALIKE
    return Row(name, value_words(value, found.measure), words, tone(beside), standing)


def part_words(split: Split, part: str, measure: Measure) -> str:
    """Which part of the people; of a measure with groups of its own: which of them."""
    if split is Split.ALL:
        return _("Alla")
    if split is Split.GROUP and (columns := _own_groups(measure)):
        fact = str(measure.settings.get("fact", ""))
        codes = zip(columns, part.split("/"), strict=False)
        return " · ".join(
            translated(code_words(fact, column, code)) for column, code in codes if code
        )
    if split is Split.AGE:
        return _("%(ages)s år") % {"ages": part.replace("-", "–")}
    return {
        "female": _("Kvinnor"),
        "male": _("Män"),
        "children": _("Barn och unga"),
        "mental": _("Psykisk ohälsa"),
        "addiction": _("Skadligt bruk eller beroende"),
        "elderly": _("Äldre"),
        "carers": _("Anhöriga"),
    }.get(part, part)


def group_heading(measure: Measure) -> str:
    """What the groups of a measure are: target groups, or the columns that it is parted by itself."""
    fact = str(measure.settings.get("fact", ""))
    own = [translated(column_words(fact, column)) for column in _own_groups(measure)]
    return " · ".join(own) or _("Målgrupp")


def _own_groups(measure: Measure) -> list[str]:
    found = measure.settings.get("group_by")
    return [str(one) for one in found] if isinstance(found, list | tuple) else []
