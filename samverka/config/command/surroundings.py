"""What a command needs around it: a database and a Django that knows of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from samverka.config.command.language import said
from samverka.config.command.language import words as _
from samverka.config.folders import data_folder
from samverka.config.postgres import Cluster, Urls
from samverka.kernel.problems import Problem


def cluster() -> Cluster:
    """The built-in database of this data folder."""
    return Cluster(data_folder(), say=lambda sentence: click.echo(said(sentence), err=True))


@contextmanager
def database() -> Iterator[None]:
    """The database that `DATABASE_URL` names; else the built-in one, joined if it runs, else started meanwhile."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    own = cluster()
    os.environ["SAMVERKA_DATA"] = str(own.place.home)  # it may lie elsewhere than one asked for
    try:
        point_at(own.join() or own.start(), owner=True)
        yield
    finally:
        own.stop()


def point_at(urls: Urls, *, owner: bool) -> None:
    """Tell Django where the database is, before it starts."""
    os.environ["DATABASE_URL"] = urls.app
    if owner:
        os.environ["DATABASE_OWNER_URL"] = urls.owner


def owner_needed() -> None:
    """Stop unless the owner's address is known.

    Raises:
        Problem: `DATABASE_OWNER_URL` is missing.
    """
    if not os.environ.get("DATABASE_OWNER_URL"):
        raise Problem(
            _("DATABASE_OWNER_URL saknas: tabeller ändras bara av databasens ägare."),
            mend=_("Sätt den till adressen med ägarens användare och lösenord."),
        )


def start_django() -> None:
    """Django with our settings, speaking the command's language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverka.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(os.environ.get("SAMVERKA_LANG", "sv"))


@contextmanager
def furnished() -> Iterator[None]:
    """A database with all its tables, and Django started."""
    from samverka.config.command.tables import require_tables

    with database():
        start_django()
        require_tables()
        yield
