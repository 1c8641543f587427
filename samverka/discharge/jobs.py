"""What the clock drives: what is not receipted goes on, cases of the dead end, people are told, lists are kept."""

from __future__ import annotations

import logging
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import translation

from samverka.access.jobs import clock_actor, run_parts
from samverka.discharge.operations import (
    clear_reserve,
    close_dead,
    tell_who_go_home,
    watch_copies,
    write_reserve,
)
from samverka.discharge.reads import units_with_reserve
from samverka.organisations.reads import placed, unit_names

WATCHER = UUID("0f6f3f52-94a1-5b0d-8a1e-3d1c5f0b7e21")
"""Who watches over the way home, in the trail."""

log = logging.getLogger("samverka.discharge")


def run() -> None:
    """Do what the clock asks for now. Doing it twice changes nothing; one fault does not stop the rest."""
    run_parts((watch_copies, close_dead, tell_who_go_home), watcher=WATCHER, log=log)


def run_reserve(folder: Path) -> int:
    """Write every unit's list; returns how many. A unit whose list cannot be written stops no other."""
    with translation.override(settings.LANGUAGE_CODE):
        units = unit_names(set(units_with_reserve(clock_actor(WATCHER))))
        written = 0
        for one in units.values():
            try:
                found = write_reserve(
                    clock_actor(WATCHER, **placed(one)), unit_id=one.id, folder=folder
                )
            except (
                Exception
            ) as fault:  # the next beat tries again; words of a fault can name someone
                log.error("a reserve list failed: %s", type(fault).__name__)
                continue
            written += not found.fault
        clear_reserve(clock_actor(WATCHER), folder=folder)
        return written
