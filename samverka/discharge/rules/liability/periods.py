"""The basis for invoices of one period: each municipality's average and its stays one by one.

Average model, by agreement: the sum of days from the notice to discharge, divided by the number of
stays discharged in the period. What exceeds the threshold is paid for: (average - threshold) x stays x
amount. Discharged on the day of the notice is 0 days and is one of the stays.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from samverka.discharge.rules.liability.days import Basis
from samverka.discharge.rules.liability.facts import StayFacts
from samverka.discharge.rules.liability.rates import (
    Amount,
    Rate,
    check_rates,
    price_days,
    price_excess,
)
from samverka.discharge.rules.liability.stays import StayVerdict, judge_stay
from samverka.discharge.rules.liability.terms import (
    Attribution,
    PeriodKind,
    Terms,
    check_holds,
)
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

MONTHS_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter; both days included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether the day lies within."""
        return day is not None and self.first <= day <= self.last


def period_of(day: date, kind: PeriodKind) -> Period:
    """The month or quarter that a day belongs to."""
    length = MONTHS_OF_QUARTER if kind is PeriodKind.QUARTER else 1
    start = (day.month - 1) // length * length + 1
    end = start + length - 1
    last = date(day.year, end, monthrange(day.year, end)[1])
    return Period(date(day.year, start, 1), last)


@dataclass(frozen=True, slots=True)
class Average:
    """A municipality's average over a period.

    Attributes:
        stays: ids of the stays in the average.
        days: the sum of their days.
        value: the average as it is used, after rounding; None without any stay.
        excess: days to pay for.
    """

    stays: tuple[str, ...]
    days: int
    value: Decimal | None
    threshold: Decimal
    excess: Decimal
    amount: Amount


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay that is paid for by itself: its days in the period, and what they cost."""

    stay_id: str
    days: tuple[date, ...]
    amount: Amount


@dataclass(frozen=True, slots=True)
class MunicipalityBasis:
    """What one municipality owes for one period.

    Attributes:
        average: None where the terms know no average.
        notes: how what the law leaves open was reckoned.
    """

    municipality: str
    average: Average | None
    individual: tuple[StayLine, ...]
    notes: tuple[Text, ...]

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All amounts that make up the sum."""
        own = (self.average.amount,) if self.average else ()
        return (*own, *(one.amount for one in self.individual))

    @property
    def days(self) -> Decimal:
        """Days to pay for: a whole number, but for what exceeds an average."""
        return sum((one.days for one in self.amounts), Decimal(0))

    @property
    def kronor(self) -> Decimal | None:
        """The sum; None as soon as an amount of a year is unknown."""
        found = [one.kronor for one in self.amounts]
        return None if None in found else sum((one for one in found if one), Decimal(0))

    @property
    def refusal(self) -> Text | None:
        """Why there are no kronor."""
        return next((one.refusal for one in self.amounts if one.refusal), None)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A period settled, with everything it was settled by."""

    period: Period
    terms: Terms
    rates: tuple[Rate, ...]
    as_of: datetime
    stays: tuple[StayVerdict, ...]
    bases: tuple[MunicipalityBasis, ...]


def settle(
    facts: Iterable[StayFacts],
    terms: Terms,
    rates: Sequence[Rate],
    period: Period,
    *,
    as_of: datetime,
) -> Settlement:
    """Settle a period: judge each stay, then reckon each municipality.

    The terms that hold when the period begins are used for all of it.

    Raises:
        Invalid: facts, terms or rates that contradict themselves, or the same stay twice.
        NotNow: the terms do not hold when the period begins.
    """
    known = list(facts)
    _check_once(known)
    check_holds(terms, period.first)
    check_rates(rates)
    stays = tuple(judge_stay(one, terms, as_of=as_of) for one in known)
    codes = sorted({one.debtor.code for one in stays if one.debtor.code and _within(one, period)})
    bases = tuple(_basis(code, stays, terms, tuple(rates), period) for code in codes)
    return Settlement(period, terms, tuple(rates), as_of, stays, bases)


def _check_once(facts: Sequence[StayFacts]) -> None:
    if len({one.stay_id for one in facts}) < len(facts):
        raise Invalid(_("Samma vårdtillfälle är med två gånger. Behåll ett."), where="stays")


def _within(stay: StayVerdict, period: Period) -> bool:
    """Whether the stay has anything to do with the period's basis."""
    if stay.basis is Basis.NONE:
        return False
    return period.holds(stay.discharged_on) or bool(_days_in(stay, period))


def _basis(
    code: str, stays: Sequence[StayVerdict], terms: Terms, rates: tuple[Rate, ...], period: Period
) -> MunicipalityBasis:
    own = [one for one in stays if one.debtor.code == code]
    lines = tuple(_line(one, rates, period) for one in own if _days_in(one, period))
    average = _average(own, terms, rates, period)
    return MunicipalityBasis(code, average, lines, _notes(terms) if average else ())


def _line(stay: StayVerdict, rates: tuple[Rate, ...], period: Period) -> StayLine:
    days = _days_in(stay, period)
    return StayLine(stay.stay_id, days, price_days(days, stay.terms, rates))


def _days_in(stay: StayVerdict, period: Period) -> tuple[date, ...]:
    """The days of a stay that is paid for by itself, as far as they belong to the period."""
    if stay.basis is not Basis.INDIVIDUAL:
        return ()
    if stay.terms.attribution is Attribution.DISCHARGE:
        return stay.counted_days if period.holds(stay.discharged_on) else ()
    return tuple(day for day in stay.counted_days if period.holds(day))


def _average(
    stays: Iterable[StayVerdict], terms: Terms, rates: tuple[Rate, ...], period: Period
) -> Average | None:
    found = [one for one in stays if one.basis is Basis.AVERAGE and period.holds(one.discharged_on)]
    if not terms.include_day_zero:
        found = [one for one in found if not one.day_zero]
    if not found:
        return None
    days = sum(one.counted for one in found)
    value, excess = average_excess(days, len(found), terms)
    amount = price_excess(excess, period.first.year, terms, rates)
    ids = tuple(sorted(one.stay_id for one in found))
    return Average(ids, days, value, terms.threshold, excess, amount)


def average_excess(days: int, stays: int, terms: Terms) -> tuple[Decimal, Decimal]:
    """The average and the days to pay for: (average - threshold) x stays, never below 0.

    Args:
        stays: at least one.
    """
    exact = Decimal(days) / Decimal(stays)
    if terms.decimals is None:
        return exact, max(Decimal(days) - terms.threshold * stays, Decimal(0))
    value = exact.quantize(Decimal(1).scaleb(-terms.decimals), ROUND_HALF_UP)
    return value, max((value - terms.threshold) * stays, Decimal(0))


def _notes(terms: Terms) -> tuple[Text, ...]:
    per_stay = _("Den som har varit inlagd två gånger räknas som två vårdtillfällen.")
    if terms.decimals is None:
        return (per_stay, _("Genomsnittet är inte avrundat. Lagen säger inget om det."))
    rounded = _(
        "Antal decimaler i genomsnittet: %(decimals)d, avrundat innan det gångras. Lagen säger inget "
        "om det.",
        decimals=terms.decimals,
    )
    return per_stay, rounded
