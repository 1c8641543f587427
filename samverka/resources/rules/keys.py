"""What a resource is called in its source, and what a reference points at.

A *key* names one resource in one source for ever: "Patient/17", the whole address when it lies on
another server than the source's own, "urn:uuid:…" when it has no other name. A second import finds the
same key, and a reference computes the key of its target, so files may come in any order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qsl
from uuid import NAMESPACE_URL, UUID, uuid5

from samverka.resources.rules.definitions import RESOURCE_TYPES

OWN = "samverka"
"""The source of all that our rooms publish."""

CLIENTS = "fhir"
"""The source of all that clients write and no room owns."""

HERE = frozenset({OWN, CLIENTS})
"""Sources whose references are by our own addresses; of others by the sender's."""

MAX_KEY = 800
"""Characters a key may have: longer ones are no names, and the database's index has a limit."""

_ID = re.compile(r"^[A-Za-z0-9\-.]{1,64}$")
_RELATIVE = re.compile(r"^([A-Za-z]+)/([A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?$")
_ABSOLUTE = re.compile(
    r"^(https?://.+)/([A-Za-z]+)/([A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?$"
)
_ABSOLUTE_ANY = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:samverka:shelf")


def is_id(value: object) -> bool:
    """R4 datatype id: 1 to 64 of A-Z a-z 0-9 - and full stop."""
    return isinstance(value, str) and _ID.match(value) is not None and not value.endswith("\n")


@lru_cache(maxsize=8192)  # most of what is written names the same few
def shelf_id(source: str, key: str) -> UUID:
    """The shelf's id of a resource: computed, so that every reference knows it beforehand."""
    return uuid5(_NAMESPACE, f"{source}\n{key}")


UNKNOWN = "?"
"""A subject that cannot be found by any key: a patient inside the resource, without a number."""


def target_id(source: str, key: str) -> UUID | None:
    """The shelf's id of what a key names; None where the name must be looked up."""
    if not key or key == UNKNOWN or key.startswith("urn:") or "?identifier=" in key:
        return None
    return shelf_id(source, key)


def address(kind: str, one: str) -> UUID:
    """What `Type/id` of our own addresses is called in the index: computed, whoever keeps what lies there."""
    return shelf_id(OWN, f"{kind}/{one}")


def address_of(source: str, key: str, kind: str, local_id: str) -> UUID:
    """The address of a resource of the shelf: its own id, or the shelf's for what was imported."""
    return address(kind, local_id if source in HERE else str(shelf_id(source, key)))


def addressed(key: str) -> tuple[UUID, ...]:
    """What `Type/id` of our own addresses may be on the shelf: a room's, a client's, or what was imported.

    The first that is there counts. Other names than `Type/id` are not our addresses.
    """
    found = _RELATIVE.match(key)
    if found is None:
        return ()
    plain = f"{found[1]}/{found[2]}"
    ours = (shelf_id(OWN, plain), shelf_id(CLIENTS, plain))
    try:
        return (*ours, UUID(found[2]))
    except ValueError:
        return ours


@dataclass(frozen=True, slots=True)
class Scope:
    """Where references are read: the Bundle around an entry, and the source's own address.

    Attributes:
        base: the source server's address without final slash; empty if not known.
        names: fullUrl -> key of the Bundle's entries that have urn names.
        entry_base: the server of the entry's own fullUrl, to which relative references belong.
    """

    base: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    entry_base: str = ""


def key_of(kind: str, local_id: str, full_url: str, base: str, digest: bytes) -> str:
    """The key of a resource: address on a foreign server, Type/id, urn, or its content."""
    if full_url.startswith(("http://", "https://")):
        return _trim(full_url, base)
    if local_id:
        return f"{kind}/{local_id}"
    return full_url or f"{kind}?sha256={digest.hex()}"


def base_of(full_url: str) -> str:
    """The server part of a RESTful fullUrl; empty for others."""
    found = _ABSOLUTE.match(full_url)
    return found[1] if found and found[2] in RESOURCE_TYPES else ""


def target_of(reference: str, scope: Scope) -> str:
    """The key that a literal reference points at; "" if it can point at nothing here."""
    if reference in scope.names:
        return scope.names[reference]
    if found := _RELATIVE.match(reference):
        plain = f"{found[1]}/{found[2]}"
        return _trim(f"{scope.entry_base}/{plain}", scope.base) if scope.entry_base else plain
    if searched := _searched(reference):
        return searched
    return _trim(reference, scope.base) if _ABSOLUTE_ANY.match(reference) else ""


def identifier_key(kind: str, system: str, value: str) -> str:
    """Key of a logical reference: whoever of this type has this identifier."""
    return f"{kind}?identifier={system}|{value}"


def split_identifier_key(key: str) -> tuple[str, str, str] | None:
    """(type, system, value) of a logical key; None for other keys."""
    kind, found, rest = key.partition("?identifier=")
    if not found:
        return None
    system, _bar, value = rest.partition("|")
    return kind, system, value


def kind_of(key: str) -> str:
    """The resource type that a key tells; "" for a urn."""
    if found := _RELATIVE.match(key) or re.match(r"^([A-Za-z]+)\?", key):
        return found[1]
    found = _ABSOLUTE.match(key)
    return found[2] if found else ""


def _searched(reference: str) -> str:
    """A conditional reference of a transaction: `Patient?identifier=system|value`."""
    kind, mark, query = reference.partition("?")
    if not mark or kind not in RESOURCE_TYPES:
        return ""
    terms = parse_qsl(query)
    if len(terms) != 1 or terms[0][0] != "identifier" or "|" not in terms[0][1]:
        return ""
    system, _bar, value = terms[0][1].partition("|")
    return identifier_key(kind, system, value)


def _trim(address: str, base: str) -> str:
    """Without version, and without the source's own address: one name for one thing."""
    found = _ABSOLUTE.match(address)
    plain = f"{found[1]}/{found[2]}/{found[3]}" if found else address
    return plain.removeprefix(f"{base}/") if base else plain
