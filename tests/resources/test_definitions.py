"""The standard's own definitions are here, whole, and read as they are meant."""

from __future__ import annotations

import hashlib
import re

import pytest

from samverka.config.folders import PACKAGE
from samverka.resources.rules import definitions
from samverka.resources.rules.definitions import RESOURCE_TYPES, Place

FOLDER = PACKAGE / "resources/definitions"
ENDS = frozenset({"->", "[0]", "%resource"})


def test_the_files_are_those_that_the_readme_lists():
    listed = dict(
        re.findall(r"`(\S+\.gz)` \|.*`([0-9a-f]{64})`", (FOLDER / "README.md").read_text())
    )
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.gz")
    }
    assert found == listed
    assert len(found) == 4
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1024 * 1024


def test_every_type_is_there_and_leads_to_types_that_are():
    types, primitives = definitions.structures().types, definitions.structures().primitives
    assert len(RESOURCE_TYPES) == 146
    assert len(primitives) == 20
    for one in types.values():
        for element in one.elements:
            assert element.types
            assert set(element.types) <= types.keys() | primitives.keys()
            assert set(element.targets) <= RESOURCE_TYPES
            assert element.least in (0, 1)
            assert element.most in (0, 1)


def test_every_required_value_set_has_its_codes_or_is_open():
    sets = definitions.value_sets()
    bound = {
        element.codes
        for one in definitions.structures().types.values()
        for element in one.elements
        if element.codes
    }
    assert bound == sets.sets.keys() | sets.open.keys()
    assert all(codes for systems in sets.sets.values() for codes in systems.values())
    assert definitions.codes_of("administrative-gender") == {"male", "female", "other", "unknown"}
    assert len(definitions.codes_of("currencies")) > 150
    assert definitions.codes_of("mimetypes") == frozenset()


def _type_at(kind: str, place: Place) -> str:
    """Follow a path by the structures; fails where it leads nowhere."""
    for name in place.names:
        elements = definitions.structures().types[kind].elements
        [kind] = {
            found for element in elements for key, found in definitions.json_names(element).items()
            if key == name
        }  # fmt: skip
    return kind


def test_every_search_parameter_has_paths_that_lead_somewhere():
    count = 0
    for kind in (*RESOURCE_TYPES, "Resource", "DomainResource"):
        for one in definitions.searches().types.get(kind, ()):
            count += 1
            assert one.places or one.code in ("_content", "_query", "_text")
            assert bool(one.halves) == (one.kind == "composite")
            for place in one.places:
                assert _type_at(kind, place) == place.type
                assert all(test.after <= len(place.names) for test in place.tests)
            for half in one.halves:
                for place in half.places:
                    starts = [kind] if any(t.sort == "%resource" for t in place.tests) else [
                        start.type for start in one.places
                    ]  # fmt: skip
                    assert place.type in [_type_at(start, place) for start in starts]
    assert count > 1600
    left = definitions.searches().left_out
    assert set(left.values()) == {"an example, or the parameter of an extension"}


@pytest.mark.parametrize(
    ("kind", "code", "places"),
    [
        (
            "Patient",
            "phone",
            (Place(("telecom",), "ContactPoint", (definitions.Test(1, "system", "phone"),)),),
        ),
        (
            "CarePlan",
            "patient",
            (Place(("subject",), "Reference", (definitions.Test(1, "->", "Patient"),)),),
        ),
        ("CarePlan", "activity-code", (Place(("activity", "detail", "code"), "CodeableConcept"),)),
        (
            "Observation",
            "value-string",
            (
                Place(("valueString",), "string"),
                Place(("valueCodeableConcept", "text"), "string"),
            ),
        ),
        (
            "Bundle",
            "message",
            (Place(("entry", "resource"), "Resource", (definitions.Test(1, "[0]", ""),)),),
        ),
        ("Task", "_id", (Place(("id",), "id"),)),
    ],
)
def test_a_path_says_what_the_standard_means(kind: str, code: str, places: tuple[Place, ...]):
    assert definitions.parameters(kind)[code].places == places


def test_compartments_name_parameters_that_are_there():
    found = definitions.compartments()
    assert found.keys() == {"Patient", "Practitioner", "Device", "Encounter", "RelatedPerson"}
    assert found["Patient"]["CarePlan"] == ("patient", "performer")
    for types in found.values():
        for kind, codes in types.items():
            missing = set(codes) - definitions.parameters(kind).keys() - {"{def}"}
            assert not missing, (kind, missing)


def test_the_summary_keeps_what_the_standard_marks_and_what_must_be_there():
    names = definitions.summary_names("Observation")
    assert {"id", "meta", "status", "code", "valueQuantity", "effectivePeriod"} <= names
    assert not {"note", "text", "referenceRange"} & names
