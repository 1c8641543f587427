"""The page docs/reference/fhir-import.md: what becomes of the published FHIR examples when read in.

python tools/import_table.py FOLDER    FOLDER holds one folder per set of examples (see SETS)

Makes a database of its own, reads in every set twice, and writes down what it saw. The examples are not
part of the repository, so the page is made by hand and committed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "reference" / "fhir-import.md"

SETS = {
    "r4-clinical-examples": ("HL7's R4 clinical examples 4.0.1", "CC0-1.0", "http://hl7.org/fhir"),
    "sweden-base-r4": ("HL7 Sweden base profiles 1.1.0", "CC0-1.0", ""),
    "ips": ("IPS examples", "CC0-1.0", ""),
    "balp": ("IHE BALP examples", "CC-BY-4.0, IHE", ""),
    "synthea-r4": ("Synthea sample bundles", "Apache-2.0", ""),
}
"""Folder → name, licence, address of the server that the examples name themselves after."""

STATES = ("received", "kept", "waiting")


@dataclass
class Seen:
    """What one set left behind."""

    name: str
    licence: str
    files: int
    first: Any
    again: Any
    seconds: float
    standing: dict[str, Counter[str]]
    reasons: Counter[tuple[str, str]]


def main() -> None:
    """Read in everything, write the page."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    from samverka.config.command.surroundings import point_at, start_django
    from samverka.config.postgres import Cluster

    os.environ.setdefault("SAMVERKA_LANG", "en")
    with tempfile.TemporaryDirectory(prefix="samverka-table-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with Cluster(folder / "data", hasty=True) as urls:
            point_at(urls, owner=True)
            start_django()
            from samverka.config.command.tables import make_tables

            make_tables()
            seen = list(_read_all(Path(sys.argv[1])))
            from django.db import connections

            connections.close_all()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join(_page(seen)) + "\n")
    print(f"{PAGE.relative_to(ROOT)}: {sum(one.first.total.new for one in seen):,} resources")


def _read_all(folder: Path) -> Iterator[Seen]:
    actor = _importer()
    for name, (title, licence, base) in SETS.items():
        paths = sorted((folder / name).glob("*.json"))
        if not paths:
            sys.exit(f"No examples in {name}.")
        yield _read(actor, name, title, licence, base, paths)


def _importer() -> Any:
    """A job that reads in for one health centre."""
    from dataclasses import replace

    from samverka.access.roles import SYSTEM_PERMISSIONS
    from samverka.kernel.actor import Actor, ActorKind, Branch, Purpose, Side
    from samverka.organisations import operations as organisations
    from samverka.organisations.rules import OrganisationKind, UnitKind

    actor = Actor(
        kind=ActorKind.SYSTEM,
        id=uuid4(),
        name="tools/import_table.py",
        at=datetime.now(UTC),
        side=Side.SYSTEM,
        permissions=SYSTEM_PERMISSIONS,
        purpose=Purpose.SYSTEM,
    )
    owner = organisations.register_organisation(actor, name="Region", kind=OrganisationKind.REGION)
    provider = organisations.register_provider(
        actor, organisation_id=owner.id, name="Regionens vård", branch=Branch.HEALTH
    )
    unit = organisations.register_unit(
        actor, provider_id=provider.id, name="Hälsocentralen", kind=UnitKind.HEALTH_CENTRE
    )
    return replace(
        actor,
        unit_id=unit.id,
        unit_name=unit.name,
        provider_id=provider.id,
        branch=Branch.HEALTH,
    )


def _read(actor: Any, name: str, title: str, licence: str, base: str, paths: list[Path]) -> Seen:
    from samverka.config.registry import REGISTRY
    from samverka.resources.operations import run_import

    began = time.perf_counter()
    first = run_import(actor, paths=paths, source=name, registry=REGISTRY, base=base)
    seconds = time.perf_counter() - began
    again = run_import(actor, paths=paths, source=name, registry=REGISTRY, base=base)
    standing, reasons = _standing(name)
    return Seen(title, licence, len(paths), first, again, seconds, standing, reasons)


