"""A line as AuditEvent: valid R4, in the shape of IHE BALP's own examples."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from samverka.audit.fhir import Names, audit_event, number_of
from samverka.audit.rules import LOG_KEPT_YEARS
from samverka.kernel.parameters import TABLE, Key
from samverka.resources.rules.profiles import breaks, claimed
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


CREATE = replace(READ, action="plan.start", mode="C")
PROFILES = {"read": "PatientRead", "list": "PatientQuery", "change": "PatientUpdate", "create": "PatientCreate"}  # fmt: skip


@pytest.mark.parametrize("name", PROFILES)
def test_what_is_done_with_a_person_keeps_to_the_pattern_of_balp(name: str) -> None:
    made = event({**ALL, "create": CREATE}[name])
    [url] = claimed(made)
    assert url.endswith(f".{PROFILES[name]}")
    assert breaks(made, url) == []
    for part in ("client", "server"):  # seen to fail
        role = {"client": ("110152", "110153"), "server": ("110153", "110152")}[part]
        code = role[0 if name == "read" else 1]
        agents = [one for one in made["agent"] if one["type"]["coding"][0]["code"] != code]
        assert breaks({**made, "agent": agents}, url)


@pytest.mark.parametrize("name", ["refused", "search", "opening", "job"])
def test_what_no_pattern_is_of_claims_none_or_keeps_to_it(name: str) -> None:
    made = event(ALL[name])
    assert [breaks(made, url) for url in claimed(made)] in ([], [[]])
    assert bool(claimed(made)) == (name == "job")


def test_a_list_is_a_question_and_each_thing_shown() -> None:
    made = event(LIST)
    assert (made["action"], made["subtype"][0]["code"]) == ("E", "search")
    person, query, *shown, _request = made["entity"]
    assert person["role"]["code"] == "1"
    assert query["role"]["code"] == "24"
    assert b64decode(query["query"]).decode() == f"plan.list CarePlan?patient=Patient/{PERSON}"
    assert [one["role"]["code"] for one in shown] == ["4", "4"]
    assert {one["type"]["code"] for one in shown} == {"CarePlan"}


def test_staff_and_care_provider_are_named_by_hsa_id_and_the_client_by_its_token() -> None:
    line = replace(READ, detail={"client": "Journalen", "client_id": "77"})
    names = Names("SE2321000214-AB12", "SE2321000214-VG01")
    user, custodian, client, _server = audit_event(1, line, site=SITE, names=names)["agent"]
    assert user["who"]["identifier"]["value"] == "SE2321000214-AB12"
    assert custodian["who"]["identifier"]["value"] == "SE2321000214-VG01"
    assert client["who"] == {
        "display": "Journalen",
        "identifier": {"system": "urn:x-samverka:client", "value": "77"},
    }


def test_the_id_is_the_number_and_nothing_else_is_one() -> None:
    assert number_of(UUID(event()["id"])) == 12
    assert number_of(UUID(int=0)) is None
    assert number_of(UUID("a9aaa3a7-2b58-4637-afb6-8fea1fd8c635")) is None


@pytest.mark.parametrize("name", ALL)
def test_every_kind_of_line_is_valid_r4(name: str) -> None:
    assert validate(json.dumps(event(ALL[name])).encode()) == []


def test_a_read_says_who_what_whose_when_and_why() -> None:
    made = event()
    assert made["recorded"] == "2026-11-20T14:30:05.250+00:00"
    assert (made["action"], made["outcome"]) == ("R", "0")
    assert made["purposeOfEvent"][0]["coding"][0]["code"] == "TREAT"
    user, custodian, client, server = made["agent"]
    assert codes([user, custodian, client, server]) == ["IRCP", "CST", "110152", "110153"]
    assert client["who"] == {"display": "Samverka"}
    assert (user["requestor"], user["name"]) == (True, "Lena Berg")
    assert user["role"] == [{"text": "Distriktssköterska"}]
    assert user["location"]["display"] == "Krokoms hälsocentral"
    assert user["policy"] == ["urn:x-samverka:ground:care-relation"]
    assert custodian["who"]["display"] == "Regionens hälso- och sjukvård"
    assert server["network"]["address"] == SITE


def test_the_patient_has_role_1_and_each_object_role_4() -> None:
    entities = event(LIST)["entity"]
    roles = [one.get("role", {}).get("code") for one in entities]
    assert roles == ["1", "24", "4", "4", None]
    assert entities[0]["what"] == {"reference": f"Patient/{PERSON}"}
    assert entities[2]["what"] == {"reference": f"CarePlan/{PLAN}"}


def test_a_refusal_has_outcome_4_and_names_no_object() -> None:
    """What was filtered away is never told (and neither is why)."""
    made = event(REFUSED)
    assert made["outcome"] == "4"
    assert "outcomeDesc" not in made
    assert PLAN not in json.dumps(made)
    assert "no-relation" not in json.dumps(made)


def test_an_empty_search_has_no_patient() -> None:
    assert [one["type"]["code"] for one in event(SEARCH)["entity"]] == ["2", "XrequestId"]


def test_an_emergency_opening_is_told_by_its_purpose() -> None:
    made = event(OPENING)
    assert (made["action"], made["subtype"][0]["code"]) == ("E", "operation")
    assert made["purposeOfEvent"][0]["coding"][0]["code"] == "ETREAT"
    assert made["agent"][0]["purposeOfUse"][0]["coding"][0]["code"] == "ETREAT"


def test_a_job_has_no_unit_and_no_provider() -> None:
    assert codes(event(JOB)["agent"]) == ["IRCP", "110152", "110153"]
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
