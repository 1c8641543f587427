"""The county built once, in a transaction that is taken back when the module's tests are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from samverka.access.operations import open_account
from samverka.demo.actors import LogIn, builder
from samverka.demo.build import build, story_numbers
from samverka.demo.staff import staff
from samverka.demo.stories import STORIES
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityNumber
from samverka.kernel.testseries import NumberSupply
from samverka.organisations.reads import assignments_of
from samverka.people.reads import search_persons
from tests.demo.rows import Rows, rows

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PEOPLE = 120


@dataclass(frozen=True)
class Built:
    """The county and who is in it."""

    numbers: dict[str, IdentityNumber]
    persons: dict[str, UUID]
    steps: list[tuple[int, int]]

    def actor(self, key: str) -> Actor:
        """Someone of the cast, now."""
        account = open_account(builder(NOW), username=key, name=key)
        if key in staff():
            unit = staff()[key].assignments[0].unit
            found = assignments_of(account, NOW)
            chosen = next(one for one in found if one.unit.hsa_id == _hsa(unit))
            return LogIn(account, key, assignment=chosen).actor(NOW)
        people = {person.key: person for story in STORIES for person in story.people}
        return LogIn(account, people[key].name, person_id=self.persons[key]).actor(NOW)


def _hsa(unit: str) -> str:
    from samverka.demo.county import units

    return units()[unit].hsa_id


@pytest.fixture(scope="session")
def counties() -> list[Rows]:
    """The rows of each county that the tests have built, to compare."""
    return []


@pytest.fixture(scope="module")
def built(
    counties: list[Rows], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Built]:
    """All twelve stories and sixty people."""
    steps: list[tuple[int, int]] = []
    note: Callable[[int, int], None] = lambda done, total: steps.append((done, total))  # noqa: E731
    with django_db_blocker.unblock(), transaction.atomic():
        build(people=PEOPLE, seed=1, progress=note, today=TODAY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself in time
        counties.append(rows())
        numbers = story_numbers(NumberSupply(), TODAY)
        persons = {
            key: search_persons(builder(NOW), text="", number=number)[0].id
            for key, number in numbers.items()
        }
        yield Built(numbers, persons, steps)
        transaction.set_rollback(True)
