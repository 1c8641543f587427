"""Files → rows of facts, a chunk at a time; what is refused is told and kept in a file beside."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, TextIO

from samverka.indicators.warehouse.facts import Fact
from samverka.indicators.warehouse.intake.columns import OWN_NOTE
from samverka.indicators.warehouse.intake.files import NDJSON, rows_of
from samverka.indicators.warehouse.intake.resources import Refused, Resources
from samverka.indicators.warehouse.intake.rows import Half, Intake, Known, Refusal, half, whole
from samverka.indicators.warehouse.quality import FaultKind, Faults
from samverka.kernel.problems import Invalid

CHUNK: Final = 2_000
"""Rows whose persons are looked up at a time."""

SHOWN: Final = 500
"""Refusals held in memory to be told; the file beside has all of them."""

Lookup = Callable[[Iterable[str]], dict[str, Known]]
"""Identity numbers (twelve digits) → what this house knows of those that it knows."""


@dataclass
class Beside:
    """Refused rows of one file, kept beside it: as they stood, and why."""

    path: Path
    count: int = 0
    _out: TextIO | None = None
    _why: TextIO | None = None
    _head: list[str] = field(default_factory=list)

    @property
    def place(self) -> Path:
        """The file with the refused rows."""
        ending = NDJSON if self.path.suffix.lower() == NDJSON else ".csv"
        return self.path.with_name(f"{self.path.stem}.nekade{ending}")

    def add(self, one: Refusal, values: dict[str, Any] | str) -> None:
        """One more; the first makes the file, that only its owner can read."""
        self.count += 1
        if self._out is None:
            self.place.unlink(missing_ok=True)
            self._out = self.place.open("x", encoding="utf-8", newline="")
            self.place.chmod(0o600)
        if isinstance(values, str):
            self._line(one, values)
        else:
            self._row(one, values)

    def close(self) -> None:
        """Nothing more comes."""
        for one in (self._out, self._why):
            if one is not None:
                one.close()

    def _row(self, one: Refusal, values: dict[str, Any]) -> None:
        assert self._out is not None
        writer = csv.writer(self._out)
        if not self._head:
            self._head = [str(name) for name in values if name and not name.startswith(OWN_NOTE)]
            writer.writerow([*self._head, "_rad", "_kolumn", "_varför"])
        told = f"{one.why} {one.mend}".strip()
        writer.writerow([*(values.get(name) for name in self._head), one.row, one.column, told])

    def _line(self, one: Refusal, line: str) -> None:
        """The line itself word for word, and why in a file of its own: JSON has no place for it."""
        assert self._out is not None
        self._out.write(line.rstrip("\n") + "\n")
        if self._why is None:
            place = self.place.with_suffix(".txt")
            self._why = place.open("w", encoding="utf-8")
            place.chmod(0o600)
        self._why.write(f"{one.row}: {one.column} {one.why} {one.mend}\n")


@dataclass
class Taking:
    """One import of files: gives rows, and gathers what was refused."""

    intake: Intake
    lookup: Lookup
    faults: Faults = field(default_factory=Faults)
    refusals: list[Refusal] = field(default_factory=list)
    refused: int = 0
    read: int = 0
    kept: list[Path] = field(default_factory=list)

    def rows(self, fact: Fact, paths: Iterable[Path]) -> Iterator[dict[str, object]]:
        """The rows of CSV and Parquet files of one fact."""
        yield from self._looked_up(self._tables(fact, paths))

    def resources(self, fact: Fact, found: Resources) -> Iterator[dict[str, object]]:
        """The rows of one fact out of FHIR resources. What is refused, `examine` has told."""
        said = (one for _path, one in found.said(self.intake.today, fact=fact.name))
        yield from self._looked_up(one for one in said if isinstance(one, Half))

    def examine(self, found: Resources) -> None:
        """Read all resources once, and tell which are refused."""
        beside = {path: Beside(path) for path in found.paths}
        for path, one in found.said(self.intake.today):
            self.read += 1
            if isinstance(one, Refused):
                self._refuse("ndjson", one.refusal)
                beside[path].add(one.refusal, one.line)
        for each in beside.values():
            self._done(each)

    def _looked_up(self, halves: Iterator[Half]) -> Iterator[dict[str, object]]:
        while part := list(islice(halves, CHUNK)):
            known = self.lookup({one.number.value for one in part if one.number})
            for one in part:
                person = known.get(one.number.value) if one.number else None
                yield whole(one, person, self.intake, self.faults)

    def _tables(self, fact: Fact, paths: Iterable[Path]) -> Iterator[Half]:
        for path in paths:
            beside = Beside(path)
            with ExitStack() as after:
                after.callback(self._done, beside)
                for raw in rows_of(path):
                    self.read += 1
                    try:
                        yield half(fact, raw.values, self.intake.today)
                    except Invalid as fault:
                        one = _refusal(path, raw.number, fault)
                        self._refuse(fact.name, one)
                        beside.add(one, raw.values)

    def _refuse(self, fact: str, one: Refusal) -> None:
        self.refused += 1
        self.faults.add(fact, FaultKind.REFUSED, one.column)
        if len(self.refusals) < SHOWN:
            self.refusals.append(one)

    def _done(self, beside: Beside) -> None:
        beside.close()
        if beside.count and beside.place not in self.kept:
            self.kept.append(beside.place)


def _refusal(path: Path, number: int, fault: Invalid) -> Refusal:
    return Refusal(path.name, number, fault.where, fault.message, fault.mend)
