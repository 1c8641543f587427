"""The real rooms behind the shelf: what becomes of each type, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from samverka.access import reads as access_reads
from samverka.access.models import Relation
from samverka.access.rules import Protection
from samverka.audit.models import Event
from samverka.careplans.models import Activity, Goal, Plan
from samverka.config.registry import REGISTRY
from samverka.contacts.models import Booking, Referral, Stay, Visit
from samverka.kernel.actor import Actor
from samverka.organisations import operations as organisations
from samverka.organisations.models import Assignment, Staff, Unit
from samverka.people import reads as people_reads
from samverka.people.forms import facts_initial
from samverka.people.models import Identity, Person, Relative
from samverka.people.operations import PersonFacts, edit_person, receive_person
from samverka.resources.models import Resource
from samverka.resources.operations import OWN
from samverka.resources.rules.status import Status
from tests.factories import samples
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.resources.importing import Importer, observation

pytestmark = pytest.mark.django_db

HSA = "urn:oid:1.2.752.29.4.19"
ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    """The administrator at the health centre in Krokom, who reads in the centre's records."""
    return cast.administrator


def patient(**more: object) -> dict[str, object]:
    return {
        "resourceType": "Patient",
        "id": "k",
        "identifier": [{"system": KARINS_NUMBER.system, "value": KARINS_NUMBER.value}],
        "name": [{"family": "Åström", "given": ["Karin", "Maria"]}],
        "telecom": [{"system": "phone", "value": "070-174 06 05"}],
        "birthDate": "1942-03-11",
        "gender": "female",
    } | more


NUMBERLESS = {key: value for key, value in patient().items() if key != "identifier"}
"""The same without a number."""


def about(kind: str, id_: str, **more: object) -> dict[str, object]:
    return {"resourceType": kind, "id": id_, "subject": {"reference": "Patient/k"}} | more


def take(importer: Importer, clerk: Actor, *resources: object) -> list[str]:
    """Import; answers with the report's lines."""
    report = importer.run(importer.lines(*resources), actor=clerk, registry=REGISTRY)
    return [str(line.message) for line in report.lines]


def status_of(key: str) -> str:
    return str(Resource.objects.exclude(source=OWN).get(key=key).status)


# ── persons ──


def test_a_patient_becomes_a_person_of_the_units(importer: Importer, cast: Cast, clerk: Actor):
    assert take(importer, clerk, patient(), observation(subject="Patient/k")) == []
    [person] = people_reads.list_unit_persons(cast.region_nurse)
    detail = people_reads.person(cast.region_nurse, person_id=person.id)
    assert (detail.name, detail.phone) == ("Karin Maria Åström", "070-174 06 05")
    assert detail.identity == KARINS_NUMBER
    assert Relation.objects.get().unit_id == clerk.unit_id
    assert Resource.objects.get(key="Observation/1").person_id == person.id
    assert Resource.objects.get(source=OWN, kind="Patient").person_id == person.id


def test_a_known_person_is_found_by_number_and_what_is_known_stands(
    importer: Importer, cast: Cast, clerk: Actor
):
    known = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    other = patient(name=[{"family": "Ek", "given": ["K"]}], telecom=[], birthDate="1900-01-01")
    take(importer, clerk, other)
    [person] = Person.objects.all()
    assert (person.id, person.family_name) == (known.id, "Åström")
    assert person.version == 1


def test_persons_are_never_matched_by_name(importer: Importer, cast: Cast, clerk: Actor):
    make_person(cast.region_nurse, identity=KARINS_NUMBER)
    take(importer, clerk, NUMBERLESS)
    assert Person.objects.filter(family_name="Åström").count() == 2
    again = importer.run(importer.lines(NUMBERLESS), actor=clerk, registry=REGISTRY)
    assert again.nothing_changed
    assert Person.objects.count() == 2


