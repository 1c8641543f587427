"""Official measures against SQL written from their definitions, not from our files: a slip in a file is caught."""

from __future__ import annotations

from collections import Counter
from datetime import date

import duckdb
import pytest

from samverka.indicators.warehouse.engines import DuckEngine
from samverka.indicators.warehouse.measures import count, shipped
from tests.indicators.measures.awkward import SINCE, UNTIL, county
from tests.indicators.measures.lake import filled, write

ALIVE = "discharged_on BETWEEN '2022-01-01' AND '2024-12-31' AND discharged_on - ready_on >= 1"
BEGUN = "BETWEEN '2022-01-01' AND '2024-12-31'"
YEAR_END = """UNION ALL SELECT date_trunc('year', month)::DATE, 0, 0, 1 FROM person_month
              WHERE month(month) = 12 AND month >= '2022-01-01' AND age >= {}"""
BY_HAND = {
    "utskrivningsklar-dagar": f"""
        SELECT date_trunc('month', discharged_on)::DATE, discharged_on - ready_on, 1, 1
        FROM discharge WHERE {ALIVE}""",
    "utskrivningsklar-dagar-per-invanare": f"""
        SELECT date_trunc('year', discharged_on)::DATE, 0, discharged_on - ready_on, 0
        FROM discharge WHERE {ALIVE} {YEAR_END.format(65)}""",
    "utskrivningsklar-tillfallen-per-invanare": f"""
        SELECT date_trunc('year', discharged_on)::DATE, 0, 1, 0
        FROM discharge WHERE {ALIVE} {YEAR_END.format(65)}""",
    "fallskador-65": f"""
        SELECT date_trunc('year', admitted_on)::DATE, 0, 1, 0 FROM stay
        WHERE age >= 65 AND regexp_matches(cause, '^W[01][0-9]') AND admitted_on {BEGUN}
        {YEAR_END.format(65)}""",
    "fallskador-80-slutenvard": f"""
        SELECT DISTINCT ON (person_key, 1) date_trunc('year', admitted_on)::DATE, 0, 1, 0 FROM stay
        WHERE age >= 80 AND regexp_matches(cause, '^W[01][0-9]') AND admitted_on {BEGUN}
          AND person_key IS NOT NULL
        {YEAR_END.format(80)}""",
    "bedomning-3-dagar": f"""
        SELECT date_trunc('month', happened_on)::DATE, 0, (happened_on - decided_on <= 3)::INT, 1 FROM contact
        WHERE level = 'primary' AND way NOT IN ('phone', 'letter') AND licensed AND new_problem
          AND happened_on >= decided_on AND coalesce(chose_longer, false) = false AND happened_on {BEGUN}""",
    "telefon-samma-dag": f"""
        SELECT date_trunc('month', called_on)::DATE, 0, (answered_on = called_on)::INT, 1 FROM call
        WHERE way = 'phone' AND call_back AND answered_on IS NOT NULL AND called_on {BEGUN}""",
    "akutbesok-80": f"""
        SELECT date_trunc('month', happened_on)::DATE, 0, 1, 0 FROM contact
        WHERE level = 'emergency' AND age >= 80 AND happened_on {BEGUN}
        UNION ALL SELECT month, 0, 0, 1 FROM person_month WHERE age >= 80 AND month >= '2022-01-01'""",
    "atgard-efter-risk-hemsjukvard": """
        SELECT DISTINCT ON (a.person_key, year(assessed_on)) date_trunc('year', assessed_on)::DATE, 0,
               max((measure_on >= assessed_on AND measure_on <= assessed_on + INTERVAL 6 MONTH)::INT)
                   OVER (PARTITION BY a.person_key, year(assessed_on)), 1
        FROM assessment a
        LEFT JOIN person_month now ON now.person_key = a.person_key AND now.month = date_trunc('month', assessed_on)
        LEFT JOIN person_month was ON was.person_key = a.person_key
             AND was.month = date_trunc('month', assessed_on) - INTERVAL 1 MONTH
        WHERE a.age >= 65 AND area IN ('fall', 'nutrition', 'skin', 'mouth') AND at_risk
          AND coalesce(now.home_nursing, was.home_nursing)
          AND assessed_on BETWEEN '2022-01-01' AND DATE '2024-12-31' - 184""",
    "tio-lakemedel-75": """
        SELECT p.month + INTERVAL 1 MONTH - INTERVAL 1 DAY, 0, ((
            SELECT count(DISTINCT atc) FROM drug d WHERE d.person_key = p.person_key
            AND NOT coalesce(as_needed, false) AND since < p.month + INTERVAL 1 MONTH
            AND coalesce(until, DATE '9999-01-01') >= p.month + INTERVAL 1 MONTH - INTERVAL 1 DAY) >= 10)::INT, 1
        FROM person_month p WHERE age >= 75 AND month >= '2022-01-01' AND month(month) IN (3, 6, 9, 12)""",
    "hem-inom-tre-dagar": f"""
        SELECT date_trunc('month', discharged_on)::DATE, 0, (discharged_on <= ready_on + 3)::INT, 1
        FROM discharge WHERE ready_on <= discharged_on AND discharged_on {BEGUN}""",
    "sip-nya": f"""
        SELECT date_trunc('month', established_on)::DATE, 0, 1, 0 FROM plan
        WHERE plan_kind = 'sip' AND established_on {BEGUN}
        UNION ALL SELECT month, 0, 0, 1 FROM person_month WHERE month >= '2022-01-01'""",
}  # fmt: skip
"""Code → SQL that gives (period, value, numerator, denominator), one row each."""


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return write(tmp_path_factory.mktemp("lake"), county(seed=7))


