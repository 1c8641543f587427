"""Whether two who read the same text see the same: agreement and Cohen's kappa. Pure.

Kappa = (observed − expected) / (1 − expected), where `expected` is what two would agree by chance if each
used a code as often as they did. Cohen, J. (1960) Educational and Psychological Measurement 20:37–46.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two agree.

    Attributes:
        n: of texts that both have read.
        same: of them, where they said the same.
        kappa: −1 to 1; None where chance alone gives full agreement (both always said one thing).
    """

    n: int
    same: int
    kappa: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """The share of texts where they said the same; None without texts."""
        return Fraction(self.same, self.n) if self.n else None


def agreement(pairs: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """The agreement of (what the first said, what the second said), text by text."""
    read = list(pairs)
    n, same = len(read), sum(one == other for one, other in read)
    if not n:
        return Agreement(0, 0, None)
    first, second = Counter(one for one, _ in read), Counter(other for _, other in read)
    expected = sum(Fraction(first[code] * second[code], n * n) for code in first)
    kappa = None if expected == 1 else (Fraction(same, n) - expected) / (1 - expected)
    return Agreement(n, same, kappa)


@dataclass(frozen=True, slots=True)
class Pair:
    """What two saw in one text. `offered`: the codes that stood in the code book of both."""

    first: frozenset[str]
    second: frozenset[str]
    offered: frozenset[str]


def agreement_by_code(pairs: Iterable[Pair], codes: Iterable[str]) -> Mapping[str, Agreement]:
    """Code by code, whether both or neither saw it in each text where both could have."""
    read = list(pairs)
    return {
        code: agreement(
            (code in one.first, code in one.second) for one in read if code in one.offered
        )
        for code in codes
    }


def agreement_in_all(pairs: Iterable[Pair]) -> Agreement:
    """Over every code of every text at once."""
    return agreement(
        (code in one.first, code in one.second) for one in pairs for code in one.offered
    )
