"""Pages that nothing in a new demo county leads to: looked at over one real record of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from tests.factories.cast import NOW
from tests.house.doors import OFFICE, RECORD
from tests.house.furnished import House, furnish
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RARE = {
    "careplans:wish": "wish_id",
    "careplans:merge_answer": "ask_id",
    "contract:unit_notices": "unit_id",
    "contract:unit_statistics": "unit_id",
}
"""Page → the name of the id in its address."""


@pytest.fixture
def house(transactional_db: None) -> Iterator[House]:
    """The records' hour is the pages' hour too."""
    with time_machine.travel(NOW):
        yield furnish()


def test_pages_that_a_state_brings(visit: Visit, house: House) -> None:
    for name, argument in RARE.items():
        door = (OFFICE | RECORD)[name]
        path = reverse(name, kwargs={argument: house.ids[argument]})
        for width in (360, 1280):
            page = visit(door.who(house), path, width=width)
            assert page.locator("h1").count() == 1, path
            assert_good(page)