def test_what_the_source_changes_is_changed_unless_someone_here_did(
    importer: Importer, cast: Cast, clerk: Actor
):
    take(importer, clerk, patient(address=[{"city": "Krokom", "line": ["Backvägen 4"]}]))
    later = replace(clerk, at=clerk.at + timedelta(hours=1))
    person = Person.objects.get()
    detail = people_reads.person(cast.region_nurse, person_id=person.id)
    known = {
        n: v for n, v in facts_initial(detail).items() if n in PersonFacts.__dataclass_fields__
    }
    edit_person(
        cast.region_nurse,
        person_id=person.id,
        version=detail.version,
        facts=PersonFacts(**known | {"phone": "063-10 00 00", "birth_date": detail.birth_date}),
    )
    moved = patient(
        address=[{"city": "Åre", "line": ["Byvägen 1"]}],
        telecom=[{"system": "phone", "value": "070-000 00 00"}],
    )
    take(importer, later, moved)
    row = Person.objects.get()
    assert (row.town, row.street) == ("Åre", "Byvägen 1")
    assert row.phone == "063-10 00 00"


def test_a_protected_identity_is_taken_over_at_once_and_never_lifted_by_an_import(
    importer: Importer, cast: Cast, clerk: Actor
):
    make_person(cast.region_nurse, identity=KARINS_NUMBER)
    labels = [{"code": "sekretessmarkering"}]
    take(importer, clerk, patient(meta={"security": labels}))
    assert Person.objects.get().protection == Protection.SECRECY_MARK
    person = people_reads.list_unit_persons(cast.region_nurse)[0]
    assert access_reads.subject(cast.region_nurse, person_id=person.id).protection == (
        Protection.SECRECY_MARK
    )
    take(importer, clerk, patient())
    assert Person.objects.get().protection == Protection.SECRECY_MARK


def test_a_second_number_is_added_and_one_of_somebody_else_is_not_moved(
    importer: Importer, cast: Cast, clerk: Actor
):
    make_person(cast.region_nurse, identity=KARINS_NUMBER)
    lma = {"system": "http://electronichealth.se/identifier/LMA-nummer", "value": "50-1234567"}
    both = [*patient()["identifier"], lma]  # type: ignore[misc]
    take(importer, clerk, patient(identifier=both))
    assert Identity.objects.filter(person__family_name="Åström").count() == 2
    assert Identity.objects.get(value=KARINS_NUMBER.value).current
    take(importer, clerk, patient(id="m", identifier=[lma], name=[{"family": "Ny"}]))
    assert Person.objects.count() == 1


def test_a_wrong_number_is_told_and_the_rest_is_used(importer: Importer, clerk: Actor):
    wrong = {"system": KARINS_NUMBER.system, "value": "okänt"}
    lines = take(importer, clerk, patient(identifier=[wrong]))
    assert lines == ["Ett identitetsnummer är felskrivet och har inte använts."]
    assert (Person.objects.count(), Identity.objects.count()) == (1, 0)


def test_a_relative_is_noted_once_and_follows_changes(importer: Importer, clerk: Actor):
    def daughter(phone: str) -> dict[str, object]:
        return {
            "resourceType": "RelatedPerson",
            "id": "d",
            "patient": {"reference": "Patient/k"},
            "name": [{"family": "Åström", "given": ["Eva"]}],
            "relationship": [{"coding": [{"system": ROLE, "code": "DAUC"}]}],
            "telecom": [{"system": "phone", "value": phone}],
        }

    take(importer, clerk, patient(), daughter("1"))
    take(importer, clerk, daughter("1"))
    take(importer, clerk, daughter("2"))
    [now] = Relative.objects.filter(ended_at__isnull=True)
    assert (now.name, now.kind, now.phone) == ("Eva Åström", "daughter", "2")


# ── organisations: found, never made ──


