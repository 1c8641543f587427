"""The demo county is the same each time: same people, same seed, same day give the same rows."""

from __future__ import annotations

import pytest
from pytest_django import DjangoDbBlocker

from samverka.config.postgres import Urls
from tests import database
from tests.demo.conftest import PEOPLE, Site, raise_county
from tests.demo.rows import Counties, Rows, differing, rows


@pytest.fixture
def two(
    site: Site, counties: Counties, server_urls: Urls, django_db_blocker: DjangoDbBlocker
) -> tuple[Rows, Rows]:
    """Two counties, each built from nothing, by other tests too if they have built one already."""
    if len(counties.all()) < 2:
        with django_db_blocker.unblock(), database.database(server_urls, like=site.empty) as name:
            with database.within(name):
                raise_county([])
                counties.keep(rows())
    one, other, *_more = counties.all()
    return one, other


def test_two_counties_are_equal_row_by_row(two: tuple[Rows, Rows]) -> None:
    one, other = two
    assert differing(one, other) == []
    assert sum(len(found) for found in one.values()) > 5000
    assert len(one["people_person"]) > PEOPLE


def test_one_row_that_differs_is_found(two: tuple[Rows, Rows]) -> None:
    one, other = two
    planted = other | {"notices_task": other["notices_task"][1:]}
    assert len(differing(one, planted)) >= 1
