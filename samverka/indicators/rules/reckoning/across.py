"""Two measures of the same thing: what the one tells by subtraction from the other. Pure.

Falls by month and falls over three years, falls of those over 65 and of those over 80, a county's own
measure beside one that is shipped: each may be safe alone, and their difference a few persons. What is
caught here is one cell against the same cell of another measure: the same time, a longer time less the
shorter ones in it, and the other way round. So is one whose people are all within the other's: those who
were offered help by one measure, those who accepted by another, and the few who did not between them.
Differences of many cells of many measures are not proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from samverka.indicators.rules.hiding.again import Kept
from samverka.indicators.rules.measures import Grain, Measure, Period
from samverka.indicators.rules.reckoning.things import ALIKE, Pair
from samverka.kernel.hiding.policy import Policy
from samverka.kernel.hiding.tables import Cells, Counts, Key

Months = tuple[int, int]
"""A stretch of time: number of its first month, and how many months."""

Needs = dict[date, dict[Key, Counts]]
"""First day → cell → how many more it must be possible that it holds."""

_YEAR: Final = 12
_LENGTHS: Final = {
    Period.MONTH: 1,
    Period.YEAR: _YEAR,
    Period.MEAN_OF_MONTHS: _YEAR,
    Period.MEDIAN_OF_MEDIANS: _YEAR,
    Period.ROLLING_3_YEARS: 3 * _YEAR,
}


def stretch(measure: Measure, first: date) -> Months:
    """The months of one figure. Of a point date: that month."""
    long = 1 if measure.grain is Grain.POINT else _LENGTHS.get(measure.period, 1)
    begin = first.year - 2 if long > _YEAR else first.year
    return begin * _YEAR + (first.month - 1 if long == 1 else 0), long


def longest_last(measures: Iterable[Measure]) -> list[Measure]:
    """In the order to reckon: a sum over years is judged by the months in it, not they by it."""
    return sorted(measures, key=lambda one: stretch(one, one.valid_from)[1])


@dataclass(frozen=True, slots=True)
class Other:
    """What has left of another measure of the same thing.

    Attributes:
        pairs: which numbers of ours and of its can be subtracted.
    """

    kept: Mapping[Months, Kept]
    pairs: tuple[Pair, ...] = ALIKE

    @property
    def is_linked(self) -> bool:
        """Whether it has a set of people in common with ours, told in another place of its cells."""
        return any(pair.same and pair not in ALIKE for pair in self.pairs)

    def seen(self, pair: Pair) -> dict[Months, Cells]:
        """What its shown cells say of the one number."""
        return {at: pair.of(pair.its, kept.shown) for at, kept in self.kept.items()}


def needs_across(
    own: Mapping[date, Months],
    tables: Mapping[date, Cells],
    unseen: Mapping[date, set[Key]],
    others: Sequence[Other],
    policy: Policy,
) -> Needs:
    """Cells that must be hidden because others and they together tell of few.

    Args:
        own: the stretch of time of each table. `unseen`: what is hidden of each so far.
    """
    found: Needs = {}
    for other in others:
        for pair in other.pairs:
            mine = {day: pair.of(pair.mine, cells) for day, cells in tables.items()}
            for day, key in _told(own, mine, unseen, other.seen(pair), pair, policy):
                found.setdefault(day, {})[key] = _need(tables[day][key], policy)
        for day, key in _beside_hidden(own, tables, unseen, other):
            found.setdefault(day, {})[key] = _need(tables[day][key], policy)
    return found


Found = Iterator[tuple[date, Key]]
Seen = Mapping[Months, Cells]


def _told(
    own: Mapping[date, Months], tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]],
    seen: Seen, pair: Pair, policy: Policy,
) -> Found:  # fmt: skip
    """One number of ours and one of another's. A part of the other over another time tells nothing."""
    yield from _beside(own, tables, unseen, seen, policy)
    if not pair.same:
        return
    yield from _longer(own, tables, unseen, seen, policy)
    days = {stretch: day for day, stretch in own.items()}
    for months, whole in seen.items():
        inside = [days[one] for one in days if one != months and _within(one, months)]
        yield from _shorter(months, whole, inside, own, tables, unseen, policy)


def _within(inner: Months, outer: Months) -> bool:
    return outer[0] <= inner[0] and inner[0] + inner[1] <= outer[0] + outer[1]


def _beside_hidden(
    own: Mapping[date, Months], tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]],
    other: Other,
) -> Found:  # fmt: skip
    """The same time of a linked measure is hidden: two that tell of its ends would tell of it."""
    if other.is_linked:
        for day, cells in tables.items():
            hidden = other.kept.get(own[day], Kept()).hidden
            yield from ((day, key) for key in cells.keys() & hidden - unseen[day])


def _beside(
    own: Mapping[date, Months], tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]],
    seen: Seen, policy: Policy,
) -> Found:  # fmt: skip
    """The same time: the difference is a few."""
    for day, cells in tables.items():
        told = seen.get(own[day], {})
        for key in cells.keys() & told.keys() - unseen[day]:
            apart = [abs(mine - its) for mine, its in zip(cells[key], told[key], strict=True)]
            if any(0 < one < policy.smallest for one in apart):
                yield day, key


def _longer(
    own: Mapping[date, Months], tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]],
    seen: Seen, policy: Policy,
) -> Found:  # fmt: skip
    """A longer time of ours, and shorter ones of the other's in it."""
    for day, cells in tables.items():
        inside = [one for at, one in seen.items() if at != own[day] and _within(at, own[day])]
        if not inside:
            continue
        pieces = own[day][1] // min(
            at[1] for at in seen if at != own[day] and _within(at, own[day])
        )
        for key in cells.keys() - unseen[day]:
            told = [one[key] for one in inside if key in one]
            if told and _tells(cells[key], told, pieces - len(told), policy):
                yield day, key


def _shorter(
    months: Months, others: Cells, inside: Sequence[date], own: Mapping[date, Months],
    tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]], policy: Policy,
) -> Found:  # fmt: skip
    """Shorter times of ours in a longer one of the other's: all of them are hidden, or none need be."""
    if not inside:
        return
    pieces = months[1] // min(own[day][1] for day in inside)
    for key, whole in others.items():
        seen = [day for day in inside if key in tables[day] and key not in unseen[day]]
        told = [tables[day][key] for day in seen]
        if told and _tells(whole, told, pieces - len(told), policy):
            for day in seen:
                yield day, key


def _tells(whole: Counts, told: Sequence[Counts], hidden: int, policy: Policy) -> bool:
    """Whether what is left of a sum tells of few: one stretch alone, or few in all of them."""
    for side in range(min(len(whole), *(len(one) for one in told))):
        left = whole[side] - sum(one[side] for one in told)
        if 0 < left < policy.smallest or (hidden == 1 and left > 0):
            return True
    return False


def _need(counts: Counts, policy: Policy) -> Counts:
    return (policy.smallest,) * len(counts)