def test_an_import_makes_no_units_and_gives_no_rights(importer: Importer, clerk: Actor):
    units, assignments = Unit.objects.count(), Assignment.objects.count()
    number = {"system": HSA, "value": "SE2321000131-E000000000009"}
    lines = take(
        importer,
        clerk,
        {"resourceType": "Organization", "id": "o", "name": "Ny", "identifier": [number]},
        {"resourceType": "Practitioner", "id": "p", "name": [{"family": "Ek", "given": ["Bo"]}],
         "identifier": [{"system": HSA, "value": "SE2321000131-P000000000009"}]},
        {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/p"},
         "organization": {"reference": "Organization/o"}},
    )  # fmt: skip
    assert lines == ["Ingen enhet här har den organisationens HSA-id."]
    assert (Unit.objects.count(), Assignment.objects.count()) == (units, assignments)
    assert Staff.objects.get(hsa_id__endswith="P000000000009").family_name == "Ek"


def test_a_known_staff_member_keeps_the_name(importer: Importer, cast: Cast, clerk: Actor):
    hsa = "SE2321000131-P000000000001"
    organisations.register_staff(cast.system, given_name="Lena", family_name="Berg", hsa_id=hsa)
    take(importer, clerk, {"resourceType": "Practitioner", "id": "p", "name": [{"family": "Ond"}],
                           "identifier": [{"system": HSA, "value": hsa}]})  # fmt: skip
    assert Staff.objects.get(hsa_id=hsa).family_name == "Berg"


# ── times ──


def visit(id_: str = "v", **more: object) -> dict[str, object]:
    start = {"start": "2026-11-02T09:00:00+01:00", "end": "2026-11-02T09:30:00+01:00"}
    return about("Encounter", id_, status="finished", period=start) | {
        "class": {"code": "AMB"},
        **more,
    }


def test_visits_stays_times_and_referrals_come_into_their_room(importer: Importer, clerk: Actor):
    booking = {
        "resourceType": "Appointment",
        "id": "a",
        "status": "booked",
        "start": "2026-12-01T09:00:00+01:00",
        "end": "2026-12-01T09:30:00+01:00",
        "participant": [{"actor": {"reference": "Patient/k"}, "status": "accepted"}],
    }
    referral = about(
        "ServiceRequest", "s", status="active", intent="order", authoredOn="2026-11-01",
        code={"text": "Sjukgymnastik"},
    )  # fmt: skip
    take(
        importer,
        clerk,
        patient(),
        visit(),
        visit("i", **{"class": {"code": "IMP"}}),
        booking,
        referral,
    )
    for model, key in (
        (Visit, "Encounter/v"),
        (Stay, "Encounter/i"),
        (Booking, "Appointment/a"),
        (Referral, "ServiceRequest/s"),
    ):
        row = model.objects.get()
        assert (row.unit_id, row.source, row.source_id) == (clerk.unit_id, "journal", key)
        assert status_of(key) == Status.RECEIVED


def test_a_visit_belongs_to_the_unit_that_it_names_within_the_same_care_provider_only(
    importer: Importer, cast: Cast, clerk: Actor
):
    names = {"ward": "SE2321000131-E000000000001", "home_health": "SE2321000131-E000000000002"}
    for unit, hsa in names.items():
        Unit_ = cast.units[unit]
        organisations.register_unit(
            cast.system, provider_id=Unit_.provider_id, name=Unit_.name, kind=Unit_.kind, hsa_id=hsa
        )
    take(
        importer,
        clerk,
        patient(),
        *(
            {"resourceType": "Organization", "id": unit.replace("_", "-"), "name": "x",
             "identifier": [{"system": HSA, "value": hsa}]}
            for unit, hsa in names.items()
        ),
        visit("w", serviceProvider={"reference": "Organization/ward"}),
        visit("h", serviceProvider={"reference": "Organization/home-health"}),
    )  # fmt: skip
    assert Visit.objects.get(source_id="Encounter/w").unit_id == cast.units["ward"].id
    assert Visit.objects.get(source_id="Encounter/h").unit_id == clerk.unit_id


