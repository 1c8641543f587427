"""What has been received about a person: shown as it came, to those who may, and masked where the law asks."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from samverka.access.rules import Protection
from samverka.config.registry import REGISTRY
from samverka.people.operations import PersonFacts
from samverka.resources.operations import run_import
from samverka.resources.reads import person_resources
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person
from tests.factories.login import logged_in

pytestmark = pytest.mark.django_db

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": KARINS_NUMBER.system, "value": KARINS_NUMBER.value}],
    "name": [{"family": "Åström", "given": ["Karin"]}],
}
WEIGHT = (
    '{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"Vikt"},'
    '"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-11-19",'
    '"valueQuantity":{"value":72.50,"unit":"kg"}}'
)


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


def received(cast: Cast, folder: Path, protection: Protection = Protection.NONE) -> UUID:
    facts = PersonFacts(given_name="Karin", family_name="Åström", protection=protection)
    person = make_person(cast.region_nurse, facts, identity=KARINS_NUMBER)
    file = folder / "in.ndjson"
    file.write_text(json.dumps(PATIENT) + "\n" + WEIGHT + "\n")
    run_import(cast.administrator, paths=[file], source="vagen", registry=REGISTRY)
    return person.id


def test_shown_word_for_word(cast: Cast, tmp_path: Path) -> None:
    person = received(cast, tmp_path)
    client = logged_in(cast.region_nurse)
    page = client.get(reverse("contract:received", args=[person]), {"typ": "Observation"})
    assert page.status_code == 200
    assert "72.50 kg" in page.content.decode().replace("\xa0", " ").replace("72,50", "72.50")
    (line,) = person_resources(cast.region_nurse, person_id=person, kind="Observation")
    whole = client.get(reverse("contract:resource", args=[line.id])).content.decode()
    assert "72.50" in whole


def test_a_stranger_gets_nothing(cast: Cast, tmp_path: Path) -> None:
    person = received(cast, tmp_path)
    client = logged_in(cast.stranger)
    assert client.get(reverse("contract:received", args=[person])).status_code == 404
    (line,) = person_resources(cast.region_nurse, person_id=person, kind="Observation")
    assert client.get(reverse("contract:resource", args=[line.id])).status_code == 404


def test_word_for_word_of_a_protected_person_is_for_the_chosen_few(
    cast: Cast, tmp_path: Path
) -> None:
    """OSL 21:3–3 a."""
    person = received(cast, tmp_path, protection=Protection.SECRECY_MARK)
    address = reverse("contract:received", args=[person])
    assert logged_in(cast.region_nurse).get(address, {"typ": "Observation"}).status_code == 403
    assert logged_in(cast.physician).get(address, {"typ": "Observation"}).status_code == 200
