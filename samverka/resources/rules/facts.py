"""One resource looked through once: faults, name, references, identifiers and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from samverka.kernel.text import text as _
from samverka.resources.rules import canonical, persons
from samverka.resources.rules.keys import MAX_KEY, Scope, key_of
from samverka.resources.rules.lines import Fault, Faulty
from samverka.resources.rules.structure import MAX_FAULTS, RESOURCE_TYPES, structure_faults
from samverka.resources.rules.times import instant
from samverka.resources.rules.walk import Ref, Walk, walk_through

MAX_BYTES = 16 * 1024 * 1024
"""Largest text of one resource, in bytes: pictures and documents of that size do not fit a plan."""

NOT_FOR_PATIENT = "NOPATIENT"
"""HL7 v3 ActCode: not (yet) to be shown to the patient; Inera uses it for approvedForPatient=false."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the shelf must know of a resource beside its text."""

    kind: str
    local_id: str
    key: str
    full_url: str
    digest: bytes
    last_updated: datetime | None
    version_id: str
    not_for_patient: bool
    subjects: tuple[persons.Subject, ...]
    references: tuple[Ref, ...]
    identifiers: tuple[tuple[str, str], ...]
    notes: tuple[Fault, ...] = ()


def examine(text: bytes, full_url: str = "", scope: Scope | None = None) -> Facts:
    """Look through one resource.

    Raises:
        Faulty: it cannot go in; with every fault found.
    """
    value = read_object(text)
    kind = kind_in(value)
    scope = scope or Scope()
    walk = walk_through(value, kind, scope)
    faults = [*structure_faults(text), *walk.faults, *_name_faults(value, kind, full_url)]
    if faults:
        raise Faulty(*faults[:MAX_FAULTS])
    return _facts(value, kind, full_url, scope, walk)


def read_object(text: bytes) -> dict[str, Any]:
    """JSON text to an object; decimals keep their digits.

    Raises:
        Faulty: too large, not UTF-8, not JSON, too deep, or not an object.
    """
    if len(text) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise Faulty(Fault("", _("Resursen är större än %(limit)s MB.", limit=limit)))
    try:
        value = canonical.decode(text)
    except UnicodeDecodeError as error:
        raise Faulty(_not_utf8(error)) from error
    except RecursionError as error:
        raise Faulty(Fault("", _("Resursen är nästlad för djupt för att läsas."))) from error
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise Faulty(_not_json(str(error))) from error
    if not isinstance(value, dict):
        raise Faulty(Fault("", _("Här ska stå ett JSON-objekt med resourceType.")))
    return value


def kind_in(value: dict[str, Any]) -> str:
    """The resource type.

    Raises:
        Faulty: it is missing or unknown in R4.
    """
    kind = value.get("resourceType")
    if not isinstance(kind, str) or not kind:
        raise Faulty(Fault("", _("Det saknas resourceType, så det är inte en FHIR-resurs.")))
    if kind not in RESOURCE_TYPES:
        mend = _("Kontrollera stavningen, och att filen är av version R4 (4.0.1).")
        raise Faulty(Fault("resourceType", _("Resurstypen finns inte i FHIR R4."), mend))
    return kind


def _not_utf8(error: UnicodeDecodeError) -> Fault:
    message = _("Texten är inte giltig UTF-8 (vid byte %(at)s).", at=error.start + 1)
    return Fault("", message, _("Spara filen som UTF-8."))


def _not_json(message: str) -> Fault:
    if "truncated" in message:
        return Fault("", _("Texten slutar mitt i: JSON är inte hel."))
    if found := re.search(r"\(byte (\d+)\)", message):
        return Fault("", _("Texten är inte giltig JSON (nära tecken %(at)s).", at=found[1]))
    return Fault("", _("Texten är inte giltig JSON."))


def _name_faults(value: dict[str, Any], kind: str, full_url: str) -> Iterator[Fault]:
    if len(full_url) > MAX_KEY:
        yield Fault("", _("fullUrl är för lång (högst %(limit)s tecken).", limit=MAX_KEY))
    elif kind != "Bundle" and full_url.startswith("urn:uuid:") and len(full_url) < 10:
        yield Fault("", _("fullUrl saknar sitt nummer."))


def _facts(value: dict[str, Any], kind: str, full_url: str, scope: Scope, walk: Walk) -> Facts:
    local_id: str = value.get("id", "")
    found = canonical.digest(value)
    meta = value.get("meta", {})
    return Facts(
        kind=kind,
        local_id=local_id,
        key=key_of(kind, local_id, full_url, scope.base, found),
        full_url=full_url,
        digest=found,
        last_updated=instant(meta.get("lastUpdated")),
        version_id=meta.get("versionId", ""),
        not_for_patient=_not_for_patient(meta),
        subjects=persons.subjects(value, kind, walk.references, scope),
        references=tuple(walk.references),
        identifiers=tuple(_identifiers(value)),
        notes=tuple(walk.notes),
    )


def _not_for_patient(meta: dict[str, Any]) -> bool:
    return any(
        label.get("code") == NOT_FOR_PATIENT
        for label in meta.get("security", ())
        if isinstance(label, dict)
    )


def _identifiers(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    found = value.get("identifier", ())
    for one in [found] if isinstance(found, dict) else found:
        number = one.get("value") if isinstance(one, dict) else None
        system = one.get("system", "") if isinstance(one, dict) else ""
        if isinstance(number, str) and len(system) + len(number) <= MAX_KEY:
            yield system, number
