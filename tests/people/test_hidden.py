"""One who may not be known and one who does not exist look the same, also to someone who counts the time."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samverka.kernel import testseries
from samverka.kernel.identity import Sex
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARIN, KARINS_NUMBER, NOW, Cast, make_person, person_login
from tests.factories.login import logged_in

pytestmark = pytest.mark.django_db

NOBODYS_NUMBER = testseries.test_number(KARIN.birth_date, Sex.FEMALE, 1)


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


def asked(do: Callable[[], object]) -> list[str]:
    """The questions to the database, without their values."""
    with CaptureQueriesContext(connection) as captured:
        do()
    return [one["sql"].split("WHERE")[0][:200] for one in captured.captured_queries]


def same_work(client: Client, hidden: str, nothing: str, number: str = "", other: str = "") -> bool:
    def go(address: str, text: str) -> object:
        return client.post(address, {"q": text}) if text else client.get(address)

    go(nothing, other)  # what is asked only once
    first, second = asked(lambda: go(hidden, number)), asked(lambda: go(nothing, other))
    assert len(first) == len(second), (first, second)
    return len(first) > 3


def test_a_search_for_someone_hidden_asks_as_much_as_for_no_one(
    cast: Cast, karin: PersonDetail
) -> None:
    client, search = logged_in(cast.stranger), reverse("people:search")
    assert same_work(client, search, search, KARINS_NUMBER.value, NOBODYS_NUMBER.value)
    assert same_work(client, search, search, "Karin Åström", "Ingen Alls")
    assert same_work(client, search, search, "1942-03-11", "1943-03-11")


PAGES = (
    "contract:person", "people:edit", "people:relatives", "people:proxies", "people:capacity",
    "contract:emergency", "careplans:list",
)  # fmt: skip


@pytest.mark.parametrize("who", ["stranger", "ifo_officer", "needs_assessor"])
def test_a_page_of_someone_hidden_asks_as_much_as_for_no_one(
    cast: Cast, karin: PersonDetail, who: str
) -> None:
    client = logged_in(getattr(cast, who))
    for name in PAGES:
        hidden, nothing = (reverse(name, args=[one]) for one in (karin.id, uuid4()))
        assert client.get(hidden).status_code == client.get(nothing).status_code, name
        assert same_work(client, hidden, nothing), name


def test_another_persons_page_asks_as_much_as_for_no_one(cast: Cast, karin: PersonDetail) -> None:
    other = make_person(cast.region_nurse, identity=NOBODYS_NUMBER)
    client = logged_in(person_login(other))
    hidden, nothing = (reverse("contract:my_page", args=[one]) for one in (karin.id, uuid4()))
    assert client.get(hidden).status_code == client.get(nothing).status_code == 404
    assert same_work(client, hidden, nothing)
