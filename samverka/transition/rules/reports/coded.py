"""What free words say when two have read them: how many name each code, how alike the two read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samverka.transition.rules.reports.codes import Code, Reading, settled
from samverka.transition.rules.reports.kappa import Agreement, Pair, agreement_in_all
from samverka.transition.rules.reports.kinds import Recipient


@dataclass(frozen=True, slots=True)
class CodedText:
    """An answer in free words, and what was seen in it.

    Attributes:
        area: whose it is; one that writes in several answers is counted once for each code.
        offered: the codes that stood in the code book of both readers.
    """

    area: str
    recipient: Recipient
    read: Mapping[Reading, frozenset[str]]
    offered: frozenset[str]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How many of those that report name a code in their own words."""

    code: Code
    count: int


@dataclass(frozen=True, slots=True)
class Coded:
    """What one kind of recipient says in free words.

    Attributes:
        texts: in all; `done`: of them, where it is settled which codes hold; `differ`: where two have read
            and not yet decided.
        agreement: of the two who read, before they decided together.
    """

    texts: int
    done: int
    differ: int
    counts: tuple[CodeCount, ...]
    agreement: Agreement


def pair_of(text: CodedText) -> Pair | None:
    """What both saw, each alone; None until both have read."""
    first, second = text.read.get(Reading.FIRST), text.read.get(Reading.SECOND)
    return None if first is None or second is None else Pair(first, second, text.offered)


def coded(texts: Iterable[CodedText], recipient: Recipient, codes: Iterable[Code]) -> Coded:
    """The codes of one kind of recipient; the most named first within each topic."""
    mine = [one for one in texts if one.recipient is recipient]
    held = [(one.area, found) for one in mine if (found := settled(one.read)) is not None]
    pairs = [pair for one in mine if (pair := pair_of(one))]
    counts = [
        CodeCount(code, len({area for area, found in held if code.code in found})) for code in codes
    ]
    return Coded(
        texts=len(mine),
        done=len(held),
        differ=sum(pair_of(one) is not None and settled(one.read) is None for one in mine),
        counts=tuple(sorted(counts, key=lambda one: (_place(one.code), -one.count))),
        agreement=agreement_in_all(pairs),
    )


def _place(code: Code) -> int:
    """Where the code's topic stands in the list."""
    return list(type(code.topic)).index(code.topic)
