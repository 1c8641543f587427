"""Two measures of the same thing: what the one tells by subtraction from the other. Pure.

Falls by month and falls over three years, falls of those over 65 and of those over 80, a county's own
measure beside one that is shipped: each may be safe alone, and their difference a few persons. What is
caught here is one cell against the same cell of another measure: the same time, a longer time less the
shorter ones in it, and the other way round. Differences of many cells of many measures are not proved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from samverka.indicators.rules.hiding.again import Kept
from samverka.indicators.rules.measures import Grain, Measure, Period
from samverka.kernel.hiding.policy import Policy
from samverka.kernel.hiding.tables import Cells, Counts, Key

Months = tuple[int, int]
"""A stretch of time: number of its first month, and how many months."""

Needs = dict[date, dict[Key, Counts]]
"""First day → cell → how many more it must be possible that it holds."""

_PEOPLE: Final = frozenset(
    {
        "ages", "person", "population", "units", "follow_days", "points", "group_by", "once",
        "episodes",
    }
)  # fmt: skip
"""Settings that say of whom, where and how often, not what is counted."""

_YEAR: Final = 12
_LENGTHS: Final = {
    Period.MONTH: 1,
    Period.YEAR: _YEAR,
    Period.MEAN_OF_MONTHS: _YEAR,
    Period.MEDIAN_OF_MEDIANS: _YEAR,
    Period.ROLLING_3_YEARS: 3 * _YEAR,
}


def subject_of(measure: Measure) -> str:
    """What is counted, of whomever and over whatever time: measures with the same can be subtracted."""
    said = {name: one for name, one in measure.settings.items() if name not in _PEOPLE}
    if "fact" in said:
        inner = {name: said.pop(name) for name in ("fact", "where", "day") if name in said}
        said["sources"] = [inner]
    point = measure.grain is Grain.POINT
    return json.dumps([measure.shape, point, said], sort_keys=True, default=str)


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
    """What has left of another measure of the same thing."""

    kept: Mapping[Months, Kept]


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
    days = {stretch: day for day, stretch in own.items()}
    for other in others:
        for day, key, counts in _beside(own, tables, unseen, other, policy):
            found.setdefault(day, {})[key] = counts
        for day, key, counts in _longer(own, tables, unseen, other, policy):
            found.setdefault(day, {})[key] = counts
        for months, kept in other.kept.items():
            inside = [days[one] for one in days if one != months and _within(one, months)]
            for day, key, counts in _shorter(months, kept, inside, own, tables, unseen, policy):
                found.setdefault(day, {})[key] = counts
    return found


Found = Iterator[tuple[date, Key, Counts]]


def _within(inner: Months, outer: Months) -> bool:
    return outer[0] <= inner[0] and inner[0] + inner[1] <= outer[0] + outer[1]


def _beside(
    own: Mapping[date, Months], tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]],
    other: Other, policy: Policy,
) -> Found:  # fmt: skip
    """The same time: the difference is a few."""
    for day, cells in tables.items():
        told = other.kept.get(own[day], Kept()).shown
        for key in cells.keys() & told.keys() - unseen[day]:
            apart = [abs(mine - its) for mine, its in zip(cells[key], told[key], strict=False)]
            if any(0 < one < policy.smallest for one in apart):
                yield day, key, _need(cells[key], policy)


def _longer(
    own: Mapping[date, Months], tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]],
    other: Other, policy: Policy,
) -> Found:  # fmt: skip
    """A longer time of ours, and shorter ones of the other's in it."""
    for day, cells in tables.items():
        inside = [one for at, one in other.kept.items() if at != own[day] and _within(at, own[day])]
        if not inside:
            continue
        pieces = own[day][1] // min(
            at[1] for at in other.kept if at != own[day] and _within(at, own[day])
        )
        for key in cells.keys() - unseen[day]:
            told = [one.shown[key] for one in inside if key in one.shown]
            if told and _tells(cells[key], told, pieces - len(told), policy):
                yield day, key, _need(cells[key], policy)


def _shorter(
    months: Months, kept: Kept, inside: Sequence[date], own: Mapping[date, Months],
    tables: Mapping[date, Cells], unseen: Mapping[date, set[Key]], policy: Policy,
) -> Found:  # fmt: skip
    """Shorter times of ours in a longer one of the other's: all of them are hidden, or none need be."""
    if not inside:
        return
    pieces = months[1] // min(own[day][1] for day in inside)
    for key, whole in kept.shown.items():
        seen = [day for day in inside if key in tables[day] and key not in unseen[day]]
        told = [tables[day][key] for day in seen]
        if told and _tells(whole, told, pieces - len(told), policy):
            for day in seen:
                yield day, key, _need(tables[day][key], policy)


def _tells(whole: Counts, told: Sequence[Counts], hidden: int, policy: Policy) -> bool:
    """Whether what is left of a sum tells of few: one stretch alone, or few in all of them."""
    for side in range(min(len(whole), *(len(one) for one in told))):
        left = whole[side] - sum(one[side] for one in told)
        if 0 < left < policy.smallest or (hidden == 1 and left > 0):
            return True
    return False


def _need(counts: Counts, policy: Policy) -> Counts:
    return (policy.smallest,) * len(counts)
