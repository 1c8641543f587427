"""Names, references and whose a resource is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.resources.rules import order
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.facts import examine
from samverka.resources.rules.keys import (
    UNKNOWN,
    Scope,
    base_of,
    identifier_key,
    key_of,
    kind_of,
    shelf_id,
    split_identifier_key,
    target_of,
)
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.versions import Stamp, Verdict, judge

OWN = Scope(base="https://own.test/fhir")


@pytest.mark.parametrize(
    ("local_id", "full_url", "key"),
    [
        ("1", "", "Patient/1"),
        ("1", "urn:uuid:a", "Patient/1"),
        ("", "urn:uuid:a", "urn:uuid:a"),
        ("1", "https://own.test/fhir/Patient/1", "Patient/1"),
        ("1", "https://own.test/fhir/Patient/1/_history/4", "Patient/1"),
        ("1", "https://other.test/fhir/Patient/1", "https://other.test/fhir/Patient/1"),
        ("", "", "Patient?sha256=6162"),
    ],
)
def test_a_resource_has_one_name(local_id: str, full_url: str, key: str):
    assert key_of("Patient", local_id, full_url, OWN.base, b"ab") == key


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("Patient/1", "Patient/1"),
        ("Patient/1/_history/2", "Patient/1"),
        ("https://own.test/fhir/Patient/1", "Patient/1"),
        ("https://other.test/Patient/1", "https://other.test/Patient/1"),
        ("urn:uuid:a", "Patient/7"),
        ("urn:uuid:b", "urn:uuid:b"),
        ("Patient?identifier=urn:s|19", "Patient?identifier=urn:s|19"),
        ("Patient?identifier=http%3A%2F%2Fs|19", "Patient?identifier=http://s|19"),
        ("Patient?name=Ek", ""),
        ("Patient?identifier=19", ""),
        ("Ek", ""),
        ("", ""),
        ("Patient/a b", ""),
    ],
)
def test_a_reference_finds_that_name(reference: str, key: str):
    assert target_of(reference, Scope(OWN.base, {"urn:uuid:a": "Patient/7"})) == key


def test_a_relative_reference_belongs_to_the_server_of_its_entry():
    """R4, Bundle: references in an entry are resolved against the entry's fullUrl."""
    foreign = Scope("https://own.test/fhir", {}, "https://other.test/fhir")
    assert target_of("Patient/1", foreign) == "https://other.test/fhir/Patient/1"
    own = Scope("https://own.test/fhir", {}, "https://own.test/fhir")
    assert target_of("Patient/1", own) == "Patient/1"


def test_the_server_of_an_address():
    assert base_of("https://a.test/fhir/Patient/1") == "https://a.test/fhir"
    assert base_of("https://a.test/fhir/Foo/1") == ""
    assert base_of("urn:uuid:a") == ""


def test_a_name_tells_the_type():
    assert kind_of("Patient/1") == kind_of("https://a.test/Patient/1") == "Patient"
    assert kind_of("Patient?identifier=a|b") == "Patient"
    assert kind_of("urn:uuid:a") == ""


@given(st.text(max_size=30), st.text(max_size=30))
def test_an_identifier_key_comes_apart_again(system: str, value: str):
    if "|" not in system:
        assert split_identifier_key(identifier_key("Patient", system, value)) == (
            "Patient",
            system,
            value,
        )


def test_the_shelfs_id_is_computed_and_differs_by_source():
    assert shelf_id("a", "Patient/1") == shelf_id("a", "Patient/1")
    assert shelf_id("a", "Patient/1") != shelf_id("b", "Patient/1")


def subjects(resource: dict[str, object]) -> tuple[tuple[str, ...], ...]:
    return examine(json.dumps(resource).encode()).subjects


NUMBER = {"system": "http://electronichealth.se/identifier/personnummer", "value": "191212121212"}
KEY = f"Patient?identifier={NUMBER['system']}|{NUMBER['value']}"
CODE = {"text": "x"}


