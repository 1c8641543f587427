"""A kept resource in a few words."""

from __future__ import annotations

import json

import pytest

from samverka.resources.rules import showing
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.facts import examine
from samverka.resources.rules.keys import Scope
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.reading import Entry, json_entries
from tests.factories import samples


def content(text: str) -> dict[str, object]:
    found = decode(text.encode())
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"valueQuantity":{"value":72.50,"unit":"kg"}}', "72,50 kg"),
        ('{"valueQuantity":{"value":-1,"code":"mmol/L","comparator":"<"}}', "<−1 mmol/L"),
        ('{"valueQuantity":{"unit":"kg"}}', ""),
        ('{"valueCodeableConcept":{"coding":[{"code":"A","display":"Ingen"}]}}', "Ingen"),
        ('{"valueString":" Bra "}', "Bra"),
        ('{"valueBoolean":false}', "Nej"),
        ('{"valueInteger":7}', "7"),
        ('{"valueRange":{"low":{"value":1},"high":{"value":2,"unit":"m"}}}', "1–2 m"),
        ('{"valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}}', "1 / 128"),
        (
            (
                '{"component":[{"code":{"text":"Övre"},"valueQuantity":{"value":120,"unit":"mmHg"}},'
                '{"code":{"text":"Nedre"},"valueQuantity":{"value":80,"unit":"mmHg"}}]}'
            ),
            "Övre 120 mmHg, Nedre 80 mmHg",
        ),
        ('{"dataAbsentReason":{"text":"Gick inte att mäta"}}', "Gick inte att mäta"),
        ("{}", ""),
    ],
)
def test_a_value_keeps_its_digits_and_its_unit(text: str, value: str):
    assert showing.value_of(content(text)) == value


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ('{"effectiveDateTime":"2026-05","issued":"2026-06-01T00:00:00Z"}', "2026-05"),
        ('{"period":{"start":"2026-05-01","end":"2026-05-02"}}', "2026-05-01"),
        ('{"effectivePeriod":{"end":"2026-05-02"}}', "2026-05-02"),
        ('{"onsetDateTime":"i våras"}', ""),
        ("{}", ""),
    ],
)
def test_when_it_was(text: str, when: str):
    assert showing.when_of(content(text)) == when


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('{"code":{"text":"Vikt","coding":[{"display":"Body weight"}]}}', "Vikt"),
        ('{"code":{"coding":[{"code":"29463-7"}]},"category":[{"text":"x"}]}', "29463-7"),
        ('{"medicationReference":{"display":"Alvedon"}}', "Alvedon"),
        ('{"status":"active"}', "active"),
        ("{}", ""),
    ],
)
def test_what_it_is_about(text: str, title: str):
    assert showing.title_of(content(text)) == title


def test_words_are_for_types_of_the_standard():
    assert showing.KIND_WORDS.keys() <= RESOURCE_TYPES
    assert showing.kind_words("Observation") != "Observation"
    assert showing.kind_words("Zebra") == "Zebra"


@samples.needed
def test_every_published_example_can_be_shown():
    untitled = 0
    for folder in samples.ALL:
        for file in samples.files(folder):
            for one in json_entries(file.read_bytes(), Scope()):
                if isinstance(one, Entry):
                    shown = content(one.text.decode())
                    showing.value_of(shown)
                    showing.when_of(shown)
                    untitled += not showing.title_of(shown)
    assert untitled < 400  # mostly Patient, Bundle, Binary and the like, which have no title


def test_the_words_never_stop_a_list():
    for text in ('{"code":5,"valueQuantity":5,"component":[5],"period":5}', '{"valueRange":{}}'):
        shown = content(text)
        assert isinstance(showing.value_of(shown) + showing.title_of(shown), str)
        with pytest.raises(Faulty):
            examine(json.dumps({"resourceType": "Observation", **json.loads(text)}).encode())
