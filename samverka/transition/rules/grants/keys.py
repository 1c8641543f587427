"""Keys: what a pot is divided by. A key is weights that are exact, never floats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.populations import Population, check_population

Exact = int | Decimal | Fraction


class KeyKind(StrEnum):
    """What a key's weights are."""

    POPULATION = "population"  # persons on a day
    WEIGHTED = "weighted"  # persons by group, each group with its weight
    WEIGHTS = "weights"  # weights that somebody has decided or published
    EQUAL = "equal"  # the same for all


@dataclass(frozen=True)
class Key:
    """Weights per recipient, and where they come from.

    Attributes:
        weights: code → weight, zero or more, not all zero.
        source: the population or publication and its version.
        counted_on: the day of the population, when there is one.
    """

    kind: KeyKind
    name: str
    weights: Mapping[str, Fraction] = field(hash=False)
    source: str = ""
    counted_on: date | None = None

    @property
    def total(self) -> Fraction:
        """What each weight is divided by."""
        return sum(self.weights.values(), Fraction(0))

    def part(self, code: str) -> Fraction:
        """A recipient's exact part of the whole: between 0 and 1; all parts add up to 1."""
        return self.weights[code] / self.total


def by_population(population: Population, *, name: str = "") -> Key:
    """As many kronor for each person."""
    check_population(population)
    weights = {code: Fraction(people) for code, people in population.people.items()}
    return _key(
        KeyKind.POPULATION, name or population.name, weights, _source(population),
        population.counted_on,
    )  # fmt: skip


def by_groups(groups: Mapping[str, Population], weights: Mapping[str, Exact], *, name: str) -> Key:
    """Persons by group (ages, asylum seekers …), each group with a weight of its own.

    Raises:
        Invalid: groups and weights are not the same, or the groups have other codes or days.
    """
    if not groups or set(groups) != set(weights):
        raise Invalid(_("Varje grupp i befolkningen ska ha en vikt, och varje vikt en grupp."))
    counts = list(groups.values())
    for one in counts:
        check_population(one)
    if any(set(one.people) != set(counts[0].people) for one in counts):
        raise Invalid(_("Grupperna i befolkningen har inte samma mottagare."))
    if len({one.counted_on for one in counts}) > 1:
        raise Invalid(_("Grupperna i befolkningen är räknade på olika dagar."))
    made = {
        code: sum(
            (_exact(weights[group], group) * groups[group].people[code] for group in groups),
            Fraction(0),
        )
        for code in counts[0].people
    }
    return _key(KeyKind.WEIGHTED, name, made, _source(counts[0]), counts[0].counted_on)


def by_weights(weights: Mapping[str, Exact], *, name: str, source: str = "") -> Key:
    """Weights as decided or published: also the way in for a key that nobody outside knows."""
    made = {code: _exact(weight, code) for code, weight in weights.items()}
    return _key(KeyKind.WEIGHTS, name, made, source, None)


def equally(codes: Iterable[str], *, name: str = "") -> Key:
    """The same for all."""
    return _key(KeyKind.EQUAL, name, {code: Fraction(1) for code in codes}, "", None)


def _key(
    kind: KeyKind, name: str, weights: Mapping[str, Fraction], source: str, day: date | None
) -> Key:
    if not weights:
        raise Invalid(_("Fördelningsnyckeln har inga mottagare."))
    if not any(weights.values()):
        raise Invalid(_("Fördelningsnyckeln är noll för alla mottagare."))
    return Key(kind, name, dict(sorted(weights.items())), source, day)


def _exact(weight: Exact, where: str) -> Fraction:
    exact = type(weight) in (int, Decimal, Fraction) and not (
        isinstance(weight, Decimal) and not weight.is_finite()
    )
    if not exact or weight < 0:
        raise Invalid(
            _("Vikten för %(where)s är inget exakt tal, noll eller mer.", where=where), where=where
        )
    return Fraction(weight)


def _source(population: Population) -> str:
    return ", ".join(part for part in (population.name, population.version) if part)
