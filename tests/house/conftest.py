"""The furnished house, at a standing clock."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine
from pytest_django import DjangoDbBlocker

from tests import standing
from tests.factories.cast import NOW
from tests.house.furnished import House, furnish


@pytest.fixture
def clock() -> Iterator[None]:
    """The pages' time is the cast's."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def standing_house(
    request: pytest.FixtureRequest,
    tests_by_file: standing.Files,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[House | None]:
    """The house, furnished once for the file."""

    def furnished() -> House:
        with time_machine.travel(NOW, tick=False):
            return furnish()

    yield from standing.lay(request, tests_by_file, django_db_blocker, furnished)


@pytest.fixture
def house(standing_house: House | None, db: None, clock: None) -> House:
    """One real record of each kind."""
    return deepcopy(standing_house) if standing_house else furnish()
