"""What is asked for by a Bundle, and what cannot be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.resources.rules.bundles import MAX_ENTRIES, Method, read_bundle
from samverka.resources.rules.lines import Faulty
from tests.resources.bundles.asking import Doc, bundle, entry

BASE = "https://vard.example/fhir/R4"
BASIC = {"resourceType": "Basic", "code": {"text": "x"}}


def test_a_request_is_read_as_it_stands() -> None:
    text = bundle(
        entry("POST", "Basic", BASIC, "urn:uuid:1", ifNoneExist="identifier=a|b"),
        entry("PUT", f"{BASE}/Basic/7", BASIC | {"id": "7"}, ifMatch='W/"2"'),
        entry("DELETE", "Basic?identifier=a|b"),
        entry("GET", "/Patient/1/_history/2"),
        entry("GET", "Observation?code=http://loinc.org|1&_count=2", ifNoneMatch='W/"1"'),
        entry("GET", "Patient/1/$everything"),
        entry("GET", "?_type=Patient"),
        entry("POST", "Patient/_search?name=a"),
    )
    sent = read_bundle(text, BASE)
    assert sent.whole
    asked = [one.asked for one in sent.entries]
    assert [(one.method, one.path, one.query) for one in asked] == [
        (Method.POST, "Basic", ""),
        (Method.PUT, "Basic/7", ""),
        (Method.DELETE, "Basic", "identifier=a|b"),
        (Method.GET, "Patient/1/_history/2", ""),
        (Method.GET, "Observation", "code=http://loinc.org|1&_count=2"),
        (Method.GET, "Patient/1/$everything", ""),
        (Method.GET, "", "_type=Patient"),
        (Method.POST, "Patient/_search", "name=a"),
    ]
    assert asked[0].header("If-None-Exist") == "identifier=a|b"
    assert asked[1].header("If-Match") == 'W/"2"'
    assert asked[4].header("If-None-Match") == 'W/"1"'
    assert [one.creates for one in asked] == [True] + [False] * 7
    assert [one.id for one in asked][:2] == ["", "7"]


def test_the_text_of_a_resource_stays_as_it_came() -> None:
    inner = b'{"resourceType":"Basic", "code":{"text":"\\u00e5 72.50"} }'
    text = b'{"resourceType":"Bundle","type":"batch","entry":[{"resource":%s,' % inner
    text += b'"request":{"method":"POST","url":"Basic"}}]}'
    assert read_bundle(text).entries[0].text == inner


def told(text: bytes) -> list[str]:
    with pytest.raises(Faulty) as refused:
        read_bundle(text, BASE)
    return [one.path for one in refused.value.faults]


WRONG: list[tuple[Doc, str]] = [
    (entry("SPAM", "Basic"), ".request.method"),
    (entry("POST", "Basic"), ".resource"),
    (entry("POST", "Basic", {"resourceType": "Patient"}), ".resource"),
    (entry("PUT", "Basic", BASIC), ".request.url"),
    (entry("PUT", "Basic/7", BASIC | {"id": "8"}), ".resource.id"),
    (entry("PUT", "Basic/7", BASIC), ".resource.id"),
    (entry("DELETE", "Basic"), ".request.url"),
    (entry("DELETE", ""), ".request.url"),
    (entry("POST", "", BASIC), ".request.url"),
    (entry("GET", "../../admin"), ".request.url"),
    (entry("GET", "Patient/../../x"), ".request.url"),
    (entry("GET", "http://elsewhere.example/fhir/Patient/1"), ".request.url"),
    (entry("GET", "Nonsense/1"), ".request.url"),
    (entry("PATCH", "Basic/7"), ".resource"),
    ({"resource": BASIC}, ".request"),
]


@pytest.mark.parametrize(("one", "where"), WRONG)
def test_an_entry_that_cannot_be_done_says_where(one: Doc, where: str) -> None:
    good = entry("POST", "Basic", BASIC)
    assert told(bundle(good, one)) == [f"Bundle.entry[1]{where}"]
    in_batch = read_bundle(bundle(good, one, kind="batch"), BASE)
    assert in_batch.entries[0].fault is None
    assert in_batch.entries[1].fault is not None
    assert in_batch.entries[1].fault.path == f"Bundle.entry[1]{where}"


def test_the_same_twice_in_a_transaction_is_refused() -> None:
    put = entry("PUT", "Basic/7", BASIC | {"id": "7"})
    assert told(bundle(put, entry("DELETE", "Basic/7"))) == ["Bundle.entry[1].request.url"]
    two = [entry("POST", "Basic", BASIC, "urn:uuid:1")] * 2
    assert told(bundle(*two)) == ["Bundle.entry[1].fullUrl"]
    assert not read_bundle(bundle(put, put, kind="batch")).whole


HOSTILE: list[tuple[bytes, str]] = [
    (b"", ""),
    (b"[", ""),
    (b"[]", ""),
    (b"\xff\xfe", ""),
    (b'{"resourceType":"Patient"}', ""),
    (b'{"resourceType":"Bundle"}', "Bundle.type"),
    (bundle(kind="document"), "Bundle.type"),
    (b'{"resourceType":"Bundle","type":"batch","entry":{}}', "Bundle.entry"),
    (b'{"resourceType":"Bundle","type":"batch","nonsense":1}', "Bundle.nonsense"),
    (b'{"resourceType":"Bundle","type":["batch"]}', "Bundle.type"),
    (bundle(*[entry("DELETE", "Basic/1")] * (MAX_ENTRIES + 1)), "Bundle.entry"),
]


@pytest.mark.parametrize(
    ("text", "where"), HOSTILE, ids=[one[0][:30].decode("latin-1") for one in HOSTILE]
)
def test_what_is_no_bundle_of_requests_is_told(text: bytes, where: str) -> None:
    assert told(text) == [where]


ODD: list[Any] = [1, None, "x", [], {"request": 1}, {"request": {"method": 1, "url": 2}},
                  {"fullUrl": 7, "request": {"method": "GET", "url": "Patient/1"}},
                  {"resource": 7, "request": {"method": "POST", "url": "Basic"}},
                  {"resource": {"resourceType": ["Basic"]}, "request": {"method": "POST", "url": "Basic"}}]  # fmt: skip


@pytest.mark.parametrize("one", ODD)
def test_odd_entries_of_a_batch_stay_by_themselves(one: Any) -> None:
    text = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": [one]}).encode()
    [found] = read_bundle(text).entries
    assert found.fault is not None or found.asked.path == "Patient/1"


def test_nested_far_too_deep() -> None:
    deep = b'{"resourceType":"Basic","code":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}"
    text = b'{"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s,' % deep
    text += b'"request":{"method":"POST","url":"Basic"}}]}'
    with pytest.raises(Faulty):
        read_bundle(text)
