"""HSA-id: the names of staff and units in the national catalogue of care (HSA)."""

from __future__ import annotations

import re

from samverka.kernel.text import text as _

# "SE", the catalogue owner's organisation number, hyphen, 1–18 letters a–z or digits: 31 characters
# at most. The organisation number is the catalogue owner's, not always the employer's: never derive
# one from it.
_PATTERN = re.compile(r"[Ss][Ee][0-9]{10}-[A-Za-z0-9]{1,18}")

HOW_TO_WRITE = _(
    "Ett HSA-id är SE, tio siffror, ett bindestreck och högst 18 bokstäver a–z eller siffror. "
    "Till exempel SE2321000214-AB12."
)


def is_hsa_id(text: str) -> bool:
    """Whether the text has the form of an HSA-id (HSA-1). Case does not matter."""
    return _PATTERN.fullmatch(text) is not None


def same_hsa_id(one: str, other: str) -> bool:
    """Whether two HSA-ids name the same: case is kept but does not tell apart (HSA-4)."""
    return one.upper() == other.upper()
