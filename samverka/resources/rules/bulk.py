"""Bulk export (HL7 Bulk Data Access): what is asked for, how far it has come, and what the files are called. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.times import span_of

KEPT_FOR = timedelta(days=1)
"""So long the files stay: then they are taken away."""

FILE_BYTES = 16 * 1024 * 1024
"""A file ends at about so many bytes: whoever fetches it holds no more in memory, nor do we."""

FORMATS = ("application/fhir+ndjson", "application/ndjson", "ndjson")
"""What `_outputFormat` may say; all mean the same."""

TRIES = 5
"""So many times in a row a piece may fail before the export is given up."""


class ExportState(StrEnum):
    """How far an export or an import has come. The codes are stored."""

    ASKED = "asked"
    GOING = "going"
    DONE = "done"
    FAILED = "failed"
    ENDED = "ended"  # taken back by the one who asked, or the files have been taken away


OPEN = frozenset({ExportState.ASKED, ExportState.GOING})
"""There is more to do."""


@dataclass(frozen=True, slots=True)
class ExportWanted:
    """What is to be in the files.

    Attributes:
        kinds: types; all that the level has if nothing was said.
        since: only what has changed then or later.
        filters: searches, "Observation?code=…": of a type that has some, only what fits one of them.
        persons: only about them; None for everyone whom the one who asked may see.
        common: also what is about nobody (units, staff, forms).
    """

    kinds: tuple[str, ...]
    since: datetime | None = None
    filters: tuple[str, ...] = ()
    persons: tuple[UUID, ...] | None = None
    common: bool = False

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "kinds": list(self.kinds),
            "since": self.since.isoformat() if self.since else None,
            "filters": list(self.filters),
            "persons": None if self.persons is None else [str(one) for one in self.persons],
            "common": self.common,
        }

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> ExportWanted:
        """What `plain` kept."""
        persons = kept["persons"]
        return cls(
            kinds=tuple(kept["kinds"]),
            since=datetime.fromisoformat(kept["since"]) if kept["since"] else None,
            filters=tuple(kept["filters"]),
            persons=None if persons is None else tuple(UUID(one) for one in persons),
            common=kept["common"],
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its type, its number among those of the type, and how much is in it."""

    kind: str
    number: int = 1
    count: int = 0
    size: int = 0

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"{self.kind}.{self.number}.ndjson"


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """How far an export has come: what is in the files up to here will not be written again.

    Attributes:
        after: where the reader goes on; None at the beginning.
        parts: the files, in the order in which they were begun.
    """

    after: Mapping[str, Any] | None = None
    parts: tuple[Part, ...] = ()

    @property
    def count(self) -> int:
        """Resources so far."""
        return sum(one.count for one in self.parts)

    def part_for(self, kind: str) -> Part:
        """The file that the next of the type goes to: a new one when the last is full."""
        found = [one for one in self.parts if one.kind == kind]
        if not found:
            return Part(kind)
        last = found[-1]
        return last if last.size < FILE_BYTES else Part(kind, last.number + 1)

    def with_part(self, part: Part) -> ExportPlace:
        """The same with a file that has grown."""
        others = [one for one in self.parts if one.name != part.name]
        at = next((n for n, one in enumerate(self.parts) if one.name == part.name), len(others))
        return replace(self, parts=(*others[:at], part, *others[at:]))

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        parts = [[one.kind, one.number, one.count, one.size] for one in self.parts]
        return {"after": dict(self.after) if self.after is not None else None, "parts": parts}

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> ExportPlace:
        """What `plain` kept; {} for one that has not begun."""
        return cls(kept.get("after"), tuple(Part(*one) for one in kept.get("parts", ())))


_NAME = re.compile(r"^([A-Za-z]{1,64})\.([1-9]\d{0,5})\.ndjson$")


def is_file_name(name: str) -> bool:
    """Whether it can be the name of one of our files: nothing that leads out of the folder."""
    found = _NAME.match(name)
    return found is not None and found[1] in RESOURCE_TYPES and not name.endswith("\n")


def kinds_wanted(given: Sequence[str], possible: frozenset[str]) -> tuple[str, ...]:
    """The types that are asked for, as `_type` says them; all that are possible when nothing is said.

    Raises:
        Invalid: one that is no type, or that this export cannot have.
    """
    wanted = [kind.strip() for one in given for kind in one.split(",") if kind.strip()]
    for kind in wanted:
        if kind not in possible:
            words = _("Typen %(kind)s kan inte lämnas ut så.", kind=kind[:64])
            raise Invalid(words, where="_type")
    return tuple(sorted(set(wanted) or possible))


def since_wanted(text: str) -> datetime | None:
    """`_since`: a time with its zone; None for none.

    Raises:
        Invalid: it is no time.
    """
    if not text:
        return None
    found = span_of(text.replace(" ", "+"))
    if found is None:
        raise Invalid(_("Skriv en tid: ÅÅÅÅ-MM-DDThh:mm:ss+01:00."), where="_since")
    return found.low


def manifest(place: ExportPlace, *, at: datetime, request: str, files: str) -> dict[str, Any]:
    """What the status says when all is done: each file, its type and how many are in it.

    Args:
        at: when the export was asked for: all that had changed before is in it.
        files: the address that the names of the files stand under.
    """
    return {
        "transactionTime": at.isoformat(),
        "request": request,
        "requiresAccessToken": True,
        "output": [
            {"type": one.kind, "url": f"{files}/{one.name}", "count": one.count}
            for one in place.parts
        ],
        "error": [],
    }


@dataclass(frozen=True, slots=True)
class Piece:
    """What the reader found: lines by type, and where it goes on; None: there is no more."""

    lines: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    after: Mapping[str, Any] | None = None
