"""What a value set holds, and whether a code is in it: worked examples after R4, ValueSet 4.9."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from samverka.kernel.problems import Invalid, NotFound
from samverka.resources.rules.definitions import value_sets
from samverka.resources.rules.terminology import (
    STANDARD,
    check,
    expand,
    expansion_of,
    matching,
)
from samverka.resources.rules.terminology.checking import check_any
from samverka.resources.rules.terminology.known import set_url
from samverka.resources.rules.validation import validate

FOOD = "https://example.org/food"
CODES: dict[str, Any] = {
    "resourceType": "CodeSystem",
    "url": FOOD,
    "status": "active",
    "content": "complete",
    "concept": [
        {
            "code": "fruit",
            "display": "Frukt",
            "property": [{"code": "notSelectable", "valueBoolean": True}],
            "concept": [
                {"code": "apple", "display": "Äpple"},
                {
                    "code": "citrus",
                    "display": "Citrusfrukt",
                    "concept": [{"code": "lemon", "display": "Citron"}],
                },
            ],
        },
        {
            "code": "bread",
            "display": "Bröd",
            "property": [
                {"code": "made", "valueCode": "baked"},
                {"code": "inactive", "valueBoolean": True},
            ],
        },
    ],
}


@dataclass
class Books:
    """A library that holds what it is given, and the standard's own."""

    sets: dict[str, Any] = field(default_factory=dict)
    systems: dict[str, Any] = field(default_factory=lambda: {FOOD: CODES})

    def value_set(self, url: str) -> Any:
        return self.sets.get(url) or STANDARD.value_set(url)

    def code_system(self, url: str) -> Any:
        return self.systems.get(url) or STANDARD.code_system(url)


def made(include: list[Any], exclude: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    compose = {"include": include, **({"exclude": exclude} if exclude else {}), **more}
    return {"resourceType": "ValueSet", "status": "active", "compose": compose}


def codes(value_set: dict[str, Any], books: Books | None = None) -> list[str]:
    return [one.code for one in expand(value_set, books or Books())]


def by(op: str, value: str, name: str = "concept") -> dict[str, Any]:
    return {"system": FOOD, "filter": [{"property": name, "op": op, "value": value}]}


def test_a_whole_system_without_what_only_gathers_others() -> None:
    assert codes(made([{"system": FOOD}])) == ["bread", "apple", "citrus", "lemon"]


def test_listed_codes_keep_their_order_and_words() -> None:
    listed = [{"code": "lemon"}, {"code": "apple", "display": "Ett äpple"}]
    found = expand(made([{"system": FOOD, "concept": listed}]), Books())
    assert [(one.code, one.display) for one in found] == [
        ("lemon", "Citron"),
        ("apple", "Ett äpple"),
    ]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (by("is-a", "fruit"), ["apple", "citrus", "lemon"]),
        (by("descendent-of", "citrus"), ["lemon"]),
        (by("is-a", "citrus"), ["citrus", "lemon"]),
        (by("is-not-a", "fruit"), ["bread"]),
        (by("generalizes", "lemon"), ["citrus", "lemon"]),
        (by("=", "baked", "made"), ["bread"]),
        (by("in", "apple,lemon", "code"), ["apple", "lemon"]),
        (by("not-in", "apple,lemon", "code"), ["bread", "citrus"]),
        (by("exists", "true", "made"), ["bread"]),
        (by("exists", "false", "made"), ["apple", "citrus", "lemon"]),
        (by("=", "citrus", "parent"), ["lemon"]),
    ],
)
def test_filters(part: dict[str, Any], expected: list[str]) -> None:
    assert codes(made([part])) == expected


def test_what_is_excluded_goes_and_doubles_come_once() -> None:
    both = made([{"system": FOOD}, by("is-a", "citrus")], [by("is-a", "citrus")])
    assert codes(both) == ["bread", "apple"]


def test_inactive_codes_go_when_the_set_says_so() -> None:
    assert codes(made([{"system": FOOD}], inactive=False)) == ["apple", "citrus", "lemon"]


def test_a_set_of_sets_holds_what_all_of_them_have() -> None:
    books = Books(
        sets={"urn:a": made([by("is-a", "fruit")]), "urn:b": made([by("is-a", "citrus")])}
    )
    assert codes(made([{"valueSet": ["urn:a", "urn:b|1"]}]), books) == ["citrus", "lemon"]
    with_system = made([{"system": FOOD, "concept": [{"code": "apple"}], "valueSet": ["urn:a"]}])
    assert codes(with_system, books) == ["apple"]


def test_a_set_that_holds_itself_is_refused() -> None:
    books = Books()
    books.sets["urn:me"] = made([{"valueSet": ["urn:me"]}])
    with pytest.raises(Invalid):
        codes(books.sets["urn:me"], books)


