"""From a tally to a figure: value, interval, and what it was reckoned from. Pure.

Rates over mean population are per year: their denominator is months that people lived there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from typing import Final

from samverka.indicators.rules.figures import Reckoned, count, rate, share
from samverka.indicators.rules.intervals import Interval, quantile
from samverka.indicators.rules.measures.counted import PACK
from samverka.indicators.rules.measures.kinds import Measure, Period, Result
from samverka.indicators.rules.measures.periods import Histogram, Tally
from samverka.indicators.rules.measures.settings import Population
from samverka.indicators.rules.measures.standard import standard_of, strata_of
from samverka.indicators.rules.numbers import in_words
from samverka.indicators.rules.standards import standardised
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

MONTHS_OF_YEAR: Final = 12


def exposure(measure: Measure) -> int:
    """What a denominator is divided by to be people in a year: 12 where it is months."""
    return MONTHS_OF_YEAR if measure.settings.get("population") == Population.MEAN else 1


def reckon(measure: Measure, tally: Tally) -> Reckoned | None:
    """The figure of one period, one area and one part.

    Returns:
        None where there is nothing to reckon on, or too few months.

    Raises:
        Invalid: counts that cannot be; an age group of the standard has nobody in it.
    """
    if measure.period is Period.MEAN_OF_MONTHS:
        return _mean_of_months(measure, tally)
    if measure.period is Period.MEDIAN_OF_MEDIANS:
        return _median_of_medians(measure, tally)
    if measure.result in OF_VALUES:
        return OF_VALUES[measure.result](tally.values)
    if measure.result is Result.STANDARDISED:
        return _standardised(measure, tally)
    if measure.result is Result.COUNT:
        return count(tally.numerator)
    made = share if measure.result is Result.SHARE else rate
    return made(tally.numerator, tally.denominator, factor=measure.factor * exposure(measure))


def _standardised(measure: Measure, tally: Tally) -> Reckoned | None:
    standard = standard_of(measure)
    strata = strata_of(standard, tally.strata)
    factor = measure.factor * exposure(measure)
    return standardised(strata, standard, factor=factor) if tally.denominator else None


def mean(values: Histogram) -> Reckoned | None:
    """Σ value / how many. The interval is the normal one, of the mean."""
    many = sum(n for _value, n in values)
    if not many:
        return None
    total = sum(value * n for value, n in values)
    middle = Fraction(total, many)
    squares = sum(n * (value - middle) ** 2 for value, n in values)
    reach = quantile() * sqrt(float(squares) / (many - 1) / many) if many > 1 else 0.0
    low = 0.0 if values[0][0] >= 0 else float("-inf")
    found = Interval(max(low, float(middle) - reach), float(middle) + reach)
    return Reckoned(middle, found, total, many, 1)


def median(values: Histogram) -> Reckoned | None:
    """The one in the middle, or between the two. The interval is that of the ranks around it."""
    many = sum(n for _value, n in values)
    if not many:
        return None
    middle = Fraction(_ranked(values, (many - 1) // 2) + _ranked(values, many // 2), 2)
    low, high = _ranks(many)
    found = Interval(_ranked(values, low), _ranked(values, high))
    return Reckoned(middle, found, many, many, 1)


def _ranked(values: Histogram, rank: int) -> int:
    """The value at a rank from 0."""
    for value, n in values:
        rank -= n
        if rank < 0:
            return value
    return values[-1][0]


def _ranks(many: int) -> tuple[int, int]:
    """Ranks, from 0, around the middle: half ± z/2 · √n (Conover 1999, p. 143)."""
    reach = quantile() * sqrt(many) / 2
    low = max(0, int(many / 2 - reach))
    return low, min(many - 1, many - 1 - low)


def continuity(values: Histogram) -> Reckoned | None:
    """Mean over persons of (Σn² − N) / (N(N−1)): 1 when all visits were to one, 0 when to as many as visits."""
    many = sum(n for _value, n in values)
    if not many:
        return None
    each = [(index_of(value), n) for value, n in values]
    middle = sum((index * n for index, n in each), Fraction(0)) / many
    squares = sum(n * float(index - middle) ** 2 for index, n in each)
    reach = quantile() * sqrt(squares / (many - 1) / many) if many > 1 else 0.0
    found = Interval(max(0.0, float(middle) - reach), min(1.0, float(middle) + reach))
    return Reckoned(middle, found, many, many, 1)


def index_of(value: int) -> Fraction:
    """The index of one person whose visits are packed in a value."""
    visits, squares = divmod(value, PACK)
    return Fraction(squares - visits, visits * (visits - 1))


OF_VALUES: Final = {Result.MEAN: mean, Result.MEDIAN: median, Result.INDEX: continuity}
"""Results that are reckoned from how many had each value."""


def _mean_of_months(measure: Measure, tally: Tally) -> Reckoned | None:
    """The mean of the months' shares, each as heavy as the other."""
    shares = [(Fraction(part, whole), whole) for part, whole, _v in tally.months if whole]
    if not shares or len(shares) < measure.least_months:
        return None
    value = sum((one for one, _n in shares), Fraction(0)) / len(shares)
    spread = sum(float(one * (1 - one)) / n for one, n in shares)
    reach = quantile() * sqrt(spread) / len(shares)
    found = Interval(max(0.0, float(value) - reach), min(1.0, float(value) + reach))
    return Reckoned(
        value * measure.factor, found.times(measure.factor), tally.numerator, tally.denominator,
        measure.factor,
    )  # fmt: skip


def _median_of_medians(measure: Measure, tally: Tally) -> Reckoned | None:
    """The median of the months' medians, each as heavy as the other."""
    found = [median(values) for _n, _d, values in tally.months]
    each = sorted(one.value for one in found if one)
    if not each or len(each) < measure.least_months:
        return None
    low, high = _ranks(len(each))
    many = sum(n for n, _d, _v in tally.months)
    return Reckoned(_middle(each), Interval(float(each[low]), float(each[high])), many, many, 1)


def _middle(each: Sequence[Fraction]) -> Fraction:
    return (each[(len(each) - 1) // 2] + each[len(each) // 2]) / 2


def refusal(measure: Measure, value: Fraction) -> Text | None:
    """Why a value cannot be right; None where it can."""
    low, high = measure.good_between
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    between = " – ".join(in_words(one) if one is not None else "…" for one in (low, high))
    return _("%(value)s är inget rimligt värde: det ska ligga mellan %(between)s.",
             value=in_words(value), between=between)  # fmt: skip
