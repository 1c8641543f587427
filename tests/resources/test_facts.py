"""One resource looked through: what is refused, where and in which words; what is read out of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel.text import Text
from samverka.resources.rules import reading
from samverka.resources.rules.canonical import decode, digest
from samverka.resources.rules.facts import Facts, examine
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.objects import MAX_BYTES
from samverka.resources.rules.references import Ref
from samverka.resources.rules.validation import MAX_DEPTH, MAX_FAULTS
from tests.factories import samples
from tests.resources.test_reading import JSON

PATIENT = '{"resourceType":"Patient",%s}'
OBSERVATION = (
    '{"resourceType":"Observation","status":"final","code":{"text":"Vikt"},'
    '"subject":{"reference":"Patient/1"},%s}'
)


def faults(text: str | bytes) -> dict[str, str]:
    """FHIRPath -> sentence."""
    try:
        examine(text.encode() if isinstance(text, str) else text)
    except Faulty as refused:
        found: dict[str, str] = {}
        for fault in refused.faults:
            found[fault.path] = f"{found.get(fault.path, '')} {fault.message}"
        return found
    return {}


def patient(members: str) -> dict[str, str]:
    return faults(PATIENT % members)


@pytest.mark.parametrize(
    ("members", "path", "words"),
    [
        ('"id":"a b"', "Patient.id", "1 till 64 tecken"),
        ('"id":"a\\n"', "Patient.id", "1 till 64 tecken"),
        (f'"id":"{"a" * 65}"', "Patient.id", "1 till 64 tecken"),
        ('"contained":[{"resourceType":"Patient","id":"å"}]', "Patient.contained[0].id", "tecken"),
        ('"birthDate":"2023-02-29"', "Patient.birthDate", "kalendern"),
        ('"birthDate":"2023-13-01"', "Patient.birthDate", "giltig date"),
        ('"deceasedDateTime":"2023-04-31T10:00:00Z"', "Patient.deceased", "kalendern"),
        ('"name":[{}]', "Patient.name[0]", "tomt objekt"),
        ('"name":[]', "Patient.name", "tom lista"),
        ('"name":{}', "Patient.name", "ska stå en lista"),
        ('"name":[null]', "Patient.name[0]", "null"),
        ('"name":[{"given":[""]}]', "Patient.name[0].given[0]", "tomt"),
        ('"name":[{"_given":[{"foo":1}],"given":["A"]}]', "Patient.name[0].given[0].foo", "finns inte"),
        ('"gender":"kvinna"', "Patient.gender", "female"),
        ('"contact":[{"gender":"f"}]', "Patient.contact[0].gender", "female"),
        ('"foo":1', "Patient.foo", "finns inte i FHIR R4"),
        ('"active":true,"active":false', "Patient.active", "två gånger"),
        ('"deceasedBoolean":true,"deceasedDateTime":"2020"', "Patient.deceased", "en typ"),
        ('"multipleBirthInteger":1.5', "Patient.multipleBirth", "giltig integer"),
        ('"managingOrganization":{"reference":"#o"}', "Patient.managingOrganization.reference", "inneslut"),
        (
            '"contained":[{"resourceType":"Patient","id":"a","contained":[]}]',
            "Patient.contained[0].contained",
            "inte innesluta fler",
        ),
        (
            '"name":[{"period":{"start":"2024-05-02","end":"2024-04-30"}}]',
            "Patient.name[0].period",
            "före början",
        ),
        (
            '"text":{"status":"generated","div":"<div><script>x()</script></div>"}',
            "Patient.text.div",
            "aktivt innehåll",
        ),
        (
            '"text":{"status":"generated","div":"<div><a onclick=\\"x()\\">a</a></div>"}',
            "Patient.text.div",
            "aktivt innehåll",
        ),
        (
            '"text":{"status":"generated","div":"<div><a href=\\"javascript:x()\\">a</a></div>"}',
            "Patient.text.div",
            "aktivt innehåll",
        ),
        ('"name":[{"text":"a\\u0000b"}]', "Patient.name[0].text", "noll"),
        ('"contained":[{"resourceType":"Foo","id":"a"}]', "Patient.contained[0]", "finns inte"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_path(members: str, path: str, words: str):
    found = patient(members)
    assert path in found, found
    assert words in found[path]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "slutar mitt i"),
        (b'{"resourceType":"Patient"', "slutar mitt i"),
        (b'{"resourceType":"Patient"}}', "giltig JSON (nära tecken 27)"),
        (b'{"resourceType":"Patient","active":NaN}', "giltig JSON"),
        (b'{"resourceType":"Patient","id":"\xff"}', "UTF-8 (vid byte"),
        (b'["Patient"]', "objekt med resourceType"),
        (b"{}", "saknas resourceType"),
        (b'{"resourceType":5}', "saknas resourceType"),
        (b"[" * 3000, "djupt"),
        (b'{"resourceType":"Patient","id":"' + b"a" * MAX_BYTES + b'"}', "större än 16 MB"),
    ],
)
def test_what_is_no_resource_is_refused_in_words(text: bytes, words: str):
    assert words in faults(text)[""]


def test_an_unknown_type_says_how_to_mend_it():
    with pytest.raises(Faulty) as refused:
        examine(b'{"resourceType":"Patientt"}')
    [fault] = refused.value.faults
    assert fault.path == "resourceType"
    assert fault.mend is not None


def test_depth_is_limited():
    deep = '{"url":"urn:x","extension":[' * (MAX_DEPTH + 1) + "]}" * (MAX_DEPTH + 1)
    assert any("djupt" in words for words in patient(f'"extension":[{deep}]').values())


def test_faults_are_told_up_to_a_limit():
    names = ",".join(["{}"] * 50)
    with pytest.raises(Faulty) as refused:
        examine((PATIENT % f'"name":[{names}]').encode())
    assert len(refused.value.faults) == MAX_FAULTS


def test_sentences_never_quote_a_value():
    found = patient('"birthDate":"19121212-1212","gender":"19121212-1212","id":"19121212-1212 "')
    assert len(found) == 3
    assert not any("1212" in words for words in found.values())


def test_sentences_can_be_translated():
    with pytest.raises(Faulty) as refused:
        examine((PATIENT % '"foo":1,"active":"x","name":[{}],"photo":[{"url":"a b"}]').encode())
    assert all(isinstance(fault.message, Text) for fault in refused.value.faults)


@pytest.mark.parametrize(
    "members",
    [
        '"birthDate":"2024-02-29"',
        '"birthDate":"1890"',
        '"name":[{"period":{"start":"2024-05-02","end":"2024-05-02T08:00:00+02:00"}}]',
        '"name":[{"period":{"start":"2024-05","end":"2024-05-01"}}]',
        '"_birthDate":{"extension":[{"url":"urn:x","valueString":"okänd"}]}',
        '"contained":[{"resourceType":"Organization","id":"o"}],"managingOrganization":{"reference":"#o"}',
        '"text":{"status":"generated","div":"<div>on click = inget skript</div>"}',
        '"extension":[{"url":"urn:x","valueString":"2023-02-30"}]',
    ],
)
def test_what_only_looks_odd_goes_in(members: str):
    assert patient(members) == {}


def look(members: str, scope: Scope | None = None, full_url: str = "") -> Facts:
    return examine((OBSERVATION % members).encode(), full_url, scope)


def test_facts_are_read_out():
    found = look(
        '"id":"o1","meta":{"versionId":"3","lastUpdated":"2026-01-02T03:04:05+01:00",'
        '"security":[{"code":"NOPATIENT"}]},"identifier":[{"system":"urn:s","value":"7"},'
        '{"value":"8"}],"encounter":{"reference":"Encounter/2/_history/1"},'
        '"performer":[{"identifier":{"system":"urn:oid:1.2.752.29.4.19","value":"SE1"},'
        '"type":"Practitioner"}]'
    )
    assert (found.kind, found.local_id, found.key) == ("Observation", "o1", "Observation/o1")
    assert (found.version_id, found.not_for_patient) == ("3", True)
    assert found.last_updated == datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)
    assert found.identifiers == (("urn:s", "7"), ("", "8"))
    assert found.subjects == (("Patient/1",),)
    assert found.references == (
        Ref("Observation.subject", "Patient/1", "Patient/1"),
        Ref("Observation.encounter", "Encounter/2", "Encounter/2/_history/1"),
        Ref("Observation.performer[0]", "Practitioner?identifier=urn:oid:1.2.752.29.4.19|SE1"),
    )


def test_a_reference_that_can_point_at_nothing_is_noted_only():
    found = look('"encounter":{"reference":"besöket i maj"}')
    assert [note.path for note in found.notes] == ["Observation.encounter.reference"]


def test_the_digest_knows_layout_from_content():
    def of(text: str) -> bytes:
        return digest(decode(text.encode()))

    assert of('{"a": 72.50, "b":"\\u00e5"}') == of('{"b":"å",\n"a":72.50}')
    assert of('{"a":72.50}') != of('{"a":72.5}')
    assert of('{"a":72.50}') != of('{"a":"72.50"}')
    assert of('{"a":[1,2]}') != of('{"a":[2,1]}')
    big = 12345678901234567890123456789
    assert of(f'{{"a":{big}}}') != of(f'{{"a":{big + 1}}}')


@given(JSON)
def test_any_json_is_taken_or_refused_never_a_crash(value: object):
    for one in (value, {"resourceType": "Patient", "x": value}, {"resourceType": value}):
        text = json.dumps(one).encode()
        found = faults(text)
        assert found
        assert all(found.values())


MEMBERS = st.dictionaries(
    st.sampled_from(["id", "meta", "text", "contained", "name", "identifier", "birthDate", "link"]),
    JSON,
    max_size=3,
)


@given(MEMBERS)
def test_a_patient_with_any_members_is_taken_word_for_word_or_refused(members: dict[str, object]):
    text = json.dumps({"resourceType": "Patient", **members}).encode()
    [entry] = reading.json_entries(text, Scope())
    assert isinstance(entry, reading.Entry)
    assert entry.text == text
    if not faults(text):
        assert examine(text).digest == digest(decode(text))


@samples.needed
@pytest.mark.slow
def test_no_good_published_example_is_refused():
    refused = []
    for folder in samples.ALL:
        for file in samples.files(folder):
            for one in reading.json_entries(file.read_bytes(), Scope()):
                if isinstance(one, reading.Entry) and faults(one.text):
                    refused.append((file.name, one.number))
                assert isinstance(one, reading.Entry) or one.skipped, file.name
    assert refused == [("Questionnaire-qs1.json", "1")]  # has items without linkId
