"""A line as AuditEvent: valid R4, in the shape of IHE BALP's own examples."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from samverka.audit.fhir import audit_event
from samverka.audit.rules import LOG_KEPT_YEARS
from samverka.kernel.parameters import TABLE, Key
from samverka.resources.rules.validation import validate
from tests.audit.lines import PERSON, PLAN, READ
from tests.factories import samples

SITE = "samverka.example.org"
LIST = replace(READ, action="plan.list", object_ids=(PLAN, "0000-2"))
REFUSED = replace(READ, outcome=4, ground="", detail={"refusal": "no-relation"})
SEARCH = replace(
    READ, action="person.search", person_id="", object_type="", object_ids=(), ground=""
)
CHANGE = replace(READ, action="plan.edit", mode="U")
OPENING = replace(READ, action="emergency.open", mode="E", purpose="ETREAT", object_type="Opening")
JOB = replace(READ, actor_kind="system", actor_role="", unit_id="", unit_name="", provider_id="",
              provider_name="", request_id="", purpose="SYSADMIN")  # fmt: skip
ALL = {"read": READ, "list": LIST, "refused": REFUSED, "search": SEARCH, "change": CHANGE,
       "opening": OPENING, "job": JOB}  # fmt: skip


def event(line: Any = READ) -> dict[str, Any]:
    return audit_event(12, line, site=SITE, words="läste planen för")


def codes(values: list[dict[str, Any]]) -> list[str]:
    return [one["type"]["coding"][0]["code"] for one in values]


@pytest.mark.parametrize("name", ALL)
def test_every_kind_of_line_is_valid_r4(name: str) -> None:
    assert validate(json.dumps(event(ALL[name])).encode()) == []


def test_a_read_says_who_what_whose_when_and_why() -> None:
    made = event()
    assert made["recorded"] == "2026-11-20T14:30:05.250+00:00"
    assert (made["action"], made["outcome"]) == ("R", "0")
    assert made["purposeOfEvent"][0]["coding"][0]["code"] == "TREAT"
    user, custodian, server = made["agent"]
    assert codes([user, custodian, server]) == ["IRCP", "CST", "110153"]
    assert (user["requestor"], user["name"]) == (True, "Lena Berg")
    assert user["role"] == [{"text": "Distriktssköterska"}]
    assert user["location"]["display"] == "Krokoms hälsocentral"
    assert user["policy"] == ["urn:x-samverka:ground:care-relation"]
    assert custodian["who"]["display"] == "Regionens hälso- och sjukvård"
    assert server["network"]["address"] == SITE


def test_the_patient_has_role_1_and_each_object_role_4() -> None:
    entities = event(LIST)["entity"]
    roles = [one.get("role", {}).get("code") for one in entities]
    assert roles == ["1", "4", "4", None]
    assert entities[0]["what"] == {"reference": f"Patient/{PERSON}"}
    assert entities[1]["what"] == {"reference": f"CarePlan/{PLAN}"}


def test_a_refusal_has_outcome_4_and_names_no_object() -> None:
    """What was filtered away is never told (and neither is why)."""
    made = event(REFUSED)
    assert made["outcome"] == "4"
    assert "outcomeDesc" not in made
    assert PLAN not in json.dumps(made)
    assert "no-relation" not in json.dumps(made)


def test_an_empty_search_has_no_patient() -> None:
    assert [one["type"]["code"] for one in event(SEARCH)["entity"]] == ["XrequestId"]


def test_an_emergency_opening_is_told_by_its_purpose() -> None:
    made = event(OPENING)
    assert (made["action"], made["subtype"][0]["code"]) == ("E", "operation")
    assert made["purposeOfEvent"][0]["coding"][0]["code"] == "ETREAT"
    assert made["agent"][0]["purposeOfUse"][0]["coding"][0]["code"] == "ETREAT"


def test_a_job_has_no_unit_and_no_provider() -> None:
    assert codes(event(JOB)["agent"]) == ["IRCP", "110153"]
    assert "location" not in event(JOB)["agent"][0]


def test_a_changed_record_goes_to_the_server() -> None:
    assert codes(event(CHANGE)["agent"])[-1] == "110152"


@samples.needed
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("AuditEvent-ex-auditBasicReadServer.json", READ),
        ("AuditEvent-ex-auditBasicUpdate1.json", CHANGE),
    ],
)
def test_same_codes_as_the_published_example(name: str, line: Any) -> None:
    example = json.loads((samples.FOLDER / samples.BALP / name).read_text())
    made = event(line)
    assert made["type"]["code"] == example["type"]["code"]
    assert made["type"]["system"] == example["type"]["system"]
    assert made["subtype"][0] == example["subtype"][0]
    assert (made["action"], made["outcome"]) == (example["action"], example["outcome"])
    assert made["source"]["type"][0]["code"] == example["source"]["type"][0]["code"]
    ours = {(one["type"]["code"], one.get("role", {}).get("code")) for one in made["entity"]}
    theirs = {(one["type"]["code"], one.get("role", {}).get("code")) for one in example["entity"]}
    assert theirs <= ours
    user = next(one for one in example["agent"] if one["requestor"])
    assert codes(made["agent"])[0] == user["type"]["coding"][0]["code"]


def test_the_log_is_kept_at_least_five_years() -> None:
    """HSLF-FS 2016:40 4 chap."""
    [kept] = [one for one in TABLE if one.key is Key.LOG_KEPT]
    assert kept.value == LOG_KEPT_YEARS == 5
