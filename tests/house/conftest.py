"""The furnished house, at a standing clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.cast import NOW
from tests.house.furnished import House, furnish


@pytest.fixture
def clock() -> Iterator[None]:
    """The pages' time is the cast's."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def house(db: None, clock: None) -> House:
    """One real record of each kind."""
    return furnish()
