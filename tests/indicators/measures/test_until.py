"""The awkward day: what ends today, has ended, or ends and begins on one day; facts and measures agree."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from samverka.indicators.operations.facts.people import _holds
from samverka.indicators.rules.measures import Measure, Reader, Shape
from samverka.indicators.rules.measures.parsing_settings import read_settings
from samverka.indicators.warehouse.engines import DuckEngine
from samverka.indicators.warehouse.measures import count, shipped
from samverka.indicators.warehouse.measures.counting import COLUMNS
from samverka.kernel.calendar import SWEDEN
from samverka.people.reads import Spell
from tests.indicators.measures.lake import filled, write

THROUGH = {
    ("plan", "ended_on"): False,
    ("fixed_contact", "until"): False,
    ("wait", "ended_on"): False,
    ("drug", "until"): True,  # the last day of a dose is a day with it (FHIR Period.end)
}
"""Fact and its last day → whether it still holds on that day."""

AT = date(2024, 6, 30)
DAY = timedelta(days=1)
BEGUN = AT - 30 * DAY
HIP = {"diagnosis": "S7200", "planned": False, "somatic": True}
SPANS = {
    1: (BEGUN, AT - DAY),
    2: (BEGUN, AT),
    3: (BEGUN, AT + DAY),
    4: (BEGUN, None),
    5: (AT, AT),
    6: (AT, AT + DAY),
    7: (AT + DAY, None),
}
"""Person → first and last day."""


def test_every_measure_asks_for_the_last_day_in_the_same_way() -> None:
    asked = set()
    for measure in shipped().values():
        settings = read_settings(
            Reader(measure.settings, "settings", []), Shape(measure.shape), COLUMNS
        )
        source = settings.sources[0].fact if settings.sources else ""
        held = [*settings.having, *settings.among]
        asked |= {(one.fact, one.until, one.through) for one in held if one.until}
        if settings.open:
            asked.add((source, settings.open.until, settings.open.through))
    assert asked == {(*name, through) for name, through in THROUGH.items()}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    """Seven persons, each with one of everything."""
    months = [{"person_key": one, "month": AT.replace(day=1), "listed_unit": "E1"} for one in SPANS]
    spans = SPANS.items()
    facts = filled({
        "person_month": months,
        "plan": [{"person_key": one, "plan_kind": "sip", "created_on": since,
                  "established_on": since, "ended_on": until} for one, (since, until) in spans],
        "fixed_contact": [{"person_key": one, "role": "physician", "since": since,
                           "until": until} for one, (since, until) in spans],
        "wait": [{"person_key": one, "part": "visit", "starts_on": since, "ended_on": until,
                  "paused_days": 0, "chose_longer": False} for one, (since, until) in spans],
        "drug": [{"person_key": one, "atc": f"C0{number}", "since": since, "until": until,
                  "as_needed": False} for one, (since, until) in spans for number in range(10)],
        "stay": [{"person_key": 1, "admitted_on": AT, "discharged_on": AT, **HIP},
                 {"person_key": 2, "admitted_on": AT, "discharged_on": AT, **HIP},
                 {"person_key": 2, "admitted_on": AT, "discharged_on": None, **HIP},
                 {"person_key": 3, "admitted_on": AT, "discharged_on": AT + DAY, **HIP}],
        "discharge": [{"person_key": one, "admitted_on": BEGUN, "ready_on": ready,
                       "discharged_on": left} for one, ready, left in
                      ((1, AT, AT), (2, AT - DAY, AT), (3, AT, None), (4, AT, AT + DAY))],
    })  # fmt: skip
    folder: Path = tmp_path_factory.mktemp("until")
    made = DuckEngine(write(folder, facts), memory="300MB", threads=1)
    yield made
    made.close()


def counted(engine: DuckEngine, code: str) -> tuple[int, int]:
    """Numerator and denominator of all on the day."""
    measure: Measure = shipped()[code]
    cells = [
        one for one in count(engine, measure, since=AT.replace(day=1), until=AT)
        if not one.group and not one.unit
    ]  # fmt: skip
    return sum(one.numerator for one in cells), sum(one.denominator for one in cells)


@pytest.mark.parametrize(
    ("code", "holding"),
    [
        ("sip-per-1000", {3, 4, 6}),
        ("fast-lakarkontakt", {3, 4, 6}),
        ("tio-lakemedel-75", {2, 3, 4, 5, 6}),
    ],
)
def test_who_has_it_on_the_day(engine: DuckEngine, code: str, holding: set[int]) -> None:
    assert counted(engine, code) == (len(holding), len(SPANS))


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("vantar-hogst-90-besok", (3, 3)),  # who has been met today does not wait tonight
        ("vardtillfallen", (4, 7)),  # each stay by itself
        ("hoftfraktur", (3, 7)),  # home and in again on one day: one stay
        ("utskrivningsklar-tillfallen-per-invanare", (1, 0)),  # who leaves at once has not waited
    ],
)
def test_what_is_open_and_what_has_happened_on_the_day(
    engine: DuckEngine, code: str, wanted: tuple[int, int]
) -> None:
    assert counted(engine, code) == wanted


@pytest.mark.parametrize(
    ("ends", "holds"),
    [
        (datetime(2024, 6, 30, tzinfo=SWEDEN), False),
        (datetime(2024, 6, 30, 15, tzinfo=SWEDEN), False),
        (datetime(2024, 7, 1, tzinfo=SWEDEN), True),
        (None, True),
    ],
)
def test_a_month_tells_of_the_end_of_its_last_day_as_the_measures_do(
    ends: datetime | None, holds: bool
) -> None:
    since = datetime(2024, 1, 1, tzinfo=SWEDEN)
    assert _holds(Spell(uuid4(), since, ends), AT) is holds
    assert (ends is None or ends.date() > AT) is holds, "as the measure reads the day of it"


def test_what_begins_at_midnight_begins_the_day_after() -> None:
    midnight = datetime(2024, 7, 1, tzinfo=SWEDEN)
    assert not _holds(Spell(uuid4(), midnight, None), AT)
    assert _holds(Spell(uuid4(), midnight - timedelta(seconds=1), None), AT)
