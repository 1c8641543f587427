"""The county, built once for a run's process in a database of its own; each file's changes are taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from samverka.access.operations import open_account
from samverka.config.postgres import Urls
from samverka.demo.actors import LogIn, builder
from samverka.demo.build import build, story_numbers
from samverka.demo.staff import staff
from samverka.demo.stories import STORIES
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityNumber
from samverka.kernel.testseries import NumberSupply
from samverka.organisations.reads import assignments_of
from samverka.people.reads import search_persons
from tests import database
from tests.demo.rows import Counties, rows

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
def counties(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Counties:
    """The rows of each county that the tests have built, in whichever process, to compare."""
    own = tmp_path_factory.getbasetemp()
    return Counties((own if worker_id == "master" else own.parent) / "counties")


@dataclass(frozen=True)
class Site:
    """Where the county stands, and how the building went."""

    database: str
    empty: str
    """The database that it was copied from before anything was built."""
    steps: list[tuple[int, int]]


@pytest.fixture(scope="session")
def site(
    counties: Counties, server_urls: Urls, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Site]:
    """The county in a database of its own, built once for all files."""
    empty, steps = str(connection.settings_dict["NAME"]), list[tuple[int, int]]()
    with django_db_blocker.unblock(), ExitStack() as begun:
        name = begun.enter_context(database.database(server_urls, like=empty))
        with database.within(name):
            raise_county(steps)
            counties.keep(rows())
        lasting = begun.pop_all()
    yield Site(name, empty, steps)
    with django_db_blocker.unblock():
        lasting.close()


def raise_county(steps: list[tuple[int, int]]) -> None:
    """All stories and so many people, as on any first day."""
    build(
        people=PEOPLE, seed=1, progress=lambda done, of: steps.append((done, of)), today=TODAY
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself in time


@pytest.fixture(scope="module")
def built(site: Site, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    """All stories and the people, in a transaction that is taken back when the file's tests are done."""
    with django_db_blocker.unblock(), database.within(site.database), transaction.atomic():
        numbers = story_numbers(NumberSupply(), TODAY)
        persons = {
            key: search_persons(builder(NOW), text="", number=number)[0].id
            for key, number in numbers.items()
        }
        yield Built(numbers, persons, site.steps)
        transaction.set_rollback(True)
