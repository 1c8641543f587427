"""Files as rows: CSV and Parquet with the columns of a fact, NDJSON with FHIR resources."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from samverka.indicators.warehouse.facts import FACTS, Fact
from samverka.indicators.warehouse.intake.columns import OWN_NOTE, names_of, needed_of
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

CSV, PARQUET, NDJSON = ".csv", ".parquet", ".ndjson"
KINDS: Final = frozenset({CSV, PARQUET, NDJSON})
_BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands. `number`: of the line, the first after the head being 2; in Parquet from 1."""

    number: int
    values: dict[str, Any]


def fact_of(path: Path, named: str) -> Fact:
    """Which fact a file has: the one named, else by how the file's name begins.

    Raises:
        Invalid: no fact is named so.
    """
    stem = path.stem.lower().replace("-", "_")
    found = named or next(
        (one for one in sorted(FACTS, key=len, reverse=True) if stem.startswith(one)), ""
    )
    if found not in FACTS:
        raise Invalid(
            _("%(file)s: det går inte att se vilka fakta filen har.", file=path.name),
            mend=_("Skriv --fact och en av: %(names)s.", names=", ".join(FACTS)),
        )
    return FACTS[found]


def check_columns(path: Path, fact: Fact, found: list[str]) -> None:
    """Raise unless the file has the columns that it must, and none that nobody knows.

    Raises:
        Invalid: which are missing or unknown.
    """
    own = [one for one in found if not one.startswith(OWN_NOTE)]
    known = names_of(fact)
    if strange := [one or "?" for one in own if one not in known]:
        raise Invalid(
            _("%(file)s: okända kolumner: %(names)s.", file=path.name, names=", ".join(strange)),
            mend=_("%(fact)s kan ha: %(names)s.", fact=fact.name, names=", ".join(known)),
        )
    if missing := [one for one in needed_of(fact) if one not in own]:
        raise Invalid(
            _("%(file)s: kolumner saknas: %(names)s.", file=path.name, names=", ".join(missing)),
            mend=_("Lägg till dem i första raden, och värden på varje rad."),
        )
    if len(set(own)) != len(own):
        raise Invalid(_("%(file)s: två kolumner heter likadant.", file=path.name))


def head_of(path: Path) -> list[str]:
    """The names of a file's columns.

    Raises:
        Invalid: it cannot be read.
    """
    if path.suffix.lower() == PARQUET:
        return list(_parquet(path).schema_arrow.names)
    with path.open(encoding=_encoding(path), newline="") as file:
        line = file.readline()
        return next(csv.reader([line.strip("\r\n")], delimiter=_delimiter(line)), [])


def rows_of(path: Path) -> Iterator[RawRow]:
    """The rows of a CSV or Parquet file, one at a time."""
    if path.suffix.lower() == PARQUET:
        number = 0
        for batch in _parquet(path).iter_batches(batch_size=_BATCH):
            for values in batch.to_pylist():
                number += 1
                yield RawRow(number, values)
        return
    with path.open(encoding=_encoding(path), newline="") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        for number, values in enumerate(csv.DictReader(file, delimiter=delimiter), 2):
            yield RawRow(number, values)


def _parquet(path: Path) -> Any:
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as fault:
        raise Invalid(_("%(file)s är ingen hel Parquet-fil.", file=path.name)) from fault


def _encoding(path: Path) -> str:
    """UTF-8, with or without its mark; else what older Swedish systems write."""
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(head: str) -> str:
    return max(";,\t|", key=head.count)
