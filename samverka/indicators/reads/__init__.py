"""What pages show of figures: plain values, after disclosure control."""

from samverka.indicators.reads.areas import Area, Surroundings
from samverka.indicators.reads.figure import FigureDetail, Wanted, figure
from samverka.indicators.reads.measures import (
    MeasureLine,
    MeasuresDetail,
    TrialDetail,
    measures,
    tried_measure,
)
from samverka.indicators.reads.overview import FigureLine, OverviewDetail, overview
from samverka.indicators.reads.persons import PersonsDetail, persons_behind
from samverka.indicators.reads.published import published_figure
from samverka.indicators.reads.rows import (
    CurveLine,
    NoteLine,
    SetLine,
    SnapshotLine,
    VersionLine,
)
from samverka.indicators.reads.versions import ComparedDetail, VersionDetail, compared_versions

__all__ = [
    "Area",
    "ComparedDetail",
    "CurveLine",
    "FigureDetail",
    "FigureLine",
    "MeasureLine",
    "MeasuresDetail",
    "NoteLine",
    "OverviewDetail",
    "PersonsDetail",
    "SetLine",
    "SnapshotLine",
    "Surroundings",
    "TrialDetail",
    "VersionDetail",
    "VersionLine",
    "Wanted",
    "compared_versions",
    "figure",
    "measures",
    "overview",
    "persons_behind",
    "published_figure",
    "tried_measure",
]
