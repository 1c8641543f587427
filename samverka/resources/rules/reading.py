"""A file taken apart: JSON or NDJSON, single resources or Bundles of any type, each text word for word.

Nothing is written anew: entries are cut out of the file as they stand. NDJSON is read line by line, so
memory stays flat; of a JSON file only the list of its entries is held, not their contents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from mmap import mmap

import msgspec

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules import canonical, definitions
from samverka.resources.rules.keys import Scope, base_of, key_of
from samverka.resources.rules.lines import Fault, Sort
from samverka.resources.rules.objects import MAX_BYTES
from samverka.resources.rules.validation import look_through

Buffer = bytes | memoryview | mmap | msgspec.Raw
"""Text to be read in place; a large file comes as a memory map."""

BUNDLE_TYPES = definitions.codes_of("bundle-type")
KEPT_WHOLE = frozenset({"document", "message", "collection"})
"""Bundles that mean something as a whole (signed, sent, put together) are kept as such, too.
The others are only transport (R4, Bundle.type)."""

MAX_NESTING = 3
"""Bundles in Bundles in Bundles: answers to a batch of searches need two."""

BOM = b"\xef\xbb\xbf"
_ENVELOPE_LIMIT = 32 * 1024 * 1024
_BLANK = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource as it stands in the file.

    Attributes:
        number: line of NDJSON or entry of a Bundle, from 1; "0" is the Bundle itself.
    """

    number: str
    text: bytes
    full_url: str = ""
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Unread:
    """A place in the file where no resource could be taken; `skipped`: there was none to take."""

    number: str
    fault: Fault
    skipped: bool = False


Found = Entry | Unread


_ABSENT = msgspec.Raw()


class _Envelope(msgspec.Struct):
    """Only what decides how a text is read; everything else is skipped over."""

    kind: object = msgspec.field(name="resourceType", default=None)
    type: object = None
    entry: msgspec.Raw = _ABSENT


class _Slot(msgspec.Struct):
    full_url: object = msgspec.field(name="fullUrl", default="")
    resource: msgspec.Raw = _ABSENT
    request: object = None


class _Head(msgspec.Struct):
    kind: object = msgspec.field(name="resourceType", default="")
    id: object = ""


_envelope = msgspec.json.Decoder(_Envelope)
_entries = msgspec.json.Decoder(list[msgspec.Raw])
_slot = msgspec.json.Decoder(_Slot)
_head = msgspec.json.Decoder(_Head)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def foreign_format(start: bytes) -> Fault | None:
    """A file that is no JSON at all, told by its first bytes, in words that help."""
    head = start.removeprefix(BOM).lstrip(_BLANK)
    message = _foreign(start, head)
    if message is None:
        return None
    return Fault("", message, _("Spara som FHIR R4 i JSON eller NDJSON, i UTF-8, och försök igen."))


def _foreign(start: bytes, head: bytes) -> Text | None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:64]:
        return _("Filen är inte UTF-8 (den ser ut som UTF-16 eller binär).")
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        return _("Filen är packad (zip eller gzip). Packa upp den först.")
    if head.startswith(b"<"):
        return _("Filen är XML. Bara JSON tas emot.")
    if not head:
        return _("Filen är tom.")
    if head.startswith(b"["):
        return _("Filen är en JSON-lista. FHIR samlar resurser i en Bundle eller som NDJSON.")
    if not head.startswith(b"{"):
        return _("Filen börjar inte med { och är alltså inte FHIR i JSON.")
    return None


def is_ndjson(first_line: bytes, more: bytes, *, named: bool = False) -> bool:
    """Whether a file is NDJSON: an object follows on the first line, which is a whole one itself.

    Args:
        named: the file's name says so: then a broken first line does not spoil the others.
    """
    if not more.lstrip(_BLANK).startswith(b"{"):
        return False
    try:
        _envelope.decode(first_line.removeprefix(BOM))
    except _UNREADABLE:
        return named
    return True


def ndjson_entries(lines: Iterable[bytes], scope: Scope) -> Iterator[Found]:
    """Resources of an NDJSON file; `lines` may hold lines cut off past `MAX_BYTES`."""
    for number, line in enumerate(lines, 1):
        text = line.strip(_BLANK)
        if number == 1:
            text = text.removeprefix(BOM).strip(_BLANK)
        if not text:
            continue
        if len(text) > MAX_BYTES:
            yield Unread(str(number), _too_long())
        else:
            yield from _opened(text, str(number), "", scope, 0)


def json_entries(text: Buffer, scope: Scope) -> Iterator[Found]:
    """Resources of a JSON file: a Bundle's entries, or the one resource that it is."""
    yield from _opened(text, "", "", scope, 0)


def _too_long() -> Fault:
    limit = MAX_BYTES // 1024 // 1024
    return Fault("", _("Resursen är större än %(limit)s MB.", limit=limit))


def _opened(text: Buffer, number: str, full_url: str, scope: Scope, depth: int) -> Iterator[Found]:
    """One resource, or everything in a Bundle. What is not readable is left to `examine`."""
    try:
        envelope = _envelope.decode(text)
    except _UNREADABLE:
        envelope = _Envelope()
    if envelope.kind != "Bundle" or depth >= MAX_NESTING:
        yield Entry(number or "1", _cut(text), full_url, scope)
        return
    yield from _bundle(envelope, text, number, full_url, scope, depth)


