"""`samverka index`: what lies on the shelf is made findable anew, after a change of what is looked for."""

from __future__ import annotations

import click

from samverka.config.command.language import words as _
from samverka.config.command.progress import bar


def run() -> None:
    """Index what was indexed by former rules, or not at all, and say how much."""
    from samverka.config import jobs

    with bar(_("Indexerar")) as step:
        count = jobs.index_all(step)
    if count:
        click.echo(_("%(count)s resurser är sökbara på nytt.", count=count))
    else:
        click.echo(_("Allt är redan sökbart. Inget har ändrats."))
