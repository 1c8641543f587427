"""Every row of the database as text, without what is drawn or counted anew each time: to compare two counties."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction

Rows = dict[str, list[str]]
"""The rows of each table, sorted."""

_DRAWN = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"  # ids, wherever they stand
    r'|(?<="id": )\d+'  # counters
    r'|(?<="password": ")![^"]+'  # what nobody can log in with
    r'|(?<="digest": ")[^"]+|(?<="seal": ")[^"]+'  # sums over texts with ids in them
    r'|(?<="number": ")U[0-9A-F]{8}'  # a case is called after its id
)


def rows() -> Rows:
    """What all tables hold now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        found: Rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            found[table] = sorted(_DRAWN.sub("#", text) for (text,) in cursor)
        return found


def differing(one: Rows, other: Rows) -> list[str]:
    """Rows that only one of them has, with the table's name."""
    return [
        f"{table}: {text}"
        for table in sorted({*one, *other})
        for text in sorted(set(one.get(table, [])) ^ set(other.get(table, [])))
    ] + [
        f"{table}: another number of rows"
        for table in sorted({*one, *other})
        if len(one.get(table, [])) != len(other.get(table, []))
    ]


@dataclass(frozen=True)
class Counties:
    """Rows of counties built in one run, one file for each."""

    folder: Path

    def keep(self, found: Rows) -> None:
        """Lay them there whole."""
        self.folder.mkdir(exist_ok=True)
        half = self.folder / f"{uuid4()}.half"
        half.write_text(json.dumps(found))
        half.rename(half.with_suffix(".json"))

    def all(self) -> list[Rows]:
        """Those that are there now."""
        return [json.loads(one.read_text()) for one in sorted(self.folder.glob("*.json"))]
