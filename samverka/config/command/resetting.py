"""`samverka reset`: start over."""

from __future__ import annotations

import click

from samverka.config.command.language import words as _
from samverka.config.command.surroundings import cluster
from samverka.config.command.web import sweep


def run(*, sure: bool) -> None:
    """Take away everything in the data folder, after a question.

    Raises:
        AlreadyRunning: the demo is running.
    """
    own = cluster()
    home = own.place.home
    if not sure:
        click.confirm(_("Ta bort allt i %(path)s?", path=home), abort=True)
    if own.join() is None:
        sweep(home)
    own.erase()
    click.echo(_("Demolänet är borttaget."))
