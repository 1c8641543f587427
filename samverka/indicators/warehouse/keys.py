"""Pseudonyms: who a fact is about, as a number that leads nowhere without the salt.

A key is the first 63 bits of HMAC-SHA256 with a salt that lies apart from the facts. The same person
gets the same key in every fact and every export, so that facts can be joined; who has the facts but not
the salt cannot try all identity numbers (there are few enough of them) to find whose they are.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

MIN_SALT: Final = 32
"""Characters. A shorter salt could be guessed."""

PARTS: Final = 1024
"""Rows that one thing can give in one fact. The key of a row is its thing's, with the row's number in it."""

_PERSON: Final = "person"


class Keys:
    """Makes keys with one salt.

    Raises:
        ValueError: the salt is too short to protect anyone.
    """

    def __init__(self, salt: str) -> None:
        if len(salt) < MIN_SALT:
            raise ValueError(f"a salt has at least {MIN_SALT} characters")
        self._start = hmac.new(salt.encode(), digestmod=sha256)

    def of(self, kind: str, *words: object) -> int:
        """The key of a thing of that kind: the same words give the same key, another kind another."""
        made = self._start.copy()
        made.update("\x1f".join((kind, *(str(word) for word in words))).encode())
        return int.from_bytes(made.digest()[:8], "big") >> 1

    def row(self, fact: str, *words: object, part: int = 0) -> int:
        """The key of one row of a thing. Rows of one thing have the same `key // PARTS`, and only they:
        so what the thing no longer says can be found without asking what it said before.
        """
        return self.of(fact, *words) // PARTS * PARTS + part % PARTS

    def person(self, number: str, person_id: object = "") -> int:
        """A person's key: of the first national identity number, twelve digits; without one, of our own id.

        The number and not our id comes first, because a county's history holds people that we have not
        met yet: the day they are registered their history is already theirs.
        """
        return self.of(_PERSON, number) if number else self.of(_PERSON, "id", person_id)
