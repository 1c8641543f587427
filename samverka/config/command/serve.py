"""`samverka serve`: the house in earnest, against a database that someone else runs."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from itertools import count

import click

from samverka.config.command.language import words as _
from samverka.config.command.stopping import orderly
from samverka.config.command.surroundings import start_django
from samverka.config.command.web import Web
from samverka.config.folders import data_folder
from samverka.kernel.problems import Problem

BEAT = 1.0
KEY_LENGTH = 50


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve pages and seal the trail until stopped.

    Raises:
        Problem: something that a real installation must have is missing.
    """
    _check_environment()
    with orderly(), ExitStack() as after:
        start_django()
        _check_net()
        from samverka.config.command.statics import collect

        collect()
        web = Web(data_folder(), host, port, workers=workers, threads=threads)
        after.callback(web.stop)
        web.start()
        click.echo(_("Samverka är igång: %(address)s", address=web.address))
        _stay(web)


def _check_environment() -> None:
    if not os.environ.get("DATABASE_URL"):
        raise Problem(
            _("DATABASE_URL saknas: i drift sköts databasen för sig."),
            mend=_("För att prova utan: samverka demo."),
        )
    key = os.environ.get("SAMVERKA_SECRET_KEY", "")
    if len(key) < KEY_LENGTH and not os.environ.get("SAMVERKA_SECRET_KEY_FILE"):
        raise Problem(
            _(
                "SAMVERKA_SECRET_KEY saknas eller är kortare än %(number)s tecken.",
                number=KEY_LENGTH,
            )
        )
    if not os.environ.get("SAMVERKA_HOSTS"):
        raise Problem(_("SAMVERKA_HOSTS saknas: de värdnamn som sidorna får svara på."))
    os.environ.pop("SAMVERKA_DEMO", None)  # whatever the environment says, this is not the demo


def _check_net() -> None:
    from django.db import connection

    from samverka.config import security
    from samverka.config.command.tables import require_tables

    require_tables()
    if faults := security.faults(connection):
        raise Problem("\n".join(faults), mend=_("Kör samverka migrate."))


def _stay(web: Web) -> None:
    from django.db import DatabaseError, connection

    from samverka.config.jobs import beat
    from samverka.config.seal import seal

    key = seal()
    for number in count():
        if not web.alive():
            break
        try:
            beat(key, number)
        except DatabaseError:  # the database is away for a while: the lines wait
            connection.close()
        time.sleep(BEAT)
    raise Problem(_("Webbservern stannade av sig själv."))
