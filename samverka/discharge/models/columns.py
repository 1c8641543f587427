"""Columns that many rows have."""

from __future__ import annotations

from typing import Any

from django.db import models

LINE = 200
"""One line of text (characters)."""
WORDS = 4000
"""What one message says in words (characters)."""


def link(to: str, **options: Any) -> Any:
    """A foreign key that never takes anything away with it."""
    return models.ForeignKey(to, on_delete=models.PROTECT, **options)
