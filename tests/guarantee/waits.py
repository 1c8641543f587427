"""Waits for the tests: written as on a calendar, in Swedish time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from samverka.guarantee.rules import (
    Contact,
    Level,
    Offer,
    Part,
    Pause,
    Profession,
    Purpose,
    Reason,
    Wait,
)
from samverka.kernel.calendar import SWEDEN

HOME = "vc-linden"
OTHER = "vc-asken"
CLINIC = "ortopeden"


def at(written: str) -> datetime:
    """ "2024-01-10 09:00" on the Swedish clock; noon when only the day is written.

    Given in UTC, as times are kept: at half past midnight in Sweden it is still the day before there.
    """
    given = written if " " in written else f"{written} 12:00"
    return datetime.fromisoformat(given).replace(tzinfo=SWEDEN).astimezone(UTC)


def day(written: str) -> date:
    """A day."""
    return date.fromisoformat(written)


def sought(written: str, part: Part = Part.CONTACT, **changes: Any) -> Wait:
    """Someone sought primary care where they are listed."""
    given: dict[str, Any] = {"sought_at": at(written), "sought_unit": HOME, "listed_unit": HOME}
    if part is Part.ASSESSMENT:
        given["assessment_needed"] = True
    return Wait(part=part, **given | changes)


def referred(written: str, **changes: Any) -> Wait:
    """A referral was written."""
    return Wait(part=Part.VISIT, referral_issued_at=at(written), **changes)


def decided(written: str, **changes: Any) -> Wait:
    """Care was decided."""
    return Wait(part=Part.TREATMENT, decided_at=at(written), **changes)


def answered(written: str, **changes: Any) -> Contact:
    """Someone at the person's own primary care answered."""
    given: dict[str, Any] = {"level": Level.PRIMARY, "purpose": Purpose.CONTACT, "unit": HOME}
    return Contact(at=at(written), **given | changes)


def assessed(written: str, who: Profession | None = Profession.NURSE, **changes: Any) -> Contact:
    """Someone assessed the person at their own primary care."""
    return answered(written, **{"purpose": Purpose.ASSESSMENT, "profession": who} | changes)


def visited(written: str, **changes: Any) -> Contact:
    """A first visit in specialised care."""
    given: dict[str, Any] = {
        "level": Level.SPECIALIST,
        "purpose": Purpose.FIRST_VISIT,
        "unit": CLINIC,
    }
    return Contact(at=at(written), **given | changes)


def treated(written: str, **changes: Any) -> Contact:
    """The care that was decided."""
    return visited(written, **{"purpose": Purpose.TREATMENT} | changes)


def hindered(first: str, last: str | None = None, reason: Reason = Reason.MEDICAL) -> Pause:
    """Days that do not count for medical reasons, or for care in another region."""
    return Pause(reason=reason, first=day(first), last=day(last) if last else None)


def abstained(
    first: str,
    last: str | None,
    *,
    informed: str | None,
    made: str | None,
    care: str | None,
    no: str | None,
) -> Pause:
    """The person said no to a time: what was told, offered and answered."""
    return Pause(
        reason=Reason.ABSTAINS,
        first=day(first),
        last=day(last) if last else None,
        informed_on=day(informed) if informed else None,
        offer=Offer(made_on=day(made), care_on=day(care)) if made and care else None,
        declined_on=day(no) if no else None,
    )
