"""References of what was imported: our addresses where they lead to something here, the sender's letters everywhere else."""

from __future__ import annotations

import pytest

from samverka.resources.rules.readdressing import Pointed, readdressed

HERE = (
    Pointed("Patient/1", place="Patient/p"),
    Pointed("Encounter/2"),
    Pointed("https://other.example/fhir/Organization/3", place="Organization/o"),
    Pointed("Practitioner/4", full_url="urn:uuid:44", place="Practitioner/d"),
    Pointed("https://a.example/Location/5", place="Location/a"),
    Pointed("https://b.example/Location/5", place="Location/b"),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Patient/1", "Patient/p"),
        ("Patient/1/_history/7", "Patient/p"),
        ("https://own.example/fhir/Patient/1", "Patient/p"),
        ("https://other.example/fhir/Organization/3", "Organization/o"),
        ("Organization/3", "Organization/o"),
        ("urn:uuid:44", "Practitioner/d"),
        ("urn:uuid:45", "urn:uuid:45"),
        ("Encounter/2", "Encounter/2"),
        ("Encounter/1", "Encounter/1"),
        ("Location/5", "Location/5"),  # which of the two is not known
        ("#1", "#1"),
        ("Patient?identifier=a|b", "Patient?identifier=a|b"),
    ],
)
def test_a_reference_that_leads_somewhere_here(name: str, expected: str) -> None:
    text = '{ "resourceType":"Basic",\t"subject": {"reference" : "%s"}, "value":72.50,"x":"Patient/1" }'
    assert readdressed((text % name).encode(), HERE).decode() == text % expected


def test_who_points_at_nothing_is_left_alone() -> None:
    text = b'{"subject":{"reference":"Patient/1"}}'
    assert readdressed(text, ()) is text
    assert readdressed(text, [Pointed("Patient/1")]) is text
