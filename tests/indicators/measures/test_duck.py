"""Every shipped measure on DuckDB, against the count by hand, over awkward data and over none."""

from __future__ import annotations

import pytest

from samverka.indicators.rules.measures import Shape
from samverka.indicators.warehouse.engines import DuckEngine
from samverka.indicators.warehouse.measures import count, shipped
from tests.indicators.measures.awkward import SINCE, UNTIL, county
from tests.indicators.measures.lake import write
from tests.indicators.measures.oracle import Oracle


@pytest.fixture(scope="module")
def facts():
    return county()


@pytest.fixture(scope="module")
def engine(facts, tmp_path_factory):
    made = DuckEngine(write(tmp_path_factory.mktemp("lake"), facts), memory="300MB", threads=2)
    yield made
    made.close()


@pytest.mark.parametrize("measure", shipped().values(), ids=lambda one: one.code)
def test_a_measure_is_what_the_count_by_hand_says(measure, engine, facts) -> None:
    found = {
        (c.period, c.municipality, c.unit, c.sex, c.band, c.group, c.value): (
            c.numerator,
            c.denominator,
        )
        for c in count(engine, measure, since=SINCE, until=UNTIL)
    }
    wanted = Oracle(measure, facts, SINCE, UNTIL).cells()
    assert any(n for n, _d in wanted.values()), "the data says nothing about this measure"
    assert found == wanted


def test_nothing_gives_nothing(tmp_path) -> None:
    """A measure of each shape, without a file."""
    engine = DuckEngine(tmp_path)
    each = {one.shape: one for one in shipped().values()}
    assert set(each) == {one.value for one in Shape}
    for one in each.values():
        assert count(engine, one, since=SINCE, until=UNTIL) == []
    engine.close()
