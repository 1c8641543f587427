"""Codes by set and by level, and the limits of a search: what cannot be done is said in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from samverka.careplans.reads import PlanDetail
from samverka.config.searching import paging
from samverka.people.reads import PersonDetail
from samverka.resources.reads.searching import finding, including
from samverka.resources.reads.searching.sql import Sql
from samverka.resources.rules.searching import parsing
from tests.config.searching.asked import bundle, names, observe
from tests.factories.fhir import FhirClient, issues, told

LOINC = "http://loinc.org"
LEVELS = "urn:example:levels"
STATUSES = "http://hl7.org/fhir/ValueSet/observation-status"
SET = "http://example.org/ValueSet/weights"


def coded(client: FhirClient, karin: PersonDetail, system: str, code: str) -> str:
    return observe(
        client, karin, "2026-11-20", 72, code={"coding": [{"system": system, "code": code}]}
    )


@pytest.fixture
def library(nurse: FhirClient) -> None:
    """A set and a code system with levels, which a client has written."""
    weights = {"system": LOINC, "concept": [{"code": "29463-7"}, {"code": "3141-9"}]}
    inner = [{"code": "c"}]
    levels = [{"code": "a", "concept": [{"code": "b", "concept": inner}]}, {"code": "x"}]
    for resource in (
        {"resourceType": "ValueSet", "url": SET, "compose": {"include": [weights]}},
        {"resourceType": "CodeSystem", "url": LEVELS, "content": "complete", "concept": levels},
    ):
        assert nurse.post({**resource, "status": "active"}).status_code == 201


def test_codes_by_set(nurse: FhirClient, karin: PersonDetail, library: None) -> None:
    weight, other = observe(nurse, karin, "2026-11-20", 72), coded(nurse, karin, LOINC, "8867-4")
    about = f"Observation?patient={karin.id}&_sort=_id"
    for query, found in (
        (f"code:in={SET}", {weight}),
        (f"code:not-in={SET}", {other}),
        (f"code:in={SET},{SET}", {weight}),
        (f"status:in={STATUSES}", {weight, other}),
        (f"status:not-in={STATUSES}", set()),
    ):
        assert set(names(bundle(nurse, f"{about}&{query}"))) == found, query
    assert told(nurse.get(f"{about}&code:in=http://example.org/none")) == (400, ["code"])


def test_codes_by_level(nurse: FhirClient, karin: PersonDetail, library: None) -> None:
    made = {code: coded(nurse, karin, LEVELS, code) for code in "abcx"}
    about = f"Observation?patient={karin.id}"
    for query, found in (
        (f"code:below={LEVELS}|b", "bc"),
        (f"code:below={LEVELS}|a", "abc"),
        (f"code:above={LEVELS}|b", "ab"),
        (f"code:above={LEVELS}|x", "x"),
    ):
        assert set(names(bundle(nurse, f"{about}&{query}"))) == {made[one] for one in found}, query


@pytest.mark.parametrize(
    "query",
    [
        f"code:below={LOINC}|29463-7",  # nobody has said what stands under what
        "status:below=http://hl7.org/fhir/observation-status|amended",
        "code:above=29463-7",
        "subject:below=Patient/1",  # only addresses have levels
        "subject:above=Patient/1",
        "code:contains=x",
        "date:exact=2026",
        "value-quantity:not=1",
        "_text=x",
        "_content=x",
        "_query=x",
        "_filter=x",
        "_list=x",
    ],
)
def test_what_cannot_be_done_is_refused(nurse: FhirClient, query: str) -> None:
    status, where = told(nurse.get(f"Observation?{query}"))
    assert (status, where[0].partition(":")[0]) == (400, query.partition("=")[0].partition(":")[0])


def test_a_set_may_be_too_large(
    nurse: FhirClient, library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "MOST_CODES", 1)
    [issue] = issues(nurse.get(f"Observation?code:in={SET}"))
    assert "högst 1" in issue["diagnostics"]


# ── limits ──


def outcome(made: dict[str, Any]) -> list[str]:
    found = [one["resource"] for one in made["entry"] if one["search"]["mode"] == "outcome"]
    return [issue["code"] for one in found for issue in one["issue"]]


def test_what_is_cut_says_so(
    nurse: FhirClient, karin: PersonDetail, plan: PlanDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = f"CarePlan?patient={karin.id}&_include=CarePlan:goal&_include=CarePlan:subject"
    assert outcome(bundle(nurse, asked)) == []
    monkeypatch.setattr(including, "MOST", 1)
    made = bundle(nurse, asked)
    assert len(names(made, "include")) == 1
    assert outcome(made) == ["too-costly"]


def test_who_asks_too_much_is_told(
    nurse: FhirClient, karin: PersonDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search that the database would not finish in time ends in words, and harms no other."""
    observe(nurse, karin, "2026-11-20", 72)
    with monkeypatch.context() as slow:
        slow.setattr(paging, "SECONDS", 0.1)
        forever = Sql("EXISTS (SELECT 1 FROM pg_sleep(60))")
        slow.setattr(finding, "condition", lambda *_asked, **_more: forever)
        answer = nurse.get("Observation?status=final")
    [issue] = issues(answer)
    assert (answer.status_code, issue["code"]) == (422, "too-costly")
    assert len(names(bundle(nurse, "Observation?status=final"))) == 1


def test_how_many_conditions(nurse: FhirClient) -> None:
    many = "&".join(f"code={number}" for number in range(31))
    for query in (many, "code=" + ",".join(map(str, range(201))), "code=" + quote(",,")):
        assert nurse.get(f"Observation?{query}").status_code == 400
