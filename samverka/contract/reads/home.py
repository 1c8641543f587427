"""The stay on the contract: the ward's own case says best where one is, and when one goes home."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from samverka.contacts.reads import StayDetail
from samverka.contacts.rules import VisitStatus
from samverka.discharge.reads import WayHome
from samverka.kernel.calendar import local

NOON = time(12)
"""A day without an hour, as a moment that is that day in any zone."""


def stay_now(person_id: UUID, stay: StayDetail | None, home: WayHome | None) -> StayDetail | None:
    """The stay that goes on; nobody types by hand into one what the other knows.

    Args:
        stay: as a record system has told it.
        home: as the case has it.
    """
    if home is None:
        return stay
    if not home.inside:
        gone = home.discharged_at
        return stay if stay and gone and stay.admitted_at > gone else None
    if stay is None:
        return _made(person_id, home)
    return replace(stay, expected_end_at=_expected(home) or stay.expected_end_at)


def _expected(home: WayHome) -> datetime | None:
    if home.estimated_at is None:
        return None
    return datetime.combine(home.estimated_at, NOON, tzinfo=local(home.admitted_at).tzinfo)


def _made(person_id: UUID, home: WayHome) -> StayDetail:
    ward = home.ward
    return StayDetail(
        id=home.case_id,
        person_id=person_id,
        admitted_at=home.admitted_at,
        discharged_at=None,
        expected_end_at=_expected(home),
        ward=ward.name,
        reason="",
        status=VisitStatus.IN_PROGRESS,
        unit=ward,
        source="",
        version=1,
        ongoing=True,
    )
