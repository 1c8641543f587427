"""Write a room's first migration anew from its models: `python tools/first_migration.py careplans`.

Only until the first release: a county that runs has its own history, and then a change of tables is a new
migration. Keys and indexes stand in their table's own statement. Django's own command adds them afterwards,
one by one, and reloads every model for each of them: half the time of a first start.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
EMPTY = """from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = []
"""


def main() -> None:
    """Remake the rooms that are named."""
    sys.path.insert(0, str(REPOSITORY))
    os.environ |= {"SAMVERKA_DEMO": "1", "DJANGO_SETTINGS_MODULE": "samverka.config.settings"}
    for room in sys.argv[1:]:
        place = REPOSITORY / "samverka" / room / "migrations"
        place.mkdir(exist_ok=True)
        (place / "__init__.py").touch()
        remake(room, place)


def remake(room: str, place: Path) -> None:
    """An empty first migration, what Django would add to it, and both as one file."""
    first, second = place / "0001_initial.py", place / "0002_second.py"
    first.write_text(EMPTY)
    _run("-m", "django", "makemigrations", room, "-n", "second", "-v", "0")
    text = second.read_text()
    second.unlink()
    first.write_text(re.sub(rf"""\n\s*\(["']{room}["'], ["']0001_initial["']\),?""", "", text))
    _run(__file__, "--gather", room)  # in a process that has seen no other first migration
    _run("-m", "ruff", "format", "--quiet", str(first))


def _run(*what: str) -> None:
    subprocess.run([sys.executable, "-W", "ignore", *what], check=True, cwd=REPOSITORY)


def gather(room: str) -> None:
    """Move keys and indexes to the statement that makes their table."""
    import django

    django.setup()
    from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
    from django.db.migrations.writer import MigrationWriter

    found = import_module(f"samverka.{room}.migrations.0001_initial").Migration(
        "0001_initial", room
    )
    tables = {one.name_lower: one for one in found.operations if isinstance(one, CreateModel)}
    for one in found.operations:
        if isinstance(one, AddField):  # a table whose columns come later gets its keys later
            tables.pop(one.model_name_lower, None)
    kept = []
    for one in found.operations:
        if isinstance(one, AddConstraint | AddIndex) and one.model_name_lower in tables:
            options = tables[one.model_name_lower].options
            kind, rule = (
                ("constraints", one.constraint)
                if isinstance(one, AddConstraint)
                else ("indexes", one.index)
            )
            options[kind] = [*options.get(kind, []), rule]
        else:
            kept.append(one)
    found.operations, found.initial = kept, True
    place = REPOSITORY / "samverka" / room / "migrations/0001_initial.py"
    place.write_text(MigrationWriter(found).as_string())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--gather"]:
        sys.path.insert(0, str(REPOSITORY))
        gather(sys.argv[2])
    else:
        main()
