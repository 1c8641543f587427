"""What stops a patch."""

from __future__ import annotations

from samverka.kernel.text import Text
from samverka.resources.rules.lines import Fault, Faulty, Sort


class Unfit(Faulty):
    """The patch can be read, but this resource cannot be changed so (422)."""


def wrong(path: str, message: Text, sort: Sort = Sort.INVALID) -> Faulty:
    """The patch itself is wrong, at that place of it."""
    return Faulty(Fault(path, message, sort=sort))


def unfit(path: str, message: Text, sort: Sort = Sort.INVALID) -> Unfit:
    """The step cannot be taken on this resource."""
    return Unfit(Fault(path, message, sort=sort))
