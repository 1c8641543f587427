"""What a record system sends at once: one resource or a Bundle, taken in as an import is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.resources.operations import store
from samverka.resources.operations.runs import Import, alone, checked_source
from samverka.resources.rules import reading
from samverka.resources.rules.facts import examine
from samverka.resources.rules.keys import Scope, shelf_id
from samverka.resources.rules.lines import Fault, Faulty, Weight
from samverka.resources.rules.objects import read_object
from samverka.resources.rules.reading import Found, Unread
from samverka.resources.rules.receiving import Registry
from samverka.resources.rules.status import RunState, Status


@dataclass(frozen=True, slots=True)
class Taking:
    """What became of one resource.

    Attributes:
        number: its place in the Bundle.
        status: where it stands on the shelf; None where it is no R4, or nothing to take in.
        faults: why it is no R4.
        reason: why no room could use it, or what somebody should know; `path`: where in it.
        room_id: the row that a room made of it.
    """

    number: str
    kind: str = ""
    key: str = ""
    status: Status | None = None
    faults: tuple[Fault, ...] = ()
    reason: str = ""
    path: str = ""
    room_id: UUID | None = None

    def is_refused(self, kinds: frozenset[str]) -> bool:
        """Whether it could not be taken in; of these types also what is only kept, and why."""
        if self.faults:
            return True
        waits = self.status is Status.WAITING
        kept = self.status is Status.KEPT and bool(self.reason)
        return self.kind in kinds and (waits or kept)


@dataclass(frozen=True, slots=True)
class Takings:
    """What became of all. `whole`: it was a transaction, so all or nothing."""

    entries: tuple[Taking, ...]
    whole: bool

    def refused(self, kinds: frozenset[str]) -> list[Taking]:
        """Those that could not be taken in; of these types also those that are only kept."""
        return [one for one in self.entries if one.is_refused(kinds)]


class _Refused(Exception):
    """A transaction in which something could not be taken in: nothing of it is done."""

    def __init__(self, takings: Takings) -> None:
        super().__init__()
        self.takings = takings


def take_in(
    actor: Actor,
    *,
    text: bytes,
    source: str,
    registry: Registry,
    strict: frozenset[str] = frozenset(),
    key: str = "",
) -> Takings:
    """Take in one resource or a Bundle from one source. The same again changes nothing.

    What could not be taken in is kept, word for word, with its fault; told again, it is tried again.

    Args:
        strict: types that a transaction cannot do without: one that is only kept undoes it all.
        key: the id that one resource must have.

    Raises:
        NotAllowed: the assignment does not let one import.
        NotNow: something from the same source is being taken in just now.
        Invalid: it is no JSON object, or has another id.
    """
    found = list(reading.json_entries(text, Scope()))
    whole = _is_transaction(text, key)
    with alone(checked_source(source)):
        if not whole:
            return _taken(actor, found, source, registry, whole=False)
        try:
            with act(actor, Action.SHELF_RECEIVE) as this, transaction.atomic():
                this.unchanged()  # those inside leave their own lines
                takings = _taken(actor, found, source, registry, whole=True)
                if takings.refused(strict):
                    raise _Refused(takings)
                return takings
        except _Refused as refused:
            _keep_aside(actor, found, source, registry)
            return refused.takings


def _is_transaction(text: bytes, key: str) -> bool:
    try:
        sent = read_object(text)
    except Faulty as faulty:
        raise Invalid(faulty.faults[0].message) from faulty
    if key and sent.get("id") != key:
        raise Invalid(_("Resursens id ska vara det som står i adressen."), where="id")
    return sent.get("resourceType") == "Bundle" and sent.get("type") == "transaction"


def _taken(
    actor: Actor, found: Sequence[Found], source: str, registry: Registry, *, whole: bool
) -> Takings:
    run = Import(actor, source, "", registry, None)
    run.begin()
    try:
        run.take_entries(found, "")
        entries = [_read(one) for one in found]
        run.wake(_ids(source, entries))
        run.settle()
    except BaseException:
        if not whole:
            run.end(RunState.STOPPED)
        raise
    run.end(RunState.DONE)
    return Takings(tuple(_standing(run, source, entries)), whole)


def _keep_aside(actor: Actor, found: Sequence[Found], source: str, registry: Registry) -> None:
    """Nothing was done; what was sent is kept all the same."""
    run = Import(actor, source, "", registry, None)
    run.begin()
    run.take_entries(found, "")
    run.refuse_all(_ids(source, [_read(one) for one in found]), str(UNDONE))
    run.end(RunState.DONE)


UNDONE = _("Något annat i samma transaktion kunde inte tas emot. Inget i den är gjort.")


def _read(found: Found) -> Taking:
    if isinstance(found, Unread):
        return Taking(found.number, faults=() if found.skipped else (found.fault,))
    try:
        facts = examine(found.text, found.full_url, found.scope)
    except Faulty as refused:
        return Taking(found.number, faults=refused.faults)
    return Taking(found.number, facts.kind, facts.key)


def _ids(source: str, entries: Sequence[Taking]) -> list[UUID]:
    return [shelf_id(source, one.key) for one in entries if one.key]


def _standing(run: Import, source: str, entries: Sequence[Taking]) -> list[Taking]:
    """Where each stands on the shelf, and what was said of it."""
    with act(run.actor, Action.SHELF_RECEIVE) as this:
        this.unchanged()
        rows = store.fetch(
            "SELECT id, status, reason, room_id FROM resources_resource WHERE id = ANY(%s)",
            [_ids(source, entries)],
        )
    found = {one: (Status(status), reason, room) for one, status, reason, room in rows}
    told = {line.entry: line for line in run.lines if line.weight is Weight.NOTE}
    shown = []
    for one in entries:
        status, reason, room = found.get(shelf_id(source, one.key), (None, "", None))
        line = told.get(one.key) or told.get(one.number)  # a room's word, or that of a profile
        said = str(line.message) if line else reason
        path = line.path if line else ""
        shown.append(replace(one, status=status, reason=said, path=path, room_id=room))
    return shown
