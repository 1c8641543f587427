"""Imports of anything in any order."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.resources.models import Reference, Resource, Version
from samverka.resources.operations import store
from samverka.resources.rules.lines import Weight
from tests.resources.importing import (
    CODE,
    PNR,
    Importer,
    observation,
    patient,
)

pytestmark = pytest.mark.django_db


# ── any order, any content ──


def pile() -> list[dict[str, object]]:
    """A small world in which everything points at something."""
    return [
        patient(),
        patient("191212121212", "2"),
        observation("a", hasMember=[{"reference": "Observation/b"}]),
        observation("b", "Patient/2"),
        observation("c", "Patient?identifier=" + PNR + "|191212121212"),
        observation("d") | {"meta": {"lastUpdated": "2026-01-01T00:00:00Z"}},
        observation("d") | {"meta": {"lastUpdated": "2026-01-02T00:00:00Z"}, "note": [CODE]},
        {"resourceType": "Organization", "id": "o", "name": "A"},
    ]


@given(order=st.permutations(range(8)), cuts=st.sets(st.integers(1, 7), max_size=3))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_order_of_entries_files_and_imports_does_not_matter(
    importer: Importer, order: list[int], cuts: set[int]
):
    source = f"s{next(importer.names)}"
    resources = [pile()[at] for at in order]
    edges = [0, *sorted(cuts), len(resources)]
    for start, end in itertools.pairwise(edges):
        importer.take(*resources[start:end], source=source)
    mine = picture_of(source)
    other = f"t{next(importer.names)}"
    importer.take(*pile(), source=other)
    assert mine == picture_of(other)
    assert importer.take(*pile(), source=source).nothing_changed


def picture_of(source: str) -> set[tuple[object, ...]]:
    """What stands on the shelf from a source, without the shelf's own ids."""
    keys = dict(Resource.objects.filter(source=source).values_list("id", "key"))
    rows = Resource.objects.filter(source=source).values_list(
        "key", "status", "person_id", "digest"
    )
    refs = Reference.objects.filter(resource__source=source).values_list(
        "resource__key", "path", "target", "person_id"
    )
    led = {(key, path, keys.get(target), person) for key, path, target, person in refs}
    return {(*row[:3], bytes(row[3])) for row in rows} | led


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "meta", "identifier", "name", "link", "text", "contained"]),
            VALUES,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_resource_is_kept_word_for_word_or_refused_in_a_line(
    importer: Importer, members: list[dict[str, object]]
):
    source = f"s{next(importer.names)}"
    texts = [json.dumps({"resourceType": "Patient", **one}) for one in members]
    report = importer.run(importer.file("\n".join(texts), ".ndjson"), source=source)
    refused = {line.entry for line in report.lines if line.weight is Weight.REFUSED}
    kept = set(Version.objects.filter(resource__source=source).values_list("text", flat=True))
    for number, text in enumerate(texts, 1):
        assert str(number) in refused or text in kept or _same(text, kept)


def _same(text: str, kept: set[str]) -> bool:
    """The same content stands already, laid out by an earlier line."""
    return any(json.loads(text) == json.loads(other) for other in kept)


def test_a_name_that_the_database_cannot_keep_is_still_told(importer: Importer):
    """NUL in a member's name, and half a character: both are in the path of the line."""
    whole: dict[str, object] = {"resourceType": "Patient", "id": "1"}
    odd: list[dict[str, object]] = [{"meta": {"\0": None}}, {"name": [{"\ud800": 1}]}]
    texts = [json.dumps(whole), *(json.dumps(whole | one) for one in odd)]
    report = importer.run(importer.file("\n".join(texts), ".ndjson"), source="odd")
    assert {line.entry for line in report.lines if line.weight is Weight.REFUSED} == {"2", "3"}
    assert Version.objects.filter(resource__source="odd").count() == 1


def test_store_writes_only_inside_an_act():
    with pytest.raises(Exception, match="outside an act"):
        store.execute("DELETE FROM resources_wanted", [])
