"""What the tests of the room stand on: the county, a person, an app, a Friday."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from samverka.access.models import Account
from samverka.connections import models as rows
from samverka.web.door import AS_PERSON, ASSIGNMENT, SECOND_FACTOR
from tests.connections.letting import make_client
from tests.factories.cast import NOW, Cast, make_person, person_login


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def friday() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def karin(cast: Cast) -> Any:
    return make_person(cast.region_nurse)


@pytest.fixture
def app(cast: Cast) -> rows.Client:
    return make_client(
        cast.region_nurse.unit_id,
        name="Vinden",
        about="Visar dina planer i telefonen.",
        scopes="launch launch/patient openid fhirUser offline_access online_access patient/*.rs user/*.rs",
    )


def logged_in(account_id: UUID, chosen: str = "") -> Client:
    """A browser with that log-in."""
    client = Client()
    client.force_login(Account.objects.get(id=account_id))
    session = client.session
    session[SECOND_FACTOR] = True
    if chosen:
        session[ASSIGNMENT] = chosen
    session.save()
    return client


@pytest.fixture
def karins(karin: Any) -> Client:
    """Karin's browser."""
    return logged_in(person_login(karin).id, AS_PERSON)


@pytest.fixture
def nurses(cast: Cast) -> Client:
    """The district nurse's browser."""
    return logged_in(cast.region_nurse.id, str(cast.region_nurse.assignment_id))
