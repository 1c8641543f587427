"""GetCarePlans and GetCareContacts over HTTP: through the gate, as everything."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest

from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans.models import Plan
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, PlanStatus, Section, Term
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, Way
from samverka.kernel.actor import Actor
from samverka.organisations import operations as organisations
from samverka.organisations.models import Provider
from samverka.people.reads import PersonDetail
from samverka.rivta.rules import CONTACTS, PLANS, Contract
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, system
from tests.rivta.messages import SOURCE, about, answer, question, texts

UNIT, GIVER = "SE2321000214-HC01", "SE2321000214-VG01"
KARIN = about(KARINS_NUMBER.value)


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.SAMVERKA_HSA_ID = SOURCE


@pytest.fixture
def cast(laid_county: Cast, django_db_blocker: Any) -> Cast:
    one = laid_county.units["health_centre"]
    organisations.register_unit(
        system(), provider_id=one.provider_id, name=one.name, kind=one.kind, hsa_id=UNIT,
        town=one.town, municipality_code=one.municipality_code, phone="063-1",
    )  # fmt: skip
    from samverka.access.act import act
    from samverka.access.actions import Action

    with act(system(), Action.ORGANISATION_EDIT) as this:
        Provider.objects.filter(id=one.provider_id).update(hsa_id=GIVER)
        this.note_general("Provider")
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    made = ops.start_plan(
        cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE, title="Karins vårdplan",
        what_matters="Att kunna bo hemma",
    )  # fmt: skip
    return ops.add_goal(
        cast.region_nurse, plan_id=made.id, words="Gå ut varje dag", term=Term.SHORT
    )


def established(plan_id: Any) -> None:
    """As if it were established: which steps that takes is tried in the room."""
    from samverka.access.act import act
    from samverka.access.actions import Action

    with act(system(), Action.PLAN_EDIT) as this:
        Plan.objects.filter(id=plan_id).update(
            status=PlanStatus.ACTIVE, established_at=NOW, established_by="Lena Berg"
        )
        this.note_general("Plan")


def ask(actor: Actor | None, contract: Contract, parts: str = KARIN, address: str = SOURCE) -> Any:
    from django.test import Client

    client = log_in(actor) if actor else Client()
    place = f"/rivta/{contract.name}/{contract.version}/rivtabp21"
    return client.post(place, question(contract, parts, address), content_type="text/xml")


def test_a_plan_is_told_to_one_who_may_see_it(cast: Cast, plan: PlanDetail) -> None:
    established(plan.id)
    sent = ask(cast.region_nurse, PLANS)
    assert sent.status_code == 200
    found = answer(sent.content, PLANS)
    assert texts(found, "documentId") == [str(plan.id)]
    assert texts(found, "healthcareProfessionalCareUnitHSAId") == [UNIT]
    assert texts(found, "healthcareProfessionalCareGiverHSAId") == [GIVER]
    assert texts(found, "typeOfCarePlanEnum") == ["VP"]
    words = b64decode(texts(found, "value")[0]).decode()
    assert "Att kunna bo hemma" in words
    assert "Gå ut varje dag" in words
    assert Event.objects.filter(action="plan.read", object_ids__contains=[str(plan.id)]).exists()


def test_a_draft_is_no_document_yet(cast: Cast, plan: PlanDetail) -> None:
    assert texts(answer(ask(cast.region_nurse, PLANS).content, PLANS), "documentId") == []


@pytest.mark.parametrize("who", ["stranger", "municipal_nurse", "other_municipality"])
def test_who_may_not_see_gets_the_same_answer_as_for_nobody(
    cast: Cast, plan: PlanDetail, who: str
) -> None:
    """The server keeps blocks and consents itself, so a consumer need not."""
    established(plan.id)
    sent = ask(getattr(cast, who), PLANS)
    found = answer(sent.content, PLANS)
    assert (texts(found, "documentId"), texts(found, "resultCode")) == ([], ["OK"])
    nobody = answer(ask(getattr(cast, who), PLANS, about("191212121212")).content, PLANS)
    assert [one.tag for one in nobody.iter()] == [one.tag for one in found.iter()]


def test_what_the_person_is_not_to_see_is_not_approved(cast: Cast, plan: PlanDetail) -> None:
    from samverka.access.act import act
    from samverka.access.actions import Action

    established(plan.id)
    with act(system(), Action.PLAN_EDIT) as this:
        Plan.objects.filter(id=plan.id).update(not_for_patient=True)
        this.note_general("Plan")
    found = answer(ask(cast.region_nurse, PLANS).content, PLANS)
    assert texts(found, "approvedForPatient") == ["false"]


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        (f"<careUnitHSAId>{UNIT.lower()}</careUnitHSAId>{KARIN}", 1),
        (f"<careUnitHSAId>SE-OTHER</careUnitHSAId>{KARIN}", 0),
        (
            f"{KARIN}<datePeriod><c:start>20261120</c:start><c:end>20261120</c:end></datePeriod>",
            1,
        ),
        (
            f"{KARIN}<datePeriod><c:start>20261121</c:start><c:end>20261122</c:end></datePeriod>",
            0,
        ),
        (f"{KARIN}<sourceSystemHSAId>{SOURCE}</sourceSystemHSAId>", 1),
        (f"{KARIN}<sourceSystemHSAId>SE-OTHER</sourceSystemHSAId>", 0),
        (
            f"{KARIN}<sourceSystemHSAId>{SOURCE}</sourceSystemHSAId><careContactId>k</careContactId>",
            0,
        ),
    ],
)
def test_each_part_of_the_question_narrows(
    cast: Cast, plan: PlanDetail, parts: str, count: int
) -> None:
    established(plan.id)
    found = answer(ask(cast.region_nurse, PLANS, parts).content, PLANS)
    assert len(texts(found, "documentId")) == count


def test_a_plan_without_the_ids_of_unit_and_care_provider_is_not_told(
    cast: Cast, plan: PlanDetail
) -> None:
    from samverka.access.act import act
    from samverka.access.actions import Action

    established(plan.id)
    with act(system(), Action.ORGANISATION_EDIT) as this:
        Provider.objects.filter(hsa_id=GIVER).update(hsa_id=None)
        this.note_general("Provider")
    assert texts(answer(ask(cast.region_nurse, PLANS).content, PLANS), "documentId") == []


@pytest.mark.parametrize("parts", ["", about("hello"), about("191212121212", "1.2.3")])
def test_a_wrong_question_is_an_error_with_a_number_to_look_for(cast: Cast, parts: str) -> None:
    sent = ask(cast.region_nurse, PLANS, parts)
    assert sent.status_code == 200
    found = answer(sent.content, PLANS) if parts else None
    text = sent.content.decode()
    assert "INVALID_REQUEST" in text
    assert found is None or texts(found, "logId") != [""]


def test_another_address_no_xml_and_a_system_that_is_off_are_faults(
    cast: Cast, karin: PersonDetail, settings: Any
) -> None:
    nurse = log_in(cast.region_nurse)
    place = "/rivta/GetCarePlans/2/rivtabp21"
    assert b"Fault" in ask(cast.region_nurse, PLANS, address="SE-OTHER").content
    broken = nurse.post(place, b"<a", content_type="text/xml")
    assert (broken.status_code, b"faultstring" in broken.content) == (500, True)
    assert nurse.get(place).status_code == 405
    assert nurse.post(place, {"a": "b"}).status_code == 415
    settings.SAMVERKA_HSA_ID = ""
    assert ask(cast.region_nurse, PLANS).status_code == 503


def test_nobody_asks_without_being_let_in(cast: Cast, plan: PlanDetail) -> None:
    sent = ask(None, PLANS)
    assert sent.status_code == 401
    assert str(plan.id) not in sent.content.decode()
    from django.test import Client

    wrong = Client().post(
        "/rivta/GetCarePlans/2/rivtabp21", question(PLANS, KARIN), content_type="text/xml",
        headers={"authorization": "Bearer nonsense"},
    )  # fmt: skip
    assert wrong.status_code == 401


def test_a_booked_time_is_a_contact(cast: Cast, karin: PersonDetail) -> None:
    facts = BookingFacts(starts_at=NOW + timedelta(days=3), what="Återbesök", way=Way.CLINIC)
    booked = contacts.book_time(cast.region_nurse, person_id=karin.id, facts=facts)
    found = answer(ask(cast.region_nurse, CONTACTS).content, CONTACTS)
    assert texts(found, "documentId") == [str(booked.id)]
    assert texts(found, "originalText") == ["tidbokad"]
    assert texts(found, "orgUnitHSAId") == [UNIT, UNIT]
    assert "Återbesök" not in ask(cast.region_nurse, CONTACTS).content.decode()
    other = answer(ask(cast.stranger, CONTACTS).content, CONTACTS)
    assert texts(other, "documentId") == []


def test_one_who_writes_in_the_plan_changes_what_is_told(cast: Cast, plan: PlanDetail) -> None:
    established(plan.id)
    ops.write_section(
        cast.region_nurse,
        plan_id=plan.id,
        section=Section.TITLE,
        text="Nytt namn",
        version=plan.version,
    )
    found = answer(ask(cast.region_nurse, PLANS).content, PLANS)
    assert texts(found, "documentTitle") == ["Nytt namn"]
