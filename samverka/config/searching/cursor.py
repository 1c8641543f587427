"""Where a page ended, as a word that says nothing: keys can be names or days of somebody, and addresses are logged."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from samverka.kernel.text import text as _
from samverka.resources.reads.searching import Place
from samverka.web.exchange import Issue, Unreadable

Given = Sequence[tuple[str, str]]


def written(place: Place, given: Given) -> str:
    """The word for that place in that search."""
    keys = [_plain(one) for one in place.keys]
    text = json.dumps([_search(given), keys, str(place.id)]).encode()
    return _locksmith(settings.SECRET_KEY).encrypt(text).decode()


def read(word: str, given: Given) -> Place | None:
    """The place that a word names; None for the first page.

    Raises:
        Unreadable: it is none of ours, or of another search.
    """
    if not word:
        return None
    try:
        search, keys, one = json.loads(_locksmith(settings.SECRET_KEY).decrypt(word.encode()))
    except (InvalidToken, ValueError) as problem:
        raise _broken() from problem
    if search != _search(given):
        raise _broken()
    return Place(tuple(_value(one) for one in keys), UUID(one))


def _broken() -> Unreadable:
    words = _("Länken till nästa sida är trasig. Sök igen.")
    return Unreadable(words, [Issue("_after", words)])


@lru_cache(maxsize=2)
def _locksmith(secret: str) -> Fernet:
    digest = hashlib.sha256(b"samverka fhir page\n" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _search(given: Given) -> str:
    """The same for the same search, whatever page of it."""
    asked = sorted(
        pair for pair in given if pair[0] not in ("_after", "_format", "_pretty", "_count")
    )
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:24]


def _plain(one: Any) -> Any:
    if isinstance(one, datetime):
        return ["t", one.isoformat()]
    return ["n", str(one)] if isinstance(one, Decimal) else one


def _value(one: Any) -> Any:
    if isinstance(one, list):
        return datetime.fromisoformat(one[1]) if one[0] == "t" else Decimal(one[1])
    return one
