"""`samverka demo`: a whole county on one's own computer, from nothing to one address."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import click

from samverka.config.command.figures import furnish_figures, reckon_beside
from samverka.config.command.language import said
from samverka.config.command.language import words as _
from samverka.config.command.progress import bar
from samverka.config.command.stopping import orderly
from samverka.config.command.surroundings import cluster, point_at, start_django
from samverka.config.command.web import Sockets, Web, check_port, free_beside, sweep
from samverka.config.folders import kept_secret
from samverka.config.postgres import Cluster
from samverka.kernel.problems import Problem

HOST = "127.0.0.1"
BEAT = 1.0  # seconds between looks at the processes, and between seals


PLAY_EVERY = 2
"""Beats between two moves of a week that is played."""


def demo(*, people: int, seed: int, port: int, play: bool = False, history: bool = True) -> None:
    """Start everything, print the address, and stay until stopped.

    Args:
        play: let the week of a hospital pass on the board, a move every other second.
        history: five years of the county's history, so that the figures have something to tell.

    Raises:
        Problem: the folder is in use, the port is taken, or a part did not start.
    """
    with orderly(), ExitStack() as after:
        database = cluster()
        _choose_demo(database.place.home)
        check_folder_and_port(database, port)
        click.echo(_("Startar databasen"))
        after.callback(database.stop)
        point_at(database.start(), owner=True)
        beside = free_beside(HOST, port)
        os.environ.setdefault("SAMVERKA_SOCKETS", f"ws://{HOST}:{beside}/fhir/ws")
        start_django()
        today = _furnish(database.place.home, people=people, seed=seed)
        if history:
            furnish_figures(database.place.home, people=people, seed=seed, today=today)
        web = Web(database.place.home, HOST, port)
        after.callback(web.stop)
        web.start()
        sockets = Sockets(database.place.home, HOST, beside)
        after.callback(sockets.stop)
        sockets.start()
        click.echo("\n" + _("Samverka är igång: %(address)s", address=web.address))
        click.echo(_("Ctrl C avslutar. Allt finns kvar till nästa gång."))
        if history:
            reckon_beside(database.place.home, seed=seed, today=today)
        _stay(database, web, _week(database.place.home, people, seed) if play else iter(()))


def check_folder_and_port(database: Cluster, port: int) -> None:
    """Refuse early, before anything slow, and put away what a killed run left."""
    if database.join() is None:
        sweep(database.place.home)
        check_port(HOST, port)


def _choose_demo(home: Path) -> None:
    """The demo's own settings; secrets are made once and kept in the data folder."""
    os.environ["SAMVERKA_DEMO"] = "1"
    os.environ["SAMVERKA_DATA"] = str(home)
    os.environ.setdefault("SAMVERKA_SECRET_KEY", kept_secret(home / "secret-key"))


def _furnish(home: Path, *, people: int, seed: int) -> date:
    """Tables and the county; returns the day that it is told from."""
    from samverka.config.command.statics import collect
    from samverka.config.command.tables import make_tables, weigh_tables
    from samverka.config.jobs import day_of_building
    from samverka.demo.actors import builder
    from samverka.demo.build import build
    from samverka.demo.let_in import let_in

    make_tables()
    today = day_of_building(home / "demo-day")
    with bar(_("Bygger länet")) as step:
        built = build(people=people, seed=seed, progress=step, today=today)
    if built:
        weigh_tables()
    let_in(builder(datetime.now(UTC)), today)
    collect()
    return today


def _week(home: Path, people: int, seed: int) -> Iterator[str]:
    """The hospital's week, a line for each move; it is made when the line is asked for."""
    from samverka.config.jobs import play_week

    yield _("Sjukhusets vecka spelas: 40 personer på väg hem. Se den på Tavlan.")
    for played in play_week(home / "demo-day", people=people, seed=seed):
        yield f"  {said(played.words)}" if not played.fault else f"  – {said(played.fault)}"
    yield _("Veckan är spelad. Allt finns kvar på Tavlan.")


def _stay(database: Cluster, web: Web, lines: Iterator[str]) -> None:
    """Seal the trail each second until something stops; now and then something happens at the hospital."""
    from samverka.config.jobs import TELLING, beat
    from samverka.config.knocks import listen
    from samverka.config.seal import seal

    key = seal()
    listen(TELLING.run)
    for number in count():
        if not (web.alive() and database.alive()):
            break
        beat(key, number)
        if number % PLAY_EVERY == 0 and (line := next(lines, "")):
            click.echo(line)
        time.sleep(BEAT)
    raise Problem(
        _("En del av Samverka stannade av sig själv."),
        mend=_("Starta igen: inget har gått förlorat."),
    )
