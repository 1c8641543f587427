"""The demo's history: near what is published of the region, the same twice, a change that can be seen, nobody real."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pyarrow.compute as compute
import pyarrow.parquet as parquet
import pytest

from samverka.demo.build import story_numbers
from samverka.demo.history.places import team_from
from samverka.demo.history.target import PUBLISHED
from samverka.demo.history.writing import FACTS_DRAWN, SOURCE, draw, import_history, span
from samverka.demo.population import population
from samverka.indicators.rules.charts import Pattern, RunChart, Signal, run_chart
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.journal import known
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.schemas import strict
from samverka.kernel.areas import population_2019
from samverka.kernel.testseries import NumberSupply

TODAY = date(2026, 11, 20)
YEARS = {
    "person_month": (2024,),
    "stay": range(2022, 2026),
    "discharge": range(2023, 2027),
    "call": (2023, 2025),
    "drug": range(2016, 2027),
}
WANTED = [(fact, year) for fact in FACTS_DRAWN for year in YEARS.get(fact, (2025,))]
CHRONIC = "'^(I50|I110|I130|I132|J4[1-7]|E1[0-4])'"

SHARE_OF = {
    "N79179": """
        SELECT avg(share) FROM (
            SELECT avg((answered_on = called_on)::INT) * 100 AS share FROM call
            WHERE year = 2025 AND way = 'phone' AND answered_on IS NOT NULL GROUP BY month(called_on))""",
    "N79173": """
        SELECT avg((happened_on - decided_on <= 3)::INT) * 100 FROM contact
        WHERE year = 2025 AND level = 'primary' AND way IN ('clinic', 'home', 'video') AND licensed
          AND new_problem AND NOT chose_longer AND decided_on IS NOT NULL""",
    "U79092": """
        WITH left_alive AS (
            SELECT *, lead(admitted_on) OVER w AS next_on, lead(planned) OVER w AS next_planned
            FROM stay WHERE discharged_to <> 'hospital' WINDOW w AS (PARTITION BY person_key ORDER BY admitted_on))
        SELECT avg(coalesce(next_on BETWEEN discharged_on + 1 AND discharged_on + 30 AND NOT next_planned, FALSE)::INT)
               * 100
        FROM left_alive WHERE age >= 65 AND discharged_to <> 'dead' AND year(discharged_on) = 2025
          AND discharged_on <= DATE '2025-11-30'""",
    "U20462": """
        SELECT count(*) / 3.0 * 100000 / (SELECT count(*) FROM person_month WHERE age >= 65 AND month = DATE '2024-12-01')
        FROM stay WHERE age >= 65 AND cause[:2] IN ('W0', 'W1') AND year BETWEEN 2022 AND 2024""",
    "N79175": """
        WITH many AS (
            SELECT person_key, count(DISTINCT atc) AS n FROM drug
            WHERE since <= DATE '2024-12-31' AND (until IS NULL OR until > DATE '2024-12-31') GROUP BY 1)
        SELECT avg((coalesce(n, 0) >= 10)::INT) * 100 FROM person_month LEFT JOIN many USING (person_key)
        WHERE month = DATE '2024-12-01' AND age >= 75""",
    "U79135": """
        SELECT sum(discharged_on - ready_on) * 1000
               / (SELECT count(*) FROM person_month WHERE age >= 65 AND month = DATE '2024-12-01')
        FROM discharge WHERE age >= 65 AND year(discharged_on) = 2024""",
    "U79029": """
        SELECT count(*) * 1000 / (SELECT count(*) FROM person_month WHERE age >= 80 AND month = DATE '2024-12-01')
        FROM contact WHERE year = 2025 AND age >= 80 AND level = 'emergency'""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("history")
    draw(place, today=TODAY, seed=1, snapshot="test", wanted=WANTED)
    return place


@pytest.fixture(scope="module")
def facts(folder: Path) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect()
    for fact in FACTS_DRAWN:
        files = sorted(str(one) for one in folder.glob(f"{fact}/*/*/*.parquet"))
        engine.read_parquet(files, hive_partitioning=False).create_view(fact)
    return engine


def _one(facts: duckdb.DuckDBPyConnection, sql: str) -> float:
    return float(facts.execute(sql).fetchall()[0][0])


@pytest.mark.parametrize("kpi", SHARE_OF)
def test_it_is_near_what_is_published(facts: duckdb.DuckDBPyConnection, kpi: str) -> None:
    target = PUBLISHED[kpi]
    assert _one(facts, SHARE_OF[kpi]) == pytest.approx(target.county, abs=target.margin)


def test_chronic_disease_is_near_what_is_published(facts: duckdb.DuckDBPyConnection) -> None:
    """U79133, directly standardised to the country's ages: 20 and over."""
    events, people = (
        dict(facts.execute(f"SELECT least(age, 95) // 5, count(*) FROM {rest} GROUP BY 1").fetchall())
        for rest in (
            f"stay WHERE year = 2024 AND age >= 20 AND regexp_matches(diagnosis, {CHRONIC})",
            "person_month WHERE month = DATE '2024-12-01' AND age >= 20",
        )
    )  # fmt: skip
    ages = [sum(column) for column in zip(*population_2019().values(), strict=True)]
    standard = {band: sum(ages[band * 5 : band * 5 + 5]) for band in range(4, 19)} | {
        19: sum(ages[95:])
    }
    rate = sum(events.get(band, 0) / people[band] * many for band, many in standard.items())
    found = rate / sum(standard.values()) * 100_000
    assert found == pytest.approx(PUBLISHED["U79133"].county, abs=PUBLISHED["U79133"].margin)


