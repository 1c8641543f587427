"""What lay on the shelf before is made findable anew: in batches, from where it was cut off, and once."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files
from typing import Any

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config import jobs
from samverka.resources.models import PointerValue
from samverka.resources.operations import reindexing, store
from samverka.resources.rules.definitions import OURS
from samverka.resources.rules.searching.numbers import INDEX as NOW
from tests.factories.cast import system
from tests.resources.importing import PNR, Importer, observation, patient
from tests.resources.searching.test_indexing import INDEX, WEIGHT

pytestmark = pytest.mark.django_db

URN = "urn:uuid:0e8b2c11-5d0a-4ed4-9f7a-00000000000"


@pytest.fixture
def shelf(importer: Importer) -> list[set[Any]]:
    """References of every sort, and what they were found by."""
    by_number = {"type": "Patient", "identifier": {"system": PNR, "value": "194203119801"}}
    entries = [
        {"fullUrl": f"{URN}1", "resource": patient()},
        {"fullUrl": f"{URN}2", "resource": observation(subject=f"{URN}1", **WEIGHT)},
        {"fullUrl": f"{URN}3", "resource": observation("2", None) | {"subject": by_number}},
    ]
    importer.take({"resourceType": "Bundle", "type": "collection", "entry": entries})
    importer.take(observation("3", "Patient/unknown"))
    return index()


def index() -> list[set[Any]]:
    return [set(model.objects.values_list()) for model in INDEX]


def forget(number: int = 0) -> None:
    """As if it had come before there was an index, or under former rules."""
    with act(system(), Action.SHELF_RECEIVE) as this:
        this.note_general("Resource")
        for table in store.INDEX:
            store.execute(f"DELETE FROM {table}", [])
        store.execute("UPDATE resources_resource SET indexed = %s", [number])


def all_of_it() -> int:
    return jobs.index_all(lambda _done, _of: None)


def test_it_is_found_by_the_same_as_when_it_came(shelf: list[set[Any]]) -> None:
    assert PointerValue.objects.filter(target__isnull=False).count() > 4
    forget()
    assert not any(index())
    assert all_of_it() == 5  # the bundle, too
    assert index() == shelf


def test_again_changes_nothing(shelf: list[set[Any]]) -> None:
    assert all_of_it() == 0  # what comes now is indexed as it comes
    forget(NOW)
    assert all_of_it() == 0
    assert not any(index())


def test_it_goes_on_where_it_was(shelf: list[set[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "AT_A_TIME", 2)
    forget()
    first = reindexing.index_again(system())
    assert (first.count, reindexing.to_index(system())) == (2, 3)
    assert all_of_it() == 3  # another begins from the start, and passes over what is done
    assert index() == shelf


MADE_BY = {1: "041c96bf"}
"""What is looked for, by the number of the rules."""


def test_other_parameters_have_another_number() -> None:
    """Raise `numbers.INDEX` when this fails: what lies on the shelf must be gone through again."""
    text = files("samverka.resources").joinpath("definitions/searches.json.gz").read_bytes()
    ours = repr(sorted((one.code, one.places) for one in OURS)).encode()
    assert {NOW: blake2b(text + ours, digest_size=4).hexdigest()} == MADE_BY
