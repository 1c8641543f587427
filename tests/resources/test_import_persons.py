"""Whose imported things are: persons waited for, references led across files, rooms served."""

from __future__ import annotations

from uuid import uuid5

import pytest

from samverka.kernel.actor import Actor
from samverka.resources.models import Reference, Resource, Version, Wanted
from samverka.resources.rules.receiving import Received, Registry, Taken
from samverka.resources.rules.status import Status
from tests.factories.cast import SPACE
from tests.resources.importing import (
    PNR,
    Importer,
    observation,
    patient,
    person_of,
    receive_patient,
    stands,
)

pytestmark = pytest.mark.django_db


# ── persons ──


def test_what_is_about_a_person_waits_until_the_person_is_known(importer: Importer):
    importer.take(observation())
    assert (stands("Observation/1").status, Wanted.objects.count()) == (Status.WAITING, 1)
    importer.take(patient())
    row = stands("Observation/1")
    assert (row.status, row.person_id) == (Status.KEPT, person_of("194203119801"))
    assert not Wanted.objects.exists()
    for model in (Version, Reference):
        assert model.objects.get(resource=row).person_id == row.person_id


def test_a_person_whom_the_house_knows_is_found_by_number_without_a_patient(importer: Importer):
    importer.take(
        observation() | {"subject": {"identifier": {"system": PNR, "value": "194203119801"}}},
        observation("2") | {"subject": {"identifier": {"system": PNR, "value": "191212121212"}}},
    )
    assert stands("Observation/1").person_id == person_of("194203119801")
    assert stands("Observation/2").status == Status.WAITING


def test_a_patient_in_the_same_source_is_found_by_identifier(importer: Importer):
    number = {"system": "urn:local", "value": "77"}
    importer.take(
        observation() | {"subject": {"identifier": number}},
        observation("2", "Patient?identifier=urn:local|77"),
        {"resourceType": "Patient", "id": "5", "identifier": [number]},
    )
    assert stands("Observation/1").person_id == stands("Observation/2").person_id == person_of("77")


def test_two_patients_with_one_number_are_nobodys_guess(importer: Importer):
    number = {"system": "urn:local", "value": "77"}
    twins = [{"resourceType": "Patient", "id": id_, "identifier": [number]} for id_ in "ab"]
    importer.take(observation() | {"subject": {"identifier": number}}, *twins)
    assert stands("Observation/1").status == Status.WAITING


def test_a_resource_about_several_persons_is_shown_to_nobody(importer: Importer):
    member = [{"entity": {"reference": f"Patient/{n}"}} for n in (1, 2)]
    group = {"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": member}
    report = importer.take(patient(), patient("191212121212", "2"), group)
    assert stands("Group/g").status == Status.WAITING
    [line] = report.lines
    assert (line.entry, "flera personer" in line.message) == ("Group/g", True)


def test_a_thing_that_belongs_to_a_thing_of_a_person_is_the_persons(importer: Importer):
    provenance = {
        "resourceType": "Provenance",
        "id": "p",
        "recorded": "2026-01-01T00:00:00Z",
        "target": [{"reference": "Observation/1"}],
        "agent": [{"who": {"reference": "Practitioner/1"}}],
    }
    importer.take(provenance, observation(), patient())
    assert stands("Provenance/p").person_id == person_of("194203119801")


def test_what_is_about_nobody_does_not_wait(importer: Importer):
    importer.take({"resourceType": "Organization", "id": "o", "name": "A"})
    assert (stands("Organization/o").status, stands("Organization/o").person_id) == (
        Status.KEPT,
        None,
    )


def test_a_patient_of_another_server_is_another_patient(importer: Importer):
    importer.take(patient(), observation(subject="https://other.test/fhir/Patient/1"))
    assert stands("Observation/1").status == Status.WAITING


def test_the_sources_own_address_is_the_source(importer: Importer):
    importer.take(
        patient(), observation(subject="https://own.test/Patient/1"), base="https://own.test/"
    )
    assert stands("Observation/1").status == Status.KEPT


def test_sources_are_kept_apart(importer: Importer):
    importer.take(patient())
    importer.take(observation(), source="another")
    assert stands("Observation/1").status == Status.WAITING


# ── references ──


def test_a_urn_is_found_in_its_own_bundle_first_and_then_across_files(importer: Importer):
    def entries(number: str, family: str) -> dict[str, object]:
        return {
            "resourceType": "Bundle",
            "type": "transaction",
            "entry": [
                {"fullUrl": "urn:uuid:p", "resource": patient(number, id_=family)},
                {"fullUrl": f"urn:uuid:{family}", "resource": {
                    k: v for k, v in observation(subject="urn:uuid:p").items() if k != "id"}},
            ],
        }  # fmt: skip

    across = observation("9", "urn:uuid:ek")
    importer.take(across, entries("194203119801", "ek"), entries("191212121212", "al"))
    assert stands("urn:uuid:ek").person_id == person_of("194203119801")
    assert stands("urn:uuid:al").person_id == person_of("191212121212")
    found = Reference.objects.get(resource=stands("Observation/9")).target
    assert found == stands("urn:uuid:ek").id


def test_a_room_gets_its_links_and_its_refusal_is_told(importer: Importer):
    visit = {
        "resourceType": "Encounter",
        "id": "e",
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": {"reference": "Patient/1"},
    }
    report = importer.take(
        visit,
        visit | {"id": "f", "serviceProvider": {"reference": "Organization/o"}},
        patient(),
        {"resourceType": "Organization", "id": "o", "name": "A"},
    )
    assert (stands("Encounter/e").status, stands("Encounter/e").reason) == (
        Status.KEPT,
        "Besöket saknar enhet.",
    )
    assert (stands("Encounter/f").status, stands("Encounter/f").room_id) == (
        Status.RECEIVED,
        uuid5(SPACE, "Encounter/f"),
    )
    [line] = report.lines
    assert (line.entry, line.message) == ("Encounter/e", "Besöket saknar enhet.")


def test_a_fault_in_a_room_stops_neither_the_file_nor_the_others(importer: Importer):
    def broken(actor: Actor, received: Received) -> Taken:
        if received.key == "Patient/1":
            Resource.objects.update(kind="x" * 65)  # the database says no
        return receive_patient(actor, received)

    registry = Registry({"Patient": broken})
    path = importer.lines(patient(), patient("191212121212", "2"))
    report = importer.run(path, registry=registry)
    assert stands("Patient/1").status == Status.WAITING
    assert stands("Patient/2").status == Status.RECEIVED
    assert [line.message for line in report.lines] == [
        "Fel i programmet (DataError). Resursen är sparad."
    ]
