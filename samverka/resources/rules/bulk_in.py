"""Bulk import: what is to be taken in, and how far it has come. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from samverka.resources.rules.order import place_of

MOST_INPUTS = 1_000
"""Files of one import."""

PIECE = 1_000
PIECE_BYTES = 8 * 1024 * 1024
"""So many lines or bytes are taken in together with the place where the next piece begins."""


@dataclass(frozen=True, slots=True)
class ImportInput:
    """One file of NDJSON. `url`: where it is fetched; "" if it came with the request. `kind`: "" if it was not said."""

    kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ImportWanted:
    """What is to be taken in.

    Attributes:
        source: by what name the sender's resources are the same ones for ever.
        base: address of the sender's FHIR server, if files name resources by it.
        inputs: those that others point at first.
    """

    source: str
    base: str
    inputs: tuple[ImportInput, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        inputs = [[one.kind, one.url] for one in self.inputs]
        return {"source": self.source, "base": self.base, "inputs": inputs}

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> ImportWanted:
        """What `plain` kept."""
        return cls(kept["source"], kept["base"], tuple(ImportInput(*one) for one in kept["inputs"]))


def in_order(inputs: Sequence[ImportInput]) -> list[int]:
    """The places of the inputs, those first that others point at."""
    return sorted(range(len(inputs)), key=lambda at: (place_of(inputs[at].kind or "~"), at))


def input_name(number: int, kind: str) -> str:
    """What an input is called in reports: its place from 1, and its type."""
    return f"{number}.{kind or 'resources'}.ndjson"


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """How far an import has come: what is before it has gone in and will not be read again.

    Attributes:
        fetched: files that are here.
        at: the file that is read, from 0.
        offset: bytes of it that have been read; `line`: lines.
        persons: whether the persons have been settled, before what is about them.
        seen: resources that have been read of each file.
        counts: what became of them, by type.
        skipped, by_number, lines: the report so far (`rules.report`).
    """

    begun: bool = False
    fetched: int = 0
    at: int = 0
    offset: int = 0
    line: int = 0
    persons: bool = False
    seen: tuple[int, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    skipped: int = 0
    by_number: int = 0
    lines: int = 0

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        names = ImportPlace.__slots__
        return {name: getattr(self, name) for name in names} | {"seen": list(self.seen)}

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> ImportPlace:
        """What `plain` kept; {} for one that has not begun."""
        return cls(**{**kept, "seen": tuple(kept.get("seen", ()))})

    def read_on(self, *, size: int, lines: int, resources: int, ended: bool) -> ImportPlace:
        """The place after a piece of the file: in the same one, or at the beginning of the next."""
        seen = [*self.seen, *[0] * (self.at + 1 - len(self.seen))]
        seen[self.at] += resources
        if ended:
            return replace(self, at=self.at + 1, offset=0, line=0, seen=tuple(seen))
        offset, line = self.offset + size, self.line + lines
        return replace(self, offset=offset, line=line, seen=tuple(seen))
