"""A form filled in beforehand: worked examples, and expressions that must not reach, hang or lie."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from samverka.kernel.problems import Invalid, NotFound
from samverka.resources.rules.populating import expressions, populate
from samverka.resources.rules.populating.filling import INITIAL, LAUNCH, answer
from samverka.resources.rules.validation import validate
from tests.config.invoked.test_calling import ask, post

AT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
KARIN: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "k",
    "active": True,
    "name": [{"family": "Åström", "given": ["Karin", "Maria"]}],
    "birthDate": "1941-03-02",
    "multipleBirthInteger": 2,
    "gender": "female",
}
FULL_NAME = "%patient.name.first().given.join(' ') + ' ' + %patient.name.first().family"


def item(link: str, sort: str, expression: str = "", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"linkId": link, "type": sort, "text": link, **more}
    if expression:
        value = {"language": "text/fhirpath", "expression": expression}
        made["extension"] = [{"url": INITIAL, "valueExpression": value}]
    return made


def form(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "id": "q",
        "url": "https://example.org/q",
        "version": "2",
        "status": "active",
        "item": list(items),
        **more,
    }


def filled(*items: dict[str, Any]) -> dict[str, Any]:
    made = populate(form(*items), {"patient": KARIN}, AT)
    return {one["linkId"]: one.get("answer") for one in made.items}


def test_each_type_of_question_gets_its_own_sort_of_answer() -> None:
    options = [{"valueCoding": {"system": "urn:sex", "code": "female", "display": "Kvinna"}}]
    assert filled(
        item("name", "string", FULL_NAME),
        item("born", "date", "%patient.birthDate"),
        item("active", "boolean", "%patient.active"),
        item("twin", "integer", "%patient.multipleBirth"),
        item("sex", "choice", "%patient.gender", answerOption=options),
        item("day", "date", "today()"),
        item("whole", "decimal", "1.50"),
        item("given", "string", "%patient.name.given", repeats=True),
    ) == {
        "name": [{"valueString": "Karin Maria Åström"}],
        "born": [{"valueDate": "1941-03-02"}],
        "active": [{"valueBoolean": True}],
        "twin": [{"valueInteger": 2}],
        "sex": [{"valueCoding": options[0]["valueCoding"]}],
        "day": [{"valueDate": "2026-11-24"}],
        "whole": [{"valueDecimal": pytest.approx(1.5)}],
        "given": [{"valueString": "Karin"}, {"valueString": "Maria"}],
    }


def test_without_an_expression_the_initial_value_or_what_the_definition_names() -> None:
    patient = "http://hl7.org/fhir/StructureDefinition/Patient#Patient.birthDate"
    assert filled(
        item("a", "string", initial=[{"valueString": "x"}]),
        item("b", "date", definition=patient),
        item("c", "string", definition="http://example.org/Patient#Patient.x() | %patient"),
        item("d", "string"),
    ) == {"a": [{"valueString": "x"}], "b": [{"valueDate": "1941-03-02"}], "c": None, "d": None}


def test_groups_stay_and_displays_go() -> None:
    inner = item("in", "string", "'x'")
    made = populate(
        form({"linkId": "g", "type": "group", "item": [inner, item("t", "display")]}), {}, AT
    )
    assert made.items == [
        {"linkId": "g", "item": [{"linkId": "in", "text": "in", "answer": [{"valueString": "x"}]}]}
    ]


def test_what_could_not_be_filled_in_is_told_by_its_question() -> None:
    launch = {"url": LAUNCH, "extension": [{"url": "name", "valueCoding": {"code": "user"}}]}
    made = populate(
        form(
            item("many", "string", "%patient.name.given"),
            item("wrong", "date", "%patient.active"),
            item("none", "string", "%encounter.id"),
            item("odd", "string", "1 +"),
            {**item("cql", "string", "x"), "extension": [
                {"url": INITIAL, "valueExpression": {"language": "text/cql", "expression": "x"}}
            ]},
            extension=[launch],
        ),
        {"patient": KARIN},
        AT,
    )  # fmt: skip
    assert sorted(link for link, _words in made.left) == ["", "cql", "many", "none", "odd", "wrong"]
    assert made.items[0]["answer"] == [{"valueString": "Karin"}]


@pytest.mark.parametrize(
    "expression",
    [
        "%patient.repeat(children())",
        "%patient.descendants()",
        "'a'.matches('(a+)+$')",
        "%patient.name.trace('x')",
        "'a'.replace('', 'aa')",
        "%patient.resolve()",
        "((((((1))))))",
        "%secret",
        "1" * (expressions.LONGEST + 1),
        "`x`",
        "'open",
        "1 + /* x */ 2 @ ;",
    ],
)
def test_what_is_not_allowed_is_refused_before_it_is_worked_out(expression: str) -> None:
    with pytest.raises(expressions.Unevaluated):
        expressions.evaluate(expression, {"patient": KARIN}, AT)


def test_what_takes_too_long_is_ended() -> None:
    names = [{"given": ["a"]}] * 3000
    with pytest.raises(expressions.Unevaluated) as refused:
        expressions.evaluate(
            "%patient.name.select(%patient.name.select(given))", {"patient": {"name": names}}, AT
        )
    assert refused.value.slow
    assert expressions.evaluate("1 + 1", {}, AT) == [2]


def test_slow_expressions_end_the_whole_form() -> None:
    slow = [item(str(n), "string", "1+" * 249 + "1") for n in range(10)]
    made = populate(form(*slow), {"patient": KARIN}, AT)
    told = [str(words) for _link, words in made.left]
    assert sum("lång tid" in one for one in told) <= 4
    assert len(told) == 10


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("integer", True), ("integer", "1"), ("boolean", "true"), ("date", "2026-11-23T10:00:00Z"),
        ("date", "2026-13-01"), ("string", ""), ("string", 1), ("quantity", 1), ("reference", "x"),
        ("choice", "not there"), ("decimal", "1"), ("unknown", "x"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_no_answer(sort: str, value: Any) -> None:
    assert answer(sort, value, {}) is None


# ── as an operation ──


def populated(body: Any, *contents: Any, address: str = "Questionnaire/$populate") -> Any:
    parameter = body if isinstance(body, list) else [body]
    found = post(address, {"resourceType": "Parameters", "parameter": parameter}, *contents)
    made = {one["name"]: one["resource"] for one in found["parameter"]}
    for one in made.values():
        assert validate(one) == []
    return made


SUBJECT = {"name": "subject", "valueReference": {"reference": "Patient/k"}}


def test_a_form_that_is_sent_by_address_or_by_id() -> None:
    one = form(item("name", "string", FULL_NAME))
    sent = {"name": "questionnaire", "resource": one}
    url = {"name": "canonical", "valueCanonical": "https://example.org/q|2"}
    for found in (
        populated([sent, SUBJECT], KARIN),
        populated([url, SUBJECT], KARIN, one),
        populated(SUBJECT, KARIN, one, address="Questionnaire/q/$populate"),
    ):
        response = found["response"]
        assert response["status"] == "in-progress"
        assert response["questionnaire"] == "https://example.org/q|2"
        assert response["subject"] == {"reference": "Patient/k"}
        assert response["item"][0]["answer"] == [{"valueString": "Karin Maria Åström"}]
        assert "issues" not in found


def test_by_get_the_person_is_named_in_the_address() -> None:
    one = form(item("name", "string", FULL_NAME))
    found = ask("Questionnaire/q/$populate", KARIN, one, subject="Patient/k")
    assert found["parameter"][0]["resource"]["item"][0]["answer"]


def test_a_context_is_read_here_through_the_gate() -> None:
    encounter = {"resourceType": "Encounter", "id": "e", "status": "planned"}
    context = {
        "name": "context",
        "part": [
            {"name": "name", "valueString": "encounter"},
            {"name": "content", "valueReference": {"reference": "Encounter/e"}},
        ],
    }
    one = form(item("status", "string", "%encounter.status"))
    found = populated([{"name": "questionnaire", "resource": one}, context], encounter)
    assert found["response"]["item"][0]["answer"] == [{"valueString": "planned"}]
    with pytest.raises(NotFound):
        populated([{"name": "questionnaire", "resource": one}, context])


def test_without_the_person_what_needs_the_person_is_told() -> None:
    found = populated({"name": "questionnaire", "resource": form(item("a", "string", FULL_NAME))})
    [issue] = found["issues"]["issue"]
    assert issue["expression"] == ["QuestionnaireResponse.descendants().where(linkId='a')"]


@pytest.mark.parametrize(
    "body",
    [
        [],
        [{"name": "subject", "valueReference": {"reference": "Group/1"}}],
        [{"name": "canonical", "valueCanonical": "urn:none"}],
    ],
)
def test_what_lacks_or_is_not_there_is_refused(body: list[Any]) -> None:
    with pytest.raises((Invalid, NotFound)):
        populated(body)
