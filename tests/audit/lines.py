"""Lines to write in tests of the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from samverka.audit.rules import Line

PERSON = str(UUID(int=7))
PLAN = str(UUID(int=8))

READ = Line(
    at=datetime(2026, 11, 20, 14, 30, 5, 250_000, tzinfo=UTC),
    action="plan.read",
    mode="R",
    outcome=0,
    actor_kind="staff",
    actor_id=str(UUID(int=1)),
    actor_name="Lena Berg",
    actor_role="Distriktssköterska",
    unit_id=str(UUID(int=2)),
    unit_name="Krokoms hälsocentral",
    provider_id=str(UUID(int=3)),
    provider_name="Regionens hälso- och sjukvård",
    purpose="TREAT",
    request_id="76d148b6586d11ecbf630242ac130002",
    person_id=PERSON,
    object_type="Plan",
    object_ids=(PLAN,),
    ground="care-relation",
)
"""A district nurse reads a plan."""


def numbered(number: int) -> Line:
    """A line of its own."""
    return replace(READ, request_id=f"request {number}", detail={"n": number, "ord": "åäö"})
