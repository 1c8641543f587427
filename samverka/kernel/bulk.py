"""How much there is in a JSON text, told before anything is built of it."""

from __future__ import annotations

import re

STRING = re.compile(rb'"(?:[^"\\]+|\\.)*+"', re.DOTALL)
"""A string; what it holds counts for nothing. No text makes it slow."""


FAR = 3
"""So many times over the limit, it does not matter what of it stands in strings."""


def has_more_than(text: bytes, most: int) -> bool:
    """Whether it has more objects and values than so many, told by its braces and commas.

    A long list takes few bytes and much time: a million objects lie in 15 MB. Strings are left out only where
    that can matter, since it takes a second itself.
    """
    marks = _marks(text)
    return marks > most and (marks > most * FAR or _marks(STRING.sub(b"", text)) > most)


def _marks(text: bytes) -> int:
    return text.count(b",") + text.count(b"{")
