"""Figures from whole numbers, what their curves say, and what of them may leave the house. Pure."""

from samverka.indicators.rules.charts import (
    Pattern,
    RunChart,
    Signal,
    XmrChart,
    expected_runs,
    run_chart,
    xmr_chart,
)
from samverka.indicators.rules.comparing import Beside, Colour, Direction, Standing, beside
from samverka.indicators.rules.figures import Reckoned, count, rate, share
from samverka.indicators.rules.funnels import Funnel, Place, rate_funnel, share_funnel
from samverka.indicators.rules.intervals import Interval, byar, quantile, wilson
from samverka.indicators.rules.numbers import (
    check_count,
    check_part,
    check_percentage,
    in_words,
    no_denominator,
    rounded,
)
from samverka.indicators.rules.standards import (
    EUROPE_2013,
    StandardPopulation,
    Stratum,
    standardised,
)
from samverka.kernel.hiding import SMALLEST, Policy

__all__ = [
    "EUROPE_2013",
    "SMALLEST",
    "Beside",
    "Colour",
    "Direction",
    "Funnel",
    "Interval",
    "Pattern",
    "Place",
    "Policy",
    "Reckoned",
    "RunChart",
    "Signal",
    "StandardPopulation",
    "Standing",
    "Stratum",
    "XmrChart",
    "beside",
    "byar",
    "check_count",
    "check_part",
    "check_percentage",
    "count",
    "expected_runs",
    "in_words",
    "no_denominator",
    "quantile",
    "rate",
    "rate_funnel",
    "rounded",
    "run_chart",
    "share",
    "share_funnel",
    "standardised",
    "wilson",
    "xmr_chart",
]
