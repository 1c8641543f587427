"""Times written by FHIR clients: booked, promised, cancelled, taken back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samverka.contacts.models import Booking, Promise
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login
from tests.factories.fhir import FhirClient, told


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def time(karin: PersonDetail, **more: Any) -> dict[str, Any]:
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)
    return {
        "resourceType": "Appointment",
        "status": "booked",
        "description": "Blodprov",
        "patientInstruction": "Drick vatten först.",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=20)).isoformat(),
        "participant": [
            {"actor": {"reference": f"Patient/{karin.id}"}, "status": "accepted"},
            {"actor": {"type": "Location", "display": "Provtagningen"}, "status": "accepted"},
        ],
        **more,
    }


def promise(karin: PersonDetail, **more: Any) -> dict[str, Any]:
    last = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    whom = [{"actor": {"reference": f"Patient/{karin.id}"}, "status": "needs-action"}]
    return {
        "resourceType": "Appointment",
        "status": "proposed",
        "description": "Ta nya prover",
        "requestedPeriod": [{"end": last}],
        "participant": whom,
        **more,
    }


def made(answer: Any) -> str:
    assert answer.status_code == 201, answer.content
    return f"Appointment/{json.loads(answer.content)['id']}"


def test_a_time_is_booked_and_the_page_shows_it(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    place = made(nurse.post(time(karin)))
    page = log_in(cast.region_nurse).get(f"/personer/{karin.id}/tider/")
    assert "Blodprov" in page.content.decode()
    resource, tag = nurse.read(place)
    answer = nurse.put(resource, tag)
    assert (answer.status_code, answer["ETag"]) == (200, tag)
    assert FhirClient(person_login(karin)).get(place).status_code == 200
    assert FhirClient(cast.stranger).get(place).status_code == 404


def test_a_time_is_cancelled_and_taken_back(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse.post(time(karin)))
    answer = nurse.change(place, status="cancelled", cancelationReason={"text": "Sjuk"})
    assert answer.status_code == 200, answer.content
    row = Booking.objects.get()
    assert (row.status, row.cancel_reason) == ("cancelled", "Sjuk")
    assert nurse.change(place, status="booked").status_code == 200
    assert Booking.objects.get().status == "booked"


def test_a_promise_is_made_and_taken_back(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse.post(promise(karin)))
    answer = nurse.change(place, status="cancelled", cancelationReason={"text": "Behövs inte"})
    assert answer.status_code == 200, answer.content
    assert Promise.objects.get().withdrawn_reason == "Behövs inte"
    again = {**nurse.read(place)[0], "status": "proposed"}
    del again["cancelationReason"]  # R4, app-4: only on what did not happen
    assert nurse.put(again, nurse.read(place)[1]).status_code == 200
    assert Promise.objects.get().withdrawn_at is None


def test_a_promised_time_is_booked_under_the_same_id(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    place = made(nurse.post(promise(karin)))
    resource, tag = nurse.read(place)
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)
    booked = {
        **resource,
        "status": "booked",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=20)).isoformat(),
        "participant": [
            *resource["participant"],
            {"actor": {"type": "Location", "display": "Provtagningen"}, "status": "accepted"},
        ],
    }
    assert told(nurse.change(place, status="booked")) == (422, ["Appointment.start"])
    past = (start - timedelta(days=9)).isoformat()
    assert told(nurse.put({**booked, "start": past}, tag)) == (422, ["Appointment.start"])
    assert told(nurse.put({**booked, "priority": 1}, tag)) == (422, ["Appointment.priority"])
    assert not Booking.objects.exists()
    assert FhirClient(cast.stranger).get(place).status_code == 404
    patient = FhirClient(person_login(karin))
    assert patient.put(booked, patient.read(place)[1]).status_code == 403
    answer = nurse.put(booked, tag)
    assert answer.status_code == 200, answer.content
    assert Promise.objects.get().booking_id == Booking.objects.get().id
    assert Booking.objects.get().place == "Provtagningen"
    back, new = nurse.read(place)
    assert (back, new) == (json.loads(answer.content), answer["ETag"])
    assert nurse.put(booked, tag).status_code == 412
    assert nurse.put(back, new)["ETag"] == new
    assert Booking.objects.count() == 1
    assert patient.read(place)[0]["status"] == "booked"


def test_what_is_not_taken_is_told_and_not_done(nurse: FhirClient, karin: PersonDetail) -> None:
    assert told(nurse.post(time(karin, priority=1))) == (422, ["Appointment.priority"])
    nobody = [{"actor": {"display": "Karin"}, "status": "accepted"}]
    assert told(nurse.post(time(karin, participant=nobody))) == (
        422,
        ["Appointment.participant"],
    )
    past = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    assert nurse.post(time(karin, start=past, end=None)).status_code == 400
    assert nurse.post({**time(karin, start=past), "end": past}).status_code == 422
    assert not Booking.objects.exists()
    place = made(nurse.post(time(karin)))
    assert told(nurse.change(place, description="Annat")) == (422, ["Appointment.description"])


def test_the_patient_does_not_book(karin: PersonDetail) -> None:
    assert FhirClient(person_login(karin)).post(time(karin)).status_code == 403
