"""`samverka publish`: what the rooms own, put on the shelf again for those who read FHIR."""

from __future__ import annotations

import click

from samverka.config.command.language import words as _
from samverka.config.command.progress import bar


def run() -> None:
    """Publish, and say how much."""
    from samverka.config import jobs

    with bar(_("Publicerar")) as step:
        count = jobs.publish_all(step)
    click.echo(_("%(count)s poster är publicerade som de är nu.", count=count))
