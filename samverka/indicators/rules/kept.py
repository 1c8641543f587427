"""Codes of what the room keeps: areas, splits, where a measure comes from, how an export went. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

NATION: Final = "00"
"""The area's code for the whole country."""


FIGURES: Final = "figures"
"""Where the faults of the facts name a fact, those of the reckoning say this."""

PUBLISHED: Final = "published"
"""And what is said of figures that others have published."""


class AreaKind(StrEnum):
    """What a figure is about."""

    NATION = "nation"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    UNIT = "unit"


class Split(StrEnum):
    """By what the people of a figure are parted."""

    ALL = "all"
    SEX = "sex"
    AGE = "age"
    GROUP = "group"


class Origin(StrEnum):
    """Who has made a measure."""

    SHIPPED = "shipped"
    COUNTY = "county"


class SnapshotStatus(StrEnum):
    """How far an export has come."""

    BEGUN = "begun"
    WHOLE = "whole"
    FAILED = "failed"
