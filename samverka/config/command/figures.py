"""The demo's figures: its facts, five years of history, and Läget reckoned once. Each part goes on where it was."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samverka.config.command.language import words as _
from samverka.config.command.progress import bar
from samverka.kernel.problems import NotNow

if TYPE_CHECKING:
    from samverka.indicators.rules.measures import Measure
    from samverka.kernel.actor import Actor

KEPT: Final = "demo-figures"
"""A file in the data folder: which figures have been reckoned."""

CALM: Final = 15
"""How much the reckoning beside the pages gives way to them."""


def furnish_figures(home: Path, *, people: int, seed: int, today: date) -> None:
    """The history, facts out of the database beside it, and the first figures with notes on their curves."""
    from samverka.config import warehouse
    from samverka.demo.history.figures import first
    from samverka.demo.history.writing import import_history

    done = _Done(home)
    with bar(_("Lägger länets historia")) as step:
        import_history(warehouse.folder(), today=today, seed=seed, progress=step)
    if done.snapshot is None:
        done.snapshot = _export()  # after the history, so that its sums are of all that is counted
    wanted = done.left(first())
    with bar(_("Räknar de första siffrorna")) as step:
        for number, measure in enumerate(wanted, 1):
            _reckon(done, measure, today, seed)
            step(number, len(wanted))
    if not done.told:
        _tell(people, seed, today)
        done.told = True


def reckon_beside(home: Path, *, seed: int, today: date) -> None:
    """The rest of the figures, one by one, in a thread that lets the pages go first."""

    def work() -> None:
        from django.db import connection

        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), CALM)
        try:
            reckon_rest(home, seed=seed, today=today)
        finally:
            connection.close()  # this thread's own

    threading.Thread(target=work, daemon=True).start()


def reckon_rest(home: Path, *, seed: int, today: date) -> None:
    """The rest of the figures, one by one, unless a night's reckoning has come before with all of them."""
    from samverka.demo.history.figures import the_rest

    done = _Done(home)
    try:
        for measure in done.left(the_rest()):
            _reckon(done, measure, today, seed)
    except NotNow:
        return


class _Done:
    """How far it has come; written when something is whole."""

    def __init__(self, home: Path) -> None:
        self._path = home / KEPT
        kept = json.loads(self._path.read_text()) if self._path.exists() else {}
        self._snapshot: str | None = kept.get("snapshot")
        self._codes: list[str] = kept.get("codes", [])
        self._told: bool = kept.get("told", False)

    @property
    def snapshot(self) -> str | None:
        """The export that the figures are of."""
        return self._snapshot

    @snapshot.setter
    def snapshot(self, name: str) -> None:
        self._snapshot = name
        self._keep()

    @property
    def told(self) -> bool:
        """Whether the notes are on the curves."""
        return self._told

    @told.setter
    def told(self, told: bool) -> None:
        self._told = told
        self._keep()

    def add(self, code: str) -> None:
        """One more figure is reckoned."""
        self._codes.append(code)
        self._keep()

    def left(self, measures: tuple[Measure, ...]) -> list[Measure]:
        """Those that are still to be reckoned."""
        return [one for one in measures if one.code not in self._codes]

    def _keep(self) -> None:
        kept = {"snapshot": self._snapshot, "codes": self._codes, "told": self._told}
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(kept))
        new.replace(self._path)


def _export() -> str:
    from samverka.config import warehouse
    from samverka.indicators import jobs

    with bar(_("Skriver fakta")) as step:
        done = jobs.export(
            warehouse.folder(), warehouse.keys(), name="samverka demo", full=True, progress=step
        )
    return done.snapshot.id


def _reckon(done: _Done, measure: Measure, today: date, seed: int) -> None:
    from samverka.access.jobs import clock_actor
    from samverka.config import warehouse
    from samverka.demo.history.figures import reckon
    from samverka.indicators.jobs import COUNTER

    reckon(
        clock_actor(COUNTER),
        warehouse=warehouse.folder(),
        snapshot=done.snapshot or "",
        today=today,
        seed=seed,
        measure=measure,
    )
    done.add(measure.code)


def _tell(people: int, seed: int, today: date) -> None:
    """Notes on the curves, by those who follow up."""
    from samverka.demo.build import the_county
    from samverka.demo.history.figures import tell

    county, _residents = the_county(people=people, seed=seed, today=today)
    now = datetime.now(UTC)
    actors: Callable[[str], Actor] = lambda key: county.staff[key].actor(now)  # noqa: E731
    tell(actors, today)
