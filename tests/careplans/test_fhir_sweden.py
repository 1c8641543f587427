"""Clause 7 over HTTP: whose record a plan is, blocks, what the person is not to see, and why each line was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from samverka.access import operations as access
from samverka.access.rules import BlockKind, ConsentForm, ConsentKind
from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind
from samverka.people.reads import PersonDetail
from samverka.resources.rules.profiles import breaks, claimed
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, person_login, relate
from tests.factories.fhir import FhirClient

Entry = tuple[str, str]
NOPATIENT = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "code": "NOPATIENT",
}


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def entries(client: FhirClient, query: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Type/id → why it came, and the resource."""
    answer = client.get(query)
    assert answer.status_code == 200, answer.content
    found = json.loads(answer.content).get("entry", [])
    return {
        f"{one['resource']['resourceType']}/{one['resource']['id']}": (
            one["search"]["mode"],
            one["resource"],
        )
        for one in found
    }


def asked(person_id: Any) -> str:
    return f"CarePlan?patient={person_id}&_revinclude=Provenance:target"


def whose(record: dict[str, Any]) -> dict[str, str]:
    return {one["type"]["coding"][0]["code"]: one["who"]["reference"] for one in record["agent"]}


def test_one_question_gives_the_plan_and_whose_record_it_is(cast: Cast, active: PlanDetail) -> None:
    """Both to those who keep it and to those it was given to: a copy can be held back by the same blocks."""
    unit = cast.units["health_centre"]
    for reader in (cast.region_nurse, cast.needs_assessor):
        found = entries(FhirClient(reader), asked(active.person_id))
        mode, record = found[f"Provenance/{active.id}"]
        assert (found[f"CarePlan/{active.id}"][0], mode) == ("match", "include")
        assert whose(record) == {
            "custodian": f"Organization/{unit.provider_id}",
            "author": f"Organization/{unit.id}",
        }
        for _mode, one in found.values():
            [url] = claimed(one)
            assert breaks(one, url) == []
            assert url.startswith("https://fhir.inera.se/")
    others = FhirClient(cast.stranger)
    assert entries(others, asked(active.person_id)) == {}


def test_the_inner_block_hides_both_from_other_units(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    """PDL 4:4: other units of the same care provider."""
    relate(cast.ward_nurse, karin)
    access.make_choice(cast.ward_nurse, person_id=karin.id)
    ward = FhirClient(cast.ward_nurse)
    both = {f"CarePlan/{plan.id}", f"Provenance/{plan.id}"}
    assert set(entries(ward, asked(karin.id))) == both
    access.set_block(
        cast.region_nurse, person_id=karin.id, kind=BlockKind.INNER,
        provider_id=cast.region_nurse.provider_id, unit_id=cast.region_nurse.unit_id,
    )  # fmt: skip
    assert entries(ward, asked(karin.id)) == {}
    assert {ward.get(one).status_code for one in both} == {404}
    assert set(entries(FhirClient(cast.region_nurse), asked(karin.id))) == both


def test_the_outer_block_hides_both_from_other_care_providers(
    cast: Cast, karin: PersonDetail
) -> None:
    """SVOD 2:2–3: a plan that one care provider makes for its own work is read by others on a yes, until a block."""
    plan = ops.start_plan(
        cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE, title="Vårdcentralens plan"
    )
    access.give_consent(
        cast.region_nurse, person_id=karin.id, kind=ConsentKind.SVOD, given_by="Karin",
        reader_providers=[cast.municipal_nurse.provider_id], form=ConsentForm.ORAL,
    )  # fmt: skip
    away = FhirClient(cast.municipal_nurse)
    both = {f"CarePlan/{plan.id}", f"Provenance/{plan.id}"}
    assert set(entries(away, asked(karin.id))) == both
    access.set_block(
        person_login(karin), person_id=karin.id, kind=BlockKind.OUTER,
        provider_id=cast.region_nurse.provider_id,
    )  # fmt: skip
    assert entries(away, asked(karin.id)) == {}
    assert {away.get(one).status_code for one in both} == {404}


def test_what_is_not_for_the_person_is_not_there_for_the_person(
    cast: Cast, karin: PersonDetail
) -> None:
    """NOPATIENT (OSL 25:6–7), on the plan and on what says whose it is; the log tells that staff have read."""
    nurse, own = FhirClient(cast.region_nurse), FhirClient(person_login(karin))
    subject = {"reference": f"Patient/{karin.id}"}
    label = {"meta": {"security": [NOPATIENT]}}
    sent = {"resourceType": "CarePlan", "status": "active", "intent": "plan", "subject": subject,
            "category": [{"text": "Utredningsplan"}], **label}  # fmt: skip
    place = nurse.post(sent)["Location"].split("/fhir/R4/")[1].split("/_history")[0]
    record = {
        "resourceType": "Provenance", "target": [{"reference": place}], "recorded": NOW.isoformat(),
        "agent": [{"who": {"display": "Hälsocentralen"}}], **label,
    }  # fmt: skip
    about = nurse.post(record)["Location"].split("/fhir/R4/")[1].split("/_history")[0]
    assert set(entries(nurse, asked(karin.id))) == {place, about}
    assert entries(own, asked(karin.id)) == {}
    for one in (place, about, f"{place}/_history"):
        assert own.get(one).status_code == 404
    for query in (f"Patient/{karin.id}/$everything", f"Patient/{karin.id}/$summary"):
        text = own.get(query).content.decode()
        assert "Utredningsplan" not in text
        assert place not in text


def test_every_line_of_the_log_says_why(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> None:
    """BALP with a mandatory purpose: a read, a search, an include, a document, a history, a change and a refusal."""
    nurse, own = FhirClient(cast.region_nurse), FhirClient(person_login(karin))
    at = f"Patient/{karin.id}"
    for place in (
        at,
        asked(karin.id),
        f"{at}/$everything",
        f"{at}/$summary",
        f"CarePlan/{plan.id}/_history",
    ):
        assert nurse.get(place).status_code == 200
    read, tag = nurse.read(f"CarePlan/{plan.id}")
    assert nurse.put({**read, "description": "Att orka gå ut"}, tag).status_code == 200
    assert own.get(f"CarePlan/{plan.id}").status_code == 200
    FhirClient(cast.stranger).get(f"CarePlan/{plan.id}")
    number = f"{KARINS_NUMBER.system}|{KARINS_NUMBER.value}"
    lines = entries(own, f"AuditEvent?patient.identifier={number}&_count=100")
    events = [one for _mode, one in lines.values()]
    why = {one["purposeOfEvent"][0]["coding"][0]["code"] for one in events}
    assert why >= {"TREAT", "PATRQT"}
    assert {one["action"] for one in events} >= {"R", "U", "E"}
    for event in events:
        assert [breaks(event, url) for url in claimed(event)] in ([], [[]])
        assert all(code["coding"][0]["code"] for code in event["purposeOfEvent"])
        assert event["agent"][0]["purposeOfUse"] == event["purposeOfEvent"]
