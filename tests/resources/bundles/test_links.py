"""Names of entries in a text: each place that R4 wants replaced, and no other letter."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from samverka.resources.rules.bundles import links_in, relinked
from tests.resources.bundles.asking import Doc

URN = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"
OTHER = "urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059"
HTTP = "https://other.example/fhir/Patient/1"
NAMES = {URN: "Patient/a", OTHER: "Basic/b", HTTP: "Patient/c"}


def put_in(text: str, names: Mapping[str, str] = NAMES, full_url: str = "") -> str:
    raw = text.encode()
    return relinked(raw, links_in(raw, names, http=True), names, full_url).decode()


REPLACED = [
    ('{"subject":{"reference":"%s"}}', "Patient/a"),
    ('{"subject" : { "reference" :\n"%s" }}', "Patient/a"),
    ('{"subject":{"reference":"%s","display":"72.50"},"value":72.50}', "Patient/a"),
    ('{"content":[{"attachment":{"url":"%s"}}]}', "Patient/a"),
    ('{"valueUri":"%s"}', "Patient/a"),
    ('{"instantiatesUri":["http://a.example", "%s"]}', "Patient/a"),
    ('{"instantiatesUri":[ "%s"]}', "Patient/a"),
    ('{"text":{"div":"<div><a href=\\"%s\\">x</a></div>"}}', "Patient/a"),
    ('{"text":{"div":"<div><img src=\'%s\'/></div>"}}', "Patient/a"),
]


@pytest.mark.parametrize(("text", "new"), REPLACED)
def test_a_place_that_names_an_entry(text: str, new: str) -> None:
    assert put_in(text % URN) == text % new


LEFT = [
    '{"identifier":[{"system":"urn:ietf:rfc:3986","value":"%s"}]}',
    '{"identifier":[{"system":"%s"}]}',
    '{"display":"%s"}',
    '{"valueString":"%s"}',
    '{"note":[{"text":"\\"reference\\":\\"%s\\""}]}',
    '{"note":[{"text":"se \\"url\\": \\"%s\\""}]}',
    '{"subject":{"reference":"%s0"}}',
]


@pytest.mark.parametrize("text", LEFT)
def test_a_text_that_only_says_the_same_words(text: str) -> None:
    assert put_in(text % URN) == text % URN


def test_an_address_with_escaped_slashes() -> None:
    text = '{"subject":{"reference":"https:\\/\\/other.example\\/fhir\\/Patient\\/1"}}'
    assert put_in(text) == '{"subject":{"reference":"Patient/c"}}'


def test_a_relative_reference_belongs_to_the_server_of_its_entry() -> None:
    text = '{"subject":{"reference":"Patient/1"}}'
    assert put_in(text, full_url="https://other.example/fhir/Basic/2") == text.replace(
        "Patient/1", "Patient/c"
    )
    assert put_in(text, full_url="https://third.example/fhir/Basic/2") == text
    assert put_in(text, full_url=URN) == text
    assert put_in(text) == text


def test_conditional_references_are_found() -> None:
    text = b'{"subject":{"reference":"Patient?identifier=a|b"},"note":[{"text":"Patient?x=y"}]}'
    [one] = links_in(text, {}, http=False)
    assert one.condition == ("Patient", "identifier=a|b")
    plain = links_in(b'{"subject":{"reference":"Nonsense?a=b"}}', {}, http=False)
    assert [one.condition for one in plain] == [None]


PLAN: Doc = {
    "resourceType": "CarePlan",
    "identifier": [{"system": "urn:oid:1.2.3", "value": "7"}],
    "subject": {"reference": URN, "display": 'Å \u2028 "x"'},
    "addresses": [{"reference": OTHER}, {"reference": HTTP}, {"reference": "#inner"}],
    "instantiatesUri": ["urn:uuid:none", OTHER, "http://a.example", URN],
    "contained": [{"resourceType": "Goal", "id": "inner", "subject": {"reference": URN}}],
    "extension": [{"url": "https://a.example", "valueReference": {"reference": OTHER}}],
}


def test_a_whole_resource_changes_in_its_links_alone() -> None:
    for text in (json.dumps(PLAN), json.dumps(PLAN, ensure_ascii=False, indent=1)):
        made = json.loads(put_in(text))
        assert made == swapped(PLAN, NAMES)
        assert made != PLAN


def swapped(value: object, names: Mapping[str, str]) -> object:
    """The oracle: every text that is a name, changed in the values."""
    if isinstance(value, dict):
        return {name: swapped(one, names) for name, one in value.items()}
    if isinstance(value, list):
        return [swapped(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value