def _standing(source: str) -> tuple[dict[str, Counter[str]], Counter[tuple[str, str]]]:
    from samverka.access.act import act
    from samverka.access.actions import Action
    from samverka.resources.operations import store

    standing: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[tuple[str, str]] = Counter()
    with act(_importer(), Action.SHELF_RECEIVE) as this:
        for kind, status, reason, number in store.fetch(
            "SELECT kind, status, reason, count(*) FROM resources_resource "
            "WHERE source = %s GROUP BY 1, 2, 3",
            [source],
        ):
            standing[kind][status] += number
            if reason:
                reasons[kind, reason] += number
        this.note_general("Resource")
    return standing, reasons


def _page(seen: list[Seen]) -> Iterator[str]:
    yield "# What an import makes of FHIR R4"
    yield ""
    yield "<!-- Generated by tools/import_table.py: run it again, do not edit. -->"
    yield ""
    yield (
        "Every resource that goes in is kept word for word on the shelf (`samverka/resources/`), with "
        "its source. *Received*: a room works with it. *Kept*: no room has a use for it (yet); it is "
        "shown as it is to those who may see the person. *Waiting*: it is about a person whom the files "
        "do not name, or about several; nobody sees it until one person is known. *Refused*: it is not "
        "valid R4; the report names file, entry, FHIRPath and what to do."
    )
    yield from _sets(seen)
    for one in seen:
        yield from _kinds(one)


def _sets(seen: list[Seen]) -> Iterator[str]:
    yield ""
    yield "| set | licence | files | went in | received | kept | waiting | refused | the second time |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for one in seen:
        states = [sum(count[state] for count in one.standing.values()) for state in STATES]
        numbers = [one.files, sum(states), *states, one.first.total.refused]
        again = "nothing changes" if one.again.nothing_changed else "**something changed**"
        yield f"| {one.name} | {one.licence} | {' | '.join(map(str, numbers))} | {again} |"


def _kinds(one: Seen) -> Iterator[str]:
    yield from ("", f"## {one.name}", "")
    yield "| type | received | kept | waiting | refused |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    refused = {row.kind: row.refused for row in one.first.rows if row.refused}
    for kind in sorted(one.standing.keys() | refused.keys()):
        states = [one.standing[kind][state] or "" for state in STATES]
        cells = " | ".join(map(str, [*states, refused.get(kind, "")]))
        yield f"| {kind} | {cells} |"
    yield from _why(one)


def _why(one: Seen) -> Iterator[str]:
    from samverka.resources.rules.lines import Weight

    lines = Counter(
        (line.kind, line.path.split("[")[0], _english(line.message))
        for line in one.first.lines
        if line.weight is Weight.REFUSED
    )
    kept = [(kind, "", _english(words), number) for (kind, words), number in one.reasons.items()]
    told = [(*key, number) for key, number in lines.items()]
    if told:
        yield from ("", "Refused, and why:", "")
        yield from _listed(told)
    if kept:
        yield from ("", "Kept though a room receives the type, and why:", "")
        yield from _listed(kept)
    notes = Counter(
        (line.kind, line.path.split("[")[0], _english(line.message))
        for line in one.first.lines
        if line.weight is Weight.NOTE and (line.kind, str(line.message)) not in one.reasons
    )
    if notes:
        yield from ("", "Notes in the report:", "")
        yield from _listed([(*key, number) for key, number in notes.items()])


def _listed(rows: list[tuple[str, str, str, int]]) -> Iterator[str]:
    for kind, path, words, number in sorted(rows):
        where = path or kind or "All types"
        yield f"- {where}: {words} ({number})"


def _english(message: str) -> str:
    from django.utils.translation import gettext

    from samverka.kernel.text import in_language

    said = in_language(message, gettext)
    return gettext(said) if said == message else said


if __name__ == "__main__":
    main()
