"""Karin waits for care under the waiting-time guarantee: a wait with an offer, a pause and a contact."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samverka.guarantee import operations as guarantee
from samverka.guarantee.rules import Part, Purpose, Reason
from samverka.guarantee.rules.keeping import WaitFacts
from tests.factories.cast import NOW, Cast

KNEE = WaitFacts(part=Part.TREATMENT, what="Operation av knät", decided_at=NOW - timedelta(days=60))


def awaited(cast: Cast, person_id: UUID) -> dict[str, UUID]:
    """Ids by the names of the addresses' arguments."""
    nurse, today = cast.region_nurse, NOW.date()
    made = guarantee.start_wait(nurse, person_id=person_id, facts=KNEE)
    guarantee.offer_time(
        nurse, wait_id=made.id, care_on=today + timedelta(days=12), where="Östersund"
    )
    guarantee.pause_wait(
        nurse,
        wait_id=made.id,
        reason=Reason.MEDICAL,
        first=today - timedelta(days=20),
        last=today - timedelta(days=10),
    )
    found = guarantee.note_contact(
        nurse, wait_id=made.id, at=NOW - timedelta(days=5), purpose=Purpose.RETURN_VISIT
    )
    return {
        "wait_id": found.id,
        "offer_id": found.offers[0].id,
        "pause_id": found.pauses[0].id,
        "wait_contact_id": found.contacts[0].id,
    }