def test_a_visit_without_a_time_is_kept_and_the_report_says_why(importer: Importer, clerk: Actor):
    lines = take(importer, clerk, patient(), visit(period={}) | {"period": {"end": "2026-01-01"}})
    assert lines == ["Ingen tid anges, så den visas inte bland tider och besök."]
    assert status_of("Encounter/v") == Status.KEPT


# ── plans ──


def goal(words: str) -> dict[str, object]:
    return about("Goal", "g", lifecycleStatus="active", description={"text": words})


PLAN = about(
    "CarePlan", "c", status="active", intent="plan", title="Vårdplan",
    goal=[{"reference": "Goal/g"}],
    activity=[{"detail": {"status": "in-progress", "description": "Promenad"}}],
)  # fmt: skip


def test_a_plan_comes_with_its_goals_and_follows_when_only_a_goal_changes(
    importer: Importer, clerk: Actor
):
    take(importer, clerk, PLAN, goal("Gå till affären"), patient())
    assert (Plan.objects.get().title, Goal.objects.get().words) == ("Vårdplan", "Gå till affären")
    assert Activity.objects.get().what == "Promenad"
    assert status_of("CarePlan/c") == status_of("Goal/g") == Status.RECEIVED
    take(importer, replace(clerk, at=clerk.at + timedelta(days=1)), goal("Gå till sjön"))
    assert (Plan.objects.count(), Goal.objects.get().words) == (1, "Gå till sjön")


def test_another_persons_goal_is_never_read_into_a_plan(importer: Importer, clerk: Actor):
    other = goal("Någon annans mål") | {"subject": {"reference": "Patient/m"}}
    take(importer, clerk, PLAN, other, patient(), NUMBERLESS | {"id": "m"})
    assert not Goal.objects.filter(words__contains="annans").exists()


# ── the whole ──


def test_rights_and_decisions_are_never_made_by_an_import(importer: Importer, clerk: Actor):
    consent = {
        "resourceType": "Consent",
        "id": "s",
        "status": "active",
        "scope": {"text": "x"},
        "category": [{"text": "x"}],
        "patient": {"reference": "Patient/k"},
        "policyRule": {"text": "x"},
    }
    take(importer, clerk, patient(), consent)
    assert status_of("Consent/s") == Status.KEPT
    assert not Event.objects.filter(action="consent.give").exists()


@samples.needed
@pytest.mark.slow
def test_the_swedish_examples_become_persons(importer: Importer, clerk: Actor):
    paths = samples.files(samples.SWEDEN)
    report = importer.run(*paths, actor=clerk, registry=REGISTRY, source="hl7-sweden")
    assert report.total.refused == 0
    assert Person.objects.count() == 10
    assert Person.objects.exclude(protection=Protection.NONE).count() >= 1
    assert importer.run(*paths, actor=clerk, registry=REGISTRY, source="hl7-sweden").nothing_changed


@samples.needed
@pytest.mark.slow
@pytest.mark.parametrize(("folder", "base"), [(samples.IPS, ""), (samples.SYNTHEA, "")])
def test_published_bundles_go_in_without_a_fault_in_any_room(
    importer: Importer, clerk: Actor, folder: str, base: str
):
    paths = samples.files(folder)[:4]
    report = importer.run(*paths, actor=clerk, registry=REGISTRY, base=base)
    assert report.total.refused == 0
    assert not [line for line in report.lines if "Fel i programmet" in line.message]
    assert importer.run(*paths, actor=clerk, registry=REGISTRY, base=base).nothing_changed


def test_receiving_twice_leaves_one_line_that_says_the_same(cast: Cast):
    for _turn in range(2):
        receive_person(cast.system, numbers=[KARINS_NUMBER], facts=PersonFacts("Karin", "Åström"))
    last = Event.objects.filter(object_type="Person").latest("id")
    assert last.detail == {"change": "same"}
