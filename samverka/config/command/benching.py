"""`samverka bench nation`: does one machine count a whole nation? Made-up facts, five measures, a table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from samverka.config.command.language import words as _
from samverka.config.command.progress import bar
from samverka.kernel.areas import municipalities
from samverka.kernel.problems import Problem

if TYPE_CHECKING:
    from samverka.indicators.warehouse.nation.timing import Run

SCALES: Final = ("municipality", "county", "nation")
MUNICIPALITY, COUNTY = "2309", "23"  # Krokom in Jämtland
MOST_SECONDS, MOST_BYTES = 20.0, 1_200_000_000
"""What is promised of the nation on two cores."""


def nation(*, scale: str, folder: Path | None, seed: int, runs: int, memory: str) -> None:
    """Make the facts, or go on with those in the folder; ask the five measures; say how it went."""
    from samverka.indicators.warehouse.nation.making import make
    from samverka.indicators.warehouse.nation.timing import WAYS, run

    with _place(folder) as place:
        with bar(_("Gör händelserna")) as step:
            make(place / scale, codes=codes_of(scale), seed=seed, progress=step)
        facts, ways = place / scale, tuple(WAYS)
        with bar(_("Räknar måtten")) as step:
            done = run(facts, ways=ways, runs=runs, memory_limit=memory, progress=step)
        with bar(
            _("Mäter minnet")
        ) as step:  # the measures alone, in a process that has nothing else
            alone = run(facts, ways=ways[-1:], runs=1, memory_limit=memory, progress=step)
    for line in table(done, ways):
        click.echo(line)
    click.echo(_("Mest minne: %(mega)s MB.", mega=round(alone.memory / 1e6)))
    if not all(one.same for one in done.took):
        raise Problem(_("Måtten räknade inte samma heltal på båda sätten."))
    if scale == "nation":
        click.echo(judged(done.total(ways[-1]), alone.memory))


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    """The folder that was named; else one that goes away afterwards."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="samverka-nation-") as name:
        yield Path(name)


def codes_of(scale: str) -> tuple[str, ...]:
    """The municipalities of a scale."""
    begins = {"municipality": MUNICIPALITY, "county": COUNTY, "nation": ""}[scale]
    return tuple(code for code in municipalities() if code.startswith(begins))


def table(done: Run, ways: Sequence[str]) -> Iterator[str]:
    """A line for each measure, and the sum."""
    names = {"hand": _("för hand, s"), "measures": _("som mått, s")}
    what, cells, everything = _("Mått"), _("celler"), _("Summa")
    yield f"{what:<16} {cells:>9} " + " ".join(f"{names[way]:>13}" for way in ways)
    for one in done.took:
        times = " ".join(f"{one.seconds[way]:>13.2f}" for way in ways)
        yield f"{one.measure:<16} {one.cells:>9} {times}"
    yield f"{everything:<16} {'':>9} " + " ".join(f"{done.total(way):>13.2f}" for way in ways)
    first, last = done.total(ways[0]), done.total(ways[-1])
    yield _("Måtten tog %(times)s gånger så lång tid som för hand.", times=f"{last / first:.2f}")


def judged(seconds: float, memory: int) -> str:
    """Whether what is promised of the nation was kept."""
    asked = {"seconds": round(MOST_SECONDS), "mega": round(MOST_BYTES / 1e6)}
    if seconds <= MOST_SECONDS and memory <= MOST_BYTES:
        return _("Löftet hölls: högst %(seconds)s s och %(mega)s MB på två kärnor.", **asked)
    return _("Löftet hölls inte: högst %(seconds)s s och %(mega)s MB på två kärnor.", **asked)
