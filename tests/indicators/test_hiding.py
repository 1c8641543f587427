"""Disclosure control, table by table: what is hidden, and that no more is than must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverka.indicators.rules.hiding import (
    Cell,
    CellStatus,
    Frame,
    Group,
    Policy,
    Release,
    ReleaseLog,
    curve,
    group,
    protect,
    share_of,
    split,
)
from samverka.kernel.problems import Invalid
from tests.indicators.attacker import could_be_many
from tests.indicators.people import DAY, EVERYONE, MANY, by, county

AREAS = Frame({"area": ("a", "b", "c", "d")})
REGION, A, B, C, D = group(), group(area="a"), group(area="b"), group(area="c"), group(area="d")
ALL = (REGION, A, B, C, D)
few = settings(max_examples=40)


def _left(
    counts: Mapping[str, int],
    wanted: Sequence[Group] = ALL,
    log: ReleaseLog | None = None,
    policy: Policy | None = None,
):
    """A table of four municipalities as it leaves."""
    log = log or ReleaseLog()
    parts = {
        one: sum(counts[area] for area in one.within("area") or counts)
        for one in split(AREAS, [*wanted, *log.groups()])
    }
    return protect(AREAS, wanted, parts, log=log, policy=policy or Policy())


def _hidden(made) -> set[Group]:
    return {one for one, cell in made.cells.items() if cell.status is CellStatus.HIDDEN}


def test_a_small_cell_is_hidden_and_the_smallest_that_hides_it() -> None:
    made = _left({"a": 2, "b": 40, "c": 30, "d": 12})
    assert _hidden(made) == {A, D}
    assert made.besides == {D}
    assert made.cells[REGION].count == 84
    assert made.exposed == 0


def test_two_small_ones_hide_each_other_when_they_are_enough() -> None:
    assert _hidden(_left({"a": 3, "b": 40, "c": 4, "d": 12})) == {A, C}
    # 1 and 2 would be known to be small: their sum is.
    assert len(_hidden(_left({"a": 1, "b": 40, "c": 2, "d": 12}))) == 3


def test_nothing_is_hidden_without_need() -> None:
    assert not _hidden(_left({"a": 5, "b": 40, "c": 0, "d": 12}))


def test_zero_is_hidden_where_the_measure_says_so() -> None:
    made = _left({"a": 50, "b": 40, "c": 0, "d": 12}, policy=Policy(hides_zero=True))
    assert C in _hidden(made)
    assert len(_hidden(made)) == 2


@pytest.mark.parametrize(
    ("reached", "hidden"),
    [(98, True), (2, True), (95, False), (5, False), (0, False), (100, False)],
)
def test_those_who_did_not_reach_count_too(reached: int, hidden: bool) -> None:
    frame = Frame({"outcome": ("reached", "not_reached")})
    whole, part = group(), group(outcome="reached")
    counts = {part: reached, group(outcome="not_reached"): 100 - reached}
    made = protect(frame, [whole, part], counts, log=ReleaseLog(), policy=Policy())
    assert (part in _hidden(made)) is hidden
    assert made.cells[whole].count == 100
    figure = share_of(made.cells[part], made.cells[whole])
    assert (figure is None) is hidden


def test_the_complement_counts_also_where_the_whole_is_told_elsewhere() -> None:
    """How many live in a municipality is in every book."""
    frame = Frame({"outcome": ("reached", "not_reached")})
    part = group(outcome="reached")
    counts = {part: 98, group(outcome="not_reached"): 2}
    made = protect(frame, [part], counts, log=ReleaseLog(), policy=Policy())
    assert _hidden(made) == {part}


def test_a_share_of_few_is_not_shown_at_all() -> None:
    frame = Frame({"outcome": ("reached", "not_reached")})
    wanted = [group(), group(outcome="reached")]
    counts = {group(outcome="reached"): 12, group(outcome="not_reached"): 11}
    made = protect(frame, wanted, counts, log=ReleaseLog(), policy=Policy(least_whole=30))
    assert _hidden(made) == set(wanted)


def test_hidden_counts_are_gaps_never_zero() -> None:
    shown, hidden = Cell(CellStatus.SHOWN, 20), Cell(CellStatus.HIDDEN)
    figures = [share_of(shown, Cell(CellStatus.SHOWN, 40)), share_of(hidden, shown),
               share_of(shown, Cell(CellStatus.MISSING))]  # fmt: skip
    assert curve(figures) == (Fraction(50), None, None)
    with pytest.raises(ValueError, match="has a count"):
        Cell(CellStatus.HIDDEN, 0)
    with pytest.raises(ValueError, match="has a count"):
        Cell(CellStatus.SHOWN)


def test_the_difference_of_two_tables_reveals_nobody() -> None:
    counts = {"a": 30, "b": 2, "c": 30, "d": 30}
    three = group(area={"a", "c", "d"})
    log = ReleaseLog((Release("first", DAY, _left(counts, [REGION]).cells),))
    made = _left(counts, [three], log)
    assert _hidden(made) == {three}  # 92 - 90 would be the two in b
    assert not _hidden(_left(counts, [three]))
    assert not _hidden(_left(counts, [group(area={"c", "d"})], log))


def test_last_week_and_this_week() -> None:
    """The snapshot is a dimension: a corrected table overlaps the former."""
    frame = Frame({"known": ("week 1", "week 2")})
    first, both = group(known="week 1"), group()
    for late, hidden in ((1, True), (5, False), (0, False)):
        counts = {first: 40, group(known="week 2"): late}
        log = ReleaseLog((Release("week 1", DAY, {first: Cell(CellStatus.SHOWN, 40)}),))
        made = protect(frame, [both], counts, log=log, policy=Policy())
        assert bool(_hidden(made)) is hidden


def test_the_same_again_may_leave_and_another_count_may_not() -> None:
    counts = {"a": 20, "b": 40, "c": 30, "d": 12}
    log = ReleaseLog((Release("first", DAY, _left(counts).cells),))
    assert not _hidden(_left(counts, ALL, log))
    assert _hidden(_left(counts | {"a": 21}, ALL, log)) == {REGION, A}


def test_what_had_left_already_is_said() -> None:
    counts = {"a": 2, "b": 40, "c": 30, "d": 12}
    fault = {one: _left(counts).cells[one] for one in (REGION, B, C)} | {
        A: Cell(CellStatus.HIDDEN),
        D: Cell(CellStatus.SHOWN, 12),
    }
    made = _left(counts, [A], ReleaseLog((Release("by hand", DAY, fault),)))
    assert made.exposed == 1
    assert _hidden(made) == {A}


def test_a_square_keeps_its_sums() -> None:
    """One small corner: the three other corners go, the sums stay."""
    frame = Frame({"area": ("a", "b", "c"), "sex": ("k", "m")})
    cells = {
        ("a", "k"): 2,
        ("a", "m"): 20,
        ("b", "k"): 15,
        ("b", "m"): 25,
        ("c", "k"): 40,
        ("c", "m"): 50,
    }
    counts = {group(area=area, sex=sex): many for (area, sex), many in cells.items()}
    sums = [group(), *(group(area=one) for one in "abc"), group(sex="k"), group(sex="m")]
    made = protect(frame, [*sums, *counts], counts, log=ReleaseLog(), policy=Policy())
    assert _hidden(made) == {group(area=area, sex=sex) for area in "ab" for sex in "km"}


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="not in the frame"):
        split(AREAS, [group(area="z")])
    with pytest.raises(ValueError, match="have no count"):
        protect(AREAS, [A], {}, log=ReleaseLog(), policy=Policy())
    with pytest.raises(Invalid, match="-1 är inget antal"):
        _left({"a": -1, "b": 1, "c": 1, "d": 1})
    empty = protect(AREAS, [], {group(): 3}, log=ReleaseLog(), policy=Policy())
    assert not empty.cells


@few
@given(st.lists(st.sampled_from(MANY), min_size=4, max_size=4))
def test_what_is_shown_is_true_and_never_small(drawn: list[int]) -> None:
    counts = dict(zip("abcd", drawn, strict=True))
    made = _left(counts)
    for one, cell in made.cells.items():
        many = sum(counts[area] for area in one.within("area") or counts)
        assert cell.count in (None, many)
        assert cell.count is None or not Policy().is_small(cell.count)
    if min(drawn) >= 5:
        assert not _hidden(made)
    assert made == _left(counts)  # the same table twice is the same


@few
@given(st.lists(st.sampled_from(MANY), min_size=4, max_size=4))
def test_no_cell_is_hidden_besides_without_need(drawn: list[int]) -> None:
    """Were one of them shown again, somebody could be known."""
    counts = dict(zip("abcd", drawn, strict=True))
    everyone = [(area,) for area in counts]
    wanted = [*ALL, group(area={"a", "b"}), group(area={"c", "d"})]
    members = {one: frozenset((area,) for area in one.within("area") or counts) for one in wanted}
    made = _left(counts, wanted)
    small = [frozenset([(area,)]) for area, many in counts.items() if Policy().is_small(many)]
    told = [
        (members[one], cell.count) for one, cell in made.cells.items() if cell.count is not None
    ]
    assert all(could_be_many(told, everyone, one, 5) for one in small)
    for one in made.besides:
        more = [*told, (members[one], sum(counts[area] for (area,) in members[one]))]
        assert not all(could_be_many(more, everyone, it, 5) for it in small)


# ── One who has all tables that left ──


def _tables(seed: int) -> list[list[Group]]:
    """Tables that cross, overlap and nest; which of them leave, and in which order, by seed."""
    every = [
        by("area", "outcome"),
        by("area", "sex"),
        by("sex", "age"),
        by("area", sex="k"),
        by("outcome", "age"),
        [group(area={"a", "b"}), group(area={"b", "c", "d"})],
        [group(area={"a", "b", "c"}, sex="k")],
    ]
    order = sorted(range(len(every)), key=lambda at: (seed * 7919 + at * 104729) % 101)
    return [every[at] for at in order[: 1 + seed % 4]]


def test_the_attacker_knows_how_to_subtract() -> None:
    """Before anything is believed because he finds nothing."""
    everyone = [("a",), ("b",), ("c",)]
    whole, a, b = frozenset(everyone), frozenset([("a",)]), frozenset([("b",)])
    assert not could_be_many([(whole, 50), (whole - b, 48)], everyone, b, 5)
    assert could_be_many([(whole, 50), (a, 30)], everyone, b, 5)
    assert could_be_many([(whole, 50), (a, 30)], everyone, b, 20)
    assert not could_be_many([(whole, 50), (a, 30)], everyone, b, 21)


def test_the_attacker_recovers_nobody() -> None:
    asked = given_up = shown = 0
    for seed in range(10):
        one = county(seed)
        for table in _tables(seed):
            assert one.release(table).exposed == 0
        assert not one.recovered(), f"county {seed}: someone can be known"
        asked, given_up = asked + one.asked, given_up + one.given_up
        shown += len(one.told())
    assert shown > 80, "Nothing is shown, so nothing is proved."
    assert given_up <= asked / 10, "The attacker gave up too often to prove anything."


@pytest.mark.parametrize("fault", ["only the small", "no log"])
def test_the_attacker_catches_a_fault(fault: str) -> None:
    """Tables without secondary suppression, and tables that forget what left before."""
    tables = [
        by("area", "sex"),
        by("area", "outcome"),
        [group(area={"a", "b", "c"}, sex="k")],
        [group(area={"b", "c", "d"})],
        by("area", sex="k"),
    ]
    for seed in (1, 4):
        one = county(seed)
        for table in tables:
            if fault == "only the small":
                one.release_as_it_is(table)
            else:
                kept, one.log = one.log, ReleaseLog()
                made = one.release(table)
                one.log = kept
                one.remember(made.cells)
        assert one.recovered(), f"county {seed}: the fault was not seen"
    assert len(EVERYONE) == 32
