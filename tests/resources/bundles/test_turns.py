"""The order of a transaction: what a room takes is there before it is named; circles of what is kept are no matter."""

from __future__ import annotations

import pytest

from samverka.resources.rules.bundles import Entry, in_turns, read_asked
from samverka.resources.rules.lines import Faulty


def entries(number: int) -> list[Entry]:
    asked = read_asked({"method": "POST", "url": "Basic"}, "")
    return [Entry(at, "", asked) for at in range(number)]


def turns(number: int, plain: set[int], needs: dict[int, set[int]]) -> list[tuple[int, ...]]:
    return [
        tuple(one.at for one in turn.entries) for turn in in_turns(entries(number), plain, needs)
    ]


def test_all_that_is_kept_goes_together_whatever_it_names() -> None:
    assert turns(3, {0, 1, 2}, {0: {1}, 1: {2}, 2: {0}}) == [(0, 1, 2)]


def test_what_a_room_takes_goes_before_what_names_it() -> None:
    assert turns(4, {0, 1, 3}, {0: {2}, 1: {2}, 3: {0}}) == [(2,), (0, 1, 3)]


def test_and_after_what_it_names() -> None:
    # a patient (a room's), a condition (kept) and a plan (a room's) for it, a task (kept) of the plan
    assert turns(4, {1, 3}, {1: {0}, 2: {0, 1}, 3: {2, 0}}) == [(0,), (1,), (2,), (3,)]


def test_a_circle_through_what_rooms_take_is_told() -> None:
    with pytest.raises(Faulty) as told:
        turns(3, {2}, {0: {1}, 1: {0}, 2: set()})
    assert told.value.faults[0].path == "Bundle.entry[0]"


def test_what_names_itself_is_no_circle() -> None:
    assert turns(2, {1}, {0: {0}, 1: {1}}) == [(0,), (1,)]
