"""Files taken apart: formats, Bundles of every type, words for what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.resources.rules import reading
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.objects import MAX_BYTES
from samverka.resources.rules.reading import Entry, Unread

PATIENT = b'{"resourceType":"Patient","id":"1","extension":[{"url":"urn:x","valueDecimal":72.50}]}'


def bundle(kind: str, *entries: str) -> bytes:
    return f'{{"resourceType":"Bundle","type":"{kind}","entry":[{",".join(entries)}]}}'.encode()


def found(text: bytes) -> list[reading.Found]:
    return list(reading.json_entries(text, Scope()))


def taken(text: bytes) -> list[Entry]:
    return [one for one in found(text) if isinstance(one, Entry)]


def test_a_single_resource_is_taken_word_for_word():
    assert taken(PATIENT) == [Entry("1", PATIENT)]


def test_entries_are_cut_out_word_for_word_with_blanks_and_digits():
    odd = '{ "resourceType" : "Observation",\n  "valueQuantity" : { "value" : 72.50 } }'
    [one] = taken(bundle("batch", f'{{"resource": {odd} }}'))
    assert one.text == odd.encode()
    assert one.number == "1"


@pytest.mark.parametrize("kind", sorted(reading.BUNDLE_TYPES))
def test_bundles_of_every_type_are_opened(kind: str):
    numbers = [one.number for one in taken(bundle(kind, f'{{"resource":{PATIENT.decode()}}}'))]
    assert numbers == (["0", "1"] if kind in reading.KEPT_WHOLE else ["1"])


def test_a_bundle_that_means_something_whole_is_kept_whole_too():
    text = bundle("document", f'{{"resource":{PATIENT.decode()}}}')
    assert taken(text)[0] == Entry("0", text, "", taken(text)[0].scope)


def test_bundles_in_bundles_are_opened_and_numbered():
    inner = bundle("searchset", f'{{"resource":{PATIENT.decode()}}}').decode()
    [one] = taken(
        bundle("batch-response", '{"response":{"status":"200"}}', f'{{"resource":{inner}}}')
    )
    assert (one.number, one.text) == ("2.1", PATIENT)


def test_nesting_ends_somewhere():
    text = PATIENT.decode()
    for _ in range(9):
        text = bundle("collection", f'{{"resource":{text}}}').decode()
    assert [one.number for one in taken(text.encode())] == ["0", "1", "1.1", "1.1.1"]


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "GET"])
def test_entries_that_bring_no_resource_are_told(method: str):
    [one] = found(bundle("transaction", f'{{"request":{{"method":"{method}","url":"Patient/1"}}}}'))
    assert isinstance(one, Unread)
    assert one.skipped
    assert one.number == "1"
    assert ("tar inte bort" in one.fault.message) is (method != "GET")


def test_the_wrapping_may_be_faulty_and_the_contents_go_in():
    text = b'{"resourceType":"Bundle","foo":1,"entry":[{"resource":' + PATIENT + b"}]}"
    assert [one.text for one in taken(text)] == [PATIENT]
    faults = [one for one in found(text) if isinstance(one, Unread)]
    assert [fault.fault.path for fault in faults] == ["Bundle.type", "Bundle.foo"]
    assert all(fault.skipped for fault in faults)


def test_an_entry_list_that_is_no_list_is_refused():
    [*_notes, last] = found(b'{"resourceType":"Bundle","type":"batch","entry":{"resource":1}}')
    assert isinstance(last, Unread)
    assert not last.skipped
    assert last.fault.path == "Bundle.entry"


def test_two_entry_lists_are_not_passed_over_in_silence():
    text = (
        b'{"resourceType":"Bundle","type":"batch","entry":[{"resource":'
        + PATIENT
        + b'}],"entry":[]}'
    )
    assert any(isinstance(one, Unread) and "två gånger" in one.fault.message for one in found(text))


def same_url(first: str, second: str, kind: str = "collection") -> list[reading.Found]:
    entries = [
        f'{{"fullUrl":"http://a.test/Patient/1","resource":{one}}}' for one in (first, second)
    ]
    return found(bundle(kind, *entries))[kind in reading.KEPT_WHOLE :]


def version(number: int, family: str) -> str:
    meta = f'"meta":{{"versionId":"{number}"}},' if number else ""
    return f'{{"resourceType":"Patient","id":"1",{meta}"name":[{{"family":"{family}"}}]}}'


def test_one_full_url_with_two_contents_is_refused_both_times():
    both = same_url(version(0, "Ek"), version(0, "Al"))
    assert [isinstance(one, Unread) and not one.skipped for one in both] == [True, True]


def test_one_full_url_with_two_versions_or_the_same_text_goes_in():
    assert all(isinstance(one, Entry) for one in same_url(version(1, "Ek"), version(2, "Al")))
    assert all(isinstance(one, Entry) for one in same_url(version(0, "Ek"), version(0, "Ek")))
    history = same_url(version(0, "Ek"), version(0, "Al"), "history")
    assert all(isinstance(one, Entry) for one in history)


def test_urn_names_lead_to_the_name_that_a_resource_is_kept_under():
    text = bundle(
        "transaction",
        '{"fullUrl":"urn:uuid:a","resource":{"resourceType":"Patient","id":"7"}}',
        '{"fullUrl":"urn:uuid:b","resource":{"resourceType":"Patient"}}',
    )
    assert dict(taken(text)[0].scope.names) == {"urn:uuid:a": "Patient/7"}


def test_ndjson_is_read_line_by_line():
    lines = [b"\xef\xbb\xbf" + PATIENT + b"\r\n", b"\n", b"  " + PATIENT + b"\n", b"{broken"]
    got = list(reading.ndjson_entries(lines, Scope()))
    assert [one.number for one in got] == ["1", "3", "4"]
    assert [one.text for one in got[:2] if isinstance(one, Entry)] == [PATIENT, PATIENT]


def test_ndjson_is_not_read_ahead():
    def lines() -> Iterator[bytes]:
        yield PATIENT
        raise AssertionError("read ahead")

    assert isinstance(next(reading.ndjson_entries(lines(), Scope())), Entry)


def test_a_line_without_end_is_refused_by_its_size():
    [one] = reading.ndjson_entries([b"{" + b" " * MAX_BYTES + b"}"], Scope())
    assert isinstance(one, Unread)
    assert "större än 16 MB" in one.fault.message


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"[", "JSON-lista"),
        (b"\xef\xbb\xbf [", "JSON-lista"),
        (b"<Patient/>", "XML"),
        (b"PK\x03\x04", "packad"),
        (b"\x1f\x8b\x08", "packad"),
        (b"\xff\xfe{\x00", "UTF-8"),
        (b"{\x00", "UTF-8"),
        (b" \n", "tom"),
        (b"Patient;1", "börjar inte med {"),
    ],
)
def test_files_that_are_no_fhir_json_are_named_for_what_they_are(start: bytes, words: str):
    fault = reading.foreign_format(start)
    assert fault is not None
    assert words in fault.message
    assert fault.mend


def test_json_is_let_through():
    assert reading.foreign_format(b'\xef\xbb\xbf\n{"resourceType"') is None


def test_ndjson_is_told_from_json():
    assert reading.is_ndjson(PATIENT + b"\n", b"\n " + PATIENT)
    assert not reading.is_ndjson(PATIENT + b"\n", b"\n")
    assert not reading.is_ndjson(b"{\n", b'"resourceType": {', named=True)
    assert not reading.is_ndjson(b'{"entry":[\n', PATIENT)
    assert reading.is_ndjson(b"{broken\n", PATIENT, named=True)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON, st.sampled_from([*sorted(reading.BUNDLE_TYPES), "", "odd"]))
def test_no_entry_is_lost_and_none_crashes(value: object, kind: str):
    text = json.dumps({"resourceType": "Bundle", "type": kind, "entry": [{"resource": value}] * 2})
    got = found(text.encode())
    assert {one.number for one in got if one.number != "0"} == {"1", "2"}


@given(st.binary(max_size=60))
def test_any_bytes_are_read_without_a_crash(text: bytes):
    assert len(found(text)) >= 1
