"""The night's reckoning in the database: curves, versions, the release log; twice, later, halfway."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators import jobs
from samverka.indicators.models import Curve, Given, MeasureVersion, Snapshot
from samverka.indicators.operations import ReckonedDetail, reckon_figures
from samverka.indicators.rules.kept import Origin, SnapshotStatus
from samverka.indicators.rules.measures import Counted, Measure, as_data
from samverka.kernel.problems import NotAllowed, NotFound, NotNow
from tests.factories.cast import NOW, Cast, system
from tests.indicators.cells import MEAN, SHARE, cell, drawn, month

pytestmark = pytest.mark.django_db
SINCE = date(2021, 1, 1)
MONTHS = 3


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


def export(name: str, at: datetime) -> str:
    """An export to the warehouse."""
    with act(system(NOW), Action.FIGURES_RECKON) as this:
        row = Snapshot(id=name, county="23", status=SnapshotStatus.WHOLE, begun_at=at)
        row.save(force_insert=True)
        this.note_general("Snapshot", snapshot=name)
    return name


def reckoned(
    name: str, cells: Iterable[Counted], *measures: Measure, by: Any = None
) -> ReckonedDetail:
    """One night."""
    found = list(cells)
    return reckon_figures(
        by or system(NOW),
        snapshot=name,
        measures=measures or (SHARE,),
        count=lambda _measure, _since, _until: found,
        since=SINCE,
    )


def point(area: str, number: int, *, part: str = "", code: str = SHARE.code) -> dict[str, Any]:
    """What pages read."""
    row = Curve.objects.get(measure__code=code, area=area, part=part, current=True)
    return next(one for one in row.points if one["period"] == month(number).isoformat())


def test_a_night_twice_a_later_night_and_an_earlier_one(cast: Cast) -> None:
    cells = drawn(3, months=MONTHS, scale=4, units=2)
    first = export("night 1", NOW)
    made = reckoned(first, cells, SHARE, by=cast.analyst)
    assert made.written == Curve.objects.count() > 50
    assert {"shown", "hidden"} <= {
        one["status"] for row in Curve.objects.all() for one in row.points
    }
    county_points = Curve.objects.get(area="23", split="all").points
    assert county_points[0]["value"]
    assert county_points[0]["numerator"] > 100
    before = list(Curve.objects.order_by("pk").values()), Given.objects.count()

    assert reckoned(first, cells).written == 0
    assert (list(Curve.objects.order_by("pk").values()), Given.objects.count()) == before

    # The next night ten more stand in the books for the last month, all in Östersund.
    more = [
        *cells,
        *(cell(month(2), "2380", 10, 10, sex=one, unit="SE-2380-0") for one in ("female", "male")),
    ]
    second = export("night 2", NOW + timedelta(days=1))
    was = point("23", 2)["numerator"]
    assert 0 < reckoned(second, more).written < 20
    assert point("23", 2)["numerator"] == was + 20
    assert Curve.objects.get(area="2303", split="all", current=True).snapshot_id == first
    with pytest.raises(NotNow, match="senare uttag"):
        reckoned(first, cells)


def test_one_who_came_late_is_not_told(cast: Cast) -> None:
    cells = drawn(3, months=MONTHS, scale=4)
    reckoned(export("night 1", NOW), cells)
    was = point("2380", 1)["numerator"], point("23", 1)["numerator"]
    late = [*cells, cell(month(1), "2380", 1, 1)]
    made = reckoned(export("night 2", NOW + timedelta(days=1)), late)
    assert (point("2380", 1)["numerator"], point("23", 1)["numerator"]) == was
    assert made.faults[0].standing > 0
    told = Snapshot.objects.get(id="night 2").quality
    assert [one["fault"] for one in told] == ["figures-standing"]
    assert "plan-i-tid" in told[0]["words"]


def test_a_new_definition_is_a_new_version_and_nothing_old_stands(cast: Cast) -> None:
    cells = drawn(3, months=MONTHS, scale=4)
    reckoned(export("night 1", NOW), cells)
    late = [*cells, cell(month(1), "2380", 1, 1)]
    reckoned(export("night 2", NOW + timedelta(days=1)), late, replace(SHARE, name="Ny"))
    assert list(MeasureVersion.objects.order_by("number").values_list("number", "current")) == [
        (1, False),
        (2, True),
    ]
    assert not Curve.objects.filter(current=True, measure__number=1).exists()
    assert point("2380", 1)["status"] == "hidden"  # a number by the old definition would be untrue
    assert point("2380", 0)["status"] == "shown"


def test_who_stops_in_the_middle_begins_again(cast: Cast) -> None:
    cells = drawn(3, months=MONTHS, scale=4)
    name = export("night 1", NOW)
    seen: list[str] = []

    def stops(measure: Measure, _since: date, _until: date) -> list[Counted]:
        seen.append(measure.code)
        if measure.code == MEAN.code and len(seen) < 3:
            raise OSError("the disk went away")
        return cells

    call: Callable[[], ReckonedDetail] = lambda: reckon_figures(  # noqa: E731
        system(NOW), snapshot=name, measures=[SHARE, MEAN], count=stops, since=SINCE
    )
    with pytest.raises(OSError, match="disk"):
        call()
    half = Curve.objects.count()
    assert set(Curve.objects.values_list("measure__code", flat=True)) == {SHARE.code}
    call()
    assert Curve.objects.filter(measure__code=SHARE.code).count() == half
    assert Curve.objects.filter(measure__code=MEAN.code).exists()


def test_what_cannot_be_true_is_refused_and_said(cast: Cast) -> None:
    cells = [*drawn(3, months=MONTHS, scale=4), cell(month(1), "2303", 146, 0)]
    made = reckoned(export("night 1", NOW), cells)
    found = point("2303", 1)
    assert found["status"] == "refused"
    assert "går inte" in found["why"]
    assert "numerator" not in found
    assert made.faults[0].refused > 0


def test_who_may_and_what_must_be_there(cast: Cast) -> None:
    with pytest.raises(NotFound, match="Uttaget night 9 finns inte"):
        reckoned("night 9", [])
    with pytest.raises(NotAllowed):
        reckoned(export("night 1", NOW), [], by=cast.leader)
    assert reckoned("night 1", []).written == 0


def test_the_countys_own_measure_is_reckoned_with_the_others(cast: Cast, tmp_path: Path) -> None:
    name = export("night 1", NOW)
    with act(cast.analyst, Action.FIGURES_EDIT) as this:
        own = replace(SHARE, code="eget", settings={"fact": "plan"})
        row = MeasureVersion(
            code="eget", number=3, definition=as_data(own), origin=Origin.COUNTY, current=True,
            made_at=NOW, made_by="Mats",
        )  # fmt: skip
        row.save(force_insert=True)
        this.note_general("MeasureVersion", code="eget")
    steps: list[tuple[int, int]] = []
    made = reckon_figures(
        system(NOW), snapshot=name, measures=[SHARE, own], since=SINCE, engine="duckdb",
        count=lambda _measure, _since, _until: drawn(3, months=MONTHS, scale=4),
        progress=lambda done, of: steps.append((done, of)),
    )  # fmt: skip
    assert made.measures == 2
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert Curve.objects.filter(measure=row).exists()
    assert MeasureVersion.objects.get(code="eget").number == 3
    assert Snapshot.objects.get(id=name).engine == "duckdb"
    assert jobs.newest() == name
    assert jobs.reckon(tmp_path, name) is None  # nothing to count there
