"""The standard population of a measure, from the lowest age that the measure has. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from samverka.indicators.rules.measures.kinds import Measure
from samverka.indicators.rules.standards import EUROPE_2013, StandardPopulation, Stratum
from samverka.kernel.areas import population_2019
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

TOP: Final = 95
SWEDEN_2019: Final = "Riket 2019"


def standards() -> dict[str, StandardPopulation]:
    """Every standard population by name."""
    return {one.name: one for one in (sweden_2019(), EUROPE_2013)}


@cache
def sweden_2019() -> StandardPopulation:
    """Sweden's inhabitants on 31 December 2019 in bands of five years, up to 95 and over."""
    ages = [sum(column) for column in zip(*population_2019().values(), strict=True)]
    bands = {f"{at}–{at + 4}": sum(ages[at : at + 5]) for at in range(0, TOP, 5)}
    return StandardPopulation(SWEDEN_2019, {**bands, f"{TOP}+": sum(ages[TOP:])}, "SCB, 2019-12-31")


def standard_of(measure: Measure) -> StandardPopulation:
    """The measure's own, without the ages it does not have.

    Raises:
        Invalid: no standard population has that name.
    """
    found = standards().get(measure.standard)
    if found is None:
        raise Invalid(
            _("Det finns ingen standardbefolkning som heter %(name)s.", name=measure.standard),
            where=measure.code,
            mend=_("Välj ett av: %(choices)s.", choices=", ".join(standards())),
        )
    low, high = _ages(measure)
    kept = {
        label: people
        for label, people in found.people.items()
        if lowest(label) >= low and lowest(label) <= high
    }
    return StandardPopulation(found.name, kept, found.source)


def _ages(measure: Measure) -> tuple[int, int]:
    found = measure.settings.get("ages")
    ages = [one for one in found if isinstance(one, int)] if isinstance(found, list | tuple) else []
    return (ages[0] if ages else 0), (ages[1] if len(ages) > 1 else 200)


def lowest(label: str) -> int:
    """65 of "65–69", 90 of "90+"."""
    return int(label.split("–")[0].rstrip("+"))


def strata_of(
    standard: StandardPopulation, bands: Iterable[tuple[int, int, int]]
) -> dict[str, Stratum]:
    """Bands of five years as the standard's own age groups; of unknown age are left out."""
    starts = sorted((lowest(label), label) for label in standard.people)
    found: dict[str, tuple[int, int]] = dict.fromkeys(standard.people, (0, 0))
    for band, events, people in bands:
        fitting = [label for start, label in starts if start <= band]
        if fitting:
            had = found[fitting[-1]]
            found[fitting[-1]] = (had[0] + events, had[1] + people)
    return {label: Stratum(*pair) for label, pair in found.items()}
