"""A clinic that people wait for, its staff, and Karin who has been referred to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.guarantee import operations as ops
from samverka.guarantee.reads import WaitDetail
from samverka.guarantee.rules import Part
from samverka.guarantee.rules.keeping import WaitFacts
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, relate

KNEE = WaitFacts(
    part=Part.VISIT,
    what="Undersökning av knät",
    area="Ortopedi",
    referrer="Anna Lund",
    referral_issued_at=NOW - timedelta(days=60),
    referral_received_at=NOW - timedelta(days=57),
)
"""Referred sixty days ago: the last day is the ninetieth after."""


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """Known to the surgical ward's reception, and listed nowhere."""
    found = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    relate(cast.surgery_nurse, found)
    return found


@pytest.fixture
def wait(cast: Cast, karin: PersonDetail) -> WaitDetail:
    """Karin waits for a first visit."""
    return ops.start_wait(cast.surgery_nurse, person_id=karin.id, facts=KNEE)
