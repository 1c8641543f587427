"""The demo county is the same each time: same people, same seed, same day give the same rows."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from samverka.demo.build import build
from tests.demo.conftest import PEOPLE, TODAY
from tests.demo.rows import Rows, differing, rows


@pytest.fixture
def two(
    counties: list[Rows], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> tuple[Rows, Rows]:
    """Two counties, each built from nothing; those that other tests have built already count."""
    while len(counties) < 2:
        with django_db_blocker.unblock(), transaction.atomic():
            build(people=PEOPLE, seed=1, today=TODAY)
            counties.append(rows())
            transaction.set_rollback(True)
    return counties[0], counties[1]


def test_two_counties_are_equal_row_by_row(two: tuple[Rows, Rows]) -> None:
    one, other = two
    assert differing(one, other) == []
    assert sum(len(found) for found in one.values()) > 5000
    assert len(one["people_person"]) > PEOPLE


def test_one_row_that_differs_is_found(two: tuple[Rows, Rows]) -> None:
    one, other = two
    planted = other | {"notices_task": other["notices_task"][1:]}
    assert len(differing(one, planted)) >= 1
