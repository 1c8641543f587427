"""Tables, grants and row security: made by the owner."""

from __future__ import annotations

from typing import Any

from samverka.config.command.language import words as _
from samverka.config.command.progress import Progress, bar
from samverka.kernel.problems import Problem


class _Counter:
    """Stands where Django writes its words on migrations, and counts them."""

    def __init__(self, total: int, step: Progress) -> None:
        self.done, self.total, self.step = 0, total, step

    def write(self, message: str = "", *_rest: Any, **_named: Any) -> None:
        """Called with "Applying …" and later with "OK"."""
        if "OK" in message:
            self.done += 1
            self.step(self.done, self.total)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """No colours."""
        return False


def make_tables() -> None:
    """Migrate as the owner, then hang the net: grants and forced row security for the application's role.

    Safe to run again; does next to nothing when all is in place.
    """
    from django.core.management import call_command
    from django.db import connections

    from samverka.config import security

    if waiting := _waiting("owner"):
        with bar(_("Gör databasens tabeller")) as step:
            call_command(
                "migrate",
                database="owner",
                verbosity=1,
                stdout=_Counter(waiting, step),
                no_color=True,
            )
    call_command("createcachetable", database="owner", verbosity=0)
    security.apply(connections["owner"], role=connections["default"].settings_dict["USER"])
    connections["owner"].close()


def weigh_tables() -> None:
    """Tell the database how much there is of what, after many rows at once: it would find out in a minute or so."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()


def require_tables() -> None:
    """Stop unless every table is in place.

    Raises:
        Problem: `samverka migrate` has not been run, or not since the program was renewed.
    """
    if _waiting("default"):
        raise Problem(
            _("Databasens tabeller saknas eller är äldre än programmet."),
            mend=_("Kör samverka migrate."),
        )


def _waiting(alias: str) -> int:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
