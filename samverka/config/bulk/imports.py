"""Bulk imports of this installation: where the files lie until they have been read, and the clock's work on them."""

from __future__ import annotations

import logging
from pathlib import Path
from uuid import UUID

from django.conf import settings

from samverka.access.jobs import clock_actor, unstopped
from samverka.config.bulk.again import again_to_write
from samverka.config.bulk.fetching import fetch
from samverka.config.registry import REGISTRY
from samverka.resources.operations import importing

READER = UUID("0c8d6f6e-9d1a-5a35-a1f4-6f4a4f2f7b02")
"""Who reads the files, in the trail; what is in them goes in by the name of the one who asked."""

log = logging.getLogger("samverka.bulk")


def folder() -> Path:
    """Where files lie until they have been read."""
    return Path(settings.SAMVERKA_BULK) / "in"


def run() -> None:
    """Go on with every import that is open, a piece each in turn, until none is left."""
    unstopped("forget_imports", lambda: importing.throw_old(clock_actor(READER)), log)
    left = importing.open_imports(clock_actor(READER))
    while left:
        left = [one for one in left if _one_more(one)]


def _one_more(import_id: UUID) -> bool:
    more = False

    def work() -> None:
        nonlocal more
        more = importing.go_on(
            clock_actor(READER),
            import_id=import_id,
            again=again_to_write,
            registry=REGISTRY,
            fetch=fetch,
            folder=folder(),
        )

    unstopped("import", work, log)
    return more
