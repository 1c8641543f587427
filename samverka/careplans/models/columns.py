"""Columns that many rows have."""

from __future__ import annotations

from typing import Any

from django.db import models

from samverka.access.guarded import GatePath
from samverka.careplans.rules import HANDED


def link(to: str, **options: Any) -> Any:
    """A foreign key that never takes anything away with it."""
    return models.ForeignKey(to, on_delete=models.PROTECT, **options)


PLAN_GATE = GatePath(handed=("kind", HANDED))
"""Of a kind that several keep together each has what was disclosed to it."""


def plan_part(parent: str = "plan") -> GatePath:
    """A part of a plan: the plan decides."""
    return GatePath.through(parent, PLAN_GATE.handed)
