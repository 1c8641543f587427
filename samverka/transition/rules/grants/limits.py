"""Floor and ceiling: what nobody gets less, or more, than. Exact, before any rounding.

With limits a recipient's share is its weight times one common rate, held between its floor and its
ceiling. The rate is the one at which the shares add up to the pot; it is found exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.keys import Key
from samverka.transition.rules.grants.kronor import check_whole, tell
from samverka.transition.rules.grants.populations import Population


@dataclass(frozen=True)
class Limits:
    """Kronor that a recipient gets at least, and at most; who is not named has none."""

    floors: Mapping[str, int] = field(default_factory=dict, hash=False)
    ceilings: Mapping[str, int] = field(default_factory=dict, hash=False)

    def floor(self, code: str) -> int:
        """At least this, in kronor."""
        return self.floors.get(code, 0)

    def ceiling(self, code: str, kronor: int) -> int:
        """At most this; without a ceiling the whole pot of `kronor`."""
        return min(self.ceilings.get(code, kronor), kronor)


NO_LIMITS = Limits()


def same_for_all(
    codes: Iterable[str], *, floor: int | None = None, ceiling: int | None = None
) -> Limits:
    """One floor and one ceiling for every recipient."""
    kept = list(codes)
    return Limits(
        {} if floor is None else dict.fromkeys(kept, floor),
        {} if ceiling is None else dict.fromkeys(kept, ceiling),
    )


def per_person(
    population: Population, *, floor: int | None = None, ceiling: int | None = None
) -> Limits:
    """Floor and ceiling in kronor for each person of the recipient."""
    people = population.people
    return Limits(
        {} if floor is None else {code: floor * count for code, count in people.items()},
        {} if ceiling is None else {code: ceiling * count for code, count in people.items()},
    )


def check_limits(kronor: int, key: Key, limits: Limits) -> None:
    """Refuse limits that no sharing can hold.

    Raises:
        Invalid: a limit for a stranger, a floor above its ceiling, floors above the pot, or
            ceilings that leave some of the pot over.
    """
    for code, limit in (*limits.floors.items(), *limits.ceilings.items()):
        check_whole(limit, code)
        if code not in key.weights:
            raise Invalid(_("%(code)s har en gräns men är ingen mottagare.", code=code), where=code)
    for code in key.weights:
        if limits.floor(code) > limits.ceilings.get(code, limits.floor(code)):
            raise Invalid(_("Golvet för %(code)s är högre än taket.", code=code), where=code)
    _check_sums(kronor, key, limits)


def _check_sums(kronor: int, key: Key, limits: Limits) -> None:
    floors = sum(limits.floor(code) for code in key.weights)
    if floors > kronor:
        raise Invalid(
            _("Golven är tillsammans %(floors)s, men potten är %(pot)s.",
              floors=tell(floors), pot=tell(kronor)),
            mend=_("Sänk golven eller höj potten."),
        )  # fmt: skip
    most = sum(
        limits.ceiling(code, kronor) if weight else limits.floor(code)
        for code, weight in key.weights.items()
    )
    if most < kronor:
        raise Invalid(
            _("Taken räcker bara till %(ceilings)s av pottens %(pot)s.",
              ceilings=tell(most), pot=tell(kronor)),
            mend=_("Höj taken eller sänk potten."),
        )  # fmt: skip


def exact_shares(kronor: int, key: Key, limits: Limits = NO_LIMITS) -> dict[str, Fraction]:
    """Each recipient's share before rounding; adds up to the pot exactly.

    Raises:
        Invalid: as `check_limits`.
    """
    check_limits(kronor, key, limits)
    rate = _rate(kronor, key, limits)
    return {code: _held(code, kronor, key, limits, rate) for code in key.weights}


def _held(code: str, kronor: int, key: Key, limits: Limits, rate: Fraction) -> Fraction:
    if not key.weights[code]:
        return Fraction(limits.floor(code))
    free = rate * key.weights[code]
    return min(max(free, Fraction(limits.floor(code))), Fraction(limits.ceiling(code, kronor)))


def _rate(kronor: int, key: Key, limits: Limits) -> Fraction:
    """Kronor for each unit of weight at which the shares add up to the pot.

    The sum grows with the rate and bends only where a recipient leaves its floor or meets its
    ceiling; between two bends it is a straight line.
    """
    if not limits.floors and not limits.ceilings:
        return kronor / key.total

    def total(rate: Fraction) -> Fraction:
        return sum((_held(code, kronor, key, limits, rate) for code in key.weights), Fraction(0))

    bends = sorted(
        {Fraction(0)}
        | {
            Fraction(limit) / weight
            for code, weight in key.weights.items()
            if weight
            for limit in (limits.floor(code), limits.ceiling(code, kronor))
        }
    )
    low, high = 0, len(bends) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if total(bends[middle]) <= kronor else (low, middle)
    return _between(kronor, bends[low], bends[high], total(bends[low]), total(bends[high]))


def _between(
    kronor: int, low: Fraction, high: Fraction, at_low: Fraction, at_high: Fraction
) -> Fraction:
    if at_high == at_low:
        return low
    return low + (high - low) * (kronor - at_low) / (at_high - at_low)
