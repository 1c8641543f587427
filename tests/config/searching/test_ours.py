"""Search parameters of our own: whose record, on whom the plan waits, when it shall have been followed up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans import operations as careplans
from samverka.careplans.reads import PlanDetail
from samverka.kernel.calendar import local_date
from samverka.organisations.models import Unit
from samverka.organisations.operations import publish_organisations
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonDetail
from samverka.resources.rules.definitions import FOLLOW_UP_DUE, OURS
from tests.config.searching.asked import bundle, names
from tests.factories.cast import Cast, person_login, system
from tests.factories.fhir import FhirClient, told

HSA = "urn:oid:1.2.752.29.4.19"


def named(plan: PlanDetail) -> UnitDetail:
    """The plan's unit has got its HSA-id."""
    with act(system(), Action.ORGANISATION_EDIT) as this:
        this.note_general("Unit")
        Unit.objects.filter(id=plan.unit.id).update(hsa_id="SE2321000016-A1")
    publish_organisations(system())
    return replace(plan.unit, hsa_id="SE2321000016-A1")


def test_whose_record_it_is(nurse: FhirClient, plan: PlanDetail, cast: Cast) -> None:
    unit, other = named(plan), cast.units["surgery"]
    it = [f"CarePlan/{plan.id}"]
    for query in (
        f"careUnit=Organization/{unit.id}",
        f"careUnit={unit.id}",
        f"careUnit={other.id},{unit.id}",
        f"careUnit:identifier={HSA}|{unit.hsa_id}",
        f"careUnit.name={unit.name[:5]}",
        f"careProvider={unit.provider_id}",
        "careUnit:missing=false",
    ):
        assert names(bundle(nurse, f"CarePlan?{query}")) == it, query
    for query in (
        f"careUnit={other.id}",
        "careUnit=x",
        f"careUnit=Patient/{unit.id}",
        f"careUnit:identifier={HSA}|SE0",
        "careUnit.name=nobody",
        f"careProvider={unit.id}",
        "careProvider:missing=true",
    ):
        assert names(bundle(nurse, f"CarePlan?{query}")) == [], query
    goal = f"Goal?careUnit={unit.id}&patient={plan.person_id}"
    assert names(bundle(nurse, goal)) == [f"Goal/{plan.goals[0].id}"]


def test_the_unit_comes_along(nurse: FhirClient, plan: PlanDetail) -> None:
    unit = f"Organization/{plan.unit.id}"
    made = bundle(nurse, f"CarePlan?patient={plan.person_id}&_include=CarePlan:careUnit")
    assert names(made, "include") == [unit]
    made = bundle(nurse, f"Organization?_id={plan.unit.id}&_revinclude=CarePlan:careUnit")
    assert (names(made), names(made, "include")) == ([unit], [f"CarePlan/{plan.id}"])


def test_the_person_asks_by_unit_too(plan: PlanDetail, karin: PersonDetail) -> None:
    """What the room shows is asked by the same words as what lies on the shelf."""
    me = FhirClient(person_login(karin))
    assert names(bundle(me, f"CarePlan?careUnit={plan.unit.id}")) == [f"CarePlan/{plan.id}"]
    assert names(bundle(me, f"CarePlan?careUnit={karin.id}")) == []


def test_on_whom_it_waits(nurse: FhirClient, plan: PlanDetail, cast: Cast) -> None:
    unit, it = named(plan), [f"CarePlan/{plan.id}"]
    for query in (
        f"nextStepOwner=Organization/{unit.id}",
        f"nextStepOwner:identifier={HSA}|{unit.hsa_id}",
        f"nextStepOwner.name={unit.name[:5]}",
    ):
        assert names(bundle(nurse, f"CarePlan?{query}")) == it, query
    assert names(bundle(nurse, f"CarePlan?nextStepOwner={cast.units['surgery'].id}")) == []
    careplans.end_plan(cast.region_nurse, plan_id=plan.id, reason="Flyttat")
    assert names(bundle(nurse, f"CarePlan?nextStepOwner={unit.id}")) == []
    assert told(nurse.get("CarePlan?nextStepOwner:missing=true"))[0] == 400


def test_when_it_shall_have_been_followed_up(
    nurse: FhirClient, plan: PlanDetail, cast: Cast
) -> None:
    it, today = [f"CarePlan/{plan.id}"], local_date(cast.region_nurse.at)
    day, later = today + timedelta(days=30), today + timedelta(days=31)
    assert names(bundle(nurse, "CarePlan?followUpDue:missing=true")) == it
    place = f"CarePlan/{plan.id}"
    said = [{"url": FOLLOW_UP_DUE, "valueDate": day.isoformat()}]
    assert nurse.change(place, extension=said).status_code == 200
    assert nurse.read(place)[0]["extension"] == said
    for query in (f"followUpDue={day}", f"followUpDue=lt{later}", "followUpDue:missing=false"):
        assert names(bundle(nurse, f"CarePlan?{query}&_sort=followUpDue")) == it, query
    assert names(bundle(nurse, f"CarePlan?followUpDue=lt{day}")) == []
    past = [{"url": FOLLOW_UP_DUE, "valueDate": (today - timedelta(days=1)).isoformat()}]
    assert told(nurse.change(place, extension=past)) == (422, ["CarePlan.extension"])
    resource, tag = nurse.read(place)
    del resource["extension"]
    assert told(nurse.put(resource, tag))[0] == 422  # it is moved, not taken away


@pytest.mark.parametrize("code", [one.code for one in OURS])
def test_each_is_stated_and_defined(nurse: FhirClient, plan: PlanDetail, code: str) -> None:
    stated = json.loads(nurse.get("metadata").content)
    [types] = [one["resource"] for one in stated["rest"]]
    [plans] = [one for one in types if one["type"] == "CarePlan"]
    [said] = [one for one in plans["searchParam"] if one["name"] == code]
    definition, _tag = nurse.read("SearchParameter/" + said["definition"].rpartition("/")[2])
    assert (definition["url"], definition["code"]) == (said["definition"], code)
    assert "CarePlan" in definition["base"]
    sort = told(nurse.get(f"CarePlan?_sort={code}")) if not definition.get("expression") else None
    assert sort in (None, (400, ["_sort"]))


def test_what_another_was_given_is_not_asked_of_its_tasks(plan: PlanDetail, cast: Cast) -> None:
    stranger = FhirClient(replace(cast.municipal_nurse))
    for code in ("careUnit", "nextStepOwner"):
        assert names(bundle(stranger, f"CarePlan?{code}={plan.unit.id}")) == []
