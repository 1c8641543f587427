"""What a measure is: data with versions, read from files and forms. Pure."""

from samverka.indicators.rules.measures.counted import Counted
from samverka.indicators.rules.measures.kinds import (
    Break,
    Grain,
    Measure,
    Period,
    Perspective,
    Result,
    Theme,
)

__all__ = [
    "Break",
    "Counted",
    "Grain",
    "Measure",
    "Period",
    "Perspective",
    "Result",
    "Theme",
]
