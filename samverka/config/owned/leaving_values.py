"""Records of the room `discharge` as they stand in R4, each with a version of its own."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from samverka.config.owned.values import Standing
from samverka.discharge import fhir
from samverka.discharge.reads import CopyRecord, ItemRecord, SaidRecord, StayRecord
from samverka.resources.operations.publishing import text_of


def stayed(one: StayRecord) -> Standing:
    """A case as Encounter."""
    return _standing(fhir.encounter(one), one, one.changed_at)


def said(one: SaidRecord) -> Standing:
    """A message as Communication."""
    return _standing(fhir.communication(one), one, one.changed_at)


def called(one: SaidRecord) -> Standing:
    """A call to plan together as ServiceRequest."""
    return _standing(fhir.call_request(one), one, one.changed_at)


def copied(one: CopyRecord) -> Standing:
    """A copy to be receipted as Task."""
    return _standing(fhir.task(one), one, one.changed_at)


def listed(one: ItemRecord) -> Standing:
    """A line of the list as ServiceRequest."""
    return _standing(fhir.service_request(one), one, one.changed_at)


def _standing(made: dict[str, Any], values: Any, changed_at: datetime) -> Standing:
    """What is not on the shelf has no number there: the version is what it says."""
    version = hashlib.sha256(text_of(made)).hexdigest()[:16]
    meta = {"versionId": version, "lastUpdated": changed_at.astimezone(UTC).isoformat()}
    head = {name: made.pop(name) for name in ("resourceType", "id")}
    return Standing({**head, "meta": meta, **made}, values, version, changed_at)
