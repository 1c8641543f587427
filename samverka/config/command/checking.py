"""`samverka check`: Django's own list for a real installation, and the net in the database."""

from __future__ import annotations

import click

from samverka.config.command.language import words as _
from samverka.kernel.problems import Problem


def run() -> None:
    """Say that all is well.

    Raises:
        Problem: what is not as it should be, one line each.
    """
    faults = [*_settings_faults(), *_net_faults()]
    if faults:
        raise Problem("\n".join(faults))
    click.echo(_("Allt är som det ska."))


def _settings_faults() -> list[str]:
    from django.core import checks

    found = checks.run_checks(include_deployment_checks=True)
    return [
        f"{one.id}: {one.msg}"
        for one in found
        if one.level >= checks.WARNING and not one.is_silenced()
    ]


def _net_faults() -> list[str]:
    from django.db import connection

    from samverka.config import security

    return security.faults(connection)
