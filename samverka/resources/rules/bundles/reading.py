"""A Bundle of requests taken apart; the text of each resource stays as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from samverka.kernel.text import text as _
from samverka.resources.rules.bundles.asked import Asked, Method, read_asked
from samverka.resources.rules.lines import Fault, Faulty, Sort
from samverka.resources.rules.objects import read_object
from samverka.resources.rules.reading import BOM
from samverka.resources.rules.validation import look_through

MAX_ENTRIES = 2_000
"""Entries of one Bundle. More than that is an import: `samverka import` or `$import`."""

MAX_BUNDLE = 32 * 1024 * 1024
"""Bytes of a whole Bundle."""

SORTS = ("batch", "transaction")


@dataclass(frozen=True, slots=True)
class Entry:
    """One request of a Bundle.

    Attributes:
        at: its place, from 0.
        text: the resource word for word; b"" for none.
        kind, id: as the resource itself says; "" for none.
        fault: why it cannot be done; None if it can be tried.
    """

    at: int
    full_url: str
    asked: Asked
    text: bytes = b""
    kind: str = ""
    id: str = ""
    fault: Fault | None = None

    @property
    def place(self) -> str:
        """Where it stands, as FHIRPath."""
        return f"Bundle.entry[{self.at}]"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent. `whole`: a transaction, all or nothing."""

    whole: bool
    entries: tuple[Entry, ...]


_ABSENT = msgspec.Raw()


class _Envelope(msgspec.Struct):
    kind: object = msgspec.field(name="resourceType", default=None)
    type: object = None
    entry: list[msgspec.Raw] = msgspec.field(default_factory=list)


class _Slot(msgspec.Struct):
    full_url: object = msgspec.field(name="fullUrl", default="")
    resource: msgspec.Raw = _ABSENT
    request: dict[str, Any] | None = None


class _Head(msgspec.Struct):
    kind: object = msgspec.field(name="resourceType", default="")
    id: object = ""


_envelope = msgspec.json.Decoder(_Envelope)
_shell = msgspec.json.Decoder(dict[str, msgspec.Raw])
_slot = msgspec.json.Decoder(_Slot)
_head = msgspec.json.Decoder(_Head)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read_bundle(text: bytes, base: str = "") -> Sent:
    """The requests of a batch or transaction.

    Of a transaction every fault is told at once; of a batch each entry keeps its own.

    Args:
        base: our own address.

    Raises:
        Faulty: it is no such Bundle, is too large, or (a transaction) an entry cannot be done.
    """
    text = text.removeprefix(BOM)
    if len(text) > MAX_BUNDLE:
        limit = MAX_BUNDLE // 1024 // 1024
        message = _("Bundle är större än %(limit)s MB.", limit=limit)
        raise Faulty(Fault("Bundle", message, sort=Sort.TOO_LONG))
    found = _opened(text)
    whole = found.type == "transaction"
    if len(found.entry) > MAX_ENTRIES:
        message = _("Bundle har fler än %(limit)s poster.", limit=MAX_ENTRIES)
        mend = _("Dela upp den, eller läs in den med import.")
        raise Faulty(Fault("Bundle.entry", message, mend, Sort.TOO_COSTLY))
    entries = tuple(_entry(at, bytes(one), base) for at, one in enumerate(found.entry))
    faults = [one.fault for one in entries if one.fault]
    faults += _twice(entries) if whole else []
    if whole and faults:
        raise Faulty(*faults[:_MOST])
    return Sent(whole, entries)


_MOST = 20


def _opened(text: bytes) -> _Envelope:
    try:
        found = _envelope.decode(text)
        members = _shell.decode(text)  # also names that the envelope passes over must be right
    except _UNREADABLE as error:
        read_object(text)  # says in words what is wrong with the JSON
        raise Faulty(Fault("Bundle.entry", _("Posterna ska stå i en lista."))) from error
    if found.kind != "Bundle":
        raise Faulty(Fault("", _("Hit skickas en Bundle av slaget batch eller transaction.")))
    if found.type not in SORTS:
        message = _("Hit skickas en Bundle av slaget batch eller transaction.")
        mend = _("Ett dokument eller en samling sparas hel med POST till Bundle.")
        raise Faulty(Fault("Bundle.type", message, mend))
    shell = {name: one for name, one in members.items() if name != "entry"}
    around = read_object(msgspec.json.encode(shell))
    faults = look_through(around).faults
    if faults:
        raise Faulty(*faults)
    return found


def _entry(at: int, text: bytes, base: str) -> Entry:
    place = f"Bundle.entry[{at}]"
    nothing = Asked(Method.GET, "")
    try:
        slot = _slot.decode(text)
        full_url = slot.full_url if isinstance(slot.full_url, str) else ""
        if slot.request is None:
            fault = Fault(f"{place}.request", _("Posten saknar request, med metod och adress."))
            return Entry(at, full_url, nothing, fault=fault)
        asked = read_asked(slot.request, f"{place}.request", base)
        inner = bytes(slot.resource)
        head = _head.decode(inner) if inner else _Head()
    except Faulty as faulty:
        return Entry(at, "", nothing, fault=faulty.faults[0])
    except _UNREADABLE:
        return Entry(at, "", nothing, fault=Fault(place, _("Posten går inte att läsa.")))
    kind, local_id = (one if isinstance(one, str) else "" for one in (head.kind, head.id))
    made = Entry(at, full_url, asked, inner, kind, local_id)
    return Entry(at, full_url, asked, inner, kind, local_id, _unfit(made))


_WITH_RESOURCE = (Method.PUT, Method.PATCH)


def _unfit(entry: Entry) -> Fault | None:
    """What does not fit between the request and the resource."""
    asked = entry.asked
    wanted = asked.method in _WITH_RESOURCE or asked.creates
    if wanted and not entry.text:
        return Fault(f"{entry.place}.resource", _("Posten saknar sin resurs."), sort=Sort.REQUIRED)
    if (asked.method is Method.PUT or asked.creates) and entry.kind != asked.kind:
        message = _("Resursens typ ska vara den som står i adressen.")
        return Fault(f"{entry.place}.resource", message)
    if asked.method is Method.PUT and asked.id and entry.id != asked.id:
        message = _("Resursens id ska vara det som står i adressen.")
        return Fault(f"{entry.place}.resource.id", message)
    return None


def _twice(entries: tuple[Entry, ...]) -> list[Fault]:
    """A transaction may change one resource once, and its names must be different (R4, http)."""
    faults: list[Fault] = []
    names: set[str] = set()
    aims: set[str] = set()
    for one in entries:
        if one.full_url and one.asked.writes and one.full_url in names:
            message = _("Samma fullUrl står på flera poster.")
            faults.append(Fault(f"{one.place}.fullUrl", message))
        names.add(one.full_url)
        if one.asked.writes and one.asked.id:
            if one.asked.path in aims:
                message = _("Samma resurs ändras av flera poster i samma transaktion.")
                faults.append(Fault(f"{one.place}.request.url", message))
            aims.add(one.asked.path)
    return faults
