"""A client's scopes only take away; as a filter and on one row they say the same, in any world."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.access import gate
from samverka.access.act import act, set_row_security
from samverka.access.actions import ACTIONS, Action
from samverka.access.guarded import current_act
from samverka.connections.rules.scopes import narrowing
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed
from samverka.resources.models import Resource, TokenValue
from samverka.resources.rules.searching.numbers import number_of_parameter
from tests.access.test_gate_agrees import (
    AGES,
    BRANCHES,
    NOW,
    PERSONS,
    PROVIDERS,
    UNITS,
    WIDE,
    Pretend,
    Thing,
    _system,
    build_world,
    ident,
    tables,
    things,
)

__all__ = ["tables", "things"]  # fixtures

KINDS = ("CarePlan", "Goal", "Observation", "Organization")
READING = [Action.SHELF_READ, Action.PLAN_READ, Action.PLAN_EDIT]


@pytest.fixture
def shelf(things: None) -> None:
    """On the shelf a resource of each type for each person and unit, and some about nobody."""
    set_row_security(_system())
    number = itertools.count()
    rows = [
        _resource(kind, person, provider, unit, branch, next(number))
        for kind, person, (provider, branch) in itertools.product(
            KINDS, (*PERSONS, None), zip(PROVIDERS, BRANCHES, strict=True)
        )
        for unit in UNITS[provider]
    ]
    token = current_act.set(Pretend())  # type: ignore[arg-type]
    try:
        Resource.objects.bulk_create(rows)
        final = [one for at, one in enumerate(rows) if one.kind == "Observation" and at % 2]
        status = number_of_parameter("Observation", "status")
        values = [
            TokenValue(
                resource=one, parameter=status, number=1, person_id=one.person_id, code="final"
            )
            for one in final
        ]
        TokenValue.objects.bulk_create(values)
    finally:
        current_act.reset(token)


def _resource(
    kind: str, person: UUID | None, provider: UUID, unit: UUID, branch: str, n: int
) -> Any:
    return Resource(
        id=ident(f"r{n}"), source="test", key=f"{kind}/{n}", kind=kind, person_id=person,
        provider_id=provider, unit_id=unit, branch=branch, published=n % 3 > 0, status="received",
        digest=b"", received_at=NOW, not_for_patient=n % 5 == 0, address=ident(f"a{n}"),
    )  # fmt: skip


CONDITIONS = ("status=final", "status=amended", "status:not=final", "status:missing=true")
"""Of Observations: half of them are final, the others say nothing."""


def _scopes(dice: random.Random) -> str:
    return " ".join(_scope(dice) for _ in range(dice.randint(1, 4)))


def _scope(dice: random.Random) -> str:
    context, kind = dice.choice(["patient", "user", "system"]), dice.choice([*KINDS, "*"])
    letters = "".join(one for one in "cruds" if dice.random() < 0.5)
    asks = kind == "Observation" and dice.random() < 0.7
    return f"{context}/{kind}.{letters}" + (f"?{dice.choice(CONDITIONS)}" if asks else "")


def _client_of(actor: Actor, dice: random.Random) -> Actor:
    narrowed = narrowing(
        _scopes(dice),
        client_id=ident("client"),
        client_name="App",
        person_id=dice.choice([*PERSONS, None]),
    )
    asks = dice.choice([*KINDS, "*", "", ""]), "".join(dice.sample("cruds", dice.randint(1, 2)))
    try:
        narrowed = narrowed.asking(*asks) if asks[0] else narrowed
    except NotAllowed:
        pass
    return replace(actor, narrowing=narrowed)


@pytest.mark.django_db
@pytest.mark.parametrize("action", READING)
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_scopes_only_take_away(shelf: None, action: Action, seed: int) -> None:
    set_row_security(_system())
    dice = random.Random(seed)
    actor = build_world(seed)
    client = _client_of(actor, dice)
    spec = ACTIONS[action]
    for model in (Resource, Thing):
        everything = model.objects.all()
        without = {row.pk for row in gate.visible(actor, spec, everything, AGES)}
        seen = {row.pk for row in gate.visible(client, spec, everything, AGES)}
        reading = spec.mode.value == "R"
        gate.look_ahead(client, everything, reading=reading)
        let = {row.pk for row in everything if gate.lets(client, row, model.gate, reading=reading)}
        assert seen == without & let, (seed, client.narrowing, seen ^ (without & let))


@pytest.mark.django_db
@WIDE
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_no_row_of_another_type_or_person_leaks(shelf: None, seed: int) -> None:
    """The same from the other end, without the rule's own words."""
    set_row_security(_system())
    dice = random.Random(seed)
    client = _client_of(build_world(seed), dice)
    narrowed = client.narrowing
    words = [word.partition("/") for word in narrowed.scopes.split()]
    whole = any(context != "patient" for context, _, _ in words)
    types = {kind.partition(".")[0] for _, _, kind in words}
    for row in gate.visible(client, ACTIONS[Action.SHELF_READ], Resource.objects.all(), AGES):
        assert "*" in types or row.kind in types
        assert whole or row.person_id in (narrowed.person_id, None)
        assert narrowed.kind


@pytest.mark.django_db
def test_a_client_that_has_not_been_asked_what_for_is_refused_by_any_act(shelf: None) -> None:
    client = _client_of(build_world(1), random.Random(1))
    unasked = replace(client, narrowing=replace(client.narrowing, kind=""), permissions=frozenset())
    with pytest.raises(NotAllowed), act(unasked, Action.SHELF_READ) as this:
        this.require_permission()
