"""R4 in and out: what a record system sends becomes facts, and what is noted here can be read back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from samverka.contacts import fhir, operations
from samverka.contacts.rules import (
    BookingFacts,
    BookingStatus,
    ReferralFacts,
    ReferralStatus,
    StayFacts,
    VisitFacts,
    VisitStatus,
    Way,
)
from samverka.kernel.problems import Invalid
from samverka.resources.rules.validation import validate
from tests.factories import samples
from tests.factories.cast import NOW, county, make_person

ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"

APPOINTMENT: dict[str, Any] = {
    "resourceType": "Appointment",
    "status": "booked",
    "description": "Kontroll av höften",
    "serviceType": [{"coding": [{"system": ACT, "code": "HH"}], "text": "Besök hemma"}],
    "start": "2026-12-01T09:00:00+01:00",
    "end": "2026-12-01T09:30:00+01:00",
    "patientInstruction": "Ha rollatorn framme.",
    "participant": [
        {"actor": {"reference": "Patient/1"}, "status": "accepted"},
        {
            "actor": {"reference": "Practitioner/2", "display": "Lovisa Engman"},
            "status": "accepted",
        },
        {"actor": {"reference": "Location/3", "display": "Hemma"}, "status": "accepted"},
    ],
}


def encounter(code: str, **given: Any) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "status": "finished",
        "class": {"system": ACT, "code": code},
        "period": {"start": "2026-10-01T08:00:00Z", "end": "2026-10-03T08:00:00Z"},
    } | given


def test_an_appointment_becomes_a_booked_time() -> None:
    found = fhir.receive_appointment(APPOINTMENT)
    assert found == BookingFacts(
        starts_at=datetime(2026, 12, 1, 8, tzinfo=UTC),
        ends_at=datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
        what="Kontroll av höften",
        way=Way.HOME,
        place="Hemma",
        practitioner="Lovisa Engman",
        bring="Ha rollatorn framme.",
        status=BookingStatus.BOOKED,
    )


def test_a_phone_call_is_told_from_its_participant() -> None:
    people = [{"actor": {"display": "Phone Call"}, "status": "accepted"}]
    found = fhir.receive_appointment(APPOINTMENT | {"participant": people, "serviceType": []})
    assert found is not None
    assert found.way is Way.PHONE


def test_an_appointment_without_a_time_is_no_booked_time_yet() -> None:
    assert fhir.receive_appointment(APPOINTMENT | {"start": None}) is None
    assert fhir.receive_appointment({"resourceType": "Appointment", "status": "proposed"}) is None


@pytest.mark.parametrize("code", ["IMP", "ACUTE", "NONAC", "OBSENC", "SS"])
def test_an_admitted_person_has_a_stay(code: str) -> None:
    where = [{"location": {"display": "Akuten"}}, {"location": {"display": "Avdelning 3"}}]
    found = fhir.receive_encounter(encounter(code, location=where, reasonCode=[{"text": "Fall"}]))
    assert found == StayFacts(
        admitted_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
        discharged_at=datetime(2026, 10, 3, 8, tzinfo=UTC),
        ward="Avdelning 3",
        reason="Fall",
        status=VisitStatus.FINISHED,
    )


@pytest.mark.parametrize(
    ("code", "way"),
    [("AMB", Way.CLINIC), ("HH", Way.HOME), ("VR", Way.PHONE), ("EMER", Way.CLINIC)],
)
def test_others_have_a_visit(code: str, way: Way) -> None:
    people = [{"individual": {"display": "Anna Lund"}}]
    found = fhir.receive_encounter(encounter(code, participant=people, type=[{"text": "Kontroll"}]))
    assert isinstance(found, VisitFacts)
    assert (found.way, found.practitioner, found.what) == (way, "Anna Lund", "Kontroll")


def test_a_bare_day_begins_when_the_day_does_in_sweden() -> None:
    found = fhir.receive_encounter(encounter("AMB", period={"start": "2026-07-01"}))
    assert isinstance(found, VisitFacts)
    assert found.starts_at == datetime(2026, 6, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize("start", [None, "2026", "2026-07", "2026-02-30", "2026-07-01T10:00:00", 7])
def test_a_time_too_vague_to_place_is_kept_on_the_shelf_only(start: object) -> None:
    assert fhir.receive_encounter(encounter("AMB", period={"start": start})) is None


def test_an_end_before_the_start_is_refused_with_its_place() -> None:
    with pytest.raises(Invalid) as refused:
        fhir.receive_encounter(
            encounter("AMB", period={"start": "2026-07-02", "end": "2026-07-01"})
        )
    assert refused.value.where == "Encounter.period.end"


def test_a_status_that_r4_does_not_have_is_refused_with_its_place() -> None:
    with pytest.raises(Invalid) as refused:
        fhir.receive_appointment(APPOINTMENT | {"status": "kanske"})
    assert refused.value.where == "Appointment.status"


def test_a_referral() -> None:
    resource = {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "order",
        "authoredOn": "2026-09-20T08:00:00Z",
        "code": {"coding": [{"code": "1"}, {"code": "2", "display": "Röntgen höft"}]},
        "requester": {"display": "Anna Lund"},
        "performer": [{"reference": "Organization/1"}, {"display": "Röntgen Östersund"}],
    }
    assert fhir.receive_service_request(resource) == ReferralFacts(
        issued_at=datetime(2026, 9, 20, 8, tzinfo=UTC),
        what="Röntgen höft",
        to_whom="Röntgen Östersund",
        practitioner="Anna Lund",
        status=ReferralStatus.ACTIVE,
    )
    assert fhir.receive_service_request(resource | {"intent": "proposal"}) is None


def test_long_words_are_cut_to_their_column() -> None:
    found = fhir.receive_appointment(APPOINTMENT | {"description": "x" * 900})
    assert found is not None
    assert len(found.what) == 500


@pytest.mark.django_db
def test_what_is_published_reads_back_the_same() -> None:
    cast = county()
    person = make_person(cast.region_nurse)
    given = BookingFacts(
        starts_at=NOW.replace(day=28),
        ends_at=NOW.replace(day=28, hour=15),
        what="Ta blodprov",
        way=Way.HOME,
        place="Hemma",
        practitioner="Lena Berg",
        bring="Ät inget.",
    )
    made = operations.book_time(cast.region_nurse, person_id=person.id, facts=given)
    resource = fhir.appointment(made)
    assert fhir.receive_appointment(resource) == given
    assert resource["participant"][0]["actor"] == {"reference": f"Patient/{person.id}"}

    open_ended = fhir.appointment(
        operations.book_time(
            cast.region_nurse, person_id=person.id, facts=replace(given, ends_at=None)
        )
    )
    assert validate(open_ended) == []  # a start without an end breaks app-2
    assert fhir.receive_appointment(open_ended) == replace(given, ends_at=None)

    stay = StayFacts(admitted_at=NOW, ward="Avdelning 3", reason="Fall")
    kept = operations.receive_stay(cast.region_nurse, person_id=person.id, facts=stay)
    assert fhir.receive_encounter(fhir.stay_encounter(kept)) == stay
    visit = VisitFacts(starts_at=NOW, what="Fall", way=Way.HOME, practitioner="Lena Berg")
    seen = operations.receive_visit(cast.region_nurse, person_id=person.id, facts=visit)
    assert fhir.receive_encounter(fhir.visit_encounter(seen)) == visit
    referral = ReferralFacts(issued_at=NOW, what="Röntgen", to_whom="Röntgen", practitioner="Anna")
    sent = operations.receive_referral(cast.region_nurse, person_id=person.id, facts=referral)
    assert fhir.receive_service_request(fhir.service_request(sent)) == referral


READERS = {
    "Appointment": fhir.receive_appointment,
    "Encounter": fhir.receive_encounter,
    "ServiceRequest": fhir.receive_service_request,
}


@samples.needed
def test_published_examples_become_facts() -> None:
    """Every example with a start is read; none stops the others."""
    found: dict[str, int] = dict.fromkeys(READERS, 0)
    for path in samples.files(samples.R4_EXAMPLES):
        resource = json.loads(path.read_text())
        reader = READERS.get(resource.get("resourceType"))
        if reader and reader(resource) is not None:
            found[resource["resourceType"]] += 1
    assert all(found.values()), found
