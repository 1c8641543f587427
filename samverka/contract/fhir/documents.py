"""A document of FHIR R4: a Bundle that begins with its Composition and carries all that this points at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from samverka.resources.rules.receiving import Content

LOINC = "http://loinc.org"
_XHTML = "http://www.w3.org/1999/xhtml"
_EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that turn the direction of writing: in a narrative they could make words read as others."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every document.

    Attributes:
        base: the address of the server, before "Type/id".
        at: when it is made.
        language: of the narrative, "sv" or "en".
        custodian: name and HSA-id of the care provider whose reader it is made for; "" for the person's own.
    """

    base: str
    at: datetime
    language: str = "sv"
    custodian: str = ""
    custodian_id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One section.

    Attributes:
        lines: the narrative: a heading of its own ("" for none) and what stands under it.
        entries: what it points at; each is carried along.
        empty: words where it holds nothing; then it says that there is no information.
    """

    title: str
    coding: Mapping[str, str]
    lines: Sequence[tuple[str, Sequence[str]]] = ()
    entries: Sequence[Content] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it is written out."""

    name: str
    title: str
    type: Sequence[Mapping[str, str]]
    patient: Content
    parts: Sequence[Part]
    also: Sequence[Content] = field(default=())


def bundle(document: Document, frame: Frame) -> dict[str, Any]:
    """The Bundle: Composition, Patient, author, then all entries, each once."""
    author = _author(frame)
    composition = _composition(document, frame, author)
    carried = [
        composition,
        document.patient,
        author,
        *_custodians(frame),
        *(entry for part in document.parts for entry in part.entries),
        *document.also,
    ]
    return {
        "resourceType": "Bundle",
        "language": frame.language,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{_id(document, frame)}"},
        "type": "document",
        "timestamp": frame.at.isoformat(),
        "entry": [
            {"fullUrl": f"{frame.base}/{name_of(one)}", "resource": one} for one in _once(carried)
        ],
    }


def name_of(one: Content) -> str:
    """As a reference names it: "CarePlan/7"."""
    return f"{one['resourceType']}/{one['id']}"


def _id(document: Document, frame: Frame) -> str:
    words = f"{frame.base} {document.name} {document.patient['id']} {frame.at.isoformat()}"
    return str(uuid5(NAMESPACE_URL, words))


def _composition(document: Document, frame: Frame, author: Content) -> dict[str, Any]:
    holder = next(_custodians(frame), None)
    return {
        "resourceType": "Composition",
        "id": _id(document, frame),
        "language": frame.language,
        "text": _text(frame, [("", [document.title])]),
        "status": "final",
        "type": {"coding": [dict(one) for one in document.type], "text": document.title},
        "subject": {"reference": name_of(document.patient)},
        "date": frame.at.isoformat(),
        "author": [{"reference": name_of(author), "display": "Samverka"}],
        "title": document.title,
        "confidentiality": "N",
        **({"custodian": {"reference": name_of(holder)}} if holder else {}),
        "section": [_section(part, frame) for part in document.parts],
    }


def _section(part: Part, frame: Frame) -> dict[str, Any]:
    nothing = [("", [part.empty])] if part.empty else []
    made: dict[str, Any] = {
        "title": part.title,
        "code": {"coding": [dict(part.coding)]},
        "text": _text(frame, part.lines or nothing or [("", [part.title])]),
    }
    if part.entries:
        made["entry"] = [{"reference": name_of(one)} for one in _once(part.entries)]
    elif not part.lines:
        coding = {"system": _EMPTY, "code": "unavailable", "display": "Unavailable"}
        made["emptyReason"] = {"coding": [coding], "text": part.empty or part.title}
    return made


def _author(frame: Frame) -> dict[str, Any]:
    return {
        "resourceType": "Device",
        "id": str(uuid5(NAMESPACE_URL, f"{frame.base} samverka")),
        "deviceName": [{"name": "Samverka", "type": "user-friendly-name"}],
    }


def _custodians(frame: Frame) -> Iterator[dict[str, Any]]:
    if frame.custodian:
        yield {
            "resourceType": "Organization",
            "id": frame.custodian_id,
            "name": frame.custodian,
        }


def _once(found: Iterable[Content]) -> list[Content]:
    return list({name_of(one): one for one in found}.values())


# ── narrative ──


def _text(frame: Frame, lines: Sequence[tuple[str, Sequence[str]]]) -> dict[str, str]:
    inner = "".join(_block(heading, under) for heading, under in lines)
    language = frame.language
    div = f'<div xmlns="{_XHTML}" lang="{language}" xml:lang="{language}">{inner}</div>'
    return {"status": "generated", "div": div}


def _block(heading: str, under: Sequence[str]) -> str:
    head = f"<p><b>{_said(heading)}</b></p>" if heading else ""
    if not heading and len(under) == 1:
        return f"<p>{_said(under[0])}</p>"
    items = "".join(f"<li>{_said(one)}</li>" for one in under)
    return f"{head}<ul>{items}</ul>" if items else head


def _said(words: str) -> str:
    plain = "".join(one for one in words.translate(_BIDI) if one.isprintable() or one == "\n")
    return escape(plain).replace("\n", "<br/>")
