"""Charts as SVG made on the server: a run chart, small multiples, a funnel, sorted dots. No domain."""

from samverka.web.charts.canvas import number
from samverka.web.charts.run import (
    NARROW,
    WIDE,
    Beside,
    Level,
    Mark,
    Point,
    Run,
    Stretch,
    run,
    spread,
)
from samverka.web.charts.small import multiple, spark
from samverka.web.charts.spread import Dot, Limits, dots, funnel

__all__ = [
    "NARROW",
    "WIDE",
    "Beside",
    "Dot",
    "Level",
    "Limits",
    "Mark",
    "Point",
    "Run",
    "Stretch",
    "dots",
    "funnel",
    "multiple",
    "number",
    "run",
    "spark",
    "spread",
]
