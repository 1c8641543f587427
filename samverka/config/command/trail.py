"""`samverka audit …`: the access log's seal from the command line."""

from __future__ import annotations

import click

from samverka.config.command.language import words as _
from samverka.config.command.progress import bar
from samverka.kernel.problems import Problem


def seal() -> None:
    """Seal what waits."""
    from samverka.config import jobs
    from samverka.config.seal import seal as key

    click.echo(_("%(number)s rader förseglades.", number=jobs.seal_trail(key())))


def verify() -> None:
    """Check the whole chain.

    Raises:
        Problem: what does not fit, one line each.
    """
    from samverka.config import jobs
    from samverka.config.seal import seal as key

    with bar(_("Räknar om kedjan")) as step:
        found = jobs.verify_trail(key(), step)
    if found.faults:
        raise Problem(_("Loggen är inte hel:") + "\n" + "\n".join(found.faults))
    click.echo(
        _(
            "Loggen är hel: %(lines)s rader i %(batches)s förseglingar, %(waiting)s väntar.",
            lines=found.lines,
            batches=found.batches,
            waiting=found.unsealed,
        )
    )
