"""Statuses and the order of times."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.contacts import rules
from samverka.contacts.rules import BookingFacts, BookingStatus, StayFacts, VisitStatus
from samverka.kernel.problems import Invalid, NotNow
from tests.factories.cast import NOW

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "starts", "ends", "expected"),
    [
        (BookingStatus.BOOKED, HOUR, None, True),
        (BookingStatus.BOOKED, -HOUR / 2, None, True),  # goes on
        (BookingStatus.BOOKED, -HOUR, None, False),
        (BookingStatus.BOOKED, -2 * HOUR, HOUR, True),  # long, goes on
        (BookingStatus.CANCELLED, HOUR, None, False),
        (BookingStatus.NO_SHOW, HOUR, None, False),
        (BookingStatus.PROPOSED, HOUR, None, False),
        (BookingStatus.WAITLIST, HOUR, None, False),
        (BookingStatus.PENDING, HOUR, None, True),
    ],
)
def test_what_lies_ahead(status, starts, ends, expected) -> None:
    end = NOW + ends if ends else None
    assert rules.is_upcoming(status, NOW + starts, end, NOW) is expected


@pytest.mark.parametrize(
    ("status", "admitted", "discharged", "expected"),
    [
        (VisitStatus.IN_PROGRESS, -HOUR, None, True),
        (VisitStatus.FINISHED, -HOUR, None, False),
        (VisitStatus.IN_PROGRESS, -HOUR, HOUR, True),
        (VisitStatus.IN_PROGRESS, -2 * HOUR, -HOUR, False),
        (VisitStatus.PLANNED, HOUR, None, False),
        (VisitStatus.CANCELLED, -HOUR, None, False),
        (VisitStatus.ENTERED_IN_ERROR, -HOUR, None, False),
    ],
)
def test_who_is_in_hospital(status, admitted, discharged, expected) -> None:
    end = NOW + discharged if discharged else None
    assert rules.is_staying(status, NOW + admitted, end, NOW) is expected


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_facts(BookingFacts(starts_at=NOW, ends_at=NOW - HOUR))
    assert refused.value.where == "ends_at"
    with pytest.raises(Invalid) as refused:
        rules.check_facts(StayFacts(admitted_at=NOW, expected_end_at=NOW - HOUR))
    assert refused.value.where == "expected_end_at"


def test_a_unit_books_forwards_and_says_what_for() -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_new_booking(BookingFacts(starts_at=NOW, what="Blodprov"), NOW)
    assert refused.value.where == "starts_at"
    with pytest.raises(Invalid) as refused:
        rules.check_new_booking(BookingFacts(starts_at=NOW + HOUR, what=" "), NOW)
    assert refused.value.where == "what"


@pytest.mark.parametrize(
    "status", [BookingStatus.CANCELLED, BookingStatus.FULFILLED, BookingStatus.ENTERED_IN_ERROR]
)
def test_what_has_happened_is_not_cancelled(status: BookingStatus) -> None:
    with pytest.raises(NotNow):
        rules.check_cancel(status)


def test_only_a_cancelled_time_ahead_can_stand_again() -> None:
    with pytest.raises(NotNow):
        rules.check_restore(BookingStatus.BOOKED, NOW + HOUR, NOW)
    with pytest.raises(NotNow):
        rules.check_restore(BookingStatus.CANCELLED, NOW, NOW)
    rules.check_restore(BookingStatus.CANCELLED, NOW + HOUR, NOW)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (rules.Way, rules.WAY_WORDS),
        (rules.BookingStatus, rules.BOOKING_WORDS),
        (rules.VisitStatus, rules.VISIT_WORDS),
        (rules.ReferralStatus, rules.REFERRAL_WORDS),
    ],
)
def test_every_code_has_words(kind, words) -> None:
    assert set(words) == set(kind)
