"""A person with protected identity in every Swedish exit: FHIR resources, documents, the contracts, the log."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from samverka.access.rules import Protection
from samverka.careplans import operations as ops
from samverka.careplans.rules import OwnerKind, PlanKind
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, Way
from samverka.kernel.actor import Actor
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.rivta.rules import CONTACTS, PLANS
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, relate
from tests.factories.fhir import FhirClient
from tests.rivta.messages import SOURCE, answer, texts
from tests.rivta.test_asking import ask, cast, established

__all__ = ["cast"]

SECRETS = ("Mona", "Ekbacken", "Hemliga", "063-999", "mona@")
"""Name, street, telephone and mail of the person."""


@pytest.fixture(autouse=True)
def _on(settings: Any) -> Iterator[None]:
    settings.SAMVERKA_HSA_ID = SOURCE
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(params=[Protection.PROTECTED, Protection.SECRECY_MARK])
def mona(cast: Cast, request: Any) -> PersonDetail:
    """Known to the health centre, with a plan in which she does something herself, and a booked time."""
    facts = PersonFacts(
        "Mona", "Ekbacken", street="Hemliga gatan 1", town="Ås", phone="063-999 99",
        email="mona@example.org", protection=request.param,
    )  # fmt: skip
    made = make_person(cast.physician, facts, identity=KARINS_NUMBER)
    relate(cast.region_nurse, made)
    nurse = cast.region_nurse
    plan = ops.start_plan(nurse, person_id=made.id, kind=PlanKind.CARE, title="Vårdplan")
    own = ops.Owner(kind=OwnerKind.PERSON)
    ops.add_activity(nurse, plan_id=plan.id, what="Går en runda", owner=own)
    near = ops.Owner(kind=OwnerKind.CLOSE, text="Brodern Sven")
    ops.add_activity(nurse, plan_id=plan.id, what="Handlar mat", owner=near)
    established(plan.id)
    booked = BookingFacts(starts_at=NOW + timedelta(days=3), what="Återbesök", way=Way.CLINIC)
    contacts.book_time(nurse, person_id=made.id, facts=booked)
    return made


def fhir_exits(reader: Actor, person: PersonDetail) -> Iterator[tuple[str, str]]:
    """Address and text of what the reader can ask for of the person."""
    client, at = FhirClient(reader), f"Patient/{person.id}"
    of = f"patient={person.id}"
    for place in (
        at, f"{at}/_history", f"{at}/$everything", f"{at}/$summary", f"{at}/$patientkontrakt",
        f"Patient?identifier={KARINS_NUMBER.system}|{KARINS_NUMBER.value}",
        f"CarePlan?{of}&_include=CarePlan:subject&_revinclude=Provenance:target",
        f"CareTeam?{of}", f"Goal?{of}", f"Appointment?{of}", "Patient?family=Ekbacken",
    ):  # fmt: skip
        sent = client.get(place)
        assert sent.status_code == 200, (place, sent.content)
        yield place, sent.content.decode()


def test_neither_name_nor_place_leaves_by_any_exit(cast: Cast, mona: PersonDetail) -> None:
    """Addresses and telephone for nobody; the name only for those who have the assignment to see it."""
    for reader in (cast.region_nurse, cast.physician):
        words = SECRETS if reader is cast.region_nurse else SECRETS[2:]
        for place, text in fhir_exits(reader, mona):
            told = text.replace("Patient?family=Ekbacken", "").replace("family=Ekbacken", "")
            assert not [one for one in words if one in told], (reader.name, place)
        for contract in (PLANS, CONTACTS):
            found = answer(ask(reader, contract).content, contract)
            assert len(texts(found, "documentId")) == 1, contract
            said = [b64decode(one).decode() for one in texts(found, "value")]
            everything = " ".join([one.text or "" for one in found.iter()] + said)
            assert not [one for one in (*words, "Sven") if one in everything], (
                reader.name,
                contract,
            )


def test_who_may_not_see_gets_the_same_answer_as_for_nobody(cast: Cast, mona: PersonDetail) -> None:
    for contract in (PLANS, CONTACTS):
        found = answer(ask(cast.stranger, contract).content, contract)
        assert (texts(found, "documentId"), texts(found, "resultCode")) == ([], ["OK"])
