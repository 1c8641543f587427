"""Disclosure control: what of a table may leave the house, given all that has left it before. Pure.

Statistics secrecy holds for what concerns one person and can be traced to that person (OSL 24:8), and
care and social services have theirs (OSL 25:1, 26:1). Small counts are therefore hidden, and so is what
they could be reckoned out from: sums, complements, and the difference of two tables, also of two that
left on different days. Method: Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapters 4
and 5: primary and secondary suppression of magnitude and frequency tables.

One rule for every exit: page, API, map, PDF and export show what the reckoning has let through. It asks
`renew` (tables by area and one parting, night after night: fast, because they are networks) and, the first
time, `seal`. `protect` judges any groups, crossing and overlapping as they may, for a table made by hand;
it tries every turn of four groups and takes seconds for some hundred cells.
"""

from samverka.indicators.rules.hiding.again import Kept, Renewed, renew
from samverka.indicators.rules.hiding.cells import Cell, CellStatus, curve, share_of
from samverka.indicators.rules.hiding.groups import Frame, Group, group, split
from samverka.indicators.rules.hiding.protecting import Protected, protect
from samverka.indicators.rules.hiding.releases import Release, ReleaseLog
from samverka.kernel.hiding.policy import SMALLEST, Policy
from samverka.kernel.hiding.tables import Sealed, Shape, seal

__all__ = [
    "SMALLEST",
    "Cell",
    "CellStatus",
    "Frame",
    "Group",
    "Kept",
    "Policy",
    "Protected",
    "Release",
    "ReleaseLog",
    "Renewed",
    "Sealed",
    "Shape",
    "curve",
    "group",
    "protect",
    "renew",
    "seal",
    "share_of",
    "split",
]
