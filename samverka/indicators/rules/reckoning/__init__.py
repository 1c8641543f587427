"""The reckoning: whole numbers in cells become curves that may be shown. Pure."""

from samverka.indicators.rules.hiding.again import Kept
from samverka.indicators.rules.reckoning.across import (
    Months,
    Other,
    longest_last,
    stretch,
)
from samverka.indicators.rules.reckoning.places import SEXES, Place, Places, group_parting, split_of
from samverka.indicators.rules.reckoning.points import KeptPoint, PointStatus, point_of
from samverka.indicators.rules.reckoning.reckon import Before, Curves, policy_of, reckon_curves
from samverka.indicators.rules.reckoning.things import pairs_of, subject_of

__all__ = [
    "SEXES",
    "Before",
    "Curves",
    "Kept",
    "KeptPoint",
    "Months",
    "Other",
    "Place",
    "Places",
    "PointStatus",
    "group_parting",
    "longest_last",
    "pairs_of",
    "point_of",
    "policy_of",
    "reckon_curves",
    "split_of",
    "stretch",
    "subject_of",
]
