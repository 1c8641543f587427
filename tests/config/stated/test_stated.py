"""What the server says of itself is right R4, whole, and names what is there."""

from __future__ import annotations

import json

import pytest

from samverka.config.invoked.library import codes_asked
from samverka.config.invoked.table import OPERATIONS
from samverka.config.invoked.values import Level, Operation
from samverka.config.stated import capability, definition, openapi, terminology_capability
from samverka.config.stated.definitions import made, name_of
from samverka.resources.rules.definitions import RESOURCE_TYPES, searches
from samverka.resources.rules.searching.asking import searched
from samverka.resources.rules.validation import validate

BASE = "https://samverka.example/fhir/R4"


def test_the_statement_is_right_r4_whole_and_in_short() -> None:
    for summary in (False, True):
        assert validate(json.dumps(capability(BASE, summary=summary))) == []
    assert validate(json.dumps(terminology_capability(BASE))) == []


def test_every_type_and_every_parameter_is_there() -> None:
    said = {one["type"]: one for one in capability(BASE)["rest"][0]["resource"]}
    assert set(said) == RESOURCE_TYPES
    for kind, one in said.items():
        names = {parameter["name"] for parameter in one.get("searchParam", [])}
        own = {parameter.code for parameter in searches().types.get(kind, ())}
        assert (
            own - names == own - searched(kind).keys() <= {"near"}
        )  # what is refused is not claimed
        assert {"code": "history-type"} in one["interaction"]
    patient = said["Patient"]
    assert "Patient:general-practitioner" in patient["searchInclude"]
    assert "CarePlan:subject" in patient["searchRevInclude"]
    assert said["CarePlan"]["versioning"] == "versioned-update"
    inera = "https://fhir.inera.se/ig/ehds-tk/StructureDefinition"
    assert said["CarePlan"]["supportedProfile"] == [f"{inera}/SEEHDSCarePlan"]
    assert "supportedProfile" not in said["Basic"]
    definitions = {one["name"]: one["definition"] for one in patient["searchParam"]}
    assert definitions["birthdate"] == "http://hl7.org/fhir/SearchParameter/individual-birthdate"


def test_an_operation_stands_where_it_can_be_called() -> None:
    rest = capability(BASE)["rest"][0]
    of_system = {one["name"] for one in rest.get("operation", [])}
    assert of_system == {one.code for one in OPERATIONS if Level.SYSTEM in one.levels}
    of_type = {one["type"]: {o["name"] for o in one["operation"]} for one in rest["resource"]}
    assert "validate" in of_type["Basic"]
    assert "patientkontrakt" in of_type["Patient"]
    assert "patientkontrakt" not in of_type["Basic"]


def test_in_short_it_is_small() -> None:
    whole, short = capability(BASE), capability(BASE, summary=True)
    assert len(json.dumps(short)) * 3 < len(json.dumps(whole))
    assert "searchParam" not in short["rest"][0]["resource"][0]


@pytest.mark.parametrize("one", OPERATIONS, ids=name_of)
def test_each_operation_has_a_definition_that_can_be_read(one: Operation) -> None:
    assert validate(json.dumps(made(one))) == []
    assert definition("OperationDefinition", name_of(one)) == made(one)


def test_nothing_else_is_a_definition_of_ours() -> None:
    assert definition("OperationDefinition", "nothing") is None
    assert definition("SearchParameter", "nothing") is None
    assert definition("Patient", "expand") is None
    assert definition("ValueSet", "task-kind") is not None


def test_openapi_names_each_path_once_with_its_parameters() -> None:
    said = openapi(BASE)
    assert said["paths"]["/Patient/{id}/$summary"]["get"]["parameters"]
    for path, methods in said["paths"].items():
        for method in methods.values():
            named = {one["name"] for one in method["parameters"] if one["in"] == "path"}
            assert named == {part.strip("{}") for part in path.split("/") if part.startswith("{")}
            asked = [(one["in"], one["name"]) for one in method["parameters"]]
            assert len(asked) == len(set(asked)), path


# ── codes for a search ──

STATUS = "http://hl7.org/fhir/observation-status"


def test_codes_of_a_set_and_below_a_code() -> None:
    found = codes_asked("in", "", "http://hl7.org/fhir/ValueSet/observation-status")
    assert found is not None
    assert (STATUS, "final") in found
    assert codes_asked("not-in", "", "urn:none") is None
    assert (
        codes_asked("below", STATUS, "amended") is None
    )  # R4's tables do not say what stands under it
    ours = "https://samverka.example/fhir/CodeSystem/task-kind"
    assert codes_asked("below", ours, "plan-step") == [(ours, "plan-step")]
    assert codes_asked("above", "urn:none", "final") is None
