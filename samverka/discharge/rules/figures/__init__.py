"""Figures on discharge: how long, for whom, who waited for whom. Pure: stays in, figures out."""

from samverka.discharge.rules.figures.beds import Beds, Places, bed_days, check_beds
from samverka.discharge.rules.figures.days import ANSWERED, Reckoned, ready_days, reckon, waited_for
from samverka.discharge.rules.figures.grouping import (
    BY_WORDS,
    LONGEST,
    By,
    Comparison,
    GroupLine,
    Surroundings,
    check_period,
    compare,
    month_of,
    months_of,
)
from samverka.discharge.rules.figures.hiding import SMALLEST
from samverka.discharge.rules.figures.messages import KindLine, kind_lines
from samverka.discharge.rules.figures.population import COUNTED_ON, aged_65
from samverka.discharge.rules.figures.reckoning import Frame, figures_of
from samverka.discharge.rules.figures.records import (
    CARE_WORDS,
    Care,
    Judged,
    Party,
    Place,
    Said,
    SentCopy,
    StayRecord,
    Wait,
    as_put_right,
    party_of,
)
from samverka.discharge.rules.figures.table import (
    CHAPTER_WORDS,
    FIGURES,
    LACKING_WORDS,
    Chapter,
    Figure,
    FigureSpec,
    Lacking,
    Measure,
)
from samverka.discharge.rules.figures.values import FigureValue, Missing

__all__ = [
    "ANSWERED",
    "BY_WORDS",
    "CARE_WORDS",
    "CHAPTER_WORDS",
    "COUNTED_ON",
    "FIGURES",
    "LACKING_WORDS",
    "LONGEST",
    "SMALLEST",
    "Beds",
    "By",
    "Care",
    "Chapter",
    "Comparison",
    "Figure",
    "FigureSpec",
    "FigureValue",
    "Frame",
    "GroupLine",
    "Judged",
    "KindLine",
    "Lacking",
    "Measure",
    "Missing",
    "Party",
    "Place",
    "Places",
    "Reckoned",
    "Said",
    "SentCopy",
    "StayRecord",
    "Surroundings",
    "Wait",
    "aged_65",
    "as_put_right",
    "bed_days",
    "check_beds",
    "check_period",
    "compare",
    "figures_of",
    "kind_lines",
    "month_of",
    "months_of",
    "party_of",
    "ready_days",
    "reckon",
    "waited_for",
]
