"""What the clock drives, and what is done without anyone logged in: the seal of the trail, imports of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
from samverka.careplans.operations import publish_plans
from samverka.config import warehouse
from samverka.config.bulk import exports, imports
from samverka.config.exchange.operating import ROOMS
from samverka.config.registry import REGISTRY
from samverka.config.seal import Seal
from samverka.config.subscribing import reach
from samverka.connections import jobs as connections
from samverka.discharge import jobs as discharge
from samverka.guarantee import jobs as guarantee
from samverka.indicators import jobs as indicators
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.notices import jobs as notices
from samverka.organisations.operations import publish_organisations
from samverka.organisations.reads import placed, unit_with_hsa_id
from samverka.people.operations import publish_persons
from samverka.resources.operations import index_again, run_import, to_index
from samverka.resources.rules.report import ImportReport
from samverka.rivta import jobs as rivta
from samverka.subscriptions import jobs as subscriptions
from samverka.transition import jobs as transition
from samverka.web.jobs import sweep

if TYPE_CHECKING:
    from samverka.demo.hospital.week import Played

OPERATOR = UUID("6d9e9d0c-6f0e-5c0e-8a39-6f3a8c0f5a01")
"""The trail's name for whoever may run commands on the server."""


SWEEP_EVERY = 600
"""Beats between sweeps of unsent words."""


NOTICES_EVERY = 30
"""Beats between looks at what nobody has opened and at the day's mail."""

INDEX_EVERY = 20
"""Beats between messages to the engagement index."""

PLANS_EVERY = 3600
"""Beats between looks at days that have come near, in plans, in the waiting-time guarantee and in reports."""

MEETINGS_EVERY = 15
"""Beats between looks at texts that rest and at calls without an answer."""

DISCHARGE_EVERY = 60
"""Beats between looks at messages that nobody has receipted."""

RESERVE_EVERY = 900
"""Beats between the units' reserve lists: 15 minutes."""

TELL_EVERY = 15
"""Beats between looks at what subscribers are to be told, beside the database's knocks."""

EXPORTS_EVERY = 2
"""Beats between looks at whether somebody has asked for files of all that one may have, or for files to be taken in."""

FACTS_EVERY, FACTS_AFTER = 600, 120
"""Beats between looks at whether the night's export has been made, and before the first of them."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Work that takes its time, so it is done beside the beat: one at a time.

    Attributes:
        every, after: beats between two looks, and before the first of them.
        work: what is done; it has a connection of its own.
    """

    every: int
    work: Callable[[], object]
    after: int = 0
    going_on: Lock = field(default_factory=Lock)

    def look(self, number: int) -> None:
        """Begin on the beat that is its own, unless it is going on."""
        if number % self.every == self.after and not self.going_on.locked():
            Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        """The work, and the end of its connection."""
        with self.going_on:
            try:
                self.work()
            finally:
                connection.close()  # this thread's own


def _watch() -> None:
    careplans.run()
    guarantee.run()
    transition.run()


TELLING = Beside(TELL_EVERY, lambda: subscriptions.run(reach()))

BESIDE = (
    TELLING,
    Beside(INDEX_EVERY, rivta.run),
    Beside(NOTICES_EVERY, notices.run),  # a slow mail server must not hold up the seal
    Beside(MEETINGS_EVERY, careplans.run_meetings),  # a version takes its time
    Beside(DISCHARGE_EVERY, discharge.run),
    Beside(RESERVE_EVERY, lambda: discharge.run_reserve(settings.SAMVERKA_RESERVE)),
    Beside(FACTS_EVERY, lambda: indicators.run(warehouse.folder(), warehouse.keys()), FACTS_AFTER),
    Beside(PLANS_EVERY, _watch),
    Beside(EXPORTS_EVERY, lambda: exports.run(ROOMS.text)),
    Beside(EXPORTS_EVERY, imports.run),
)


def beat(seal: Seal, number: int) -> None:
    """What is done each second: seal the trail; now and then throw away what has been kept long enough."""
    seal_trail(seal)
    if number % SWEEP_EVERY == 0:
        sweep()
        connections.sweep()
    for one in BESIDE:
        one.look(number)


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
        _operator(unit_hsa_id, "samverka import"),
        paths=paths,
        source=source,
        registry=REGISTRY,
        base=base,
        progress=progress,
    )


def _operator(unit_hsa_id: str, name: str) -> Actor:
    unit = unit_with_hsa_id(unit_hsa_id)
    if unit_hsa_id and unit is None:
        raise Invalid(_("Ingen enhet har HSA-id %(hsa_id)s.", hsa_id=unit_hsa_id), where="unit")
    return system_actor(
        actor_id=OPERATOR,
        name=name,
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


def index_all(progress: Callable[[int, int], None]) -> int:
    """Index what was indexed by former rules, or not at all. Cut off, it goes on where it was; again, it changes nothing.

    Args:
        progress: told how many resources are done, and of how many.

    Returns:
        how many resources.
    """
    actor = _operator("", "samverka index")
    total, count, last = to_index(actor), 0, None
    while total:
        done = index_again(actor, after=last)
        count, last = count + done.count, done.last
        progress(count, max(total, count))
        if last is None:
            break
    return count


def publish_all(progress: Callable[[int, int], None]) -> int:
    """Put what the rooms own on the shelf again, as it stands now: after a new form of it, or a new way of writing.

    Args:
        progress: told how many kinds are done, and of how many.

    Returns:
        how many rows.
    """
    actor = _operator("", "samverka publish")
    parts = (publish_organisations, publish_persons, publish_plans)
    count = 0
    for done, part in enumerate(parts):
        progress(done, len(parts))
        count += part(actor)
    progress(len(parts), len(parts))
    return count
