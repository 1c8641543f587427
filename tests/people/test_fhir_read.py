"""Who a person is, read by FHIR clients through the gate."""

from __future__ import annotations

import json

import pytest

from samverka.access.rules import Protection
from samverka.audit.models import Event
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource, Version
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.factories.fhir import FhirClient, issues, told


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


def test_those_who_may_know_the_person_read_the_patient_to_the_letter(
    cast: Cast, karin: PersonDetail
) -> None:
    place = f"Patient/{karin.id}"
    row = Resource.objects.get(kind="Patient", local_id=str(karin.id))
    text = Version.objects.get(resource=row, number=row.version).text
    relate(cast.municipal_nurse, karin)
    for actor in (cast.region_nurse, cast.municipal_nurse, person_login(karin)):
        answer = FhirClient(actor).get(place)
        assert (answer.status_code, answer.content.decode()) == (200, text), actor.name
        assert answer["ETag"] == f'W/"{row.version}"'


def test_a_stranger_and_one_without_consent_get_404(cast: Cast, karin: PersonDetail) -> None:
    place = f"Patient/{karin.id}"
    for actor in (cast.stranger, cast.municipal_nurse):
        assert told(FhirClient(actor).get(place)) == (404, [])
    other = make_person(cast.region_nurse, PersonFacts(given_name="Nils", family_name="Ek"))
    assert told(FhirClient(person_login(other)).get(place)) == (404, [])


def test_each_read_leaves_a_line_and_an_unchanged_poll_none(
    cast: Cast, karin: PersonDetail
) -> None:
    nurse, place = FhirClient(cast.region_nurse), f"Patient/{karin.id}"
    lines = Event.objects.filter(action="person.read", person_id=str(karin.id))
    before = lines.count()
    tag = nurse.get(place)["ETag"]
    assert lines.count() == before + 1
    assert nurse.get(place, **{"if-none-match": tag}).status_code == 304
    assert lines.count() == before + 1


def test_nobody_changes_a_patient_and_only_record_systems_make_one(
    cast: Cast, karin: PersonDetail
) -> None:
    nurse = FhirClient(cast.region_nurse)
    resource, tag = nurse.read(f"Patient/{karin.id}")
    answer = nurse.put({**resource, "gender": "male"}, tag)
    assert answer.status_code == 422
    assert issues(answer)[0]["diagnostics"]
    assert nurse.read(f"Patient/{karin.id}") == (resource, tag)


@pytest.mark.parametrize("protection", [Protection.PROTECTED, Protection.SECRECY_MARK])
def test_a_protected_persons_places_are_nowhere(cast: Cast, protection: Protection) -> None:
    facts = PersonFacts(
        given_name="Mona", family_name="Ek", street="Hemliga gatan 1", town="Ås",
        phone="063-999 99", email="mona@example.org", protection=protection,
    )  # fmt: skip
    mona = make_person(cast.physician, facts)
    relate(cast.region_nurse, mona)
    place = f"Patient/{mona.id}"
    for actor in (cast.region_nurse, cast.physician, person_login(mona)):
        text = FhirClient(actor).get(place).content.decode()
        assert not {"address", "telecom", "generalPractitioner"} & json.loads(text).keys()
        assert not any(secret in text for secret in ("Hemliga", "063-999", "mona@")), actor.name
        assert json.loads(text)["meta"]["security"]
    row = Resource.objects.get(kind="Patient", local_id=str(mona.id))
    assert FhirClient(cast.region_nurse).get(f"Patient/{row.id}").status_code in (403, 404)