def test_sets_within_sets_that_double_at_each_step_are_refused() -> None:
    books = Books()
    books.sets["urn:0"] = made([{"system": FOOD}])
    for step in range(1, 10):
        books.sets[f"urn:{step}"] = made([{"valueSet": [f"urn:{step - 1}"]}] * 40)
    with pytest.raises(Invalid):
        codes(books.sets["urn:9"], books)


def test_a_set_that_is_not_here_is_told() -> None:
    with pytest.raises(NotFound):
        codes(made([{"valueSet": ["urn:none"]}]))


@pytest.mark.parametrize(
    "part",
    [
        {"system": "http://snomed.info/sct"},
        {
            "system": "http://snomed.info/sct",
            "filter": [{"property": "concept", "op": "is-a", "value": "404684003"}],
        },
        {"system": "http://terminology.hl7.org/CodeSystem/v3-TimingEvent"},
        by("regex", "(a+)+$", "code"),
        {},
    ],
)
def test_what_needs_more_than_is_here_is_refused_in_words(part: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        codes(made([part]))
    assert refused.value.where.startswith("ValueSet.compose.include")


def test_codes_of_snomed_that_are_listed_one_by_one_need_no_server() -> None:
    listed = {"system": "http://snomed.info/sct", "concept": [{"code": "734163000"}]}
    assert codes(made([listed])) == ["734163000"]


def test_a_set_that_only_has_its_expansion() -> None:
    contains = [
        {"abstract": True, "display": "Alla", "contains": [{"system": FOOD, "code": "apple"}]},
        {"system": FOOD, "code": "bread"},
    ]
    assert codes({"expansion": {"contains": contains}}) == ["apple", "bread"]
    with pytest.raises(Invalid):
        codes({"resourceType": "ValueSet"})


@pytest.mark.parametrize("name", sorted(value_sets().sets))
def test_every_required_set_of_the_standard_is_right_and_can_be_listed(name: str) -> None:
    value_set = STANDARD.value_set(set_url(name))
    assert value_set is not None
    assert validate(value_set) == []
    listed = {(one.system, one.code) for one in expand(value_set, Books())}
    assert listed == {(s, c) for s, found in value_sets().sets[name].items() for c in found}
    assert STANDARD.by_id("ValueSet", value_set["id"]) == value_set


def test_a_system_is_whole_only_when_a_set_of_its_name_is_all_of_it() -> None:
    status = STANDARD.code_system("http://hl7.org/fhir/observation-status")
    part = STANDARD.code_system("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
    assert status is not None
    assert part is not None
    assert (status["content"], part["content"]) == ("complete", "fragment")
    assert STANDARD.by_id("CodeSystem", status["id"]) == status


# ── pages of an expansion ──


def test_words_are_found_by_their_beginnings_without_accents() -> None:
    found = expand(made([{"system": FOOD}]), Books())
    assert [one.code for one in matching(found, "CITR")] == ["citrus", "lemon"]
    assert [one.code for one in matching(found, "äpp")] == ["apple"]
    assert matching(found, "frukt citrus x") == []


def test_a_page_of_the_codes_and_how_many_there_are() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    value_set = {**made([{"system": FOOD}]), "url": "urn:food"}
    found = expand(value_set, Books())
    page = expansion_of(value_set, found, at=at, offset=1, count=2, asked=[("count", "2")])
    assert [one["code"] for one in page["expansion"]["contains"]] == ["apple", "citrus"]
    assert (page["expansion"]["total"], page["expansion"]["offset"]) == (4, 1)
    assert validate(page) == []
    none = expansion_of(value_set, found, at=at, count=0)
    assert none["expansion"]["total"] == 4
    assert "contains" not in none["expansion"]
    assert validate(none) == []


# ── is it in it? ──


def test_a_code_is_in_it_by_its_system_and_its_name() -> None:
    found = expand(made([{"system": FOOD}]), Books())
    assert check(found, system=FOOD, code="apple").holds
    assert check(found, system="", code="apple").display == "Äpple"
    assert not check(found, system="urn:other", code="apple").holds
    assert not check(found, system=FOOD, code="fruit").holds
    wrong = check(found, system=FOOD, code="apple", display="Päron")
    assert (wrong.holds, wrong.display) == (False, "Äpple")
    assert check(found, system=FOOD, code="apple", display="äpple ").holds


def test_a_code_of_two_systems_needs_its_system() -> None:
    found = expand(
        made([{"system": FOOD}, {"system": "urn:b", "concept": [{"code": "apple"}]}]), Books()
    )
    assert not check(found, system="", code="apple").holds
    assert check(found, system="urn:b", code="apple").holds


def test_one_coding_of_several_is_enough() -> None:
    found = expand(made([{"system": FOOD}]), Books())
    assert check_any(found, [("urn:b", "x", ""), (FOOD, "lemon", "")]).display == "Citron"
    assert not check_any(found, []).holds
