"""The persons behind a figure are as many as the figure says; a draft is tried; engines speak clearly."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import pytest

from samverka.indicators.reads.persons import keys_behind
from samverka.indicators.rules.kept import AreaKind, Split
from samverka.indicators.rules.measures import of_area, of_part, tallies
from samverka.indicators.warehouse.engines import DuckEngine, open_engine
from samverka.indicators.warehouse.measures import count, persons_behind, shipped, try_on_last_year
from samverka.kernel.problems import Invalid
from tests.indicators.measures.awkward import SINCE, UNTIL, county
from tests.indicators.measures.lake import write

AREA = (AreaKind.MUNICIPALITY, "2309")
AT = date(2024, 6, 30)


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return write(tmp_path_factory.mktemp("lake"), county())


@pytest.fixture(scope="module")
def engine(lake):
    made = DuckEngine(lake, memory="300MB", threads=1)
    yield made
    made.close()


@pytest.mark.parametrize(
    "part", [(Split.ALL, ""), (Split.SEX, "female"), (Split.AGE, "80+"), (Split.GROUP, "elderly")]
)
def test_persons_behind_are_as_many_as_the_figure(engine, part) -> None:
    measure = shipped()["sip-per-1000"]
    cells = count(engine, measure, since=AT, until=AT)
    inside = of_part(of_area(cells, *AREA), *part)
    those, rest = (
        persons_behind(engine, measure, since=AT, until=AT, area=AREA, part=part, rest=rest)
        for rest in (False, True)
    )
    assert len(those) == sum(one.numerator for one in inside)
    assert len(rest) == sum(one.denominator - one.numerator for one in inside)
    assert not set(those) & set(rest)


def test_persons_of_a_period_that_waits_for_something(engine) -> None:
    measure = shipped()["aterinskrivning-30-dagar"]
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    found = persons_behind(
        engine, measure, since=first, until=last, area=(AreaKind.COUNTY, "23"), data_until=UNTIL
    )
    cells = [
        one for one in count(engine, measure, since=SINCE, until=UNTIL) if one.period.year == 2023
    ]
    wanted = sum(one.numerator for one in of_area(cells, AreaKind.COUNTY, "23"))
    assert 0 < len(found) <= wanted


def test_a_draft_is_tried_on_the_last_whole_year(engine) -> None:
    measure = shipped()["hem-inom-tre-dagar"]
    found = try_on_last_year(engine, measure, last=date(2024, 11, 15))
    assert [one.tally.period for one in found.periods] == [date(2023, m, 1) for m in range(1, 13)]
    assert all(one.figure for one in found.periods)
    nobody = replace(
        measure, settings={**measure.settings, "hit": [{"column": "track", "is": "blue"}]}
    )
    assert [str(one) for one in try_on_last_year(engine, nobody, last=UNTIL).notes] == [
        "Ingen finns i täljaren. Kontrollera villkoren för det som räknas."
    ]


def test_an_engine_that_is_not_there_says_so(tmp_path, monkeypatch) -> None:
    with pytest.raises(Invalid, match=r"ingen motor som heter flink.*local\[2\]"):
        open_engine("flink", tmp_path)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(Invalid, match=r"Spark är inte installerat.*make spark"):
        open_engine("local[2]", tmp_path)


@pytest.mark.parametrize("code", ["sip-per-1000", "aterinskrivning-30-dagar", "fallskador-65"])
def test_the_page_finds_those_of_the_figure_in_the_files(lake, engine, code) -> None:
    """How it stood on a day; what lies after the period; events of a year."""
    measure, area = shipped()[code], (AreaKind.COUNTY, "23")
    cells = of_part(of_area(count(engine, measure, since=SINCE, until=UNTIL), *area), Split.ALL)
    most = max(tallies(measure, cells, first=SINCE, last=UNTIL), key=lambda one: one.numerator)
    found = keys_behind(lake, measure, area, (Split.ALL, ""), most.period)
    wanted = persons_behind(
        engine, measure, since=most.since, until=most.until, area=area, data_until=UNTIL
    )
    assert 0 < len(found) <= most.numerator
    assert found == wanted
