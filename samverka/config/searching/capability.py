"""The statement of all that can be done."""

from __future__ import annotations

from typing import Any

from samverka.config.feed import FEEDS
from samverka.config.owned import OWNED
from samverka.config.owned.values import Owned
from samverka.kernel.actor import Actor


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
