"""What one day costs, year by year, and kronor from days. An unknown year gives no kronor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from samverka.discharge.rules.liability.terms import Terms
from samverka.kernel.parameters import Certainty
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

_ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """The amount of one day of inpatient care in one year (LUS 5:6), in kronor."""

    year: int
    amount: Decimal
    source: str
    certainty: Certainty


KNOWN_RATES: tuple[Rate, ...] = (
    Rate(2019, Decimal(7800), "HSLF-FS 2018:67", Certainty.HIGH),
    Rate(2020, Decimal(8200), "vastkom.se, psykiatristod.se (Socialstyrelsen)", Certainty.HIGH),
    Rate(2022, Decimal(9300), "Socialstyrelsen 2021-12-14", Certainty.HIGH),
    Rate(2023, Decimal(10500), "HSLF-FS 2022:60", Certainty.HIGH),
)
"""The national amounts that have been read in the regulation or in an official text."""

SUGGESTED_RATES: tuple[Rate, ...] = (
    Rate(2024, Decimal(11600), "invoices of 2024; not read in the regulation", Certainty.MEDIUM),
)
"""Shown to the one who enters the year's amount, never reckoned with before someone has read it."""


@dataclass(frozen=True, slots=True)
class AmountLine:
    """The days of one year and what they cost; `rate` and `kronor` are None for an unknown year."""

    year: int
    days: Decimal
    rate: Decimal | None
    source: str
    kronor: Decimal | None


@dataclass(frozen=True, slots=True)
class Amount:
    """Days in kronor, year by year."""

    lines: tuple[AmountLine, ...]

    @property
    def days(self) -> Decimal:
        """All days, also those of a year without an amount."""
        return sum((one.days for one in self.lines), Decimal(0))

    @property
    def kronor(self) -> Decimal | None:
        """The whole sum; None as soon as one year has no amount: a part would look like the whole."""
        found = [one.kronor for one in self.lines]
        return None if None in found else sum((one for one in found if one), Decimal(0))

    @property
    def refusal(self) -> Text | None:
        """Why there are no kronor."""
        years = [str(one.year) for one in self.lines if one.rate is None]
        if not years:
            return None
        return _(
            "Dygnen är räknade, men inte kronorna: beloppet för %(years)s är inte inlagt. "
            "Lägg in Socialstyrelsens belopp med källa.",
            years=", ".join(years),
        )


def check_rates(rates: Iterable[Rate]) -> None:
    """Raise unless each year has one amount above zero.

    Raises:
        Invalid: a year has two amounts, or an amount is not above zero.
    """
    seen = Counter(one.year for one in rates)
    twice = [str(year) for year, count in sorted(seen.items()) if count > 1]
    if twice:
        said = _("Det finns två belopp för %(years)s. Behåll ett.", years=", ".join(twice))
        raise Invalid(said, where="rates")
    if any(one.amount <= 0 for one in rates):
        raise Invalid(_("Ett belopp måste vara större än noll."), where="rates")


def with_own(own: Iterable[Rate], known: Iterable[Rate] = KNOWN_RATES) -> tuple[Rate, ...]:
    """The amounts to reckon with: those the county has entered go before the known ones."""
    found = {one.year: one for one in known} | {one.year: one for one in own}
    return tuple(found[year] for year in sorted(found))


def price_days(days: Iterable[date], terms: Terms, rates: Sequence[Rate]) -> Amount:
    """What the days cost, each by the amount of its own calendar year (LUS 5:6)."""
    count = Counter(day.year for day in days)
    return Amount(tuple(_line(year, Decimal(count[year]), terms, rates) for year in sorted(count)))


def price_excess(days: Decimal, year: int, terms: Terms, rates: Sequence[Rate]) -> Amount:
    """What the days above an average cost, by the amount of the period's year."""
    return Amount((_line(year, days, terms, rates),) if days else ())


def _line(year: int, days: Decimal, terms: Terms, rates: Sequence[Rate]) -> AmountLine:
    rate, source = _rate(year, terms, rates)
    kronor = None if rate is None else (days * rate).quantize(_ORE, ROUND_HALF_UP)
    return AmountLine(year, days, rate, source, kronor)


def _rate(year: int, terms: Terms, rates: Sequence[Rate]) -> tuple[Decimal | None, str]:
    if terms.agreed_amount is not None:
        return terms.agreed_amount, terms.source
    found = next((one for one in rates if one.year == year), None)
    return (found.amount, found.source) if found else (None, "")
