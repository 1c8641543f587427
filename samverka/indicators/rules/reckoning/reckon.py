"""From whole numbers in cells to curves that may be shown: one measure at a time. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from samverka.indicators.rules.figures import Reckoned
from samverka.indicators.rules.hiding.again import Kept, Renewed, renew
from samverka.indicators.rules.measures import (
    Counted,
    Measure,
    Period,
    Result,
    Tally,
    refusal,
    tallies,
)
from samverka.indicators.rules.measures import reckon as figure_of
from samverka.indicators.rules.reckoning.across import (
    Needs,
    Other,
    needs_across,
    stretch,
)
from samverka.indicators.rules.reckoning.places import Places, condensed
from samverka.indicators.rules.reckoning.points import KeptPoint, PointStatus, shown
from samverka.indicators.rules.reckoning.rolling import common, few_together, telling
from samverka.kernel.hiding.policy import Policy
from samverka.kernel.hiding.tables import WHOLE, Cells, Counts, Key, Shape
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text

LEAST_STANDARDISED: Final = 10
"""Events behind a standardised rate: fewer could be sorted by age from its digits, and say little."""


@dataclass(frozen=True, slots=True)
class Before:
    """What has left of a measure until now.

    Attributes:
        kept: first day of the figure → its cells.
        points: cell → first day → the point that is shown now, by the same definition.
        others: what has left of other measures of the same thing.
    """

    kept: Mapping[date, Kept] = field(default_factory=dict)
    points: Mapping[Key, Mapping[date, KeptPoint]] = field(default_factory=dict)
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Curves:
    """A measure reckoned.

    Attributes:
        places: its areas.
        points: cell → its points in order.
        left: first day → what leaves that had not left before, and what is hidden for the first time.
        refused: area → figures that cannot be true.
        standing: figures that are as they were given. `exposed`: small ones that what had left before
            gives away. `uneven`: parts that were more than their whole.
    """

    places: Places
    points: Mapping[Key, tuple[KeptPoint, ...]]
    left: Mapping[date, Kept]
    refused: Mapping[str, int]
    standing: int
    exposed: int
    uneven: int


def policy_of(measure: Measure) -> Policy:
    """Which counts of a measure are small."""
    smallest = measure.smallest
    if measure.result is Result.STANDARDISED:
        smallest = max(smallest, LEAST_STANDARDISED)
    return Policy(
        smallest=smallest,
        least_whole=int(str(measure.extra.get("least_whole", 0))),
        hides_zero=bool(measure.extra.get("hides_zero", False)),
    )


def reckon_curves(
    measure: Measure,
    cells: Iterable[Counted],
    *,
    since: date,
    until: date,
    before: Before | None = None,
) -> Curves:
    """Every curve of a measure, as it may be shown. An area that no fact tells of any more has none.

    Args:
        since, until: the first and the last day that the facts tell of; what they do not cover whole has
            no figure.
    """
    banded = measure.result is Result.STANDARDISED
    work = _Work(measure, list(cells) if banded else condensed(cells), before or Before())
    work.add_up(since, until)
    work.reckon()
    return work.curves()


class _Work:
    """One measure while it is being reckoned."""

    def __init__(self, measure: Measure, cells: Sequence[Counted], before: Before) -> None:
        self.measure, self.cells, self.before = measure, cells, before
        self.policy = policy_of(measure)
        self.places = Places(cells, {one.group for one in cells if one.group})
        self.tallies: dict[date, dict[Key, Tally]] = {}
        self.years: dict[Key, list[Counts]] = {}
        self.points: dict[Key, list[KeptPoint]] = {}
        self.left: dict[date, Kept] = {}
        self.refused: Counter[str] = Counter()
        self.standing = self.exposed = self.uneven = 0

    def add_up(self, since: date, until: date) -> None:
        """Every cell to the areas and parts that it belongs to, and these to their stretches of time."""
        old = (key for key in sorted(self.before.points) if key[0] in self.places.of)
        found: dict[Key, list[Counted]] = {key: [] for key in old}
        alike: dict[tuple[str, str, str, int, str], list[list[Counted]]] = {}
        for one in self.cells:
            kind = (one.municipality, one.unit, one.sex, one.band, one.group)
            if kind not in alike:
                alike[kind] = [found.setdefault(key, []) for key in self.places.cells_of(one)]
            for together in alike[kind]:
                together.append(one)
        for key in sorted(found):
            self.points[key] = []
            for tally in tallies(self.measure, found[key], first=since, last=until):
                self.tallies.setdefault(tally.period, {})[key] = tally
            if self.measure.period is Period.ROLLING_3_YEARS:
                single = tallies(
                    self.measure,
                    found[key],
                    first=since,
                    last=until,
                    period=Period.YEAR,
                )
                self.years[key] = [self._counts({key: one})[key] for one in single]

    def reckon(self) -> None:
        """Each stretch of time as a table of its own; sums over three years share theirs."""
        tables = {day: self._counts(self.tallies[day]) for day in sorted(self.tallies)}
        hidden: frozenset[Key] = frozenset()
        if self.measure.period is Period.ROLLING_3_YEARS and tables:
            hidden = self._hidden_in_all(list(tables.values()))
        figures = {day: self._figures(day) for day in tables}
        away = {day: hidden | figures[day][1].keys() for day in tables}
        needs = self._across(tables, away)
        for day, cells in tables.items():
            made = self._sealed(day, cells, away[day], needs.get(day, {}))
            self._table(day, cells, made, *figures[day])

    def _hidden_in_all(self, tables: list[Cells]) -> frozenset[Key]:
        """What sums over three years hide, whichever year they end."""
        shapes = [self.places.shape, *self.places.units.values()]
        hidden: frozenset[Key] = frozenset()
        more = telling(self.years, self.policy)
        while True:
            hidden = common(tables, shapes, self.policy, hidden | more)
            more = few_together(self.years, shapes, hidden, self.policy)
            if not more:
                return hidden

    def _across(self, tables: Mapping[date, Cells], away: Mapping[date, frozenset[Key]]) -> Needs:
        """What must be hidden because of what other measures of the same thing have told."""
        needs: Needs = {}
        own = {day: stretch(self.measure, day) for day in tables}
        more: Needs = {day: {} for day in tables if self.before.others}
        while more:
            for day, found in more.items():
                needs.setdefault(day, {}).update(found)
            unseen = {}
            for day, cells in tables.items():
                made = self._sealed(day, cells, away[day], needs.get(day, {}))
                unseen[day] = made.hidden | made.stands
            more = {
                day: fresh
                for day, found in needs_across(
                    own, tables, unseen, self.before.others, self.policy
                ).items()
                if (fresh := {key: one for key, one in found.items() if key not in needs[day]})
            }
        return needs

    def _counts(self, found: Mapping[Key, Tally]) -> dict[Key, Counts]:
        """How many are counted in each cell, for the rules of hiding."""
        if self.measure.result is not Result.SHARE:
            return {key: (one.numerator,) for key, one in found.items()}
        return {
            key: (one.numerator, max(0, one.denominator - one.numerator))
            for key, one in found.items()
        }

    def _table(
        self,
        day: date,
        cells: Cells,
        made: Renewed,
        figures: Mapping[Key, Reckoned | None],
        refused: Mapping[Key, str],
    ) -> None:
        kept = self.before.kept.get(day, Kept())
        for key, found in figures.items():
            self.points[key].append(self._point(key, day, found, made, refused))
        unseen = made.hidden | made.stands
        fresh = {
            key: counts
            for key, counts in cells.items()
            if key not in unseen and kept.shown.get(key) != counts
        }
        away = frozenset(made.hidden & cells.keys()) - kept.hidden - kept.shown.keys()
        if fresh or away:
            self.left[day] = Kept(fresh, away)
        self.standing += len(made.stands)
        self.exposed += len(made.exposed)
        self.uneven += sum(1 for key in cells if _exceeds(cells, key))

    def _figures(self, day: date) -> tuple[dict[Key, Reckoned | None], dict[Key, str]]:
        """The figures, and for those that cannot be true the words for why."""
        found: dict[Key, Reckoned | None] = {}
        refused: dict[Key, str] = {}
        for key, tally in self.tallies[day].items():
            found[key] = None
            why: Text | str | None = None
            try:
                found[key] = made = figure_of(self.measure, tally)
                why = refusal(self.measure, made.value) if made else None
            except Invalid as fault:
                why = None if self._lacks_people() else fault.message
            if why is not None:
                refused[key] = str(why)
        self.refused.update(key[0] for key in refused)
        return found, refused

    def _lacks_people(self) -> bool:
        """An age with nobody in it is no fault: the place is too small for a standardised rate."""
        return self.measure.result is Result.STANDARDISED

    def _sealed(
        self,
        day: date,
        cells: Cells,
        hidden: frozenset[Key],
        needs: Mapping[Key, Counts],
    ) -> Renewed:
        """The tree of municipalities first, then each county's units around its total."""
        shape = self.places.shape
        kept = self.before.kept.get(day, Kept())
        main = renew(
            shape, _within(cells, shape), self.policy, _kept(kept, shape),
            hidden=_inside(hidden, shape), needs=_within(needs, shape),
        )  # fmt: skip
        for county, units in self.places.units.items():
            total = (county, *WHOLE)
            told = total in cells and total not in main.hidden and total not in main.stands
            made = renew(
                units, _within(cells, units), self.policy, _kept(kept, units, without=total),
                hidden=_inside(hidden, units) - {total} | (set() if told else {total}),
                fixed=frozenset({total} if told else ()),
                needs={key: one for key, one in _within(needs, units).items() if key != total},
            )  # fmt: skip
            main.stands |= made.stands
            main.hidden |= made.hidden - {total}
            main.exposed |= made.exposed
        return main

    def _point(
        self,
        key: Key,
        day: date,
        found: Reckoned | None,
        made: Renewed,
        refused: Mapping[Key, str],
    ) -> KeptPoint:
        if key in refused:
            return KeptPoint(day, PointStatus.REFUSED, why=refused[key])
        if key in made.stands:
            before = self.before.points.get(key, {}).get(day)
            return before or KeptPoint(day, PointStatus.HIDDEN)
        if key in made.hidden:
            return KeptPoint(day, PointStatus.HIDDEN)
        return shown(self.measure, day, found) if found else KeptPoint(day, PointStatus.MISSING)

    def curves(self) -> Curves:
        """All that was made."""
        return Curves(
            self.places,
            {key: tuple(points) for key, points in self.points.items() if points},
            self.left,
            dict(self.refused),
            self.standing,
            self.exposed,
            self.uneven,
        )


def _within(cells: Mapping[Key, Counts], shape: Shape) -> dict[Key, Counts]:
    """The cells of one tree."""
    return {key: one for key, one in cells.items() if key[0] in shape.inside}


def _inside(keys: frozenset[Key], shape: Shape) -> frozenset[Key]:
    return frozenset(key for key in keys if key[0] in shape.inside)


def _kept(kept: Kept, shape: Shape, without: Key | None = None) -> Kept:
    shown = {key: one for key, one in _within(kept.shown, shape).items() if key != without}
    return Kept(shown, _inside(kept.hidden, shape) - {without})


def _exceeds(cells: Mapping[Key, Counts], key: Key) -> bool:
    """Whether a part counts more than the whole of its area: nothing here demands that parts add up."""
    whole = cells.get((key[0], *WHOLE))
    return whole is not None and any(
        part > all_of for part, all_of in zip(cells[key], whole, strict=True)
    )
