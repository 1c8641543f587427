"""What a measure is: data with versions, read from files and forms. Pure."""

from samverka.indicators.rules.measures.conditions import POINT, Condition, Span
from samverka.indicators.rules.measures.counted import PACK, Counted
from samverka.indicators.rules.measures.kinds import (
    Break,
    Grain,
    Measure,
    Period,
    Perspective,
    Result,
    Theme,
)
from samverka.indicators.rules.measures.parsing import (
    Parsed,
    as_data,
    measure_of,
    measures_of,
    read_measure,
)
from samverka.indicators.rules.measures.parsing_settings import Columns, facts_of, read_settings
from samverka.indicators.rules.measures.periods import (
    AGE_PARTS,
    Tally,
    awaited,
    by_area,
    months,
    of_area,
    of_part,
    parts,
    points,
    ripe,
    tallies,
    years,
)
from samverka.indicators.rules.measures.reading import Fault, Reader
from samverka.indicators.rules.measures.reckoning import (
    exposure,
    index_of,
    mean,
    median,
    reckon,
    refusal,
)
from samverka.indicators.rules.measures.settings import (
    Held,
    Points,
    Population,
    Settings,
    Shape,
    Source,
)
from samverka.indicators.rules.measures.standard import standard_of, standards
from samverka.indicators.rules.measures.versions import Change, changes
from samverka.indicators.rules.measures.writing import as_toml, settings_text

__all__ = [
    "AGE_PARTS",
    "PACK",
    "POINT",
    "Break",
    "Change",
    "Columns",
    "Condition",
    "Counted",
    "Fault",
    "Grain",
    "Held",
    "Measure",
    "Parsed",
    "Period",
    "Perspective",
    "Points",
    "Population",
    "Reader",
    "Result",
    "Settings",
    "Shape",
    "Source",
    "Span",
    "Tally",
    "Theme",
    "as_data",
    "as_toml",
    "awaited",
    "by_area",
    "changes",
    "exposure",
    "facts_of",
    "index_of",
    "mean",
    "measure_of",
    "measures_of",
    "median",
    "months",
    "of_area",
    "of_part",
    "parts",
    "points",
    "read_measure",
    "read_settings",
    "reckon",
    "refusal",
    "ripe",
    "settings_text",
    "standard_of",
    "standards",
    "tallies",
    "years",
]