def _cut(text: Buffer) -> bytes:
    """The text by itself, at most a little over the limit: `examine` refuses longer ones."""
    return bytes(memoryview(text)[: MAX_BYTES + 1])


def _bundle(
    envelope: _Envelope, text: Buffer, number: str, full_url: str, scope: Scope, depth: int
) -> Iterator[Found]:
    yield from _envelope_faults(envelope, text, number)
    try:
        raws = _entries.decode(envelope.entry) if envelope.entry is not _ABSENT else []
    except _UNREADABLE:
        fault = Fault("Bundle.entry", _("Bundle.entry ska vara en lista."))
        yield Unread(number or "0", fault)
        return
    slots = [_read_slot(raw) for raw in raws]
    inner = Scope(scope.base, _names(slots, scope))
    if str(envelope.type) in KEPT_WHOLE and memoryview(text).nbytes <= MAX_BYTES:
        yield Entry(number or "0", _cut(text), full_url, inner)
    repeated = _repeated(slots, str(envelope.type))
    for at, slot in enumerate(slots, 1):
        place = f"{number}.{at}" if number else str(at)
        yield from _entry(slot, place, inner, depth, repeated)


def _envelope_faults(envelope: _Envelope, text: Buffer, number: str) -> Iterator[Unread]:
    """Faults of the wrapping alone: they stop nothing that lies in it."""
    place = number or "0"
    if str(envelope.type) not in BUNDLE_TYPES:
        yield Unread(place, Fault("Bundle.type", _("Bundle.type saknas eller är okänd.")), True)
    if memoryview(text).nbytes > _ENVELOPE_LIMIT:
        return
    for fault in _wrapping(bytes(text)):
        if fault.path not in ("", "Bundle.type") and fault.sort != Sort.INVARIANT:
            yield Unread(place, fault, True)


def _wrapping(text: bytes) -> list[Fault]:
    """What is wrong with a Bundle, not with what lies in its entries."""
    try:
        value = canonical.decode(text)
    except (*_UNREADABLE, ValueError, ArithmeticError):
        return []
    if not isinstance(value, dict):
        return []
    faults = look_through(value, text, into_entries=False).faults
    return [one for one in faults if ".resource" not in one.path]


def _read_slot(raw: msgspec.Raw) -> _Slot | None:
    try:
        return _slot.decode(raw)
    except _UNREADABLE:
        return None


def _names(slots: list[_Slot | None], scope: Scope) -> Mapping[str, str]:
    """fullUrl -> key, for entries whose urn name is not the name they are kept under."""
    names: dict[str, str] = {}
    for slot in slots:
        if slot is None or slot.resource is _ABSENT or not isinstance(slot.full_url, str):
            continue
        if not slot.full_url.startswith("urn:"):
            continue
        try:
            head = _head.decode(slot.resource)
        except _UNREADABLE:
            continue
        local_id = head.id if isinstance(head.id, str) else ""
        if local_id:
            names[slot.full_url] = key_of(str(head.kind), local_id, slot.full_url, scope.base, b"")
    return names


def _repeated(slots: list[_Slot | None], kind: str) -> frozenset[str]:
    """fullUrls that stand twice with different contents and no versions (R4 bdl-7)."""
    seen: dict[str, set[bytes]] = {}
    counts = Counter(slot.full_url for slot in slots if slot and isinstance(slot.full_url, str))
    doubles = {url for url, count in counts.items() if count > 1 and url}
    if kind == "history" or not doubles:
        return frozenset()
    for slot in slots:
        if (
            slot
            and isinstance(slot.full_url, str)
            and slot.full_url in doubles
            and slot.resource is not _ABSENT
        ):
            seen.setdefault(slot.full_url, set()).add(bytes(slot.resource))
    return frozenset(url for url, texts in seen.items() if _conflict(texts))


class _Versioned(msgspec.Struct):
    meta: dict[str, object] = {}


def _conflict(texts: set[bytes]) -> bool:
    versions = set()
    for text in texts:
        try:
            meta = msgspec.json.decode(text, type=_Versioned).meta
        except _UNREADABLE:
            return True
        versions.add((str(meta.get("versionId") or ""), str(meta.get("lastUpdated") or "")))
    return len(versions) < len(texts) or (len(texts) > 1 and ("", "") in versions)


def _entry(
    slot: _Slot | None, place: str, scope: Scope, depth: int, repeated: frozenset[str]
) -> Iterator[Found]:
    if slot is None or not isinstance(slot.full_url, str):
        yield Unread(place, Fault("Bundle.entry", _("Posten är inte ett objekt med rätt fullUrl.")))
        return
    method = slot.request.get("method") if isinstance(slot.request, dict) else None
    if slot.resource is _ABSENT or method in ("PATCH", "DELETE"):
        yield Unread(place, _no_resource(method), True)
    elif slot.full_url in repeated:
        message = _("Samma fullUrl står på flera poster med olika innehåll.")
        yield Unread(place, Fault("Bundle.entry.fullUrl", message))
    else:
        inner = Scope(scope.base, scope.names, base_of(slot.full_url))
        yield from _opened(slot.resource, place, slot.full_url, inner, depth + 1)


def _no_resource(method: object) -> Fault:
    if method in ("DELETE", "PATCH"):
        message = _("Posten ber om en ändring (%(method)s). Importen tar inte bort och lappar inte.",
                    method=method)  # fmt: skip
        return Fault("Bundle.entry.request", message)
    return Fault("Bundle.entry", _("Posten har ingen resurs."))
