"""A page asks the database few questions, and not one more for each row it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samverka.careplans import operations as careplans
from samverka.careplans.rules import OwnerKind, Term
from samverka.contacts import operations as contacts
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.rules import RelativeKind
from tests.factories.cast import make_person
from tests.house.doors import ANYONE, OFFICE, OWN, RECORD, Door
from tests.house.furnished import BLOOD, House
from tests.house.source import told
from tests.house.visits import Address, addresses, client_of, form_of

MOST = 12
"""Questions that an ordinary page may ask; the door, the session and row security take about five."""

MORE: dict[str, tuple[int, str]] = {
    "web:fhir-part": (16, "a plan's history by FHIR: each version through the gate and its room"),
    "web:fhir-version": (14, "an older version of a plan by FHIR, asked for seldom"),
    "contract:lift": (20, "lifting a block: rare, and it lists whose block and for whom"),
    "contract:resource": (
        15,
        "one resource word for word, opened seldom: its versions, the person",
    ),
    "people:proxies": (15, "a form opened seldom: the person, those who act, and their names"),
    "discharge:send": (15, "a form: the case, who can have it and why, by the table of routes"),
    "people:capacity": (13, "a form opened seldom: the person and what the gate knows"),
    "discharge:wrong": (
        13,
        "a form opened seldom: the case, the copy, and every unit to choose among",
    ),
}
"""Addresses that may ask more, how many, and why."""

POSTED = {"people:search"}
"""Pages that show their rows in answer to a POST."""

NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
"""In earnest these are the transaction itself."""

MORE_ROWS = 27


def _pages(house: House) -> list[tuple[Address, Client, str]]:
    """Every page that opens, with one who may."""
    found = []
    for address in addresses():
        door = (OFFICE | OWN | RECORD).get(address.name) or (
            Door() if address.name in ANYONE else None
        )
        if door is None:
            continue
        client, path = client_of(house, door.who), address.path(house)
        if (
            client.get(path).status_code == 200
        ):  # the first visit also notes the session's beginning
            found.append((address, client, path))
    return found


def _asked(client: Client, address: Address, path: str) -> list[str]:
    """The questions of one visit, in order."""
    with CaptureQueriesContext(connection) as asked:
        if address.name in POSTED:
            client.post(path, {"q": "karin"})
        else:
            client.get(path)
    found = [str(one["sql"]) for one in asked.captured_queries]
    return [one for one in found if not one.startswith(NOT_COUNTED)]


def _furnish_more(house: House) -> None:
    """Thirty of each where there were three at most."""
    nurse = house.nurse
    for number in range(MORE_ROWS):
        careplans.add_goal(nurse, plan_id=house.plan.id, words=f"Mål {number}", term=Term.LONG)
        careplans.add_activity(
            nurse,
            plan_id=house.plan.id,
            what=f"Insats {number}",
            owner=careplans.Owner(unit_id=house.cast.units["home_health"].id)
            if number % 2
            else careplans.Owner(kind=OwnerKind.PERSON),
        )
        careplans.comment_plan(house.patient, plan_id=house.plan.id, words=f"Ord {number}")
        later = replace(BLOOD, starts_at=BLOOD.starts_at + timedelta(days=number))
        contacts.book_time(nurse, person_id=house.karin.id, facts=later)
        people.note_relative(
            nurse, person_id=house.karin.id, name=f"Nära {number}", kind=RelativeKind.FRIEND
        )
        made = make_person(nurse, PersonFacts(given_name=f"Karin {number}", family_name="Ek"))
        contacts.book_time(nurse, person_id=made.id, facts=later)


@pytest.fixture
def pages(house: House) -> list[tuple[Address, Client, str]]:
    found = _pages(house)
    assert len(found) > 30, "Few pages opened: mend the test."
    return found


def test_pages_ask_little_and_no_more_for_more_rows(
    house: House, pages: list[tuple[Address, Client, str]]
) -> None:
    few = {path: _asked(client, address, path) for address, client, path in pages}
    _furnish_more(house)
    many = {path: _asked(client, address, path) for address, client, path in pages}
    faults = []
    for address, _client, path in pages:
        most = MORE.get(address.name, (MOST, ""))[0]
        if len(few[path]) > most:
            faults.append(
                f"{address.name}: {len(few[path])} questions; at most {most}. Join them in reads.py."
            )
        if len(many[path]) > len(few[path]):
            extra = _repeated(many[path])
            faults.append(
                f"{address.name}: {len(few[path])} questions for few rows, {len(many[path])} for many. "
                f"Ask once for all: {extra[:200]}"
            )
    assert not faults, told(faults)


def _repeated(asked: list[str]) -> str:
    """The question that is asked most often, without its values."""
    shapes = [one.split(" WHERE ")[0] for one in asked]
    return max(shapes, key=shapes.count)


def test_forms_can_be_filled(house: House) -> None:
    """What the door test posts is what the page's form holds: it must find the form."""
    door = RECORD["people:edit"]
    [address] = [one for one in addresses() if one.name == "people:edit"]
    fields = form_of(client_of(house, door.who), address, door, house)
    assert fields["family_name"] == "Åström"
    assert "version" in fields
