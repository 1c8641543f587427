"""Measures and curves for the pages: made inside an act, as the nightly work does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import sin
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import Curve, MeasureVersion, Snapshot
from samverka.indicators.operations import add_note, choose_figures, keep_measure
from samverka.indicators.rules.kept import Origin, SnapshotStatus, Split
from samverka.indicators.rules.measures import Measure, as_data
from samverka.indicators.rules.sets import kind_of
from samverka.indicators.warehouse.measures.shipped import shipped
from samverka.kernel.actor import Actor
from samverka.kernel.areas import municipalities_of
from tests.factories.cast import NOW, system

DAYS = "utskrivningsklara-dagar"
SHARE = "sip-inom-tre-dagar"
FALLS = "fallskador-65"
OWN = "eget-hem"

DEFINITIONS: dict[str, dict[str, Any]] = {
    DAYS: {
        "code": DAYS, "number": 1, "name": "Medelvårdtid som utskrivningsklar",
        "question": "Hur länge väntar utskrivningsklara på att komma hem?",
        "numerator": "Dagar som utskrivningsklar, för dem som skrevs ut under månaden",
        "denominator": "Vårdtillfällen med minst en sådan dag",
        "theme": "discharge", "result": "mean", "shape": "span",
        "settings": {"fact": "discharge", "day": "discharged_on",
                     "span": {"from": "ready_on", "to": "discharged_on"}},
        "grain": "month", "period": "month", "perspective": "consumption", "direction": "low",
        "source": "Samverka, utskrivning", "unit_words": "dagar", "factor": 1,
        "official": "N20403", "confirmed": True,
        "breaks": [{"on": "2024-07-01", "words": "Ny källa"}],
    },
    SHARE: {
        "code": SHARE, "number": 1, "name": "Plan inom tre dagar",
        "question": "Hur många får en plan inom tre dagar?",
        "numerator": "De som fick en plan inom tre dagar", "denominator": "De som behövde en",
        "theme": "coordinated", "result": "share", "shape": "share", "settings": {"fact": "plan"},
        "grain": "month", "period": "month", "perspective": "consumption", "direction": "high",
        "source": "Samverka, planer", "unit_words": "procent", "factor": 100,
        "confirmed": False, "unconfirmed": "Gränsen tre dagar är länets egen.",
        "good_between": [0, 100],
    },
    FALLS: {
        "code": FALLS, "number": 1, "name": "Fallskador 65+",
        "question": "Minskar fallen bland äldre?",
        "numerator": "Vårdtillfällen för fall (W00–W19)", "denominator": "Invånare 65 år och äldre",
        "theme": "proactive", "result": "rate", "shape": "events", "settings": {"fact": "stay"},
        "grain": "year", "period": "rolling-3-years", "perspective": "consumption",
        "direction": "low", "source": "Patientregistret", "unit_words": "per 100 000 invånare",
        "factor": 100_000, "decimals": 0, "official": "U20462", "confirmed": True,
    },
}  # fmt: skip

HIDDEN: Mapping[str, str] = {"status": "hidden"}


def shown(
    value: float, numerator: int, denominator: int, reach: float, places: int = 3
) -> dict[str, Any]:
    """A point that can be shown."""
    said = {"value": value, "low": max(0, value - reach), "high": value + reach}
    return {"status": "shown", "numerator": numerator, "denominator": denominator} | {
        name: str(round(Decimal(str(one)), places)) for name, one in said.items()
    }


def month_of(number: int) -> date:
    """The first day of a month: 0 is January 2023, 45 October 2026."""
    return date(2023 + number // 12, number % 12 + 1, 1)


def measure_row(actor: Actor, like: str, **other: Any) -> MeasureVersion:
    """A version of one of the measures, or of one like it."""
    definition = DEFINITIONS[like] | other
    row = MeasureVersion(
        code=definition["code"], number=definition["number"], definition=definition, origin=Origin.SHIPPED,
        current=other.get("current", True), made_at=actor.at, made_by="Samverka",
    )  # fmt: skip
    definition.pop("current", None)
    row.save(force_insert=True)
    return row


def snapshot_row(actor: Actor) -> Snapshot:
    """Last night's export."""
    row = Snapshot(
        id="2026-11-20T0300", county="23", status=SnapshotStatus.WHOLE,
        begun_at=actor.at - timedelta(hours=12), finished_at=actor.at - timedelta(hours=11),
        engine="duckdb 2.0.0", counts={"stay": 4120},
        quality=[{"fact": "discharge", "fault": "unknown-municipality", "count": 3,
                  "example": "2399", "words": "Okänd kod", "mend": "Rätta koden."},
                 {"fact": "drug", "fault": "unknown-code", "count": 7,
                  "words": "Läkemedlet har ingen kod", "mend": ""}],
        sums={"discharge": {"rows": 4120, "first": "2022-01-02", "last": "2026-09-14",
                            "no_municipality": 0.021, "no_sex": 0.0, "no_age": 0.0004}},
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def curve_row(
    measure: MeasureVersion, snapshot: Snapshot, area: str,
    points: Sequence[tuple[date, Mapping[str, Any]]],
    split: Split = Split.ALL, part: str = "",
) -> Curve:  # fmt: skip
    """One curve."""
    kept = [{"period": day.isoformat(), **point} for day, point in points]
    row = Curve(
        snapshot=snapshot, measure=measure, area_kind=kind_of(area), area=area, split=split,
        part=part, points=kept,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _days(level: float, size: int, months: int = 46) -> list[tuple[date, Mapping[str, Any]]]:
    """Fewer days from January 2025, when something was changed; small places wobble more."""
    found: list[tuple[date, Mapping[str, Any]]] = []
    for n in range(months):
        value = level * (0.72 if n >= 24 else 1) + sin(n * 1.7 + size) * 3 / size**0.5
        many = size + n % 4
        point = shown(max(0.4, value), round(value * many), many, 5 / many**0.5)
        found.append((month_of(n), HIDDEN if size < 8 and n % 5 == 2 else point))
    return found


def furnish(actor: Actor | None = None) -> dict[str, MeasureVersion]:
    """Three measures with curves for the county, its municipalities and the nation."""
    with act(actor or system(NOW), Action.FIGURES_EDIT) as this:
        snapshot = snapshot_row(this.actor)
        rows = {code: measure_row(this.actor, code) for code in DEFINITIONS}
        for place, one in enumerate(municipalities_of("23")):
            size = 4 + place * place * 2
            curve_row(rows[DAYS], snapshot, one.code, _days(2.6 + place * 0.35, size))
            years = [(date(year, 1, 1), shown(3300 + place * 90 - 40 * (year - 2020), 60 + place * 9,
                      2400 + place * 700, 700 - place * 60)) for year in range(2020, 2026)]  # fmt: skip
            curve_row(rows[FALLS], snapshot, one.code, years)
        for area, level, size in (("23", 3.6, 160), ("00", 3.4, 9000)):
            curve_row(rows[DAYS], snapshot, area, _days(level, size))
        for part, level in (("female", 3.4), ("male", 3.9)):
            curve_row(rows[DAYS], snapshot, "23", _days(level, 80), Split.SEX, part)
        for part, level in (("65-79", 3.1), ("80-", 4.4)):
            curve_row(rows[DAYS], snapshot, "23", _days(level, 60), Split.AGE, part)
        curve_row(rows[DAYS], snapshot, "23", _days(4.1, 50), Split.GROUP, "elderly")
        months = [(month_of(n), shown(55 + n * 0.7, 55 + n, 100, 9)) for n in range(45)]
        wrong = {"status": "shown", "numerator": 146, "denominator": 100, "value": "146.1",
                 "low": "140", "high": "150"}  # fmt: skip
        curve_row(rows[SHARE], snapshot, "23", [*months, (month_of(45), wrong)])
        this.note_general("Curve", made="tests")
    return rows


def publish(analyst: Actor) -> UUID:
    """Three figures of which one is published, with a note on it; the note's id."""
    furnish()
    keep_measure(analyst, data=as_data(own_measure()), why="")
    choose_figures(analyst, area="23", codes=[DAYS], published=True, version=0)
    return add_note(analyst, code=DAYS, area="23", on=date(2025, 1, 15), words="Ny rutin").id


def own_measure(**other: Any) -> Measure:
    """A measure of the county's own, made of one that is shipped."""
    return replace(shipped()["hem-inom-tre-dagar"], code=OWN, **other)


__all__ = [
    "DAYS",
    "FALLS",
    "OWN",
    "SHARE",
    "curve_row",
    "furnish",
    "measure_row",
    "own_measure",
    "publish",
]
