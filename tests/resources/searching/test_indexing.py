"""What lies in the index beside a resource: made with it, forgotten with it, and led to what is found later."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from samverka.resources.models import (
    AddressValue,
    AmountValue,
    PointerValue,
    SpanValue,
    TokenValue,
    WordsValue,
)
from samverka.resources.rules.keys import address, shelf_id
from samverka.resources.rules.searching.numbers import hash_of, number_of_parameter
from tests.resources.importing import PNR, Importer, observation, patient, person_of, stands

pytestmark = pytest.mark.django_db

INDEX = (TokenValue, PointerValue, SpanValue, AmountValue, WordsValue, AddressValue)
UCUM = "http://unitsofmeasure.org"
WEIGHT: dict[str, Any] = {
    "effectiveDateTime": "2026-11-20",
    "valueQuantity": {"value": 72.5, "unit": "kg", "system": UCUM, "code": "kg"},
}


def rows(model: Any, key: str, code: str) -> list[Any]:
    found = stands(key)
    number = number_of_parameter(found.kind, code)
    return list(model.objects.filter(resource=found, parameter=number).order_by("number"))


def test_each_kind_of_value_has_its_table(importer: Importer) -> None:
    importer.take(patient(birthDate="1942-03-29"), observation(**WEIGHT))
    [born] = rows(SpanValue, "Patient/1", "birthdate")
    assert (born.high - born.low).days == 1
    [number] = rows(TokenValue, "Patient/1", "identifier")
    assert (number.system, number.code) == (hash_of(PNR), "194203119801")
    [weight] = rows(AmountValue, "Observation/1", "value-quantity")
    assert (weight.low, weight.high, weight.code) == (Decimal("72.5"), Decimal("72.5"), "kg")
    assert (weight.base, weight.base_low, weight.base_high) == (hash_of("g"), 72_500, 72_500)
    assert {one.person_id for one in rows(SpanValue, "Observation/1", "date")} == {
        person_of("194203119801")
    }


def test_a_reference_leads_to_the_address_of_what_it_names(importer: Importer) -> None:
    importer.take(patient(), observation())
    [subject] = rows(PointerValue, "Observation/1", "subject")
    assert subject.target == stands("Patient/1").address
    assert subject.target == address("Patient", str(shelf_id("journal", "Patient/1")))
    assert subject.key == ""


def test_a_number_is_led_to_its_bearer_when_that_one_is_known(importer: Importer) -> None:
    by_number = {"type": "Patient", "identifier": {"system": PNR, "value": "194203119801"}}
    importer.take(observation(subject=None) | {"subject": by_number})
    [subject] = rows(PointerValue, "Observation/1", "subject")
    assert subject.target is None
    assert subject.value == "194203119801"
    importer.take(patient())
    [subject] = rows(PointerValue, "Observation/1", "subject")
    assert subject.target == stands("Patient/1").address


def test_a_name_within_a_bundle_is_the_name_on_the_shelf(importer: Importer) -> None:
    urn = "urn:uuid:0e8b2c11-5d0a-4ed4-9f7a-000000000001"
    entries = [
        {"fullUrl": urn, "resource": patient()},
        {"fullUrl": f"{urn[:-1]}2", "resource": observation(subject=urn)},
    ]
    importer.take({"resourceType": "Bundle", "type": "collection", "entry": entries})
    [subject] = rows(PointerValue, "Observation/1", "subject")
    assert subject.target == stands("Patient/1").address


def test_a_new_version_is_found_by_what_it_says_and_no_more_by_what_it_said(
    importer: Importer,
) -> None:
    importer.take(patient(), observation(**WEIGHT))
    importer.take(observation(effectiveDateTime="2026-11-21"))
    assert not rows(AmountValue, "Observation/1", "value-quantity")
    [day] = rows(SpanValue, "Observation/1", "date")
    assert day.low.day == 20  # 21 November begins at 23 o'clock the day before, by UTC


def test_what_waits_is_in_the_index_of_nobody_until_its_person_is_known(
    importer: Importer,
) -> None:
    importer.take(observation(**WEIGHT))
    found: UUID = stands("Observation/1").id
    assert {one.person_id for model in INDEX for one in model.objects.filter(resource=found)} == {
        None
    }
    importer.take(patient())
    assert {one.person_id for model in INDEX for one in model.objects.filter(resource=found)} == {
        person_of("194203119801")
    }


@pytest.mark.parametrize(
    "value",
    ["a" * 5_000, "😀" * 900, "\N{SYMBOL FOR NULL}", "x" * 799 + "😀"],
)
def test_no_text_is_too_much_for_the_index(importer: Importer, value: str) -> None:
    said = {"identifier": [{"system": value, "value": value}], "name": [{"text": value}]}
    report = importer.take(patient() | said)
    assert not [one for one in report.lines if one.weight == "refused"]
    assert rows(TokenValue, "Patient/1", "identifier")
    assert rows(WordsValue, "Patient/1", "name")


@pytest.mark.parametrize("number", ["1e300", "-1e300", "1e-300", "123456789012345678901234567890"])
def test_no_number_is_too_much_for_the_index(importer: Importer, number: str) -> None:
    text = (
        '{"resourceType":"Observation","id":"1","status":"final","code":{"text":"x"},'
        f'"valueQuantity":{{"value":{number}}}}}'
    )
    importer.run(importer.file(text))
    assert rows(AmountValue, "Observation/1", "value-quantity")
