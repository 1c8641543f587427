"""Columns that many rows have."""

from __future__ import annotations

from typing import Any

from django.db import models


def link(to: str, **options: Any) -> Any:
    """A foreign key that never takes anything away with it."""
    return models.ForeignKey(to, on_delete=models.PROTECT, **options)
