"""A table of wrong resources, each told at its place and of its sort; what only looks odd is right."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from samverka.kernel.text import Text
from samverka.resources.rules.lines import Sort
from samverka.resources.rules.validation import MAX_DEPTH, MAX_FAULTS, validate
from tests.resources.validation.cases import ENTRY, GOOD, RIGHT, WRONG


def text_of(kind: str, more: str) -> str:
    more = more.replace("@", ENTRY).replace("%%", "%")
    return RIGHT[kind].replace("%s", more)


@pytest.mark.parametrize("kind", RIGHT)
def test_the_right_ones_are_right(kind: str):
    assert validate(text_of(kind, ""), kind) == []


def test_every_wrong_one_is_told_at_its_place():
    """One test of the whole table: it must have what it had, case by case."""
    missed = []
    for kind, more, path, sort in WRONG:
        found = validate(text_of(kind, more))
        if (path, sort) not in [(one.path, one.sort) for one in found]:
            missed.append((kind, more, path, sort, [(one.path, one.sort) for one in found]))
    assert not missed
    assert len(WRONG) >= 100


def test_one_fault_is_told_once():
    twice = [
        (more, [(one.path, str(one.message)) for one in found])
        for kind, more, _path, _sort in WRONG
        if len(found := validate(text_of(kind, more))) > 2
    ]
    assert not twice


def test_what_only_looks_odd_is_right():
    wrong = [(kind, more, found) for kind, more in GOOD if (found := validate(text_of(kind, more)))]
    assert not wrong


def test_the_words_are_swedish_and_never_quote_a_value():
    for kind, more, _path, _sort in WRONG:
        for fault in validate(text_of(kind, more.replace("x", "19121212-1212"))):
            assert isinstance(fault.message, Text)
            assert "19121212" not in fault.message
            assert "19121212" not in (fault.mend or "")


def test_an_object_is_judged_as_its_text_is():
    for kind, more, path, _sort in WRONG:
        text = text_of(kind, more)
        value = json.loads(text, parse_float=Decimal)
        if '"active":true,"active"' not in text:
            assert path in [one.path for one in validate(value)], text


def test_another_type_than_asked_for_is_told():
    [fault] = validate(text_of("Patient", ""), "Person")
    assert fault.path == "resourceType"
    assert [one.path for one in validate('{"id":"a"}', "Patient")] == [""]
    assert [one.path for one in validate("[]", "Patient")] == [""]


def test_depth_and_number_of_faults_are_limited():
    deep = (
        '{"url":"urn:x","extension":[' * MAX_DEPTH
        + '{"url":"urn:x","valueCode":"a"}'
        + "]}" * MAX_DEPTH
    )
    [fault] = validate(text_of("Patient", f',"extension":[{deep}]'))
    assert fault.sort == Sort.TOO_COSTLY
    assert [one.sort for one in validate("[" * 100_000)] == [Sort.TOO_COSTLY]
    for levels in range(100, 1000, 50):
        odd = "[" * levels + "1" + "]" * levels
        assert validate(text_of("Patient", f',"contained":[{{"x":"#"}}],"x":{odd},"x":{odd}'))
    many = ",".join(['{"text":""}'] * 500)
    assert len(validate(text_of("Patient", f',"name":[{many}]'))) == MAX_FAULTS


@pytest.mark.parametrize("size", [20_000, 40_000])
def test_no_text_makes_a_form_slow(size: int):
    """Texts that regular expressions could stumble over: each is judged in linear time."""
    for value in ("a " * size, "a" * size + "\\u0001", "1" * size, "<div " * size, "-" * size):
        more = (
            f',"language":"{value}","id":"{value}","photo":[{{"contentType":"a","data":"{value}"}}]'
            f',"text":{{"status":"generated","div":"{value}"}}'
        )
        assert validate(text_of("Patient", more))
