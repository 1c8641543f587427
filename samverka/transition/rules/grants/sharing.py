"""A pot and how it is shared out: the sum is always the pot, to the krona."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.keys import Exact, Key, by_weights
from samverka.transition.rules.grants.kronor import check_whole, tell
from samverka.transition.rules.grants.limits import NO_LIMITS, Limits, exact_shares
from samverka.transition.rules.grants.rounding import Bounds, Residual, Rounding, round_shares


class Held(StrEnum):
    """What holds a share where it is."""

    FREE = "free"
    FLOOR = "floor"
    CEILING = "ceiling"


@dataclass(frozen=True)
class Pot:
    """Money to be shared out by one key. The rule of the residual is part of the decision."""

    name: str
    kronor: int
    key: Key
    rounding: Rounding
    limits: Limits = NO_LIMITS


@dataclass(frozen=True)
class Share:
    """What one recipient gets.

    Attributes:
        kronor: the amount.
        exact: the share before rounding.
        held: whether a floor or a ceiling decides it.
    """

    code: str
    kronor: int
    exact: Fraction
    held: Held

    @property
    def rounded_by(self) -> Fraction:
        """Kronor that rounding and residual gave (above zero) or took."""
        return self.kronor - self.exact


@dataclass(frozen=True)
class Distribution:
    """A pot shared out; shares in the order of their codes."""

    pot: Pot
    shares: tuple[Share, ...]

    @property
    def amounts(self) -> dict[str, int]:
        """Code → kronor."""
        return {share.code: share.kronor for share in self.shares}

    @property
    def total(self) -> int:
        """Always the pot."""
        return sum(share.kronor for share in self.shares)


def share_out(pot: Pot) -> Distribution:
    """Share a pot out.

    Raises:
        Invalid: not whole kronor, or limits or a residual rule that cannot hold.
    """
    check_whole(pot.kronor, pot.name)
    exact = exact_shares(pot.kronor, pot.key, pot.limits)
    bounds = {
        code: Bounds(weight, pot.limits.floor(code), pot.limits.ceiling(code, pot.kronor))
        for code, weight in pot.key.weights.items()
    }
    amounts = round_shares(pot.kronor, exact, bounds, pot.rounding)
    return Distribution(
        pot,
        tuple(
            Share(code, kronor, exact[code], _held(pot, code, exact[code]))
            for code, kronor in sorted(amounts.items())
        ),
    )


def _held(pot: Pot, code: str, exact: Fraction) -> Held:
    if code in pot.limits.floors and exact == pot.limits.floors[code]:
        return Held.FLOOR
    if code in pot.limits.ceilings and exact == pot.limits.ceilings[code]:
        return Held.CEILING
    return Held.FREE


@dataclass(frozen=True)
class Part:
    """One part of a sum: fixed kronor, or a weight in what the fixed parts leave (70 of 70/30)."""

    code: str
    kronor: int | None = None
    weight: Exact = field(default=0)


def split(kronor: int, parts: Sequence[Part], rounding: Rounding) -> dict[str, int]:
    """Region, municipalities and the rest of a sum: fixed parts first, then by weight.

    Raises:
        Invalid: a part twice, fixed parts above the sum, or fixed parts alone that do not fill it.
    """
    check_whole(kronor, _("summan"))
    if len({part.code for part in parts}) < len(parts):
        raise Invalid(_("Samma del står två gånger."), mend=_("Behåll en rad för varje del."))
    fixed = {part.code: part.kronor for part in parts if part.kronor is not None}
    for code, amount in fixed.items():
        check_whole(amount, code)
    left = kronor - sum(fixed.values())
    weights = {part.code: part.weight for part in parts if part.kronor is None}
    if left < 0 or (left and not weights):
        raise Invalid(
            _("Delarna är tillsammans %(parts)s, men summan är %(sum)s.",
              parts=tell(kronor - left), sum=tell(kronor)),
            mend=_("Rätta en av delarna eller summan."),
        )  # fmt: skip
    shared = {}
    if weights:
        shared = share_out(Pot("", left, by_weights(weights, name=""), rounding)).amounts
    return {part.code: (fixed | shared)[part.code] for part in parts}


@dataclass(frozen=True)
class Change:
    """One recipient under two ways of sharing: what a simulation shows side by side."""

    code: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """Kronor more (above zero) or less."""
        return self.after - self.before


def side_by_side(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Change, ...]:
    """Every recipient of either, in the order of codes; who is missing gets nothing there."""
    return tuple(
        Change(code, before.get(code, 0), after.get(code, 0))
        for code in sorted(set(before) | set(after))
    )


PUBLISHED_RULE = Rounding(Residual.LARGEST)
"""The rule that reproduces the tables of 2023 and 2024; see `publication`."""
