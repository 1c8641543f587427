"""A ward, those who are told, and one who has been admitted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.discharge import operations as ops
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.messages import MessageKind
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person

ADMITTED = NOW - timedelta(hours=6)


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def case(cast: Cast, karin: PersonDetail) -> CaseDetail:
    """Karin is on the ward; nobody has been told."""
    return ops.open_case(
        cast.ward_nurse, person_id=karin.id, facts=ops.AdmissionFacts(admitted_at=ADMITTED)
    )


@pytest.fixture
def told(cast: Cast, case: CaseDetail) -> CaseDetail:
    """The health centre, home health care and needs assessment have the admission message."""
    return admission(cast, case)


def admission(cast: Cast, case: CaseDetail, *units: str) -> CaseDetail:
    """Send the admission message to units of the cast, by their names there."""
    wanted = units or ("health_centre", "home_care", "assessment")
    return ops.send_message(
        cast.ward_nurse,
        case_id=case.id,
        kind=MessageKind.ADMISSION,
        letter=ops.Letter(
            body={"estimated_at": (NOW + timedelta(days=3)).date().isoformat()},
            units=tuple(cast.units[one].id for one in wanted),
        ),
    )
