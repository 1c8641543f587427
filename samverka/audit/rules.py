"""The shape of a line of the trail and the arithmetic of its seal. Pure.

Content after HSLF-FS 2016:40 4 chap. (what was done, at which unit, when, by whom, whose data) in the
shape of IHE BALP. The seal: each batch hashes its lines in id order onto the root of the batch before,
so a changed, removed or inserted line breaks every later root.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

LOG_KEPT_YEARS = 5
"""Logs are kept at least five years (HSLF-FS 2016:40 4 chap.)."""

GENESIS = "0" * 64
"""The root before the first batch."""


class Outcome(IntEnum):
    """FHIR AuditEvent.outcome."""

    SUCCESS = 0
    REFUSED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail. Ids are text: the trail never leans on the live tables."""

    at: datetime
    action: str
    mode: str
    outcome: int
    actor_kind: str
    actor_id: str
    actor_name: str
    actor_role: str
    unit_id: str
    unit_name: str
    provider_id: str
    provider_name: str
    purpose: str
    request_id: str
    person_id: str = ""
    object_type: str = ""
    object_ids: tuple[str, ...] = ()
    ground: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


def leaf(number: int, line: Line) -> str:
    """SHA-256 (hex) over one line with its number. Same line, same hash, on any machine."""
    values = asdict(line) | {
        "number": number,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "object_ids": list(line.object_ids),
        "detail": dict(line.detail),
    }
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def root(previous: str, leaves: Iterable[str]) -> str:
    """SHA-256 (hex) of a batch: the previous root and the leaves in id order."""
    total = hashlib.sha256(previous.encode())
    for one in leaves:
        total.update(one.encode())
    return total.hexdigest()
