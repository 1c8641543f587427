"""Direct age standardisation: the rate as it would be if all had the same ages. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Final

from samverka.indicators.rules.figures import PER_100_000, Reckoned
from samverka.indicators.rules.intervals import USUAL, Interval, byar
from samverka.indicators.rules.numbers import check_count
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class StandardPopulation:
    """A population whose ages everyone is given.

    Attributes:
        name: as it stands beside the figure, with its year.
        people: age group → how many; only the proportions matter.
        source: who published it.
    """

    name: str
    people: Mapping[str, int]
    source: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """One age group: events among so many people."""

    events: int
    people: int


_EUROPE: Final = (
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000,
    2500, 1500, 1000,
)  # fmt: skip

EUROPE_2013: Final = StandardPopulation(
    "ESP 2013",
    {
        **{f"{5 * at}–{5 * at + 4}": people for at, people in enumerate(_EUROPE[:-1])},
        "90+": _EUROPE[-1],
    },
    "Eurostat, Revision of the European Standard Population, 2013",
)
"""The European standard population. A national one is a county's or the nation's own setting."""


def standardised(
    strata: Mapping[str, Stratum],
    standard: StandardPopulation,
    *,
    factor: int = PER_100_000,
    confidence: float = USUAL,
) -> Reckoned:
    """Σ w·(events/people) / Σ w, with Dobson's interval around Byar's limits of all events.

    low = rate + √(var(rate) / events) · (Byar low − events), and high likewise (Dobson, Kuulasmaa,
    Eberle & Scherer, Stat Med 1991;10:457). With no events at all the interval's upper end is that of
    a rate in which each event weighs as the heaviest age group, so that it is never too short.

    Raises:
        Invalid: an age group is missing, is not the standard's, or has nobody in it.
    """
    _check(strata, standard)
    total = sum(standard.people.values())
    weights = {
        age: Fraction(weight, total * strata[age].people)
        for age, weight in standard.people.items()
        if weight
    }
    value = sum((each * strata[age].events for age, each in weights.items()), Fraction(0))
    events = sum(strata[age].events for age in weights)
    spread = sum((each**2 * strata[age].events for age, each in weights.items()), Fraction(0))
    scale = sqrt(spread / events) if events else float(max(weights.values()))
    limits = byar(events, confidence)
    found = Interval(
        max(0.0, float(value) + scale * (limits.low - events)),
        float(value) + scale * (limits.high - events),
    )
    people = sum(strata[age].people for age in weights)
    return Reckoned(value * factor, found.times(factor), events, people, factor, standard.name)


def _check(strata: Mapping[str, Stratum], standard: StandardPopulation) -> None:
    """Every age group of the standard has people, and there is no other."""
    needed = [age for age, weight in standard.people.items() if weight]
    if strange := [age for age in strata if age not in standard.people]:
        raise Invalid(
            _("Standardbefolkningen %(name)s har inte åldersgruppen %(age)s.",
              name=standard.name, age=strange[0]),
            mend=_("Använd standardbefolkningens egna åldersgrupper."),
        )  # fmt: skip
    for age in needed:
        one = strata.get(age, Stratum(0, 0))
        check_count(one.events, where=age)
        check_count(one.people, where=age)
        if not one.people:
            raise Invalid(
                _("Åldersgruppen %(age)s har inga invånare, så värdet kan inte åldersstandardiseras.",
                  age=age),
                where=age,
                mend=_("Slå ihop åldersgrupper, eller räkna på ett större område."),
            )  # fmt: skip
