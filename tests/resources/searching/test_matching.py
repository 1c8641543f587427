"""Does a resource fit a search? Worked examples after R4, Search 3.1.1, and the same read out of whole addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.searching.asking import read
from samverka.resources.rules.searching.indexing import index
from samverka.resources.rules.searching.matching import meets
from samverka.resources.rules.searching.parsing import Asked, split, unescaped
from samverka.resources.rules.searching.query import Chain, Criterion, Include, Order, Reverse
from samverka.resources.rules.searching.wanted import Prefix
from samverka.resources.rules.times import span_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SYSTEM = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"

PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "karin",
    "meta": {"tag": [{"system": "urn:tag", "code": "try"}]},
    "active": True,
    "identifier": [
        {
            "type": {"coding": [{"system": "urn:kinds", "code": "PNR"}]},
            "system": "http://electronichealth.se/identifier/personnummer",
            "value": "191212121212",
        }
    ],
    "name": [{"family": "Åström Öberg", "given": ["Karin", "Zoé"]}],
    "telecom": [
        {"system": "phone", "value": "070-1"},
        {"system": "email", "value": "k@example.se"},
    ],
    "birthDate": "1942-03-29",
    "deceasedBoolean": False,
    "address": [{"line": ["Storgatan 1"], "city": "Krokom"}],
    "managingOrganization": {"reference": "Organization/krokom"},
    "generalPractitioner": [{"reference": "https://other.example/fhir/Practitioner/7"}],
}


def observation(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "code": {
            "coding": [{"system": SYSTEM, "code": "271649006", "display": "Systoliskt blodtryck"}],
            "text": "Blodtryck",
        },
        "subject": {"reference": "Patient/karin", "identifier": {"system": "urn:p", "value": "1"}},
        **more,
    }


def weight(value: str, **more: Any) -> dict[str, Any]:
    quantity = {"value": Decimal(value), "unit": "kg", "system": UCUM, "code": "kg", **more}
    return observation(valueQuantity=quantity)


def fits(resource: dict[str, Any], name: str, value: str) -> bool:
    (condition,) = read(resource["resourceType"], [(name, value)], Asked(NOW)).conditions
    assert isinstance(condition, Criterion)
    return meets(index(resource), condition)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("_id", "karin", True),
        ("_id", "kari", False),
        ("_tag", "urn:tag|try", True),
        ("active", "true", True),
        ("active:not", "true", False),
        ("deceased", "false", True),
        ("identifier", "191212121212", True),
        ("identifier", "http://electronichealth.se/identifier/personnummer|191212121212", True),
        ("identifier", "urn:other|191212121212", False),
        ("identifier", "|191212121212", False),
        ("identifier", "http://electronichealth.se/identifier/personnummer|", True),
        ("identifier:of-type", "urn:kinds|PNR|191212121212", True),
        ("identifier:of-type", "urn:kinds|LMA|191212121212", False),
        ("family", "åström", True),
        ("family", "ÅSTRÖM  öberg", True),
        ("family", "astrom", False),  # å is a letter of its own, not an a with a ring
        ("family", "öberg", False),
        ("family:contains", "öberg", True),
        ("family:exact", "Åström Öberg", True),
        ("family:exact", "åström öberg", False),
        ("given", "zoe", True),
        ("name", "kar", True),
        ("name", "x,kar", True),
        ("phone", "070-1", True),
        ("phone", "k@example.se", False),
        ("email", "k@example.se", True),
        ("telecom", "phone|070-1", True),
        ("address", "stor", True),
        ("address-city", "krok", True),
        ("birthdate", "1942", True),
        ("birthdate", "1942-03", True),
        ("birthdate", "1942-03-29", True),
        ("birthdate", "1942-03-28", False),
        ("birthdate", "ne1942-03-28", True),
        ("birthdate", "gt1942-03-28", True),
        ("birthdate", "gt1942-03-29", False),
        ("birthdate", "ge1942-03-29", True),
        ("birthdate", "lt1942", False),
        ("birthdate", "le1942", True),
        ("birthdate", "sa1941", True),
        ("birthdate", "eb1943", True),
        ("birthdate", "eb1942", False),
        ("birthdate:missing", "true", False),
        ("death-date:missing", "true", True),
        ("organization", "krokom", True),
        ("organization", "Organization/krokom", True),
        ("organization:Organization", "krokom", True),
        ("organization", "Organization/krok", False),
        ("general-practitioner", "https://other.example/fhir/Practitioner/7", True),
        ("general-practitioner", "Practitioner/7", False),
    ],
)
def test_a_patient(name: str, value: str, *, expected: bool) -> None:
    assert fits(PATIENT, name, value) is expected


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        ({"effectiveDateTime": "2026-11-20T10:00:00+01:00"}, "2026-11-20", True),
        (
            {"effectiveDateTime": "2026-11-20T00:30:00+02:00"},
            "2026-11-19",
            True,
        ),  # by Sweden's clock
        (
            {"effectiveDateTime": "2026-11"},
            "2026-11-20",
            False,
        ),  # the day does not contain the month
        ({"effectiveDateTime": "2026-11"}, "2026", True),
        ({"effectiveDateTime": "2026-11-20"}, "ap2026-11-21", True),
        ({"effectiveDateTime": "2020"}, "ap2026-11-21", False),
        ({"effectivePeriod": {"start": "2026-01-01"}}, "gt2030", True),
        ({"effectivePeriod": {"start": "2026-01-01"}}, "2026", False),
        ({"effectivePeriod": {"start": "2026-01-01", "end": "2026-03-01"}}, "2026", True),
        ({"effectivePeriod": {"start": "2026-01-01", "end": "2026-03-01"}}, "eb2026-03-02", True),
        ({"effectivePeriod": {"end": "2026-03-01"}}, "sa2020", False),
        ({"effectiveInstant": "2026-11-20T10:00:00.5Z"}, "2026-11-20T11:00:00%2B01:00", True),
        ({"effectiveTiming": {"event": ["2026-01-01", "2026-02-01"]}}, "2026", True),
    ],
)
def test_times_are_ranges(held: dict[str, Any], asked: str, *, expected: bool) -> None:
    assert fits(observation(**held), "date", asked.replace("%2B", "+")) is expected


@pytest.mark.parametrize(
    ("value", "asked", "expected"),
    [
        ("72.50", "72.5", True),
        ("72.54", "72.5", True),  # 72.5 means 72.45 to 72.55
        ("72.55", "72.5", False),
        ("72.54", "72.50", False),
        ("100", "1e2", True),
        ("140", "1e2", True),  # one digit: 50 to 150
        ("151", "1e2", False),
        ("72.5", "gt72.5", False),
        ("72.51", "gt72.5", True),
        ("72.5", "ge72.5", True),
        ("72.5", "ne72.5", False),
        ("72.5", f"72.5|{UCUM}|kg", True),
        ("72.5", f"72.5|{UCUM}|g", False),
        ("72.5", f"72500|{UCUM}|g", True),
        ("72.54", f"72500|{UCUM}|g", False),  # 72 499.5 to 72 500.5
        ("72.54", f"7.25e4|{UCUM}|g", True),  # three digits: 72 450 to 72 550
        ("72.54", f"7.3e4|{UCUM}|g", True),
        ("72.5", f"gt72499|{UCUM}|g", True),
        ("72.5", f"lt72500|{UCUM}|g", False),
        ("72.5", f"72500|{UCUM}|mL", False),
        ("72.5", "72.5||kg", True),
        ("79", "ap72", True),
        ("80", "ap72", False),
    ],
)
def test_numbers_have_precision(value: str, asked: str, *, expected: bool) -> None:
    assert fits(weight(value), "value-quantity", asked) is expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("code", "271649006", True),
        ("code", f"{SYSTEM}|271649006", True),
        ("code", "|271649006", False),
        ("code:text", "blod", True),
        ("code:text", "systol", True),
        ("code:text", "puls", False),
        ("code:not", "1,2", True),
        ("code:not", "1,271649006", False),
        ("subject", "Patient/karin", True),
        ("patient", "karin", True),
        ("subject:identifier", "urn:p|1", True),
        ("subject:identifier", "urn:p|2", False),
        ("code-value-quantity", f"{SYSTEM}|271649006$ge120", True),
        ("code-value-quantity", f"{SYSTEM}|271649006$lt120", False),
        ("code-value-quantity", "1$ge120", False),
    ],
)
def test_an_observation(name: str, value: str, *, expected: bool) -> None:
    assert fits(weight("130"), name, value) is expected


def test_a_range_is_brought_to_the_same_unit() -> None:
    def within(low: str, high: str) -> dict[str, Any]:
        ends = {"low": (1, low), "high": (3, high)}
        parts = {
            name: {"value": Decimal(value), "system": UCUM, "code": code}
            for name, (value, code) in ends.items()
        }
        condition = {"code": {"text": "x"}, "subject": {"reference": "Patient/karin"}}
        return {"resourceType": "Condition", "id": "c", **condition, "onsetRange": parts}

    asked = ("onset-age", f"lt5000|{UCUM}|g")
    assert fits(within("kg", "kg"), *asked)
    assert not fits(within("kg", "mL"), *asked)  # no one measure


def test_parts_of_a_composite_belong_together() -> None:
    """The upper value of one part and the code of another find nothing."""
    parts = [("8480-6", "140"), ("8462-4", "90")]
    both = observation(
        component=[
            {"code": {"coding": [{"code": code}]}, "valueQuantity": {"value": Decimal(value)}}
            for code, value in parts
        ]
    )
    assert fits(both, "component-code-value-quantity", "8480-6$gt120")
    assert not fits(both, "component-code-value-quantity", "8462-4$gt120")


def test_a_uri_above_and_below() -> None:
    one = {"resourceType": "ValueSet", "url": "http://a.example/sets/one|2", "status": "active"}
    assert fits(one, "url", "http://a.example/sets/one")
    assert fits(one, "url:below", "http://a.example/sets")
    assert not fits(one, "url:below", "http://a.example/set")
    assert fits(one, "url:above", "http://a.example/sets/one/two")


# ── whole addresses ──


def test_the_whole_address() -> None:
    query = read(
        "CarePlan",
        [
            ("status", "active,draft"),
            ("subject:Patient.name", "karin"),
            ("_has:Task:based-on:status", "requested"),
            ("_include", "CarePlan:goal"),
            ("_include:iterate", "Goal:subject:Patient"),
            ("_revinclude", "Task:based-on"),
            ("_sort", "-date,_id"),
            ("_count", "0"),
        ],
        Asked(NOW),
    )  # fmt: skip
    status, chain, reverse = query.conditions
    assert isinstance(status, Criterion)
    assert len(status.wanted) == 2
    assert isinstance(chain, Chain)
    assert [one for one, _condition in chain.types] == ["Patient"]
    assert isinstance(reverse, Reverse)
    assert (reverse.type, reverse.code) == ("Task", "based-on")
    assert query.includes == (
        Include("CarePlan", "goal"),
        Include("Goal", "subject", "Patient", again=True),
    )
    assert query.order == (Order("date", "date", falling=True), Order("_id", "token"))
    assert query.count == 0


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("colour", "red", "colour"),
        ("status:exact", "active", "status:exact"),
        ("date", "last week", "date"),
        ("date", "2026-02-30", "date"),
        ("status", "", "status"),
        ("subject:missing", "perhaps", "subject:missing"),
        ("_count", "many", "_count"),
        ("_sort", "colour", "_sort"),
        ("_include", "CarePlan:status", "_include"),
        ("_include", "goal", "_include"),
        ("_summary", "some", "_summary"),
        ("category:in", "http://nobody.example/set", "category"),
        ("status.name", "x", "status.name"),
        ("_has:Task", "x", "_has:Task"),
        ("_has:Patient:organization:name", "x", "_has:Patient:organization:name"),
        ("subject" + ".link" * 9 + ".name", "x", "link.link.link.link.link.name"),
        ("status", ",".join(["active"] * 201), "status"),
    ],
)
def test_what_is_not_understood_says_where(name: str, value: str, where: str) -> None:
    with pytest.raises(Faulty) as caught:
        read("CarePlan", [(name, value)], Asked(NOW))
    assert where.startswith(caught.value.faults[0].path.split(".link")[0]) or (
        caught.value.faults[0].path == where
    )


def test_lenient_leaves_it_out_of_the_link_to_itself() -> None:
    query = read("CarePlan", [("colour", "red"), ("status", "active")], Asked(NOW, strict=False))
    assert query.left == ("colour",)
    assert query.used == (("status", "active"),)


@given(st.text(alphabet="ab\\,|$", max_size=12))
def test_escapes_go_both_ways(text: str) -> None:
    escaped = "".join(f"\\{one}" if one in "\\,|$" else one for one in text)
    assert [unescaped(one) for one in split(escaped, ",")] == [text]
    assert [unescaped(one) for one in split(f"{escaped},{escaped}", ",")] == [text, text]


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
)
def test_days_are_ordered_as_days(held: Any, asked: Any) -> None:
    """Of two days each prefix says what a calendar says; one of three holds of sa, eb and eq."""
    one = observation(effectiveDateTime=held.isoformat())
    said = {prefix: fits(one, "date", f"{prefix.value}{asked}") for prefix in Prefix}
    assert said[Prefix.EQ] is (held == asked) is not said[Prefix.NE]
    assert said[Prefix.GT] is said[Prefix.SA] is (held > asked)
    assert said[Prefix.LT] is said[Prefix.EB] is (held < asked)
    assert said[Prefix.GE] is (held >= asked)
    assert said[Prefix.LE] is (held <= asked)
    assert said[Prefix.AP] or not said[Prefix.EQ]


def test_a_minute_lasts_a_minute() -> None:
    found = span_of("2026-11-20T10:00")
    assert found is not None
    assert found.high - found.low == timedelta(minutes=1)
