"""Measures as data: every fault said with place and mend; versions compared; nothing lost on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from samverka.indicators.rules.measures import (
    as_data,
    changes,
    measure_of,
    measures_of,
    read_measure,
)
from samverka.indicators.warehouse.measures import COLUMNS, shipped, sql_of, uncomputable
from samverka.kernel.problems import Invalid
from tests.indicators.measures.awkward import SINCE, UNTIL

GOOD: dict[str, Any] = as_data(shipped()["bedomning-3-dagar"])


def faults(**changed: Any) -> list[tuple[str, str, str]]:
    data = {**GOOD, **changed}
    found = read_measure({name: one for name, one in data.items() if one is not None}, COLUMNS)
    assert (found.measure is None) is bool(found.faults)
    return [(one.field, str(one.words), str(one.mend)) for one in found.faults]


def settings(**changed: Any) -> dict[str, Any]:
    return {**GOOD["settings"], **changed}


def test_a_good_one_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"question": "Hur länge."}, "question", "frågetecken"),
        ({"theme": "acess"}, "theme", "Välj ett av: relation"),
        ({"theme": None}, "theme", "tomt"),
        ({"decimals": "en"}, "decimals", "heltal"),
        ({"decimals": True}, "decimals", "heltal"),
        ({"confirmed": "ja"}, "confirmed", "true"),
        ({"confirmed": False}, "unconfirmed", "säger vad som inte är det"),
        ({"nämnare": "x"}, "nämnare", "finns inte"),
        ({"good_between": [0]}, "good_between", "[0, 100]"),
        ({"breaks": [{"on": "i våras", "words": "x"}]}, "breaks[1].on", "2024-01-01"),
        ({"grain": "point"}, "grain", "month"),
        ({"standard": "Riket 2019"}, "standard", "åldersstandardiserat"),
        ({"settings": settings(fact="contacts")}, "settings.fact", "Välj ett av: activity"),
        ({"settings": settings(hit=[{"column": "levl", "is": "x"}])}, "settings.hit[1].column", "levl"),
        ({"settings": settings(hit=[{"column": "level", "is": True}])}, "settings.hit[1].column", "så"),
        ({"settings": settings(hit=[{"column": "level"}])}, "settings.hit[1].column", "vad som ska gälla"),
        ({"settings": settings(hit=[{"column": "level", "equals": "x"}])}, "settings.hit[1].column", "gälla"),
        ({"settings": settings(ages=[65, 79, 90])}, "settings.ages", "[65, 79]"),
        ({"settings": settings(populaton="mean")}, "settings.populaton", "finns inte"),
        ({"settings": {"fact": "contact"}}, "settings.hit", "behöver hit"),
        ({"shape": "readmission", "settings": {"again": [{"column": "planned", "is": False}]}},
         "settings.follow_days", "minst 30"),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_how_to_mend(changed, field, says) -> None:
    found = faults(**changed)
    assert field in [one[0] for one in found]
    assert any(says in f"{one[1]} {one[2]}" for one in found if one[0] == field), found


def test_every_fault_is_told_at_once() -> None:
    assert len(faults(question="x", theme="y", decimals="z")) == 3


def test_a_file_says_file_measure_and_field() -> None:
    text = '[[measure]]\ncode = "eget"\nname = "Eget"\n'
    with pytest.raises(Invalid, match=r"egna\.toml, eget, "):
        measures_of(text, COLUMNS, file="egna.toml")
    with pytest.raises(Invalid, match=r"egna\.toml går inte att läsa: .*line 1"):
        measures_of("[[measure]\n", COLUMNS, file="egna.toml")


def test_every_measure_survives_being_kept() -> None:
    for one in shipped().values():
        assert measure_of(as_data(one), COLUMNS) == one


def test_what_is_shipped_is_whole() -> None:
    found = shipped()
    assert len(found) >= 70
    official = {one.official for one in found.values()} - {""}
    assert not official & {one.official for one in uncomputable()}
    assert all(one.why.endswith(".") for one in uncomputable())


def test_two_versions_are_compared_in_words() -> None:
    one = shipped()["bedomning-3-dagar"]
    hit = [{"days": ["decided_on", "happened_on"], "at_least": 0, "at_most": 5}]
    other = replace(one, number=2, name="Inom fem dagar", settings={**one.settings, "hit": hit})
    found = changes(one, other)
    assert [(each.field, each.counts) for each in found] == [
        ("settings.hit[1].at_most", True), ("name", False),
    ]  # fmt: skip
    assert str(found[0].words) == "Urval var 3 och är nu 5."
    assert changes(one, replace(one, number=2)) == ()


def test_the_sql_is_there_for_those_who_audit() -> None:
    measure = shipped()["fallskador-65"]
    one, other = (sql_of(measure, name, since=SINCE, until=UNTIL) for name in ("duckdb", "pyspark"))
    assert 'STARTS_WITH("t0"."cause"' in one
    assert "STARTSWITH(`t0`.`cause`" in other
