"""Pages that nothing in a new demo county leads to: looked at over one real record of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.cast import NOW
from tests.house.doors import OFFICE, OWN, RECORD
from tests.house.furnished import House, furnish
from tests.house.visits import addresses
from tests.journeys.conftest import Visit
from tests.journeys.looks import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RARE = {
    "careplans:wish",
    "careplans:merge_answer",
    "careplans:approve_change",
    "careplans:task_move",
    "careplans:group",
    "careplans:self_care_change",
    "careplans:self_care_end",
    "contract:unit_notices",
    "contract:unit_statistics",
    "people:number",
    "careplans:meeting_people",
    "organisations:edit_unit",
    "organisations:new_staff",
    "organisations:close_unit",
    "discharge:open",
    "discharge:case",
    "discharge:send",
    "discharge:mend",
    "discharge:correct",
    "discharge:withdraw",
    "discharge:close",
    "discharge:wrong",
    "discharge:going_home",
    "discharge:hand_over_item",
    "discharge:basis",
    "discharge:contest",
    "discharge:decide",
    "discharge:end_hindrance",
    "discharge:reserve",
    "discharge:after",
    "discharge:mine",
}
"""Pages by their names; who sees them stands in tests/house/doors.py."""


@pytest.fixture
def house(transactional_db: None) -> Iterator[House]:
    """The records' hour is the pages' hour too."""
    with time_machine.travel(NOW):
        yield furnish()


def test_pages_that_a_state_brings(visit: Visit, house: House) -> None:
    rare = [one for one in addresses() if one.name in RARE]
    assert {one.name for one in rare} == RARE
    wrong = []
    for address in rare:
        door = (OFFICE | OWN | RECORD)[address.name]
        page = visit(door.who(house), address.path(house), width=360)
        if page.locator("h1").count() != 1:
            wrong.append(f"{address.name}: not one heading")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 860})
            wrong += [f"{address.name} {width}: {one}" for one in faults_of(page)]
        page.context.close()
    assert not wrong, "\n".join(wrong)
