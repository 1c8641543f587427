"""What is written on the shelf wakes the one who tells of it, as soon as it is there."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection

from samverka.kernel.actor import Actor
from samverka.subscriptions.operations.hearing import HAPPENED
from tests.factories.cast import Cast
from tests.subscriptions.conftest import asked, subscribe, write


@pytest.fixture
def bound(transactional_db: None, journal: Actor, plan: Any) -> None:
    subscribe(journal, asked(criteria=f"CarePlan?subject=Patient/{plan.person_id}"))


def test_a_new_version_knocks(bound: None, cast: Cast, plan: Any) -> None:
    connection.ensure_connection()
    with psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"],
                         autocommit=True) as listener:  # fmt: skip
        listener.execute(f"LISTEN {HAPPENED}")
        write(cast, plan, "Nytt", minutes=1)
        assert [one.channel for one in listener.notifies(timeout=10, stop_after=1)] == [HAPPENED]
