"""How one pot is to be shared, as it is chosen on a page and kept: key, limits, rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.keys import (
    Key,
    KeyKind,
    by_population,
    by_weights,
    equally,
)
from samverka.transition.rules.grants.limits import NO_LIMITS, Limits, same_for_all
from samverka.transition.rules.grants.populations import Population
from samverka.transition.rules.grants.rounding import Residual, Rounding
from samverka.transition.rules.grants.sharing import Distribution, Pot, share_out


class Receiver(StrEnum):
    """Whom a pot is for."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    SHARED = "shared"  # SKR, joint work, or what the source does not divide


class DistributionStatus(StrEnum):
    """How far a version of a distribution has come."""

    DRAFT = "draft"
    CURRENT = "current"
    FORMER = "former"


RECEIVER_WORDS = {
    Receiver.REGION: _("regionerna"),
    Receiver.MUNICIPALITY: _("kommunerna"),
    Receiver.SHARED: _("gemensamt"),
}
STATUS_WORDS = {
    DistributionStatus.DRAFT: _("Utkast"),
    DistributionStatus.CURRENT: _("Gäller"),
    DistributionStatus.FORMER: _("Har gällt"),
}
KEY_WORDS = {
    KeyKind.POPULATION: _("Lika många kronor per invånare"),
    KeyKind.EQUAL: _("Lika mycket till alla"),
    KeyKind.WEIGHTS: _("Publicerade eller beslutade andelar"),
    KeyKind.WEIGHTED: _("Olika vikt för olika grupper av invånare"),
}
CHOSEN = (KeyKind.POPULATION, KeyKind.EQUAL)
"""The keys that can be tried on a page: the others need weights from a file."""


@dataclass(frozen=True)
class Choice:
    """What decides a distribution, beside the pot itself.

    Attributes:
        people: the population: the key's, or for an equal key whom it concerns.
        weights: for `KeyKind.WEIGHTS` only.
        floor, ceiling: kronor for each recipient; None: no limit.
    """

    kind: KeyKind
    people: Population | None = None
    weights: Mapping[str, int] = field(default_factory=dict, hash=False)
    source: str = ""
    floor: int | None = None
    ceiling: int | None = None
    residual: Residual = Residual.LARGEST

    @property
    def limits(self) -> Limits:
        """The same floor and ceiling for all."""
        if self.floor is None and self.ceiling is None:
            return NO_LIMITS
        return same_for_all(key_of(self).weights, floor=self.floor, ceiling=self.ceiling)


def key_of(choice: Choice) -> Key:
    """The key that was chosen.

    Raises:
        Invalid: a key by population without one, or what the key itself refuses.
    """
    if choice.kind is KeyKind.WEIGHTS:
        return by_weights(choice.weights, name="", source=choice.source)
    if choice.people is None:
        raise Invalid(_("Välj en befolkning."), where="population")
    if choice.kind is KeyKind.EQUAL:
        return equally(choice.people.people)
    return by_population(choice.people)


def share_by(kronor: int, choice: Choice) -> Distribution:
    """Share kronor out as chosen: to the krona, the sum is the pot."""
    return share_out(Pot("", kronor, key_of(choice), Rounding(choice.residual), choice.limits))


def share_of_both(own: int, other: int, percent: int) -> int:
    """A side's pot when it is to have so many per cent of both sides' money.

    Raises:
        Invalid: not a part of a hundred.
    """
    if not 0 <= percent <= 100:
        raise Invalid(_("Andelen ska vara mellan 0 och 100 procent."), where="percent")
    return (own + other) * percent // 100


def parts_of_both(whole: int, percent: int) -> dict[Receiver, int]:
    """The whole of an area as two pots: so many per cent to the regions, the rest to the municipalities."""
    regions = share_of_both(whole, 0, percent)
    return {Receiver.REGION: regions, Receiver.MUNICIPALITY: whole - regions}


def per_inhabitant(kronor: int, persons: int | None) -> Fraction | None:
    """Kronor for each inhabitant; None where nobody has counted them."""
    return Fraction(kronor, persons) if persons else None


def may_see(own: str, recipient: str) -> bool:
    """Whose movements one sees: a municipality its own, a region its own and its county's."""
    return own == recipient or (bool(own) and len(own) == 2 and recipient.startswith(own))
