"""Disclosure control: what of a table may leave the house, given all that has left it before. Pure.

Statistics secrecy holds for what concerns one person and can be traced to that person (OSL 24:8), and
care and social services have theirs (OSL 25:1, 26:1). Small counts are therefore hidden, and so is what
they could be reckoned out from: sums, complements, and the difference of two tables, also of two that
left on different days. Method: Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapters 4
and 5: primary and secondary suppression of magnitude and frequency tables.

One rule for every exit: page, API, map, PDF and export show what the reckoning has let through. It asks
`renew` night after night and, the first time, `seal`. Tables go by area and one parting at a time, for
these are networks; tables that cross two partings leave by no door.
"""

from samverka.indicators.rules.hiding.again import Kept, Renewed, renew
from samverka.kernel.hiding.policy import SMALLEST, Policy
from samverka.kernel.hiding.tables import Sealed, Shape, seal

__all__ = [
    "SMALLEST",
    "Kept",
    "Policy",
    "Renewed",
    "Sealed",
    "Shape",
    "renew",
    "seal",
]
