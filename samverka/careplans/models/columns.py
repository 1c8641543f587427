"""Columns that many rows have."""

from __future__ import annotations

from typing import Any

from django.db import models


def choices(enum: Any) -> list[tuple[str, str]]:
    """The stored codes of an enum; the words for them are in `rules`."""
    return [(item.value, item.value) for item in enum]


def link(to: str, **options: Any) -> Any:
    """A foreign key that never takes anything away with it."""
    return models.ForeignKey(to, on_delete=models.PROTECT, **options)
