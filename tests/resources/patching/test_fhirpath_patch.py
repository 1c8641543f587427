"""FHIRPath Patch: the cases of HL7's own suite, written in JSON, and what must not hang or hurt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.patching import FHIRPATH_PATCH, Unfit, patched
from samverka.resources.rules.patching.fhirpath_patch import MAX_STEPS

Doc = dict[str, Any]


def part(name: str, **value: Any) -> Doc:
    return {"name": name} | value


def op(kind: str, path: str, *more: Doc, name: str = "", **numbers: int) -> Doc:
    found = [part("type", valueCode=kind), part("path", valueString=path)]
    found += [part("name", valueString=name)] if name else []
    found += [part(one, valueInteger=at) for one, at in numbers.items()]
    return {"name": "operation", "part": [*found, *more]}


def value(**given: Any) -> Doc:
    return part("value", **given)


def change(content: Doc, *steps: Doc) -> Doc:
    text = json.dumps({"resourceType": "Patient"} | content).encode()
    patch: Doc = {"resourceType": "Parameters"}
    patch |= {"parameter": list(steps)} if steps else {}
    made: Doc = json.loads(patched(text, json.dumps(patch).encode(), FHIRPATH_PATCH))
    made.pop("resourceType")
    return made


BORN = {"birthDate": "1920-01-01"}
NAMED = {"contact": [{"name": {"text": "a name"}, "gender": "male"}]}
THREE = [{"system": "http://example.org", "value": f"value {at}"} for at in range(1, 5)]


def numbers(*wanted: int) -> Doc:
    return {"identifier": [THREE[at - 1] for at in wanted]}


def identifier(at: int) -> Doc:
    return value(valueIdentifier=THREE[at - 1])


SUITE: list[tuple[str, Doc, list[Doc], Doc]] = [
    ("no difference", BORN, [], BORN),
    ("replace primitive", BORN, [op("replace", "Patient.birthDate", value(valueDate="1930-01-01"))],
     {"birthDate": "1930-01-01"}),
    ("delete primitive", BORN, [op("delete", "Patient.birthDate")], {}),
    ("add primitive", {}, [op("add", "Patient", value(valueDate="1930-01-01"), name="birthDate")],
     {"birthDate": "1930-01-01"}),
    ("replace nested #1", NAMED, [op("replace", "Patient.contact[0].gender", value(valueCode="female"))],
     {"contact": [{"name": {"text": "a name"}, "gender": "female"}]}),
    ("replace nested #2", NAMED,
     [op("replace", "Patient.contact[0].name.text", value(valueString="the name"))],
     {"contact": [{"name": {"text": "the name"}, "gender": "male"}]}),
    ("delete nested #1", NAMED, [op("delete", "Patient.contact[0].gender")],
     {"contact": [{"name": {"text": "a name"}}]}),
    ("delete nested #2: what is empty goes", NAMED, [op("delete", "Patient.contact[0].name.text")],
     {"contact": [{"gender": "male"}]}),
    ("add nested", {"contact": [{"name": {"text": "a name"}}]},
     [op("add", "Patient.contact[0]", value(valueCode="male"), name="gender")], NAMED),
    ("add complex", {},
     [op("add", "Patient", value(valueCodeableConcept={"text": "married"}), name="maritalStatus")],
     {"maritalStatus": {"text": "married"}}),
    ("replace complex", {"maritalStatus": {"id": "1", "text": "married"}},
     [op("replace", "Patient.maritalStatus", value(valueCodeableConcept={"id": "2", "text": "not married"}))],
     {"maritalStatus": {"id": "2", "text": "not married"}}),
    ("delete complex", {"maritalStatus": {"text": "married"}}, [op("delete", "Patient.maritalStatus")], {}),
    ("add anonymous", {},
     [op("add", "Patient", value(part=[part("name", valueHumanName={"text": "a name"})]), name="contact")],
     {"contact": [{"name": {"text": "a name"}}]}),
    ("delete anonymous", {"contact": [{"name": {"text": "a name"}}]}, [op("delete", "Patient.contact[0]")], {}),
    ("contents of a list", numbers(1, 2),
     [op("replace", "Patient.identifier[0].value", value(valueString="value 2")),
      op("replace", "Patient.identifier[1].value", value(valueString="value 1"))], numbers(2, 1)),
    ("add to list", numbers(1, 2), [op("insert", "Patient.identifier", identifier(3), index=2)],
     numbers(1, 2, 3)),
    ("insert #1", numbers(1, 2), [op("insert", "Patient.identifier", identifier(3), index=1)], numbers(1, 3, 2)),
    ("insert #2", numbers(1, 2), [op("insert", "Patient.identifier", identifier(3), index=0)], numbers(3, 1, 2)),
    ("insert in none", {}, [op("insert", "Patient.identifier", identifier(1), index=0)], numbers(1)),
    ("delete #1", numbers(1, 2, 3), [op("delete", "Patient.identifier[0]")], numbers(2, 3)),
    ("delete #2", numbers(1, 2, 3), [op("delete", "Patient.identifier[1]")], numbers(1, 3)),
    ("delete #3", numbers(1, 2, 3), [op("delete", "Patient.identifier[2]")], numbers(1, 2)),
    ("reorder #1", numbers(1, 2, 3, 4), [op("move", "Patient.identifier", source=3, destination=1)],
     numbers(1, 4, 2, 3)),
    ("reorder #2", numbers(1, 2, 3, 4), [op("move", "Patient.identifier", source=3, destination=0)],
     numbers(4, 1, 2, 3)),
    ("reorder #3", numbers(1, 2, 3, 4),
     [op("move", "Patient.identifier", source=3, destination=1),
      op("move", "Patient.identifier", source=2, destination=3)], numbers(1, 4, 3, 2)),
    ("reorder #4", numbers(1, 2, 3, 4),
     [op("move", "Patient.identifier", source=3, destination=0),
      op("move", "Patient.identifier", source=3, destination=1),
      op("move", "Patient.identifier", source=3, destination=2)], numbers(4, 3, 2, 1)),
    ("missing element #2", {}, [op("add", "Patient", identifier(3), name="identifier")], numbers(3)),
    ("delete what is not there", {}, [op("delete", "Patient.birthDate")], {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "doc", "steps", "made"), SUITE, ids=[one[0] for one in SUITE])
def test_the_cases_of_the_suite(name: str, doc: Doc, steps: list[Doc], made: Doc) -> None:
    assert change(doc, *steps) == made


OURS: list[tuple[str, Doc, list[Doc], Doc]] = [
    ("where", {"name": [{"use": "official", "family": "Å"}, {"use": "usual", "family": "B"}]},
     [op("replace", "Patient.name.where(use = 'usual' and family != 'C').family", value(valueString="D"))],
     {"name": [{"use": "official", "family": "Å"}, {"use": "usual", "family": "D"}]}),
    ("first and last", {"name": [{"family": "A"}, {"family": "B"}]},
     [op("delete", "name.first()"), op("replace", "name.last().family", value(valueString="C"))],
     {"name": [{"family": "C"}]}),
    ("a choice changes its type", {"deceasedBoolean": False},
     [op("replace", "Patient.deceased", value(valueDateTime="2026-01-01"))],
     {"deceasedDateTime": "2026-01-01"}),
    ("a choice is added", {}, [op("add", "Patient", value(valueBoolean=True), name="deceased")],
     {"deceasedBoolean": True}),
    ("a choice by its type", {"deceasedBoolean": True}, [op("delete", "Patient.deceased.ofType(boolean)")], {}),
    ("a choice of another type", {"deceasedBoolean": True},
     [op("delete", "Patient.deceased.ofType(dateTime)")], {"deceasedBoolean": True}),
    ("an extension by its address", {"extension": [{"url": "a", "valueString": "1"}]},
     [op("replace", "Patient.extension('a').value", value(valueString="2"))],
     {"extension": [{"url": "a", "valueString": "2"}]}),
    ("beside a primitive", BORN,
     [op("add", "Patient.birthDate", value(part=[part("url", valueUri="a"), part("value", valueString="1")]),
        name="extension")],
     BORN | {"_birthDate": {"extension": [{"url": "a", "valueString": "1"}]}}),
    ("the last one beside a primitive", BORN | {"_birthDate": {"extension": [{"url": "a", "valueString": "1"}]}},
     [op("delete", "Patient.birthDate.extension('a')")], BORN),
    ("in a list of texts", {"name": [{"given": ["A", "B"], "_given": [None, {"id": "b"}]}]},
     [op("insert", "Patient.name[0].given", value(valueString="C"), index=0),
      op("move", "Patient.name[0].given", source=2, destination=0)],
     {"name": [{"given": ["B", "C", "A"], "_given": [{"id": "b"}, None, None]}]}),
    ("out of a list of texts", {"name": [{"given": ["A", "B"], "_given": [None, {"id": "b"}]}]},
     [op("delete", "Patient.name[0].given[1]")], {"name": [{"given": ["A"]}]}),
    ("a part that is there", {"contact": [{"gender": "male"}, {"period": {"start": "2020"}}]},
     [op("delete", "Patient.contact.where(period.exists() or gender = 'female')")],
     {"contact": [{"gender": "male"}]}),
    ("a contained resource", {"contained": [{"resourceType": "Organization", "id": "o", "name": "A"}]},
     [op("replace", "Patient.contained.ofType(Organization).name", value(valueString="B"))],
     {"contained": [{"resourceType": "Organization", "id": "o", "name": "B"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "doc", "steps", "made"), OURS, ids=[one[0] for one in OURS])
def test_what_else_a_path_can_say(name: str, doc: Doc, steps: list[Doc], made: Doc) -> None:
    assert change(doc, *steps) == made


UNFIT = [
    (NAMED, op("replace", "Patient.birthDate", value(valueDate="1930"))),
    (numbers(1, 2), op("delete", "Patient.identifier")),
    (numbers(1, 2), op("delete", "Patient.identifier.single()")),
    (numbers(1), op("insert", "Patient.identifier", identifier(2), index=2)),
    (numbers(1), op("move", "Patient.identifier", source=1, destination=0)),
    (BORN, op("add", "Patient", value(valueDate="1930"), name="birthDate")),
    ({"deceasedBoolean": True}, op("add", "Patient", value(valueDateTime="1930"), name="deceased")),
    (numbers(1), op("add", "Patient.identifier.where(use = 'official').period", value(valueDate="2021"), name="end")),
    ({}, op("add", "Patient.contact[0]", value(valueCode="male"), name="gender")),
    (BORN, op("delete", "Patient")),
    ({"id": "a"}, op("replace", "Patient.id", value(valueId="b"))),
]  # fmt: skip


@pytest.mark.parametrize(("doc", "one"), UNFIT)
def test_what_this_resource_cannot_do(doc: Doc, one: Doc) -> None:
    with pytest.raises(Unfit):
        change(doc, one)


WRONG = [
    op("spam", "Patient"),
    op("add", "Patient", value(valueDate="1930")),
    op("add", "Patient", name="birthDate"),
    op("insert", "Patient.identifier", identifier(1)),
    op("insert", "Patient.identifier", identifier(1), index=-1),
    op("insert", "Patient.birthDate", value(valueDate="1930"), index=0),
    op("move", "Patient.identifier[0]", source=0, destination=0),
    op("delete", "Patient.nonsense"),
    op("delete", "Observation.status"),
    op("delete", "Patient.name.given.exists()"),
    op("add", "Patient", value(valueQuantity={"value": 1}), name="deceased"),
    op("add", "Patient", value(valueString="x"), name="contact"),
    op("add", "Patient", value(part=[part("nonsense", valueString="x")]), name="contact"),
    {"name": "nonsense"},
    {"name": "operation"},
]


@pytest.mark.parametrize("one", WRONG)
def test_a_patch_that_is_wrong_itself(one: Doc) -> None:
    with pytest.raises(Faulty) as told:
        change(numbers(1), one)
    assert not isinstance(told.value, Unfit)
    assert told.value.faults[0].path.startswith("Parameters")


HOSTILE = [
    "",
    "Patient..name",
    "Patient.name[",
    "Patient.name[-1]",
    "Patient.name[1.5]",
    "Patient.name['a']",
    "Patient.descendants()",
    "Patient.repeat(children())",
    "Patient.name.given.matches('(a+)+$')",
    "Patient.name.where(given.replaceMatches('(a|a)*', 'b') = 'c')",
    "Patient.name.trace('x')",
    "%resource.name",
    "Patient.name | Patient.identifier",
    "Patient.name.where(family = 'x' or 1 div 0)",
    "Patient.name.where(" * 20 + "true" + ")" * 20,
    "Patient" + ".name" * 200,
    "Patient.name.where(family = 'unended)",
    "Patient; DROP TABLE",
    "Patient.name.where(())",
    "((((((((((Patient))))))))))",
    "Patient.where(" + "(" * 400 + "true" + ")" * 400 + ")",
    "a" * 501,
]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_path_outside_the_small_language(path: str) -> None:
    with pytest.raises(Faulty):
        change(BORN, op("delete", path))


def test_a_patch_that_looks_at_too_much_is_stopped() -> None:
    many = {"identifier": THREE * 5_000}
    steps = [op("delete", "Patient.identifier.where(value = 'x' or system = 'y')")] * 10
    with pytest.raises(Unfit) as told:
        change(many, *steps)
    assert told.value.faults[0].sort == "too-costly"


def test_too_many_steps() -> None:
    with pytest.raises(Faulty):
        change(BORN, *[op("delete", "Patient.birthDate")] * (MAX_STEPS + 1))


def test_what_is_not_touched_keeps_its_letters() -> None:
    text = (
        b'{"resourceType":"Observation","status":"final","valueQuantity":{"value":72.50},'
        b'"component":[{"valueQuantity":{"value":1.0}}]}'
    )
    patch = (
        b'{"resourceType":"Parameters","parameter":[{"name":"operation","part":['
        b'{"name":"type","valueCode":"replace"},'
        b'{"name":"path","valueString":"Observation.component[0].value.value"},'
        b'{"name":"value","valueDecimal":2.500}]}]}'
    )
    assert patched(text, patch, FHIRPATH_PATCH) == text.replace(b"1.0", b"2.500")
