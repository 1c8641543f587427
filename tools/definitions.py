"""Fetch the standard's own definitions of FHIR R4 and write the tables that the program reads. Only for a new version.

Needs Node (`npm`). Nobody needs it to run or test Samverka: the result is committed in
`samverka/resources/definitions/` together with its README; `tests/resources/test_definitions.py`
holds that the tables are whole. Both packages are HL7's own and CC0-1.0.

Usage: python tools/definitions.py [FOLDER]    FOLDER: an installed `node_modules` to read instead
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import definition_searches, definition_structures  # noqa: E402  (importable by the path)

TARGET = ROOT / "samverka/resources/definitions"
PACKAGES = {"hl7.fhir.r4.examples": "4.0.1", "hl7.fhir.r4.expansions": "4.0.1"}

Json = dict[str, Any]

README = """# FHIR R4's own definitions, as tables

Made by `tools/definitions.py` from the npm packages {packages} (HL7 International, CC0-1.0: free
for any use). `samverka/resources/rules/definitions` reads them.

| File | What | sha256 |
|---|---|---|
{rows}
"""

WHAT = {
    "structures": "every resource, datatype and part: its elements, types, how many, bindings, targets",
    "codes": "the value sets that are bound as required, as codes per system",
    "searches": "the search parameters of every type, as paths; and what was left out, with why",
    "compartments": "which search parameters put a resource into a compartment",
}


def main(given: list[str]) -> None:
    """Fetch, make the four tables, write them with the list of what they are."""
    with tempfile.TemporaryDirectory() as scratch:
        modules = Path(given[0]) if given else fetch(Path(scratch))
        tables = made(modules)
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write(name, table)
    (TARGET / "README.md").write_text(readme())


def fetch(work: Path) -> Path:
    """Install the packages by name and exact version, running none of their scripts."""
    (work / "package.json").write_text('{"private": true}')
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"]
    subprocess.run(["npm", "install", *flags, *wanted], cwd=work, check=True)
    return work / "node_modules"


def made(modules: Path) -> dict[str, Json]:
    """The four tables."""
    examples, expansions = (modules / name for name in PACKAGES)
    structures = definition_structures.structures(read(examples, "StructureDefinition"))
    sets = definition_structures.bound(structures)
    codes = definition_structures.codes(sets, read(expansions, "ValueSet"))
    searches = definition_searches.searches(read(examples, "SearchParameter"), structures)
    compartments = definition_searches.compartments(read(examples, "CompartmentDefinition"))
    return {
        "structures": structures,
        "codes": codes,
        "searches": searches,
        "compartments": compartments,
    }


def read(folder: Path, kind: str) -> list[Json]:
    """Every resource of one type in a package, in the order of its name."""
    return [json.loads(path.read_text()) for path in sorted(folder.glob(f"{kind}-*.json"))]


def write(name: str, table: Json) -> None:
    """One table; the same contents give the same bytes."""
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (TARGET / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def readme() -> str:
    """Source, version, licence, and what each file holds."""
    packages = " and ".join(f"`{name}` {version}" for name, version in PACKAGES.items())
    rows = []
    for name, what in WHAT.items():
        digest = hashlib.sha256((TARGET / f"{name}.json.gz").read_bytes()).hexdigest()
        rows.append(f"| `{name}.json.gz` | {what} | `{digest}` |")
    return README.format(packages=packages, rows="\n".join(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
