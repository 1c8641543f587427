"""Which small numbers of a table are hidden, and what else, so that none can be reckoned out. Pure.

Here, under all rooms, since statistics leave more than one: the guarantee's waiting times and the county's
measures (`indicators.rules.hiding`, with what has left before) hide by one and the same rule.
"""

from samverka.kernel.hiding.policy import SMALLEST, Policy
from samverka.kernel.hiding.tables import Cells, Counts, Key, Sealed, Shape, seal, too_small

__all__ = [
    "SMALLEST",
    "Cells",
    "Counts",
    "Key",
    "Policy",
    "Sealed",
    "Shape",
    "seal",
    "too_small",
]
