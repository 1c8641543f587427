"""Storeys, rooms and rows: who may import whom. Import-linter holds the storeys; this holds the rest."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import grimp

from tests.house.source import REPOSITORY, ROOMS, modules, rooms_with, told

OPEN_ROWS: dict[tuple[str, str], str] = {
    ("samverka.audit.models", "samverka.access.reads"): (
        "The log that people read: a line names whose it is, and only the gate can ask that."
    ),
    ("samverka.access.models", "samverka.organisations.models"): (
        "`CurrentQuerySet`, a manager for rows with since and until; no row of the gate is read."
    ),
    ("samverka.access.models", "samverka.web.door"): (
        "The type of the log-in, which Django's session gives the door."
    ),
    ("samverka.access.models", "samverka.people.reads"): (
        "The gate's own rows inside one query: the persons of a unit are those with a relation."
    ),
    ("samverka.access.models", "samverka.people.operations"): (
        "`Subject` is kept by people: what the gate must know about a person, one row per person."
    ),
    ("samverka.access.models", "samverka.notices.operations"): (
        "The log-in's e-mail address and language, for mail without personal data; no row of the gate."
    ),
    ("samverka.access.models", "samverka.careplans.reads"): (
        "Whether consent holds and which version was disclosed, asked in the query for the plan."
    ),
}
"""(rows, who reads them outside their room): why. The gate's rows stand on the floor and are read in
joins; no room reads another room's rows."""

INSIDE = {"reads", "operations", "models", "jobs"}
"""Parts of a room that may import its rows; pages, forms and fhir get plain values."""

OF_THE_GATE = {"gate", "act", "reads", "operations", "models"}
"""In `access` the gate and the act are the way to the rows."""


@cache
def graph() -> grimp.ImportGraph:
    """Who imports whom."""
    return grimp.build_graph("samverka", exclude_type_checking_imports=True, cache_dir=None)


def _importers_of_rows() -> list[tuple[str, str]]:
    found = graph()
    rows = [name for name in found.modules if name.split(".")[2:3] == ["models"]]
    pairs = [
        (".".join(row.split(".")[:3]), ".".join(importer.split(".")[:3]))
        for row in rows
        for importer in found.find_modules_that_directly_import(row)
        if ".migrations" not in importer
    ]
    return sorted(set(pairs))


def _is_home(rows: str, importer: str) -> bool:
    room, part = rows.split(".")[1], importer.split(".")[2:3]
    own = OF_THE_GATE if room == "access" else INSIDE
    return importer.split(".")[1] == room and set(part) <= own


def test_the_storeys_stand() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())",
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :] + done.stderr


def test_every_room_stands_in_the_contract_about_rooms() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text()
    inside = text.partition('name = "In a room"')[2].partition("[[tool")[0]
    missing = [room for room in ROOMS if f'"samverka.{room}"' not in inside and _has_parts(room)]
    assert not missing, f"Add to the contract “In a room” in pyproject.toml: {', '.join(missing)}."


def _has_parts(room: str) -> bool:
    return any(one.parts[0] == room for one in rooms_with("operations", "reads", "pages", "models"))


def test_rows_stay_home() -> None:
    faults = [
        f"{importer} imports {rows}: ask for a read or an operation of the room that keeps the rows."
        for rows, importer in _importers_of_rows()
        if not _is_home(rows, importer) and (rows, importer) not in OPEN_ROWS
    ]
    assert not faults, told(faults)


def test_no_exception_is_left_over() -> None:
    pairs = set(_importers_of_rows())
    stale = [f"Take {pair} out of OPEN_ROWS: nobody imports so any more." for pair in OPEN_ROWS
             if pair not in pairs]  # fmt: skip
    assert not stale, told(stale)


def test_a_room_has_only_known_parts() -> None:
    """The same names in every room: who has read one finds the way in any other."""
    known = {
        "rules", "models", "reads", "operations", "forms", "pages", "urls", "fhir", "jobs",
        "apps", "migrations", "templatetags",
    }  # fmt: skip
    more = {"indicators": {"warehouse"}}  # docs/adr/0017
    floor = {"access", "audit", "web", "demo"}  # their parts have names of their own
    faults = [
        f"{one.place}: a room has the files of the house and no others; put it in one of them."
        for one in modules()
        if one.parts and one.parts[0] in set(ROOMS) - floor and len(one.parts) > 1
        if one.parts[1] not in known | more.get(one.parts[0], set())
    ]
    assert not faults, told(faults)
