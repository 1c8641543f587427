"""A line of the trail, made of who acts and what is done; and what the gate and the trail call a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db.models import Model

from samverka.access.actions import Action, Mode, spec
from samverka.access.guarded import GatePath
from samverka.access.rules import Ground, Holding
from samverka.audit.rules import Line, Outcome
from samverka.kernel.actor import Actor

RowLike: TypeAlias = Any
"""A row, or a value that stands for one: it has a `gate`, a `pk` and what the gate asks for, and says what it is `told_as`."""


@dataclass(slots=True)
class Noted:
    """Lines to be written when the outermost act is left: own ones, and those of acts inside."""

    lines: list[Line] = field(default_factory=list)
    inside: list[Line] = field(default_factory=list)


def line_of(
    actor: Actor,
    action: Action,
    *,
    person_id: str = "",
    object_type: str = "",
    object_ids: tuple[str, ...] = (),
    ground: Ground | str = "",
    outcome: Outcome = Outcome.SUCCESS,
    detail: Mapping[str, object] | None = None,
) -> Line:
    """One line about what this actor does now."""
    told = dict(detail or {})
    if actor.narrowing is not None:  # through which app or system
        told |= {
            "client": actor.narrowing.client_name,
            "client_id": str(actor.narrowing.client_id),
        }
    return Line(
        at=actor.at,
        action=action.value,
        mode=spec(action).mode.value,
        outcome=int(outcome),
        actor_kind=actor.kind.value,
        actor_id=str(actor.id),
        actor_name=actor.name,
        actor_role=actor.profession,
        unit_id=str(actor.unit_id or ""),
        unit_name=actor.unit_name,
        provider_id=str(actor.provider_id or ""),
        provider_name=actor.provider_name,
        purpose="ETREAT" if ground == Ground.EMERGENCY else actor.purpose.value,
        request_id=actor.request_id,
        person_id=person_id,
        object_type=object_type,
        object_ids=object_ids,
        ground=str(ground),
        detail=told,
    )


def only_read(lines: Iterable[Line]) -> bool:
    """Nothing was written but the lines."""
    return all(one.mode == Mode.READ.value for one in lines)


def path_of(model: type[Model]) -> GatePath:
    """Where the gate finds what it must know.

    Raises:
        TypeError: the model does not say whose record it is.
    """
    path: GatePath | None = getattr(model, "gate", None)
    if path is None:
        raise TypeError(f"{model.__name__} has no `gate`: say whose record it is.")
    return path


def holding_of(row: RowLike) -> Holding | None:
    """What the gate must know about the row; None for one that is no person's."""
    path: GatePath | None = getattr(type(row), "gate", None)
    return path.holding(row) if path else None


def key_of(row: RowLike) -> tuple[str, Any]:
    """What tells the row from all others."""
    return named(row), row.pk


def named(row: RowLike) -> str:
    """What the trail calls it: its model's name, or that of the row that a value stands for."""
    told: str | None = getattr(row, "told_as", None)
    return told or type(row).__name__
