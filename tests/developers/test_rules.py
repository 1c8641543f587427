"""A request in plain values: what can be sent, how it is copied, how an answer is read."""

from __future__ import annotations

import ast
import json
import shlex
from typing import Any

import pytest

from samverka.developers.rules.answers import LONGEST, answered
from samverka.developers.rules.copying import (
    copies,
    curl,
    javascript,
    python,
    token_command,
    token_script,
)
from samverka.developers.rules.examples import EXAMPLES, About
from samverka.developers.rules.requests import METHODS, Request, request_of
from samverka.kernel.problems import Invalid

BASE = "https://plan.example/fhir/R4"


def read(
    method: str = "GET", address: str = "Patient", headers: str = "", body: str = ""
) -> Request:
    return request_of(method, address, headers, body, base=BASE)


# ── what can be sent ──


@pytest.mark.parametrize(
    "address",
    [
        "Patient?_count=5",
        "/Patient?_count=5",
        f"{BASE}/Patient?_count=5",
        "/fhir/R4/Patient?_count=5",
    ],
)
def test_the_address_may_be_pasted_whole(address: str) -> None:
    assert read(address=address).whole(BASE) == f"{BASE}/Patient?_count=5"


@pytest.mark.parametrize("address", ["", "/", BASE, f"{BASE}/"])
def test_the_base_is_an_address(address: str) -> None:
    assert read("POST", address, body="{}").whole(BASE) == BASE


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/fhir/R4/Patient",
        "//evil.example/Patient",
        "../../sok/",
        "Patient/../../../sok/",
        "Patient/{id}",
        "Patient/\n1",
        f"{BASE}evil/Patient",
    ],
)
def test_nothing_is_asked_elsewhere(address: str) -> None:
    with pytest.raises(Invalid):
        read(address=address)


def test_words_in_a_search_are_coded() -> None:
    asked = read(address="Patient?name=Åsa Berg&identifier=urn:oid:1.2|3")
    assert asked.whole(BASE).endswith("?name=%C3%85sa%20Berg&identifier=urn:oid:1.2%7C3")


def test_headers_are_those_that_the_server_reads() -> None:
    asked = read(
        "POST", headers="prefer: return=minimal\n\nContent-Type: application/fhir+json", body="{}"
    )
    assert asked.headers == (
        ("Prefer", "return=minimal"),
        ("Content-Type", "application/fhir+json"),
    )


@pytest.mark.parametrize(
    "line", ["Authorization: Bearer x", "Cookie: a=b", "X-Forwarded-Host: y", "Prefer", "Prefer:"]
)
def test_no_other_header_is_sent(line: str) -> None:
    with pytest.raises(Invalid):
        read(headers=line)


def test_what_sends_nothing_has_no_body() -> None:
    asked = read("GET", headers="Content-Type: text/plain", body="{}")
    assert (asked.body, asked.headers) == ("", ())


READS = {
    ("GET", "Patient"): True,
    ("POST", "Patient/_search"): True,
    ("POST", "Observation/$validate"): True,
    ("POST", "$take-in"): False,
    ("POST", "Patient"): False,
    ("POST", ""): False,
    ("POST", "Patient?_search"): False,
    ("PUT", "Patient/1"): False,
    ("PATCH", "Patient/1"): False,
    ("DELETE", "Patient/1"): False,
}


@pytest.mark.parametrize(("method", "address"), READS)
def test_what_only_reads(method: str, address: str) -> None:
    assert Request(method, address).only_reads is READS[method, address]


# ── copies ──

AWKWARD = '{"text": "Åsas \\"ord\\", it\'s $HOME `pwd` ${x} \\\\ 72.50"}'


@pytest.mark.parametrize("body", [AWKWARD, '{\n  "value": 72.50\n}', '"""', "ends with \\"])
def test_a_body_comes_through_to_the_letter(body: str) -> None:
    asked = Request("POST", "Observation", (("If-None-Exist", "code=a|'b'&x=\"$Y\""),), body)
    words = shlex.split(curl(asked, BASE).replace("\\\n", ""))
    assert words[words.index("--data-binary") + 1] == body
    assert f"{asked.headers[0][0]}: {asked.headers[0][1]}" in words
    assert "Authorization: Bearer $TOKEN" in words  # in double quotes: the shell puts it in
    call = next(
        node
        for node in ast.walk(ast.parse(python(asked, BASE)))
        if isinstance(node, ast.keyword) and node.arg == "data"
    )
    made: Any = call.value
    assert ast.literal_eval(made.func.value) == body
    assert asked.whole(BASE) in javascript(asked, BASE)


def test_an_ordinary_body_can_be_read() -> None:
    asked = Request("POST", "Observation", body='{\n  "value": 72.50\n}')
    assert all(asked.body in one.text for one in copies(asked, BASE))


def test_no_secret_is_in_what_is_copied() -> None:
    """The token comes from the surroundings, the key from a file."""
    assert all("TOKEN" in one.text for one in copies(Request("GET", "Patient"), BASE))
    script = token_script(f"{BASE}/token", "client", "key.jwk", "key")
    ast.parse(script)
    assert 'open("key.jwk")' in script
    assert token_command("http://a", "/my data").startswith(
        "export TOKEN=$(SAMVERKA_DATA='/my data' "
    )


# ── examples ──


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_can_be_sent_when_its_ids_are_known(key: str) -> None:
    example = EXAMPLES[key]
    made = example.made(About(example.kind or "Patient", "1", "2", by_person=True))
    assert made.method in METHODS
    sent = request_of(made.method, made.address, made.heading_lines, made.body, base=BASE)
    assert sent == made
    if made.body:
        json.loads(made.body)


# ── answers ──


def test_an_answer_keeps_its_digits() -> None:
    assert '"value": 72.50' in answered(200, "OK", (), b'{"value":72.50}', base=BASE).text


def test_an_answer_leads_on() -> None:
    bundle = {
        "resourceType": "Bundle",
        "link": [{"relation": "next", "url": f"{BASE}/Patient?_after=x"}],
        "entry": [
            {"resource": {"resourceType": "Patient", "id": "1"}},
            {"response": {"location": f"{BASE}/Observation/2/_history/1"}},
            {"resource": {"resourceType": "OperationOutcome"}},
            {},
        ],
    }
    found = answered(200, "OK", (), json.dumps(bundle).encode(), base=BASE)
    assert (found.onward, found.next) == (("Patient/1", "Observation/2"), "Patient?_after=x")


def test_one_resource_leads_to_what_it_points_at() -> None:
    plan = {
        "resourceType": "CarePlan", "id": "1", "subject": {"reference": "Patient/2"},
        "goal": [{"reference": "Goal/3"}, {"reference": "#inside"}, {"reference": "https://x.example/Goal/4"}],
    }  # fmt: skip
    found = answered(200, "OK", (), json.dumps(plan).encode(), base=BASE)
    assert found.onward == ("CarePlan/1", "Patient/2", "Goal/3")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"<xml/>",
        b"[1, 2]",
        b'{"link": 3, "entry": 4}',
        b'{"resourceType": "Bundle", "entry": [7]}',
    ],
)
def test_whatever_is_answered_can_be_shown(body: bytes) -> None:
    assert answered(500, "x", (), body, base=BASE).onward == ()


def test_a_long_answer_is_cut() -> None:
    found = answered(200, "OK", (), json.dumps({"a": "b" * LONGEST}).encode(), base=BASE)
    assert found.cut
    assert len(found.text) == LONGEST
