"""The tests' database: a real PostgreSQL, with the same two roles and the same row security as in earnest.

The tests themselves speak as the application's role. Tables are made, and emptied, by the owner.
"""

from __future__ import annotations

import copy
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from samverka.config import security
from samverka.config.postgres import Cluster, Urls

# Filled by migrations; a test that empties the tables leaves these alone.
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}


@contextmanager
def server() -> Iterator[Urls]:
    """A server to make databases on: the one the environment names, else one of our own for this run."""
    if root := os.environ.get("DATABASE_ROOT_URL"):
        yield Urls(os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"], root)
        return
    with tempfile.TemporaryDirectory(prefix="samverka-test-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)  # its one subfolder is private; the server's user must reach it
        with Cluster(Path(folder) / "data", hasty=True) as urls:
            yield urls


@contextmanager
def database(urls: Urls, like: str = "template1") -> Iterator[str]:
    """A database owned by the owner, empty or like another one; gone afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    owner = dj_database_url.parse(urls.owner)["USER"]
    connections.close_all()  # nobody may be in the one that is copied
    with psycopg.connect(urls.root, autocommit=True) as root:
        root.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(owner), sql.Identifier(like)
            )
        )
        root.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        app = dj_database_url.parse(urls.app)["USER"]
        root.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(name), sql.Identifier(app)
            )
        )
    try:
        yield name
    finally:
        connections.close_all()
        with psycopg.connect(urls.root, autocommit=True) as root:
            root.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def furnish(urls: Urls, name: str) -> None:
    """Point Django at the database (`default` = application, `owner` = owner) and make its tables."""
    _point("default", urls.app, name)
    _point("owner", urls.owner, name)
    call_command("migrate", database="owner", verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    security.apply(connections["owner"], role=dj_database_url.parse(urls.app)["USER"])
    with connections["owner"].cursor() as cursor:
        # A county built in a transaction is seen by nobody else, so the tests' own role must analyse it.
        cursor.execute(
            sql.SQL("GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {}").format(
                sql.Identifier(dj_database_url.parse(urls.app)["USER"])
            )
        )
    connections["owner"].close()


@contextmanager
def within(name: str) -> Iterator[None]:
    """Let the application's own connection be to another of the run's databases."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    try:
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def empty(urls: Urls, name: str) -> None:
    """Empty every table, the trail too, by the superuser: no one else can."""
    with psycopg.connect(urls.root, dbname=name, autocommit=True) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("SET lock_timeout = '60s'")  # a transaction left open is a fault, not a wait
        rows = root.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        tables = [sql.Identifier(table) for (table,) in rows if table not in KEPT_TABLES]
        root.execute(
            sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(tables))
        )


def _point(alias: str, url: str, name: str) -> None:
    settings: dict[str, Any] = copy.deepcopy(connections.settings["default"])
    settings.update(dj_database_url.parse(url))
    settings.update(NAME=name, CONN_MAX_AGE=0)
    if alias in connections.settings:
        connections.settings[alias].update(settings)
    else:
        connections.settings[alias] = settings
