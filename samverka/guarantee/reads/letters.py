"""What a letter would say of a wait as it stands now."""

from __future__ import annotations

from uuid import UUID

from samverka.guarantee.reads.values import WaitDetail
from samverka.guarantee.rules import LetterKind
from samverka.guarantee.rules.letters import Matter, letter_of
from samverka.kernel.text import Text


def letter_words(
    found: WaitDetail, kind: LetterKind, offer_id: UUID | None = None
) -> tuple[Text, ...]:
    """What the letter would say, for reading before it is written.

    Raises:
        NotNow: there is nothing to write about.
    """
    offer = next((one for one in found.standing_offers if one.id == offer_id), None)
    if offer is None and kind is not LetterKind.GUARANTEE:
        wanted = kind is LetterKind.ELSEWHERE
        offer = next((one for one in found.standing_offers if one.elsewhere is wanted), None)
    matter = Matter(
        what=found.what,
        unit=found.unit.name,
        phone=found.unit.phone,
        care_on=offer.care_on if offer else None,
        where=offer.where if offer else "",
        travel=offer.travel if offer else "",
    )
    return letter_of(kind, found.clock, matter)
