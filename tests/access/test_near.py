"""What the gate can tell out of the columns that came with a row is what it tells when it asks for all, in any world."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from samverka.access import gate, rules
from samverka.access.act import set_row_security
from samverka.access.actions import ACTIONS, Action
from samverka.access.gate import near
from samverka.access.gate.near import standing_near
from samverka.kernel.actor import Actor
from tests.access.test_gate_agrees import AGES, PERSONS, WIDE, Card, Thing, _system, build_world
from tests.access.test_gate_agrees import tables as tables
from tests.access.test_gate_agrees import things as things


@pytest.mark.django_db
@pytest.mark.parametrize(
    "action", [Action.PLAN_READ, Action.PERSON_READ, Action.SHELF_READ, Action.SHELF_KEEP]
)
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_what_came_with_the_row_says_the_same_or_nothing(
    things: None, action: Action, seed: int
) -> None:
    set_row_security(_system())
    actor = build_world(seed)
    if not actor.is_staff:
        return
    standing = gate.standings(actor, PERSONS, AGES)
    for model in (Thing, Card):
        for row, told in _with_columns(model, actor):
            holding = model.gate.holding(row)
            found = standing_near(actor, holding, told, AGES)
            if found is not None:
                whole = rules.decide(ACTIONS[action], actor, holding, standing[holding.person_id])
                assert rules.decide(ACTIONS[action], actor, holding, found) == whole, (seed, actor)


def _with_columns(model: Any, actor: Actor) -> Iterator[tuple[Any, list[str]]]:
    person = "t.person_id" if model is Thing else "t.id"
    columns = near.COLUMNS.format(
        person=person, provider="%(provider)s", unit="%(unit)s", at="%(at)s", objects="t.id::text"
    )
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "provider": actor.provider_id,
            "unit": actor.unit_id,
            "at": actor.at,
        }
        cursor.execute(f"SELECT t.id, {columns} FROM {model._meta.db_table} t", values)
        told = {one: [a, b, "t" if c else "f"] for one, a, b, c in cursor.fetchall()}
    for row in model.objects.all():
        yield row, told[row.pk]


def test_the_worlds_hold_rows_that_need_no_more(things: None, db: None) -> None:
    """Else the test above would say nothing."""
    found = 0
    for seed in range(30):
        set_row_security(_system())
        actor = build_world(seed)
        rows_ = _with_columns(Thing, actor) if actor.is_staff else ()
        found += sum(
            standing_near(actor, Thing.gate.holding(row), told, AGES) is not None
            for row, told in rows_
        )
    assert found > 20
