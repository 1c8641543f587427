"""Addresses of the Subscriptions R5 Backport (HL7, STU 1.1)."""

from __future__ import annotations

from typing import Final

_BASE = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"

SUBSCRIPTION: Final = f"{_BASE}backport-subscription"
NOTIFICATION: Final = f"{_BASE}backport-subscription-notification-r4"
STATUS: Final = f"{_BASE}backport-subscription-status-r4"
FILTER: Final = f"{_BASE}backport-filter-criteria"
CONTENT: Final = f"{_BASE}backport-payload-content"
HEARTBEAT: Final = f"{_BASE}backport-heartbeat-period"
TIMEOUT: Final = f"{_BASE}backport-timeout"
MOST_EVENTS: Final = f"{_BASE}backport-max-count"
