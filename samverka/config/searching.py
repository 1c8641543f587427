"""Searches of the types that rooms let one search, and the statement of all that can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samverka.config.feed import FEEDS
from samverka.config.owned import OWNED
from samverka.config.owned.values import Asked, Owned
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources.operations.publishing import text_of
from samverka.web.exchange import Issue, Page, Shown, Unreadable

PAGE = 50
MOST = 100
"""Resources on a page."""

_CONTROL = ("_count", "_after", "_format")


def search(actor: Actor, kind: str, given: Sequence[tuple[str, str]]) -> Page:
    """One page of a type. What is not understood is refused: passed over, it would find too much.

    Raises:
        Unreadable: an unknown parameter, or a value that cannot be read.
    """
    owned = searched(kind)
    if owned is None or owned.search is None:
        raise NotFound(_("Den här typen går inte att söka i än."))
    for name, _value in given:
        if name not in owned.search.names and name not in _CONTROL:
            known = ", ".join(owned.search.names)
            words = _("Sökningen förstår inte %(name)s. Den förstår: %(known)s.", name=name,
                      known=known)  # fmt: skip
            raise Unreadable(words, [Issue(name, words)])
    used = tuple((name, value) for name, value in given if name not in ("_after", "_format"))
    found, more = owned.search.find(actor, _asked(given))
    shown = tuple(
        Shown(kind, str(one.content["id"]), text_of(one.content), one.version, one.changed_at)
        for one in found
    )
    return Page(shown, used, more)


def _asked(given: Sequence[tuple[str, str]]) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in given:
        if name not in _CONTROL:
            values.setdefault(name, []).append(value)
    control = dict(one for one in given if one[0] in _CONTROL)
    return Asked(
        {name: tuple(texts) for name, texts in values.items()},
        _count(control.get("_count", "")),
        control.get("_after", ""),
    )


def _count(value: str) -> int:
    if not value:
        return PAGE
    if not value.isdecimal() or int(value) < 1:
        words = _("Ange hur många på en sida: 1 till %(most)d.", most=MOST)
        raise Unreadable(words, [Issue("_count", words)])
    return min(int(value), MOST)


def searched(kind: str) -> Owned | None:
    """Who is asked when a type is searched."""
    return next((one for one in OWNED.get(kind, ()) if one.search), None)


def capability(actor: Actor) -> dict[str, Any]:
    """What can be done with which type, read out of the rooms' own lists."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": actor.at.isoformat(),
        "kind": "instance",
        "software": {"name": "Samverka"},
        "implementation": {"description": "Samverka, FHIR R4"},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "resource": [_type(kind) for kind in sorted(OWNED)],
                "interaction": [{"code": "transaction"}, {"code": "batch"}],
            }
        ],
    }


def _type(kind: str) -> dict[str, Any]:
    owners = OWNED[kind]
    found = searched(kind)
    fed = kind in FEEDS
    codes = {
        "read": True,
        "update": fed or any(one.update for one in owners),
        "create": fed or any(one.create for one in owners),
        "search-type": found is not None,
    }
    said: dict[str, Any] = {
        "type": kind,
        "documentation": "; ".join(one.what for one in owners),
        "interaction": [{"code": code} for code, does in codes.items() if does],
        "versioning": "versioned-update",
    }
    if found is not None and found.search is not None:
        names = {name: words for name, words in found.search.names.items() if ":" not in name}
        said["searchParam"] = [
            {"name": name, "type": _sort(name), "documentation": words}
            for name, words in names.items()
        ]
    return said


_DATES = ("date", "sent", "authored-on", "_lastUpdated")


def _sort(name: str) -> str:
    if name in _DATES:
        return "date"
    return "token" if name in ("_id", "status") else "reference"
