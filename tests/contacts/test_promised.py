"""Times promised but not booked: who may, how it stands, what the person sees, and the R4 form."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.access import operations as access
from samverka.contacts import fhir, operations, reads, rules
from samverka.contacts.rules import (
    BookingFacts,
    BookingStatus,
    PromiseFacts,
    PromiseStatus,
    Way,
)
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource, Version
from tests.factories.browser import log_in
from tests.factories.cast import (
    KARINS_NUMBER,
    NOW,
    Cast,
    make_person,
    person_login,
    relate,
)

DAY = timedelta(days=1)
TODAY = NOW.date()
SAMPLES = PromiseFacts(what="Ta nya prover", latest_on=TODAY + 30 * DAY, bring="Ät som vanligt.")
TIME = BookingFacts(starts_at=NOW + 20 * DAY, what="Ta nya prover")


# ── how it stands: pure ──


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, PromiseStatus.PROMISED),
        ({"latest_on": TODAY}, PromiseStatus.PROMISED),
        ({"latest_on": TODAY - DAY}, PromiseStatus.PASSED),
        ({"booking": BookingStatus.BOOKED, "booked_for": NOW + DAY}, PromiseStatus.BOOKED),
        ({"booking": BookingStatus.BOOKED, "booked_for": NOW - DAY}, PromiseStatus.KEPT),
        ({"booking": BookingStatus.FULFILLED, "booked_for": NOW - DAY}, PromiseStatus.KEPT),
        ({"booking": BookingStatus.CANCELLED, "booked_for": NOW + DAY}, PromiseStatus.PROMISED),
        ({"booking": BookingStatus.NO_SHOW, "booked_for": NOW - DAY}, PromiseStatus.PROMISED),
        ({"kept": True, "latest_on": TODAY - DAY}, PromiseStatus.KEPT),
        ({"withdrawn": True, "latest_on": TODAY - DAY}, PromiseStatus.WITHDRAWN),
    ],
)
def test_how_it_stands(facts: dict[str, object], status: PromiseStatus) -> None:
    given: dict[str, object] = {"latest_on": TODAY + DAY, "today": TODAY, "at": NOW}
    assert rules.promise_status(**(given | facts)) is status  # type: ignore[arg-type]


@given(
    latest=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    booking=st.none() | st.sampled_from(list(BookingStatus)),
    ahead=st.integers(-400, 400),
)
def test_a_passed_promise_never_has_a_time_that_holds(
    latest: date, booking: BookingStatus | None, ahead: int
) -> None:
    booked_for = NOW + ahead * DAY if booking else None
    status = rules.promise_status(
        latest_on=latest, today=TODAY, at=NOW, booking=booking, booked_for=booked_for
    )
    if status is PromiseStatus.PASSED:
        assert latest < TODAY
        assert booking not in rules.OPEN_BOOKINGS | {BookingStatus.FULFILLED}


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (replace(SAMPLES, what=" "), "what"),
        (replace(SAMPLES, latest_on=TODAY - DAY), "latest_on"),
        (replace(SAMPLES, latest_on=date(2036, 1, 1)), "latest_on"),
    ],
)
def test_a_faulty_promise_says_where(facts: PromiseFacts, where: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_new_promise(facts, TODAY)
    assert refused.value.where == where


# ── the steps ──


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    person = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    relate(cast.municipal_nurse, person)
    return person


def promised(cast: Cast, karin: PersonDetail, facts: PromiseFacts = SAMPLES) -> reads.PromiseDetail:
    return operations.promise_time(cast.region_nurse, person_id=karin.id, facts=facts)


def test_the_person_and_the_unit_see_it_with_its_last_day(cast: Cast, karin: PersonDetail) -> None:
    promised(cast, karin)
    (seen,) = reads.timeline(person_login(karin), person_id=karin.id).promised
    assert (seen.what, seen.latest_on, seen.open) == ("Ta nya prover", SAMPLES.latest_on, True)
    assert seen.unit is not None
    assert seen.unit.name == "Krokoms hälsocentral"
    assert not seen.may_edit
    (own,) = reads.timeline(cast.region_nurse, person_id=karin.id).promised
    assert own.may_edit


def test_it_is_booked_and_kept_and_a_cancelled_time_leaves_it_open(
    cast: Cast, karin: PersonDetail
) -> None:
    nurse, made = cast.region_nurse, promised(cast, karin)
    booking = operations.book_promised(nurse, promise_id=made.id, facts=TIME)
    found = reads.timeline(nurse, person_id=karin.id)
    assert not found.promised
    assert [one.id for one in found.upcoming] == [booking.id]
    assert reads.promise(nurse, promise_id=made.id).booked_for == TIME.starts_at
    operations.cancel_booking(nurse, booking_id=booking.id)
    assert reads.promise(nurse, promise_id=made.id).status is PromiseStatus.PROMISED
    again = operations.book_promised(nurse, promise_id=made.id, facts=TIME)
    assert again.id != booking.id
    later = cast.at(nurse, days=25)
    assert reads.promise(later, promise_id=made.id).status is PromiseStatus.KEPT


def test_a_passed_promise_stands_until_someone_acts(cast: Cast, karin: PersonDetail) -> None:
    made = promised(cast, karin)
    later = cast.at(cast.region_nurse, days=31)
    assert reads.promise(later, promise_id=made.id).passed
    done = operations.keep_promise(later, promise_id=made.id)
    assert done.status is PromiseStatus.KEPT
    with pytest.raises(NotNow):
        operations.keep_promise(later, promise_id=made.id)
    assert operations.reopen_promise(later, promise_id=made.id).passed


def test_a_promise_is_taken_back_with_a_reason(cast: Cast, karin: PersonDetail) -> None:
    nurse, made = cast.region_nurse, promised(cast, karin)
    with pytest.raises(Invalid) as refused:
        operations.withdraw_promise(nurse, promise_id=made.id, reason="  ")
    assert refused.value.where == "reason"
    done = operations.withdraw_promise(nurse, promise_id=made.id, reason="Provet behövs inte.")
    assert done.status is PromiseStatus.WITHDRAWN
    with pytest.raises(NotNow):
        operations.book_promised(nurse, promise_id=made.id, facts=TIME)


def test_only_the_unit_that_promised_may_change_it(cast: Cast, karin: PersonDetail) -> None:
    made = promised(cast, karin)
    relate(cast.ward_nurse, karin)
    with pytest.raises(NotFound):  # another unit of the same care provider, which has not chosen
        operations.keep_promise(cast.ward_nurse, promise_id=made.id)
    access.make_choice(cast.ward_nurse, person_id=karin.id)
    with pytest.raises(NotAllowed):
        operations.keep_promise(cast.ward_nurse, promise_id=made.id)
    with pytest.raises(NotFound):
        reads.promise(cast.stranger, promise_id=made.id)
    with pytest.raises(NotAllowed):
        operations.promise_time(person_login(karin), person_id=karin.id, facts=SAMPLES)


# ── the shelf ──


def shelved(local_id: object) -> dict[str, object]:
    row = Resource.objects.get(kind="Appointment", local_id=str(local_id))
    text = Version.objects.get(resource=row, number=row.version).text
    found: dict[str, object] = json.loads(text)
    return found


def test_it_is_proposed_on_the_shelf_and_then_booked(cast: Cast, karin: PersonDetail) -> None:
    made = promised(cast, karin)
    first = shelved(made.id)
    assert first["status"] == "proposed"
    assert first["requestedPeriod"] == [{"end": SAMPLES.latest_on.isoformat()}]
    assert "start" not in first
    operations.book_promised(
        cast.region_nurse,
        promise_id=made.id,
        facts=replace(TIME, ends_at=TIME.starts_at + DAY / 48),
    )
    then = shelved(made.id)
    assert then["status"] == "booked"
    assert "start" in then


def test_one_taken_back_is_cancelled_on_the_shelf(cast: Cast, karin: PersonDetail) -> None:
    made = promised(cast, karin)
    operations.withdraw_promise(cast.region_nurse, promise_id=made.id, reason="Behövs inte.")
    assert shelved(made.id)["status"] == "cancelled"


def test_a_proposed_appointment_from_elsewhere_is_a_promise() -> None:
    sent = {
        "resourceType": "Appointment",
        "status": "proposed",
        "description": "Återbesök",
        "requestedPeriod": [{"end": "2026-12-15"}, {"end": "2027-01-10"}],
    }
    assert fhir.receive_appointment(sent) == PromiseFacts(
        what="Återbesök", latest_on=date(2027, 1, 10), way=Way.CLINIC
    )
    assert fhir.receive_appointment(sent | {"requestedPeriod": []}) is None
    assert fhir.receive_appointment(sent | {"status": "cancelled"}) is None


# ── pages ──


def test_pages_promise_book_and_take_back(cast: Cast, karin: PersonDetail) -> None:
    browser = log_in(cast.region_nurse)
    day = (TODAY + 400 * DAY).isoformat()  # the browser's clock is today's, whatever year it is
    address = f"/personer/{karin.id}/tider/lova/"
    faulty = browser.post(
        address, {"what": "Ta nya prover", "latest_on": "2020-01-01", "way": "home"}
    )
    assert faulty.status_code == 422
    assert "redan passerat" in faulty.content.decode()
    assert "Ta nya prover" in faulty.content.decode()
    sent = browser.post(address, {"what": "Ta nya prover", "latest_on": day, "way": "clinic"})
    assert sent.status_code == 302
    (one,) = reads.timeline(cast.region_nurse, person_id=karin.id).promised
    page = browser.get(f"/personer/{karin.id}/tider/").content.decode()
    assert "Lovade tider" in page
    withdraw = f"/lovade-tider/{one.id}/ta-tillbaka/"
    assert browser.post(withdraw, {"reason": ""}).status_code == 422
    assert browser.post(withdraw, {"reason": "Behövs inte."}).status_code == 302
    assert "Gäller inte längre" in browser.get(f"/personer/{karin.id}/tider/").content.decode()
    assert log_in(cast.stranger).get(withdraw).status_code == 404
