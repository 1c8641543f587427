"""Figures that others have published: read from a file, put beside our own."""

from __future__ import annotations

from datetime import date

import pytest

from samverka.indicators.models import Curve, Snapshot
from samverka.indicators.operations import take_published
from samverka.indicators.reads import Wanted, figure
from samverka.indicators.rules.published import PublishedCurve, read_published, write_published
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, Problem
from tests.factories.cast import NOW, Cast, county, system
from tests.indicators.cells import SHARE, drawn
from tests.indicators.test_reckon_figures import export, reckoned

HEADING = "code;area;period;value;low;high;numerator;denominator"
FILE = f"""{HEADING}
{SHARE.code};00;2026-02-01;88,5;88,1;88,9;885;1000
{SHARE.code};00;2026-01-01;88.0;;;;
{SHARE.code};14;2026-01-01;91;90;92;;
"""


def read(text: str) -> tuple[PublishedCurve, ...]:
    return read_published(text.splitlines())


def test_a_file_is_read_in_order_and_written_the_same() -> None:
    nation, region = read(FILE)
    assert (nation.area, region.area) == ("00", "14")
    assert [one.period for one in nation.points] == [date(2026, 1, 1), date(2026, 2, 1)]
    last = nation.points[-1]
    assert (last.value, last.low, last.high, last.numerator) == ("88.5", "88.1", "88.9", 885)
    assert all(one.status is PointStatus.SHOWN for one in nation.points)
    assert read(write_published((nation, region))) == (nation, region)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x;99;2026-01-01;1;;;;", "Rad 2: 99 är inget län."),
        ("x;14;2026-13-01;1;;;;", "Rad 2 går inte att läsa."),
        ("x;14;2026-01-01;mycket;;;;", "Rad 2 går inte att läsa."),
        ("x;14;2026-01-01;NaN;;;;", "Rad 2 går inte att läsa."),
        ("x;14;2026-01-01", "Rad 2 går inte att läsa."),
        ("x;14;2026-01-01;1;;;;\nx;14;2026-01-01;2;;;;", "Rad 3: samma siffra finns två gånger."),
    ],
)
def test_a_fault_in_the_file_is_said_with_its_line(line: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read(f"{HEADING}\n{line}\n")


def test_another_heading_is_refused() -> None:
    with pytest.raises(Invalid, match="andra kolumner"):
        read("kod;område\n")


@pytest.fixture
def cast(db: None) -> Cast:
    made = county()
    export("night 1", NOW)
    reckoned("night 1", drawn(1, months=2, scale=4, units=0), SHARE)
    return made


def take(by: object, text: str = FILE, snapshot: str = "night 1") -> int:
    return take_published(by, snapshot=snapshot, curves=read(text), source="Kolada")  # type: ignore[arg-type]


def test_they_stand_beside_our_own_once(cast: Cast) -> None:
    assert take(cast.analyst) == 2
    assert take(cast.analyst) == 0
    found = figure(cast.analyst, wanted=Wanted(SHARE.code))
    assert found.curves["00"].points[-1].value is not None
    assert found.points
    quality = Snapshot.objects.get(id="night 1").quality
    assert [one["count"] for one in quality if one["fact"] == "published"] == [2]

    assert take(cast.analyst, FILE.replace("88,5", "89,5")) == 1
    export("night 2", NOW)
    assert take(cast.analyst, FILE.replace("88,5", "90,5"), snapshot="night 2") == 1
    standing = Curve.objects.filter(area="00")
    assert sorted(standing.values_list("current", "snapshot_id")) == [
        (False, "night 1"),
        (True, "night 2"),
    ]


@pytest.mark.parametrize(
    ("text", "snapshot", "refused"),
    [
        (FILE.replace(";14;", ";23;"), "night 1", Invalid),
        (FILE.replace(SHARE.code, "annat"), "night 1", Invalid),
        (FILE, "night 9", NotFound),
    ],
)
def test_what_does_not_belong_is_refused_and_nothing_taken(
    cast: Cast, text: str, snapshot: str, refused: type[Problem]
) -> None:
    with pytest.raises(refused):
        take(cast.analyst, text, snapshot)
    assert not Curve.objects.filter(area="00").exists()


def test_who_may_not_publish_may_not_take(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        take(cast.region_nurse)
    assert take(system(NOW)) == 2
