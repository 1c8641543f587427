"""Code systems and value sets: what a set holds, and whether a code is in it. Pure: what is known is handed in."""

from samverka.resources.rules.terminology.checking import Checked, check
from samverka.resources.rules.terminology.expanding import MOST, Library, expand
from samverka.resources.rules.terminology.known import STANDARD, Concept, Standard, concepts_of
from samverka.resources.rules.terminology.showing import expansion_of, matching

__all__ = [
    "MOST",
    "STANDARD",
    "Checked",
    "Concept",
    "Library",
    "Standard",
    "check",
    "concepts_of",
    "expand",
    "expansion_of",
    "matching",
]
