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
from samverka.config.command.web import Sockets, Web
from samverka.config.folders import data_folder
from samverka.kernel.problems import Problem

BEAT = 1.0
KEY_LENGTH = 50


def serve(*, host: str, port: int, workers: int, threads: int, sockets: int | None) -> None:
    """Serve pages and sockets, and seal the trail, until stopped.

    Args:
        sockets: the port of sockets; None: the one after that of the pages; 0: they are served elsewhere.

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
        parts = [web, *_sockets(after, host, port + 1 if sockets is None else sockets)]
        click.echo(_("Samverka är igång: %(address)s", address=web.address))
        _stay(parts)


def serve_sockets(*, host: str, port: int) -> None:
    """Serve only the sockets of subscribers until stopped.

    Raises:
        Problem: something that a real installation must have is missing.
    """
    _check_environment()
    with orderly(), ExitStack() as after:
        start_django()
        _check_net()
        [sockets] = _sockets(after, host, port)
        click.echo(_("Kanalen för andra system är igång: %(address)s", address=sockets.address))
        while sockets.alive():
            time.sleep(BEAT)
    raise Problem(_("Webbservern stannade av sig själv."))


def _sockets(after: ExitStack, host: str, port: int) -> list[Web]:
    if not port:
        return []
    found = Sockets(data_folder(), host, port)
    after.callback(found.stop)
    found.start()
    return [found]


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


def _stay(parts: list[Web]) -> None:
    from django.db import DatabaseError, connection

    from samverka.config.jobs import TELLING, beat
    from samverka.config.knocks import listen
    from samverka.config.seal import seal

    key = seal()
    listen(TELLING.run)
    for number in count():
        if not all(one.alive() for one in parts):
            break
        try:
            beat(key, number)
        except DatabaseError:  # the database is away for a while: the lines wait
            connection.close()
        time.sleep(BEAT)
    raise Problem(_("Webbservern stannade av sig själv."))
