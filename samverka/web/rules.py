"""How long unsent words are kept, and what of a form is words that someone typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samverka.kernel.actor import Side
from samverka.kernel.text import Text

KEPT = timedelta(hours=12)
"""How long unsent words are kept: a shift."""

MOST = 20
"""Forms kept for one account; the oldest goes first."""

LONGEST = 200_000
"""Characters of one form that are kept."""

SWEEPER = UUID("0e6f4c83-2a35-5b57-9d0c-6a1f1f6f2d02")
"""Who throws away what has been kept long enough; row security knows it too."""

SECRET = ("password", "lösenord", "secret", "token", "csrf", "otp", "credential")
"""A field whose name holds one of these is never kept."""

DRAFT_FIELD = "_utkast"
"""In a form that is sent again: which draft it came from."""


def worth_keeping(sent: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    """The fields to keep of a form; empty if nobody typed anything in it.

    Args:
        sent: name and texts of each field.
    """
    kept = {name: list(texts) for name, texts in sent if not _is_secret(name)}
    too_long = sum(len(text) for texts in kept.values() for text in texts) > LONGEST
    return kept if _has_words(kept) and not too_long else {}


def _is_secret(name: str) -> bool:
    return name == DRAFT_FIELD or any(word in name.lower() for word in SECRET)


def _has_words(fields: Mapping[str, Sequence[str]]) -> bool:
    return any(is_words(text) for texts in fields.values() for text in texts)


def is_words(text: str) -> bool:
    """Whether a person may have typed it: not empty, not a number of a version, not an id."""
    text = text.strip()
    return bool(text) and not text.isdecimal() and not _is_id(text)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Duty:
    """What waits for the own organisation, as one row: what, the next step, whose it is, and till when.

    Attributes:
        side: of the owner, for its colour.
        late: the day has passed.
    """

    about: str
    verb: Text
    owner: str
    side: Side
    due: date
    late: bool
    address: str
