"""One resource looked through once: faults, name, references, identifiers and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samverka.kernel.text import text as _
from samverka.resources.rules import canonical, persons
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.keys import MAX_KEY, Scope, key_of
from samverka.resources.rules.lines import Fault, Faulty, Sort
from samverka.resources.rules.objects import read_object
from samverka.resources.rules.profiles import breaks, claimed
from samverka.resources.rules.references import Ref, Refs, refs_of
from samverka.resources.rules.times import instant
from samverka.resources.rules.validation import MAX_FAULTS, look_through

NOT_FOR_PATIENT = "NOPATIENT"
"""HL7 v3 ActCode: not (yet) to be shown to the patient; Inera uses it for approvedForPatient=false."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the shelf must know of a resource beside its text. `base`: the address by which its server names its own."""

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
    base: str = ""

    @property
    def names(self) -> dict[str, str]:
        """What each literal reference is called in the source: its key."""
        return {one.literal: one.key for one in self.references if one.literal}


def examine(
    text: bytes, full_url: str = "", scope: Scope | None = None, *, strict: bool = False
) -> Facts:
    """Look through one resource. The resources in a Bundle are not looked at: they come one by one.

    Args:
        strict: parts that are right but do not fit together stop it too. What other systems have sent
            is kept in spite of them, with a note: nothing that somebody has written may be lost.

    Raises:
        Faulty: it cannot go in; with every fault found.
    """
    return looked_through(text, full_url, scope, strict=strict)[0]


def looked_through(
    text: bytes, full_url: str = "", scope: Scope | None = None, *, strict: bool = False
) -> tuple[Facts, dict[str, Any]]:
    """The same, and the resource itself: it is read once."""
    value = read_object(text)
    kind = kind_in(value)
    scope = scope or Scope()
    seen = look_through(value, text, into_entries=False)
    refs = refs_of(seen.references, scope)
    found = [*seen.faults, *refs.faults, *_name_faults(kind, full_url)]
    mild = [] if strict else [one for one in found if one.sort == Sort.INVARIANT]
    faults = [one for one in found if one not in mild]
    if faults:
        raise Faulty(*faults[:MAX_FAULTS])
    refs.notes += [*mild, *_profile_notes(value)]
    return _facts(value, kind, full_url, scope, refs), value


def _profile_notes(value: dict[str, Any]) -> Iterator[Fault]:
    """Where it does not keep to the profiles that it names itself: it goes in all the same."""
    for url in claimed(value):
        yield from breaks(value, url)


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


def _name_faults(kind: str, full_url: str) -> Iterator[Fault]:
    if len(full_url) > MAX_KEY:
        yield Fault("", _("fullUrl är för lång (högst %(limit)s tecken).", limit=MAX_KEY))
    elif kind != "Bundle" and full_url.startswith("urn:uuid:") and len(full_url) < 10:
        yield Fault("", _("fullUrl saknar sitt nummer."))


def _facts(value: dict[str, Any], kind: str, full_url: str, scope: Scope, refs: Refs) -> Facts:
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
        subjects=persons.subjects(value, kind, refs.found, scope),
        references=tuple(refs.found),
        identifiers=tuple(_identifiers(value)),
        notes=tuple(refs.notes),
        base=scope.base,
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