@pytest.fixture(scope="module")
def engine(lake):
    made = DuckEngine(lake, memory="300MB", threads=1)
    yield made
    made.close()


@pytest.fixture(scope="module")
def plain(lake):
    made = duckdb.connect()
    for folder in lake.iterdir():
        made.execute(f"CREATE VIEW \"{folder.name}\" AS SELECT * FROM '{folder}/*/*/*.parquet'")
    yield made
    made.close()


@pytest.mark.parametrize("code", BY_HAND)
def test_official_measures_by_hand(code, engine, plain) -> None:
    wanted: Counter[tuple[object, ...]] = Counter()
    for period, value, n, d in plain.execute(BY_HAND[code]).fetchall():
        wanted[str(period)[:10], value, "n"] += n or 0
        wanted[str(period)[:10], value, "d"] += d
    found: Counter[tuple[object, ...]] = Counter()
    for cell in count(engine, shipped()[code], since=SINCE, until=UNTIL):
        if not cell.group:
            found[str(cell.period), cell.value, "n"] += cell.numerator
            found[str(cell.period), cell.value, "d"] += cell.denominator
    assert sum(wanted.values()) > 10
    assert +found == +wanted


@pytest.mark.parametrize(
    ("back", "planned", "counted"),
    [(0, False, None), (1, False, 1), (30, False, 1), (31, False, 0), (30, True, 0), (30, None, 0)],
)
@pytest.mark.parametrize("age", [64, 65])
def test_readmission_day_by_day(tmp_path, age, back, planned, counted) -> None:
    """Out on 30 January of a leap year: 29 February is day 30. The same day is the same stay."""
    out = date(2024, 1, 30)
    again = date.fromordinal(out.toordinal() + back)
    facts = {"stay": [
        {"person_key": 1, "age": age, "admitted_on": date(2024, 1, 20), "discharged_on": out, "planned": True},
        {"person_key": 1, "age": age, "admitted_on": again, "discharged_on": None, "planned": planned},
    ]}  # fmt: skip
    engine = DuckEngine(write(tmp_path, filled(facts)), threads=1)
    found = count(engine, shipped()["aterinskrivning-30-dagar"], since=SINCE, until=UNTIL)
    engine.close()
    wanted = [] if counted is None or age < 65 else [(date(2024, 1, 1), age, counted, 1)]
    assert [(c.period, c.band, c.numerator, c.denominator) for c in found] == wanted
