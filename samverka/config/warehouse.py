"""The warehouse of this installation: where its facts lie, and the salt of their pseudonyms."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from samverka.config.folders import kept_secret
from samverka.indicators.warehouse.keys import Keys


def folder() -> Path:
    """The folder of the facts."""
    return Path(settings.SAMVERKA_WAREHOUSE)


def keys() -> Keys:
    """Keys with this installation's salt, made the first time. A lost salt makes everyone someone else."""
    return Keys(kept_secret(settings.SAMVERKA_WAREHOUSE_SALT_FILE))
