"""What record systems tell, as plain values: a referral, a contact, a booked time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samverka.contacts.rules import BookingStatus, ReferralStatus, VisitStatus, Way
from samverka.guarantee.rules.facts import Ending, Matter, Purpose
from samverka.guarantee.rules.limits import Part
from samverka.guarantee.rules.planned import PLANNED
from samverka.guarantee.rules.professions import Profession


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardReferral:
    """A referral to the unit.

    Attributes:
        own: the unit wrote it to itself: its decision that the person shall have the care.
        matter: a new need, or what the guarantee sets no limit for; then `target_on` says until when.
    """

    source: str
    source_id: str
    issued_at: datetime
    status: ReferralStatus
    what: str
    referrer: str = ""
    own: bool = False
    matter: Matter = Matter.NEW_NEED
    target_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardContact:
    """A contact that has been or was to be.

    Attributes:
        purpose: None where the source does not say what it was for: somebody at the unit says it.
        of_referral: name in the source of the referral that it follows.
    """

    source: str
    source_id: str
    at: datetime
    status: VisitStatus
    way: Way | None
    purpose: Purpose | None = None
    profession: Profession | None = None
    of_referral: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardBooking:
    """A booked time."""

    source: str
    source_id: str
    care_on: date
    status: BookingStatus
    where: str
    of_referral: str = ""


NEVER_A_WAIT = frozenset({ReferralStatus.DRAFT, ReferralStatus.UNKNOWN})
"""What nobody has sent begins no wait."""

ENDS: dict[ReferralStatus, Ending] = {
    ReferralStatus.REVOKED: Ending.NOT_NEEDED,
    ReferralStatus.ENTERED_IN_ERROR: Ending.MISTAKE,
}
"""A referral that is taken back ends the wait that it began."""

TOOK_PLACE = frozenset({VisitStatus.FINISHED})
"""A contact stops a clock when it has taken place, not when it is planned or goes on."""

STANDS = frozenset(
    {BookingStatus.BOOKED, BookingStatus.PENDING, BookingStatus.ARRIVED, BookingStatus.CHECKED_IN}
)


def part_of(heard: HeardReferral) -> Part:
    """A unit's own order is its decision of care, and so is what is planned; another's is a referral to a first visit."""
    return Part.TREATMENT if heard.own or heard.matter in PLANNED else Part.VISIT


def purpose_of(part: Part, heard: HeardContact, *, follows: bool) -> Purpose | None:
    """What the contact was for, seen from the wait; None where somebody must say it.

    Args:
        follows: it follows the very referral that the wait began with.
    """
    if heard.purpose is not None:
        return heard.purpose
    if follows:
        return Purpose.TREATMENT if part is Part.TREATMENT else Purpose.FIRST_VISIT
    return None


class Answer(StrEnum):
    """What the person has said about a time. The codes are stored."""

    YES = "yes"
    NO = "no"
