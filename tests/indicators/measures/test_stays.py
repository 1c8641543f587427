"""Stays: one episode of those that follow on one another, and the next one within 30 days."""

from __future__ import annotations

from datetime import date

from samverka.indicators.rules.kept import AreaKind
from samverka.indicators.warehouse.engines import DuckEngine
from samverka.indicators.warehouse.measures import count, persons_behind, shipped
from tests.indicators.measures.lake import filled, write

D = date


def test_readmission(tmp_path) -> None:
    facts = filled(
        {
            "stay": [
                {
                    "person_key": 1,
                    "admitted_on": D(2024, 1, 1),
                    "discharged_on": D(2024, 1, 10),
                    "planned": False,
                    "discharged_to": "hospital",
                },
                {
                    "person_key": 1,
                    "admitted_on": D(2024, 1, 10),
                    "discharged_on": D(2024, 1, 20),
                    "planned": True,
                },
                {
                    "person_key": 1,
                    "admitted_on": D(2024, 2, 19),
                    "discharged_on": D(2024, 2, 29),
                    "planned": False,
                },
                {
                    "person_key": 1,
                    "admitted_on": D(2024, 3, 31),
                    "discharged_on": None,
                    "planned": False,
                },
                {
                    "person_key": 2,
                    "admitted_on": D(2024, 1, 1),
                    "discharged_on": D(2024, 1, 10),
                    "discharged_to": "dead",
                },
            ]
        }
    )
    engine = DuckEngine(write(tmp_path, facts), memory="200MB", threads=1)
    m = shipped()["aterinskrivning-30-dagar"]
    found = count(engine, m, since=D(2024, 1, 1), until=D(2024, 12, 31))
    assert [(c.period, c.numerator, c.denominator) for c in found] == [
        (D(2024, 1, 1), 1, 1),
        (D(2024, 2, 1), 0, 1),
    ]
    assert persons_behind(
        engine,
        m,
        since=D(2024, 1, 1),
        until=D(2024, 1, 31),
        data_until=D(2024, 12, 31),
        area=(AreaKind.COUNTY, "23"),
    ) == [1]
    engine.close()
