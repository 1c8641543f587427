"""What the clock drives, and what is done without anyone logged in: the seal of the trail, imports of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from samverka.access.roles import system_actor
from samverka.audit import operations
from samverka.careplans import jobs as careplans
from samverka.config import warehouse
from samverka.config.registry import REGISTRY
from samverka.config.seal import Seal
from samverka.discharge import jobs as discharge
from samverka.guarantee import jobs as guarantee
from samverka.indicators import jobs as indicators
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.notices import jobs as notices
from samverka.organisations.reads import placed, unit_with_hsa_id
from samverka.resources.operations import run_import
from samverka.resources.rules.report import ImportReport
from samverka.web.jobs import sweep

if TYPE_CHECKING:
    from samverka.demo.hospital.week import Played

OPERATOR = UUID("6d9e9d0c-6f0e-5c0e-8a39-6f3a8c0f5a01")
"""The trail's name for whoever may run commands on the server."""


SWEEP_EVERY = 600
"""Beats between sweeps of unsent words."""


NOTICES_EVERY = 30
"""Beats between looks at what nobody has opened and at the day's mail."""

PLANS_EVERY = 3600
"""Beats between looks at days that have come near, in plans and in the waiting-time guarantee."""

MEETINGS_EVERY = 15
"""Beats between looks at texts that rest and at calls without an answer."""

DISCHARGE_EVERY = 60
"""Beats between looks at messages that nobody has receipted."""

RESERVE_EVERY = 900
"""Beats between the units' reserve lists: 15 minutes."""

FACTS_EVERY, FACTS_AFTER = 600, 120
"""Beats between looks at whether the night's export has been made, and before the first of them."""

_reserving, _counting = Lock(), Lock()
_noticing, _watching, _meeting, _going_home = Lock(), Lock(), Lock(), Lock()


def beat(seal: Seal, number: int) -> None:
    """What is done each second: seal the trail; now and then throw away what has been kept long enough."""
    seal_trail(seal)
    if number % SWEEP_EVERY == 0:
        sweep()
    if number % NOTICES_EVERY == 0 and not _noticing.locked():
        Thread(target=_notices, daemon=True).start()
    if number % MEETINGS_EVERY == 0 and not _meeting.locked():
        Thread(target=_meetings, daemon=True).start()
    if number % DISCHARGE_EVERY == 0 and not _going_home.locked():
        Thread(target=_discharge, daemon=True).start()
    if number % RESERVE_EVERY == 0 and not _reserving.locked():
        Thread(target=_reserve, daemon=True).start()
    if number % FACTS_EVERY == FACTS_AFTER and not _counting.locked():
        Thread(target=_count, daemon=True).start()
    if number % PLANS_EVERY == 0 and not _watching.locked():
        Thread(target=_watch, daemon=True).start()


def _meetings() -> None:
    """Beside the beat: a version takes its time. One at a time."""
    with _meeting:
        try:
            careplans.run_meetings()
        finally:
            connection.close()  # this thread's own


def _discharge() -> None:
    """Beside the beat: what was sent and not receipted. One at a time."""
    with _going_home:
        try:
            discharge.run()
        finally:
            connection.close()  # this thread's own


def _reserve() -> None:
    """Beside the beat: locking a hundred lists takes its time. One at a time."""
    with _reserving:
        try:
            discharge.run_reserve(settings.SAMVERKA_RESERVE)
        finally:
            connection.close()  # this thread's own


def _count() -> None:
    """Beside the beat: a county's facts take minutes. One at a time."""
    with _counting:
        try:
            indicators.run(warehouse.folder(), warehouse.keys())
        finally:
            connection.close()  # this thread's own


def _watch() -> None:
    """Beside the beat: a county's plans and waits take their time. One at a time."""
    with _watching:
        try:
            careplans.run()
            guarantee.run()
        finally:
            connection.close()  # this thread's own


def _notices() -> None:
    """Beside the beat: a slow mail server must not hold up the seal. One at a time."""
    with _noticing:
        try:
            notices.run()
        finally:
            connection.close()  # this thread's own


def seal_trail(seal: Seal) -> int:
    """Seal every line that waits, batch by batch; returns how many."""
    sealed = 0
    while True:
        with _all_lines():
            batch = operations.seal_batch(at=datetime.now(UTC), sign=seal.sign)
        sealed += batch
        if not batch:
            return sealed


def verify_trail(seal: Seal, progress: Callable[[int, int], None]) -> operations.Verification:
    """Recompute the whole chain and its signatures."""
    with _all_lines():
        return operations.verify_chain(check_signature=seal.holds, progress=progress)


@contextmanager
def _all_lines() -> Iterator[None]:
    """The seal is over every line, so row security lets this transaction see them all. Nothing is shown to anyone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        yield


def import_files(
    paths: Sequence[Path],
    *,
    source: str,
    unit_hsa_id: str,
    base: str,
    progress: Callable[[int, int], None],
) -> ImportReport:
    """Take in FHIR files from the command line, as the records of a unit.

    Raises:
        Invalid: no unit has that HSA-id; or what `run_import` refuses.
    """
    return run_import(
        _operator(unit_hsa_id),
        paths=paths,
        source=source,
        registry=REGISTRY,
        base=base,
        progress=progress,
    )


def _operator(unit_hsa_id: str) -> Actor:
    unit = unit_with_hsa_id(unit_hsa_id)
    if unit_hsa_id and unit is None:
        raise Invalid(_("Ingen enhet har HSA-id %(hsa_id)s.", hsa_id=unit_hsa_id), where="unit")
    return system_actor(
        actor_id=OPERATOR,
        name="samverka import",
        at=datetime.now(UTC),
        **(placed(unit) if unit else {}),
    )


def day_of_building(kept: Path) -> date:
    """The day that the demo county is told from: today at the first call, and the same ever after.

    A build that is cut off at night and goes on in the morning must not tell two tales.
    """
    if not kept.exists():
        kept.write_text(local(datetime.now(UTC)).date().isoformat())
    return date.fromisoformat(kept.read_text())


def play_week(kept: Path, *, people: int, seed: int) -> Iterator[Played]:
    """The week of a hospital in the demo county, move by move: each is written as made now.

    Args:
        kept: where the day of building is written.
        people, seed: what the county was built with.
    """
    # The demo is not part of an installation in earnest.
    from samverka.demo.build import the_county
    from samverka.demo.hospital.parties import Parties
    from samverka.demo.hospital.week import draw_week, play

    now = datetime.now(UTC)
    county, residents = the_county(people=people, seed=seed, today=day_of_building(kept))
    parties = Parties(county)
    patients, turns = draw_week(parties, residents, seed=now.isoformat(), now=now)
    yield from play(parties, patients, turns, lambda _turn: datetime.now(UTC))
