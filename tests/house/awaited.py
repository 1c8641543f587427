"""Karin waits for care under the waiting-time guarantee: a wait with an offer, a pause and a contact."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samverka.guarantee import operations as guarantee
from samverka.guarantee.rules import Ending, LetterKind, Part, Purpose, Reason
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
    guarantee.note_contact(
        nurse, wait_id=made.id, at=NOW - timedelta(days=5), purpose=Purpose.RETURN_VISIT
    )
    guarantee.write_letter(nurse, wait_id=made.id, kind=LetterKind.GUARANTEE)
    found = guarantee.judge_need(nurse, wait_id=made.id, needed=True)
    ended = guarantee.start_wait(nurse, person_id=person_id, facts=KNEE)
    guarantee.end_wait(nurse, wait_id=ended.id, on=today, why=Ending.WITHDRAWN)
    return {
        "ended_wait_id": ended.id,
        "letter_id": found.letters[0].id,
        "wait_id": found.id,
        "offer_id": found.offers[0].id,
        "pause_id": found.pauses[0].id,
        "wait_contact_id": found.contacts[0].id,
    }
