"""What an import says about a file: faults, notes and the line that carries them to the reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.text import Text


class Weight(StrEnum):
    """How much a line weighs. The codes are stored."""

    REFUSED = "refused"  # this resource did not go in
    NOTE = "note"  # it went in, but somebody should know


class Sort(StrEnum):
    """What sort of fault it is: codes of the standard's IssueType, for an OperationOutcome."""

    INVALID = "invalid"
    STRUCTURE = "structure"
    REQUIRED = "required"
    VALUE = "value"
    CODE = "code-invalid"
    INVARIANT = "invariant"  # the parts are right, but do not fit together
    TOO_LONG = "too-long"
    TOO_COSTLY = "too-costly"
    SECURITY = "security"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one resource.

    Attributes:
        path: FHIRPath inside the resource ("Observation.status"); empty if it is the whole text.
        message: what is wrong. Never quotes the value: it may be personal data.
        mend: what to do about it; empty if the message says it.
        sort: what sort of fault. A client that writes gets every one as a refusal; what comes in with an
            import is kept in spite of an `INVARIANT`, which then is a note.
    """

    path: str
    message: Text
    mend: Text | None = None
    sort: Sort = Sort.INVALID


class Faulty(Exception):
    """The resource cannot go in; carries every fault that was found."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.path} {fault.message}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: where, what, and how to mend it.

    Attributes:
        entry: line of an NDJSON file or entry of a Bundle, from 1; "3.2" is a Bundle in a Bundle;
            the resource's own name where the file is not known any more.
        kind: the resource type, as far as it could be read.
    """

    file: str
    entry: str
    weight: Weight
    path: str
    message: Text
    mend: Text | None = None
    kind: str = ""


def line_of(
    file: str, entry: str, fault: Fault, weight: Weight = Weight.REFUSED, kind: str = ""
) -> Line:
    """Put a fault where the reader finds it."""
    return Line(file, entry, weight, fault.path, fault.message, fault.mend, kind)


def storable(text: str) -> str:
    """What the source wrote, without what the database cannot keep: NUL, and half a character."""
    return text.replace("\0", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode()