@pytest.mark.parametrize(
    ("resource", "whose"),
    [
        ({"resourceType": "Observation", "status": "final", "code": CODE,
          "subject": {"reference": "Patient/1"}, "performer": [{"reference": "Patient/2"}]},
         (("Patient/1",),)),
        ({"resourceType": "Observation", "status": "final", "code": CODE,
          "subject": {"identifier": NUMBER}}, ((KEY,),)),
        ({"resourceType": "Observation", "status": "final", "code": CODE,
          "contained": [{"resourceType": "Patient", "id": "p", "identifier": [NUMBER]}],
          "subject": {"reference": "#p"}}, ((KEY,),)),
        ({"resourceType": "Observation", "status": "final", "code": CODE,
          "contained": [{"resourceType": "Patient", "id": "p", "name": [{"text": "Ek"}]}],
          "subject": {"reference": "#p"}}, ((UNKNOWN,),)),
        ({"resourceType": "Observation", "status": "final", "code": CODE,
          "subject": {"reference": "Location/1"}}, ()),
        ({"resourceType": "Appointment", "status": "booked", "participant": [
            {"actor": {"reference": "Practitioner/1"}, "status": "accepted"},
            {"actor": {"reference": "Patient/1"}, "status": "accepted"}]}, (("Patient/1",),)),
        ({"resourceType": "Task", "status": "ready", "intent": "order",
          "for": {"reference": "urn:uuid:1"}}, (("urn:uuid:1",),)),
        ({"resourceType": "Provenance", "recorded": "2026-01-01T00:00:00Z",
          "target": [{"reference": "CarePlan/1"}], "agent": [{"who": {"reference": "Patient/3"}}]},
         (("CarePlan/1",), ("Patient/3",))),
        ({"resourceType": "Organization", "name": "A"}, ()),
        ({"resourceType": "Bundle", "type": "collection", "entry": [
            {"fullUrl": "https://a.test/Patient/1",
             "resource": {"resourceType": "Patient", "id": "1"}},
            {"fullUrl": "https://a.test/Flag/1",
             "resource": {"resourceType": "Flag", "id": "1", "status": "active", "code": CODE,
                          "subject": {"reference": "Patient/1"}}}]},
         (("https://a.test/Patient/1",),)),
    ],
)  # fmt: skip
def test_whose_a_resource_is(resource: dict[str, object], whose: tuple[tuple[str, ...], ...]):
    assert subjects(resource) == whose


def test_types_about_nobody_are_types_of_the_standard():
    assert ABOUT_NOBODY <= RESOURCE_TYPES
    assert "Patient" not in ABOUT_NOBODY
    assert "Observation" not in ABOUT_NOBODY


def test_kinds_that_others_point_at_come_first():
    kinds = ["Observation", "CarePlan", "Patient", "Zebra", "Organization", "Encounter", "Basic"]
    assert sorted(kinds, key=order.place_of) == [
        "Organization", "Patient", "Encounter", "CarePlan", "Observation", "Basic", "Zebra",
    ]  # fmt: skip
    assert set(order.ORDER) <= RESOURCE_TYPES


# ── versions ──

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


def stamp(digest: bytes, hours: int | None = None, version: str = "") -> Stamp:
    return Stamp(digest, None if hours is None else MORNING + timedelta(hours=hours), version)


@pytest.mark.parametrize(
    ("incoming", "current", "same_run", "former", "verdict"),
    [
        (stamp(b"a"), None, False, {}, Verdict.NEW),
        (stamp(b"a"), stamp(b"a", 1), False, {}, Verdict.UNCHANGED),
        (stamp(b"b", 2), stamp(b"a", 1), False, {}, Verdict.CHANGED),
        (stamp(b"b", 1), stamp(b"a", 2), False, {}, Verdict.OLDER),
        (stamp(b"b", 1), stamp(b"a", 2), False, {b"b": False}, Verdict.UNCHANGED),
        (stamp(b"b", 1, "9"), stamp(b"a", 1, "10"), False, {}, Verdict.OLDER),
        (stamp(b"b"), stamp(b"a"), False, {}, Verdict.CHANGED),
        (stamp(b"b"), stamp(b"a"), False, {b"b": False}, Verdict.CHANGED),  # changed back
        (stamp(b"b"), stamp(b"a"), False, {b"b": True}, Verdict.UNCHANGED),
        (stamp(b"b"), stamp(b"a"), True, {}, Verdict.RIVAL_WON),
        (stamp(b"a"), stamp(b"b"), True, {}, Verdict.RIVAL_LOST),
        (stamp(b"a", 1), stamp(b"b"), True, {}, Verdict.CHANGED),
        (stamp(b"b"), stamp(b"a", 1), True, {}, Verdict.OLDER),
    ],
)
def test_which_version_stands(
    incoming: Stamp,
    current: Stamp | None,
    same_run: bool,
    former: dict[bytes, bool],
    verdict: Verdict,
):
    assert judge(incoming, current, same_run=same_run, former=former) is verdict


def arrive(stamps: tuple[Stamp, ...], shelf: Stamp | None, former: dict[bytes, bool]) -> Stamp:
    """One import of these texts of one resource, in this order."""
    mine = False
    for one in stamps:
        verdict = judge(one, shelf, same_run=mine, former=former)
        if verdict in (Verdict.NEW, Verdict.CHANGED, Verdict.RIVAL_WON):
            if shelf:
                former[shelf.digest] = mine
            shelf, mine = one, True
        elif verdict is not Verdict.UNCHANGED:
            former[one.digest] = mine
        elif shelf and one.digest == shelf.digest:
            mine = True
    assert shelf is not None
    return shelf


STAMPS = st.lists(
    st.builds(
        stamp,
        st.binary(min_size=1, max_size=2),
        st.none() | st.integers(0, 2),
        st.sampled_from(["", "1", "2"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one.digest,
)


@given(STAMPS)
def test_the_order_of_arrival_does_not_decide_and_the_second_time_changes_nothing(
    stamps: list[Stamp],
):
    ends = set()
    for order_ in permutations(stamps):
        former: dict[bytes, bool] = {}
        end = arrive(order_, None, former)
        ends.add(end)
        for again in permutations(stamps):
            assert arrive(again, end, dict(former)) == end
    assert len(ends) == 1
