"""Make the tables of the profiles that Samverka judges by, out of their published StructureDefinitions.

Only for a new version of a profile. Reads folders with compiled profiles (StructureDefinition-*.json, ValueSet-*.json,
CodeSystem-*.json) and writes `samverka/resources/definitions/profiles/`: what each profile asks beyond R4, as a tree.
Nobody needs the folders to run or test Samverka.

Usage: python tools/profiles.py FOLDER…
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "samverka/resources/definitions/profiles"
R4 = "http://hl7.org/fhir/StructureDefinition/"
INERA = "https://fhir.inera.se/ig/ehds-tk/StructureDefinition/SEEHDS"
POINTED_AT = ("Patient", "PractitionerRole", "Organization")
"""Inera's profiles that references must point at. They stand on HL7 Europe's, which are not judged by here: only the type is."""

Json = dict[str, Any]


def main(folders: list[str]) -> None:
    """Read every profile of the folders, write one table."""
    definitions = [one for folder in folders for one in read(folder, "StructureDefinition")]
    sets = [one for folder in folders for one in read(folder, "ValueSet")]
    systems = [one for folder in folders for one in read(folder, "CodeSystem")]
    by_url = {one["url"]: one for one in definitions}
    table = {
        "profiles": {url: profile(one, by_url) for url, one in sorted(by_url.items())},
        "sets": {
            one["url"]: {
                "systems": codes(one, {each["url"]: each for each in systems}),
                "open": any(
                    part.get("valueSet") for part in one.get("compose", {}).get("include", [])
                ),
            }
            for one in sets
        },
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "profiles.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def read(folder: str, kind: str) -> list[Json]:
    """Every resource of one type in a folder."""
    found = sorted(Path(folder).glob(f"{kind}-*.json"))
    return [json.loads(path.read_text()) for path in found]


def profile(one: Json, by_url: dict[str, Json]) -> Json:
    """A profile with all that the profiles it stands on ask, as one tree."""
    root: Json = {}
    version = one.get("version", "")
    for each in line(one, by_url):
        for element in each.get("differential", {}).get("element", []):
            place(root, element)
    return {"kind": one["type"], "version": version, "root": root}


def line(one: Json, by_url: dict[str, Json]) -> list[Json]:
    """The profiles that it stands on, the first one first."""
    base = by_url.get(one.get("baseDefinition", ""))
    return [*(line(base, by_url) if base else []), one]


def place(root: Json, element: Json) -> None:
    """Put what an element asks at its place: "entity:patient.what" below the slice `patient` of `entity`."""
    node = root
    for part in element["id"].split(".")[1:]:
        name, _colon, cut = part.partition(":")
        node = node.setdefault("parts", {}).setdefault(name, {})
        if cut:
            node = node.setdefault("slices", {}).setdefault(cut, {})
    node.update(asked(element))


def asked(element: Json) -> Json:
    """What the element asks beyond R4."""
    made: Json = {}
    if "min" in element:
        made["least"] = element["min"]
    if element.get("max", "*") != "*":
        made["most"] = int(element["max"])
    for name, value in element.items():
        for sort in ("fixed", "pattern"):
            if name.startswith(sort) and name != sort:
                made[sort] = value
    bound = element.get("binding", {})
    if bound.get("strength") == "required":
        made["codes"] = bound["valueSet"].split("|")[0]
    if by := element.get("slicing", {}).get("discriminator"):
        made["by"] = [one["path"] for one in by]
    return made | types(element)


def types(element: Json) -> Json:
    """Types it may have, profiles of theirs, and what a reference may point at."""
    found = element.get("type", [])
    made: Json = {}
    if found and element["path"].endswith("[x]"):
        made["types"] = [one["code"] for one in found]
    if profiles := [url for one in found for url in one.get("profile", [])]:
        made["profiles"] = profiles
    targets = [pointed_at(url) for one in found for url in one.get("targetProfile", [])]
    if targets and all(targets):
        made["targets"] = targets
    return made


def pointed_at(url: str) -> str:
    """The type of what a reference must point at; "" for a profile that is not known."""
    kind = url.removeprefix(INERA)
    return kind if kind in POINTED_AT else url.removeprefix(R4) if url.startswith(R4) else ""


def codes(one: Json, systems: dict[str, Json]) -> dict[str, list[str]]:
    """System -> codes of a value set; no codes: every code of that system."""
    made: dict[str, list[str]] = {}
    for part in one.get("compose", {}).get("include", []):
        system = part.get("system", "")
        listed = [each["code"] for each in part.get("concept", [])]
        if not listed and not part.get("filter") and system in systems:
            listed = [each["code"] for each in systems[system].get("concept", [])]
        made[system] = sorted({*made.get(system, []), *listed})
    return made


if __name__ == "__main__":
    main(sys.argv[1:])
