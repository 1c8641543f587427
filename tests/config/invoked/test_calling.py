"""An operation is found by its address and given its parameters; what it does not take is refused in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from samverka.config.invoked.calling import call
from samverka.config.invoked.table import OPERATIONS, named
from samverka.config.invoked.values import Answer, Level
from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.kernel.problems import Invalid, NotFound, Problem
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.validation import validate
from samverka.web.exchange import Call, ReadOnly, Unreadable

ACTOR = Actor(
    kind=ActorKind.STAFF,
    id=UUID(int=1),
    name="Anna",
    at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    side=Side.REGION,
    purpose=Purpose.TREAT,
)


class Empty:
    """A house with nothing in it but what the test puts there."""

    def __init__(self, *contents: Any) -> None:
        self.contents = contents

    def read(self, _actor: Actor, kind: str, key: str) -> Any:
        for one in self.contents:
            if (one["resourceType"], one.get("id")) == (kind, key):
                return one
        raise NotFound("–")

    def find(self, _actor: Actor, kind: str, pairs: Sequence[tuple[str, str]]) -> Any:
        return [
            one
            for one in self.contents
            if one["resourceType"] == kind and all(one.get(name) == value for name, value in pairs)
        ]

    def about(self, _actor: Actor, person_id: UUID, kinds: Sequence[str]) -> Any:
        subject = {"reference": f"Patient/{person_id}"}
        return [
            one
            for one in self.contents
            if one["resourceType"] in kinds and subject in (one.get("subject"), one.get("patient"))
        ]

    def text(self, actor: Actor, kind: str, key: str) -> bytes:
        return json.dumps(self.read(actor, kind, key)).encode()

    def labels(self, _actor: Actor, kinds: Sequence[str]) -> Any:
        return [one.get("meta", {}) for one in self.contents if one["resourceType"] in kinds]

    def write(self, _actor: Actor, kind: str, key: str, text: bytes, *_more: str) -> bytes:
        made = json.loads(text)
        others = [one for one in self.contents if (one["resourceType"], one["id"]) != (kind, key)]
        self.contents = (*others, made)
        return text


def ask(address: str, *contents: Any, **given: str) -> Any:
    return _done(address, contents, Call("GET", given=tuple(given.items())))


def post(address: str, body: Any, *contents: Any) -> Any:
    return _done(address, contents, Call("POST", text=json.dumps(body).encode()))


def _done(address: str, contents: Any, template: Call) -> Any:
    *place, code = address.split("/")
    kind, key = (*place, "", "")[:2]
    made = replace(template, kind=kind, key=key, name=code, base="/R4")
    answer: Answer = call(ACTOR, Empty(*contents), made)
    content: Any = json.loads(answer.body())
    if content["resourceType"] != "Parameters":
        assert validate(answer.body()) == []
    return content


def values(parameters: Any) -> dict[str, Any]:
    return {
        one["name"]: next((one[key] for key in one if key.startswith("value")), None)
        for one in parameters["parameter"]
    }


# ── the table ──


def test_one_operation_answers_an_address() -> None:
    for kind in ("", *RESOURCE_TYPES):
        for key in ("", "1") if kind else ("",):
            codes = [one.code for one in OPERATIONS if one.at(kind, key)]
            assert len(codes) == len(set(codes)), (kind, key)


def test_what_is_said_of_each_is_whole() -> None:
    for one in OPERATIONS:
        assert one.words
        assert one.levels
        assert set(one.types) <= RESOURCE_TYPES
        assert one.definition.rsplit("/", 1)[-1].endswith(one.code.split("-")[0]) or one.definition
        assert not (one.changes and one.get), f"${one.code} changes something: no GET"
        assert not one.body or one.body in {parameter.name for parameter in one.takes}


@pytest.mark.parametrize("address", ["$nothing", "$expand", "Patient/$expand", "Patient/1/$lookup"])
def test_what_is_not_there_is_not_found(address: str) -> None:
    with pytest.raises(NotFound):
        ask(address)


def test_the_method_must_fit() -> None:
    with pytest.raises(ReadOnly) as refused:
        ask("Patient/$validate")
    assert refused.value.allowed == ("POST",)
    found = named("expand", "ValueSet")
    assert found is not None
    assert found.at("ValueSet", "") is Level.TYPE


def test_an_unknown_parameter_is_refused_and_told() -> None:
    with pytest.raises(Invalid) as refused:
        ask("ValueSet/$expand", whatever="1")
    assert refused.value.where == "whatever"
    assert "filter" in refused.value.message


def test_one_too_many_is_refused() -> None:
    body = {
        "resourceType": "Parameters",
        "parameter": [{"name": "url", "valueUri": "urn:a"}, {"name": "url", "valueUri": "urn:b"}],
    }
    with pytest.raises(Invalid) as refused:
        post("ValueSet/$expand", body)
    assert refused.value.where == "url"


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'"x"', b"[" * 100_000])
def test_what_is_no_json_of_fhir_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        call(ACTOR, Empty(), Call("POST", "ValueSet", name="$expand", text=body))


@pytest.mark.parametrize("number", ["-1", "x", "1e9", "9" * 20, "１"])
def test_numbers_are_whole_and_not_below_nothing(number: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask("ValueSet/$expand", url=STATUS_SET, count=number)
    assert refused.value.where == "count"


STATUS_SET = "http://hl7.org/fhir/ValueSet/observation-status"
STATUS = "http://hl7.org/fhir/observation-status"
TASKS = "https://samverka.example/fhir/CodeSystem/task-kind"

# ── $expand ──


def test_a_set_of_the_standard_by_address_and_by_id() -> None:
    found = ask("ValueSet/$expand", url=STATUS_SET)
    assert found["expansion"]["total"] == 8
    assert {"system": STATUS, "code": "final"} in found["expansion"]["contains"]
    by_id = ask("ValueSet/observation-status/$expand", count="2", offset="1")
    assert len(by_id["expansion"]["contains"]) == 2
    assert by_id["expansion"]["total"] == 8


def test_our_own_words_are_searched_in() -> None:
    found = ask("ValueSet/$expand", url=TASKS.replace("CodeSystem", "ValueSet"), filter="svara")
    assert [one["code"] for one in found["expansion"]["contains"]] == ["call"]


def test_a_set_that_is_sent_and_one_that_is_kept() -> None:
    sent = {
        "resourceType": "ValueSet",
        "status": "active",
        "url": "urn:mine",
        "compose": {"include": [{"system": STATUS, "concept": [{"code": "final"}]}]},
    }
    assert post("ValueSet/$expand", sent)["expansion"]["total"] == 1
    wrapped = {
        "resourceType": "Parameters",
        "parameter": [{"name": "valueSet", "resource": sent}, {"name": "count", "valueInteger": 0}],
    }
    assert post("ValueSet/$expand", wrapped)["expansion"]["total"] == 1
    assert ask("ValueSet/$expand", sent, url="urn:mine")["expansion"]["total"] == 1
    assert ask("ValueSet/7/$expand", {**sent, "id": "7"})["expansion"]["total"] == 1
    with pytest.raises(NotFound):
        ask("ValueSet/$expand", url="urn:mine")
    with pytest.raises(Invalid):
        ask("ValueSet/$expand")


# ── $validate-code, $lookup ──


def test_whether_a_code_is_in_a_set() -> None:
    assert values(ask("ValueSet/$validate-code", url=STATUS_SET, system=STATUS, code="final")) == {
        "result": True
    }
    wrong = values(ask("ValueSet/$validate-code", url=STATUS_SET, code="finished"))
    assert wrong["result"] is False
    assert "finished" in wrong["message"]
    concept = {"coding": [{"system": "urn:x", "code": "y"}, {"system": STATUS, "code": "final"}]}
    body = {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "url", "valueUri": STATUS_SET},
            {"name": "codeableConcept", "valueCodeableConcept": concept},
        ],
    }
    assert values(post("ValueSet/$validate-code", body))["result"] is True


def test_whether_a_code_is_in_a_system_and_what_it_is_called() -> None:
    found = values(ask("CodeSystem/$validate-code", url=TASKS, code="call"))
    assert found["result"] is True
    looked = values(ask("CodeSystem/$lookup", system=TASKS, code="call"))
    assert looked["display"] == found["display"]
    assert looked["name"] == "Uppgifter för enheter"
    assert values(ask("CodeSystem/$validate-code", url=TASKS, code="no"))["result"] is False


def test_of_a_part_of_a_system_no_is_never_said() -> None:
    part = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
    assert values(ask("CodeSystem/$validate-code", url=part, code="N"))["result"] is True
    for address in ("CodeSystem/$validate-code", "CodeSystem/$lookup"):
        with pytest.raises(Invalid):
            ask(address, **{"url" if "validate" in address else "system": part}, code="nothing")


def test_a_code_or_a_system_that_is_not_there() -> None:
    for given in ({"system": TASKS, "code": "no"}, {"system": "urn:x", "code": "y"}):
        with pytest.raises(NotFound):
            ask("CodeSystem/$lookup", **given)
    with pytest.raises(Problem):
        ask("CodeSystem/$lookup")


# ── $validate ──


def issues(found: Any) -> list[tuple[str, str]]:
    return [(one["severity"], one.get("expression", [""])[0]) for one in found["issue"]]


RIGHT = {"resourceType": "Patient", "id": "a", "gender": "female"}
WRONG = {"resourceType": "Patient", "gender": "kvinna", "birthDate": "1950-13-01", "x": 1}


def test_every_fault_is_told_at_once() -> None:
    found = issues(post("Patient/$validate", WRONG))
    assert {path for _severity, path in found} == {
        "Patient.gender",
        "Patient.birthDate",
        "Patient.x",
    }
    assert {severity for severity, _path in found} == {"error"}


def test_what_is_right_is_said_to_be() -> None:
    assert issues(post("Patient/$validate", RIGHT)) == [("information", "")]


def test_the_type_and_the_id_are_those_of_the_address() -> None:
    assert ("error", "resourceType") in [
        (severity, path.rsplit(".", 1)[-1])
        for severity, path in issues(post("Observation/$validate", RIGHT))
    ]
    assert ("error", "Patient.id") in issues(
        post("Patient/b/$validate", RIGHT, {**RIGHT, "id": "b"})
    )


def test_what_stands_is_looked_through_when_nothing_is_sent() -> None:
    stands = {**WRONG, "id": "b"}
    body = {"resourceType": "Parameters", "parameter": [{"name": "mode", "valueCode": "profile"}]}
    assert len(issues(post("Patient/b/$validate", body, stands))) == 3
    with pytest.raises(NotFound):
        post("Patient/b/$validate", RIGHT)


def test_a_profile_that_nobody_knows_is_refused() -> None:
    def by(profile: str) -> Any:
        parameter = [
            {"name": "resource", "resource": RIGHT},
            {"name": "profile", "valueUri": profile},
        ]
        return post("Patient/$validate", {"resourceType": "Parameters", "parameter": parameter})

    base = "http://hl7.org/fhir/StructureDefinition/"
    assert issues(by(f"{base}Patient")) == [("information", "")]
    assert issues(by(f"{base}Observation"))[0][0] == "error"
    swedish = "http://hl7.se/fhir/ig/base/StructureDefinition/"
    assert issues(by(f"{swedish}SEBasePatient")) == [("information", "")]
    assert issues(by(f"{swedish}SEBaseOrganization|1.1.0"))[0][0] == "error"
    with pytest.raises(Invalid) as refused:
        by("https://example.org/own")
    assert refused.value.where == "profile"


# ── $meta ──


def test_labels_of_a_type_and_of_all_are_told_once_each() -> None:
    tag = {"system": "urn:a", "code": "x"}
    contents = (
        {"resourceType": "Flag", "id": "1", "meta": {"tag": [tag], "profile": ["urn:p"]}},
        {"resourceType": "Flag", "id": "2", "meta": {"tag": [tag]}},
        {"resourceType": "Goal", "id": "1", "meta": {"security": [{"code": "NOPATIENT"}]}},
    )
    of_type = values(ask("Flag/$meta", *contents))["return"]
    assert of_type == {"profile": ["urn:p"], "tag": [tag]}
    of_all = values(ask("$meta", *contents))["return"]
    assert of_all == of_type | {"security": [{"code": "NOPATIENT"}]}
    assert "parameter" not in ask("Basic/$meta", *contents)
