"""A person with protected identity through every way that a search can come by: nothing of where, by no question."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.access.rules import Protection
from samverka.careplans import operations as careplans
from samverka.careplans.rules import PlanKind, Term
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.config.searching.asked import bundle, names, observe
from tests.factories.cast import Cast, make_person, relate
from tests.factories.fhir import FhirClient

SECRETS = ("Hemliga", "Krokom", "063-999", "mona@")
FACTS = PersonFacts(
    given_name="Mona", family_name="Ek", street="Hemliga gatan 1", town="Krokom",
    phone="063-999 99", email="mona@example.org", protection=Protection.PROTECTED,
)  # fmt: skip


@pytest.fixture
def mona(cast: Cast) -> PersonDetail:
    """Both units have to do with her; only the physician may see what is word for word."""
    made = make_person(cast.physician, FACTS)
    relate(cast.region_nurse, made)
    plan = careplans.start_plan(cast.physician, person_id=made.id, kind=PlanKind.CARE)
    careplans.add_goal(cast.physician, plan_id=plan.id, words="Gå ut", term=Term.SHORT)
    return made


@pytest.fixture
def weight(cast: Cast, mona: PersonDetail) -> str:
    note = {"note": [{"text": "Bor på Hemliga gatan 1"}]}
    return observe(FhirClient(cast.physician), mona, "2026-11-20", 72, **note)


def said(made: dict[str, Any]) -> str:
    """All of the answer but the link to itself, which says what was asked."""
    return json.dumps({name: value for name, value in made.items() if name != "link"})


def test_what_is_word_for_word_is_not_found(
    nurse: FhirClient, cast: Cast, mona: PersonDetail, weight: str
) -> None:
    allowed = FhirClient(cast.physician)
    for query in (
        "Observation?_total=accurate",
        f"Observation?patient={mona.id}&_total=accurate",
        f"Observation?patient._id={mona.id}&_total=accurate",
        f"Patient/{mona.id}/Observation?_total=accurate",
        "Patient?_has:Observation:patient:code=29463-7&_total=accurate",
    ):
        made = bundle(nurse, query)
        assert (names(made), made["total"]) == ([], 0), query
        assert bundle(allowed, query)["total"] == 1, query


def test_what_comes_along_is_masked(
    nurse: FhirClient, cast: Cast, mona: PersonDetail, weight: str
) -> None:
    seen = "_revinclude=Observation:patient"
    for client, more in ((nurse, set()), (FhirClient(cast.physician), {weight})):
        for query in (
            f"CarePlan?patient={mona.id}&_include=CarePlan:subject&_include=CarePlan:goal",
            f"CarePlan?patient={mona.id}&_include=*&_include:iterate=*",
            f"Patient?_id={mona.id}&_revinclude=CarePlan:patient&_revinclude=Goal:patient&{seen}",
        ):
            made = bundle(client, query)
            found = {one.partition("/")[0] for one in (*names(made), *names(made, "include"))}
            assert {"CarePlan", "Patient", "Goal"} <= found, query
            hidden = [secret for secret in SECRETS[:1] if secret in said(made)]
            assert bool(hidden) is bool(more & set(names(made, "include"))), query
            patients = [
                one["resource"]
                for one in made["entry"]
                if one["resource"]["resourceType"] == "Patient"
            ]
            assert not {"address", "telecom"} & patients[0].keys()


@pytest.mark.parametrize(
    "query",
    [
        "Patient?address=Hemliga",
        "Patient?address-city=Krokom",
        "Patient?phone=063-99999",
        "Patient?email=mona@example.org",
        "CarePlan?patient.address-city=Krokom",
        "CarePlan?subject:Patient.telecom=mona@example.org",
        "Goal?_has:CarePlan:goal:patient.address=Hemliga",
    ],
)
def test_no_question_tells_where(nurse: FhirClient, mona: PersonDetail, query: str) -> None:
    made = bundle(nurse, f"{query}&_total=accurate")
    assert (names(made), made["total"]) == ([], 0)


def test_a_name_that_is_not_shown_is_not_asked(nurse: FhirClient, mona: PersonDetail) -> None:
    """Who has her id or number has met her; what the shelf does not say, no search finds."""
    it = [f"Patient/{mona.id}"]
    assert names(bundle(nurse, f"Patient?_id={mona.id}")) == it
    for query in ("Patient?family=Ek", "Patient?name=Mona", "CarePlan?patient.family=Ek"):
        assert names(bundle(nurse, query)) == [], query
