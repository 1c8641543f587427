"""Readers and records by which the gate's page shows what the gate answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from samverka.access import rules
from samverka.access.actions import Action, spec
from samverka.access.roles import Role, permissions_of
from samverka.kernel.actor import Actor, ActorKind, Branch, Side

_READER, _OTHER, _UNIT, _ELSEWHERE, _PERSON = (UUID(int=number) for number in range(1, 6))
_AT = datetime(2026, 1, 1, tzinfo=UTC)


def _staff(role: Role, branch: Branch) -> Actor:
    return Actor(
        kind=ActorKind.STAFF,
        id=UUID(int=9),
        name="",
        at=_AT,
        side=Side.REGION,
        unit_id=_UNIT,
        provider_id=_READER,
        branch=branch,
        permissions=permissions_of([role]),
    )


_HEALTH_RELATION = (rules.Relation(_UNIT, rules.RelationKind.CARE),)
_SOCIAL_RELATION = (rules.Relation(_UNIT, rules.RelationKind.SOCIAL_SERVICE),)
_INNER = (rules.Block(rules.BlockKind.INNER, _READER, _ELSEWHERE),)
_OUTER = (rules.Block(rules.BlockKind.OUTER, _OTHER, None),)

# What is written about: (words, whose record, what holds beside the relation).
CASES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("no relation", {}, {"relations": ()}),
    ("own unit", {}, {}),
    ("other unit", {"unit_id": _ELSEWHERE}, {}),
    ("other unit, active choice", {"unit_id": _ELSEWHERE}, {"choice": True}),
    ("other unit, inner block", {"unit_id": _ELSEWHERE}, {"choice": True, "blocks": _INNER}),
    (
        "other unit, block lifted",
        {"unit_id": _ELSEWHERE},
        {"blocks": _INNER, "lifted_units": frozenset({_ELSEWHERE})},
    ),
    (
        "other unit, takes part in that care",
        {"unit_id": _ELSEWHERE},
        {"granted": frozenset({UUID(int=8)})},
    ),
    (
        "other unit, takes part in that care, inner block",
        {"unit_id": _ELSEWHERE},
        {"granted": frozenset({UUID(int=8)}), "blocks": _INNER},
    ),
    (
        "other unit, the law says that we are to have it, inner block",
        {"unit_id": _ELSEWHERE},
        {"lawful": frozenset({UUID(int=8)}), "blocks": _INNER},
    ),
    ("other provider", {"provider_id": _OTHER, "unit_id": _ELSEWHERE}, {}),
    (
        "other provider, the law says that we are to have it",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE},
        {"lawful": frozenset({UUID(int=8)})},
    ),
    ("other provider, consent", {"provider_id": _OTHER, "unit_id": _ELSEWHERE}, {"consent": True}),
    (
        "other provider, consent, outer block",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE},
        {"consent": True, "blocks": _OUTER},
    ),
    (
        "other provider, emergency",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE},
        {"emergency": True},
    ),
    (
        "other provider, cannot consent for good",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE},
        {"capacity": rules.Capacity.LASTING, "attitude_known": True},
    ),
    (
        "other provider's social record, cannot consent for good",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE, "branch": Branch.SOCIAL},
        {"capacity": rules.Capacity.LASTING, "attitude_known": True},
    ),
    (
        "IFO's, consent",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE, "branch": Branch.IFO},
        {"consent": True},
    ),
    (
        "disclosed to us",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE},
        {"disclosed": frozenset({UUID(int=8)})},
    ),
    (
        "disclosed to us before, no longer",
        {"provider_id": _OTHER, "unit_id": _ELSEWHERE},
        {"kept": frozenset({UUID(int=8)})},
    ),
)
READERS = (
    ("nurse · health", Role.CARE, Branch.HEALTH, _HEALTH_RELATION),
    ("assistant · social", Role.CARE_SUPPORT, Branch.SOCIAL, _SOCIAL_RELATION),
    ("assessor · social", Role.SOCIAL, Branch.SOCIAL, _SOCIAL_RELATION),
    ("officer · IFO", Role.SOCIAL, Branch.IFO, _SOCIAL_RELATION),
)
SHOWN = (
    Action.PLAN_READ,
    Action.PLAN_EDIT,
    Action.PLAN_SHARE,
    Action.CONTACT_LIST,
    Action.CASE_READ,
    Action.CASE_SEND,
)


def answer(
    action: Action,
    reader: tuple[str, Role, Branch, tuple[rules.Relation, ...]],
    whose: Mapping[str, Any],
    holds: Mapping[str, Any],
) -> str:
    """The ground of a yes, or why it is no."""
    _name, role, branch, relations = reader
    record: dict[str, Any] = {
        "provider_id": _READER,
        "unit_id": _UNIT,
        "branch": Branch.HEALTH if "provider_id" in whose else branch,
        "object_id": UUID(int=8),
    }
    holding = rules.Holding(_PERSON, **record | dict(whose))
    standing = rules.Standing(_PERSON, **{"relations": relations} | dict(holds))
    decision = rules.decide(spec(action), _staff(role, branch), holding, standing)
    return str(decision.ground) if decision.ground else f"✗ {decision.refusal}"
