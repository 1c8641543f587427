"""A real server, a county, an app that is registered there, and one of the staff who uses it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from samverka.access.act import set_row_security
from tests.clients.stage import REDIRECT, SCOPES, Stage
from tests.connections.letting import make_client, make_token
from tests.factories.cast import KARINS_NUMBER, county, make_person


@pytest.fixture
def stage(live_server: Any, transactional_db: None) -> Stage:
    now = datetime.now(UTC)
    cast = county(now)
    nurse = cast.region_nurse
    karin = make_person(nurse, identity=KARINS_NUMBER)
    assert nurse.unit_id
    with transaction.atomic():
        set_row_security(nurse)  # as the act does, in which the real ones are made
        app = make_client(
            nurse.unit_id, name="Vinden", scopes=SCOPES, redirects=[REDIRECT], registered_at=now
        )
        token = make_token(app, nurse, "user/*.cruds", at=now)
    return Stage(f"{live_server.url}/fhir/R4", token, str(karin.id), str(app.id), cast)