@pytest.mark.parametrize("fact", FACTS_DRAWN)
def test_every_file_is_as_the_schema_says(folder: Path, fact: str) -> None:
    path = max((folder / fact).glob("county=23/year=202[45]/*.parquet"))
    rows = strict(fact, parquet.read_table(path, partitioning=None))
    assert rows.num_rows > 100
    assert rows["source"].unique().to_pylist() == [SOURCE]
    keys = rows["person_key"].drop_null().to_numpy()
    assert (keys[1:] >= keys[:-1]).all()
    some = rows.slice(0, 100_000).select(FACTS[fact].identity)  # the persons' own rows lie together
    assert some.group_by(some.column_names).aggregate([]).num_rows == some.num_rows
    assert compute.max(rows[FACTS[fact].day]).as_py() < TODAY


def test_the_population_is_that_of_the_county(facts: duckdb.DuckDBPyConnection) -> None:
    lived = sum(sum(ages) for (code, _sex), ages in population_2019().items() if code[:2] == "23")
    found = _one(facts, "SELECT count(*) FROM person_month WHERE month = DATE '2024-12-01'")
    assert found == pytest.approx(lived, rel=0.03)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Bräcke, and only its plans."""
    bracke = {key: ages for key, ages in population_2019().items() if key[0] == "2305"}
    monkeypatch.setattr("samverka.demo.history.writing.population_2019", lambda: bracke)
    monkeypatch.setattr(
        "samverka.demo.history.writing.FACTS_DRAWN",
        {one: FACTS_DRAWN[one] for one in ("plan", "stay")},
    )


@pytest.mark.usefixtures("small")
def test_the_same_seed_gives_the_same_history_and_another_another(tmp_path: Path) -> None:
    first, again, other = (tmp_path / one for one in ("first", "again", "other"))
    draw(again, today=TODAY, seed=1, snapshot="test")
    draw(other, today=TODAY, seed=2, snapshot="test")
    for made in draw(first, today=TODAY, seed=1, snapshot="test"):
        one, same, differs = (
            parquet.read_table(at / made, partitioning=None) for at in (first, again, other)
        )
        assert one.num_rows
        assert one.equals(same)
        assert not one.equals(differs)


def test_the_new_routine_is_a_signal(facts: duckdb.DuckDBPyConnection) -> None:
    """Days ready for discharge for each who left, month by month: Krokom and Åre have a shift, Östersund none."""
    team, town = (
        run_chart(
            [
                float(one[0])
                for one in facts.execute(
                    "SELECT avg(discharged_on - ready_on) FROM discharge WHERE municipality IN $1"
                    " AND discharged_on BETWEEN DATE '2024-03-01' AND DATE '2026-02-28'"
                    " GROUP BY date_trunc('month', discharged_on) ORDER BY date_trunc('month', discharged_on)",
                    [codes],
                ).fetchall()
            ]
        )
        for codes in (["2309", "2321"], ["2380"])
    )
    assert team_from(span(TODAY).last) == date(2025, 3, 1)
    assert _shifts(team)
    assert not _shifts(town)


def _shifts(chart: RunChart) -> list[Signal]:
    return [one for one in chart.signals if one.pattern is Pattern.SHIFT]


def test_the_new_source_and_the_missing_calls_are_there(facts: duckdb.DuckDBPyConnection) -> None:
    before = _one(facts, "SELECT avg((answered_on = called_on)::INT) FROM call WHERE year = 2023")
    after = _one(facts, "SELECT avg((answered_on = called_on)::INT) FROM call WHERE year = 2025")
    assert before - after > 0.04
    silent = (
        "SELECT count(*) FROM call WHERE municipality = '2303' AND month(called_on) = 7 AND year = "
    )
    assert _one(facts, silent + "2023") == 0 < _one(facts, silent + "2025")


def test_nobody_of_the_demo_is_in_it(facts: duckdb.DuckDBPyConnection) -> None:
    supply = NumberSupply()
    numbers = [*story_numbers(supply, TODAY).values()]
    numbers += [
        one.number for one in population(200, seed=1, today=date(2026, 1, 1), supply=supply)
    ]
    keys = Keys("x" * 40)
    theirs = [keys.person(str(one)) for one in numbers]
    assert len(theirs) > 200
    assert not facts.execute(
        "SELECT count(*) FROM person_month WHERE list_contains($1, person_key)", [theirs]
    ).fetchall()[0][0]


@pytest.mark.usefixtures("small")
def test_it_is_laid_once_and_whole(tmp_path: Path) -> None:
    assert import_history(tmp_path, today=TODAY, seed=1)
    assert len(list(tmp_path.rglob("*.parquet"))) == 2 * len(span(TODAY).years("plan"))
    assert known(tmp_path)[SOURCE]["seed"] == 1
    assert not import_history(tmp_path, today=TODAY, seed=1)


@pytest.mark.usefixtures("small")
def test_a_stopped_import_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        if done == of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_history(tmp_path, today=TODAY, seed=1, progress=stop)
    assert not list(tmp_path.rglob("*.parquet"))
    assert SOURCE not in known(tmp_path)
