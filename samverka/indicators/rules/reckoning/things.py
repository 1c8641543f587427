"""What each number of a measure counts, and which numbers of two measures can be subtracted. Pure.

A share tells of two sets: those who were reached, and all. A rate or a count tells of one. The same set in
two measures, or one within the other (those who accepted, of those who were offered), differ by people that
a third may have hidden.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from samverka.indicators.rules.measures import Grain, Measure, Result
from samverka.kernel.hiding.tables import Cells

_PEOPLE: Final = frozenset(
    {
        "ages", "person", "population", "units", "follow_days", "points", "group_by", "once",
        "episodes",
    }
)  # fmt: skip
"""Settings that say of whom, where and how often, not what is counted."""

_ROWS: Final = ("share", "open", "events")
_PERSONS: Final = "standing"

Sides = tuple[int, ...]
"""Which of a cell's numbers are added: (0,) those reached, (1,) those not, (0, 1) all."""

Asked = tuple[str, frozenset[str]]
"""What is asked of, and all conditions that hold for it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A set that a measure tells the size of.

    Attributes:
        frame: what is counted, and how it is placed in time; only within one can sets be compared.
        asked: what those counted fulfil.
    """

    frame: str
    asked: tuple[Asked, ...]
    sides: Sides

    def within(self, other: Thing) -> bool:
        """Whether all that is counted here is counted there too, as far as the conditions say."""
        return self.frame == other.frame and all(
            any(mine[0] == its[0] and mine[1] >= its[1] for mine in self.asked)
            for its in other.asked
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of ours and one of another measure. `same`: of the same set, else one is within the other."""

    mine: Sides
    its: Sides
    same: bool = True

    def of(self, sides: Sides, cells: Cells) -> Cells:
        """Cells with the one number; those that do not have it are left out."""
        return {
            key: (sum(counts[side] for side in sides),)
            for key, counts in cells.items()
            if len(counts) > max(sides)
        }


ALIKE: Final = (Pair((0,), (0,)), Pair((1,), (1,)))
"""Two measures that count alike: side by side."""


def subject_of(measure: Measure) -> str:
    """What is counted, of whomever and over whatever time: measures with the same can be subtracted."""
    said = {name: one for name, one in measure.settings.items() if name not in _PEOPLE}
    if "fact" in said:
        inner = {name: said.pop(name) for name in ("fact", "where", "day") if name in said}
        said["sources"] = [inner]
    return _text([measure.shape, measure.grain is Grain.POINT, said])


def pairs_of(measure: Measure, other: Measure) -> tuple[Pair, ...]:
    """The numbers of two measures that can be subtracted; none: they have nothing in common."""
    found = {pair: None for pair in ALIKE if subject_of(measure) == subject_of(other)}
    for mine in things_of(measure):
        for its in things_of(other):
            inner, outer = mine.within(its), its.within(mine)
            if inner or outer:
                found[Pair(mine.sides, its.sides, inner and outer)] = None
    return tuple(found)


def things_of(measure: Measure) -> tuple[Thing, ...]:
    """The sets that a measure tells of. None where it adds up days or hours, or counts in its own way."""
    settings = measure.settings
    if settings.get("span") or settings.get("sources"):
        return ()
    if measure.shape in _ROWS:
        return tuple(_rows(measure, settings))
    return tuple(_persons(measure, settings)) if measure.shape == _PERSONS else ()


def _rows(measure: Measure, settings: Mapping[str, Any]) -> Iterator[Thing]:
    """Rows of a fact, and of them those that also …"""
    whole, hit = _all(settings.get("where")), _all(settings.get("hit"))
    frame = _frame(measure, *(settings.get(name) for name in ("fact", "day", "open")))
    about = _person(settings)
    if measure.result is Result.SHARE:
        yield Thing(frame, (("row", whole | hit), about), (0,))
        yield Thing(frame, (("row", whole), about), (0, 1))
    elif measure.shape == "events":
        yield Thing(frame, (("row", whole), about), (0,))


def _persons(measure: Measure, settings: Mapping[str, Any]) -> Iterator[Thing]:
    """Persons at a date, and of them those for whom something holds. All inhabitants stand in books."""
    frame, about = _frame(measure), _person(settings)
    among, having = _held(settings.get("among")), _held(settings.get("having"))
    hit = (about[0], about[1] | _all(settings.get("hit")))
    yield Thing(frame, (hit, *among, *having), (0,))
    if among or about[1]:
        yield Thing(frame, (about, *among), (0, 1))


def _frame(measure: Measure, *more: object) -> str:
    kind = _PERSONS if measure.shape == _PERSONS else "rows"
    return _text([kind, measure.grain is Grain.POINT, measure.settings.get("ages"), *more])


def _person(settings: Mapping[str, Any]) -> Asked:
    return "person", _all(settings.get("person"))


def _held(many: Sequence[Mapping[str, Any]] | None) -> tuple[Asked, ...]:
    return tuple(
        (
            _text({name: said for name, said in one.items() if name != "where"}),
            _all(one.get("where")),
        )
        for one in many or ()
    )


def _all(conditions: Sequence[object] | None) -> frozenset[str]:
    return frozenset(_text(one) for one in conditions or ())


def _text(data: object) -> str:
    return json.dumps(data, sort_keys=True, default=str)
