"""`samverka reserve open FILE`: a unit's locked list, without database or server."""

from __future__ import annotations

from pathlib import Path

import click

from samverka.config.command.language import words as _
from samverka.discharge.rules.sealing import open_list, sealed_in
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _said

LARGEST = 50 * 1024 * 1024
"""No reserve list is as large as this (bytes)."""


def run(path: Path, *, out: Path | None) -> None:
    """Ask for the password and show the list, or put it as a page in a file.

    Raises:
        Invalid: it is no reserve list, or the password is another.
    """
    if path.stat().st_size > LARGEST:
        raise Invalid(_said("Filen är ingen reservlista."))
    found = sealed_in(path.read_text(encoding="utf-8", errors="replace"))
    password = click.prompt(_("Lösenord för %(unit)s", unit=found.title), hide_input=True, err=True)
    inside = open_list(found, password)
    if out is None:
        click.echo(inside.text)
        return
    out.touch(mode=0o600, exist_ok=True)
    out.write_text(f'<!doctype html><meta charset="utf-8">{inside.html}', encoding="utf-8")
    click.echo(_("Listan ligger öppen i %(path)s. Ta bort den när den inte behövs.", path=out))
