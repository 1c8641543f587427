"""All that a reader may have, person by person, a piece at a time: what `$everything` and bulk export are made of.

A person comes with one Patient, that of the room that knows who the person is; then what is written about the person, in
the order of the shelf's ids; last what is about nobody. The place where a piece ended is all that the next one needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.resources.models import PersonForm, Reference, Resource, Version
from samverka.resources.reads.searching.conditions import R
from samverka.resources.reads.searching.finding import COLUMNS, hits_of
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.prepared import rows as rows_of
from samverka.resources.reads.searching.sql import both, sql
from samverka.resources.reads.shown import HAS_TWIN, PATIENT, SHOWN, action_for, common_rows
from samverka.resources.rules.keys import HERE, OWN
from samverka.resources.rules.status import Status


@dataclass(frozen=True, slots=True)
class Listed:
    """One resource that the reader may have.

    Attributes:
        text: as the shelf has it; not to be shown where `by_room`.
        by_room: the room must show it: this reader may have another text of it.
    """

    id: UUID
    kind: str
    key: str
    source: str
    text: str
    version: int
    at: datetime
    person_id: UUID | None
    by_room: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """What is asked for.

    Attributes:
        persons: only about them; None for everyone.
        since: only what has come or been changed then or later.
        after: (person, resource) where the piece before ended; None at the beginning.
    """

    kinds: Sequence[str]
    persons: Sequence[UUID] | None = None
    since: datetime | None = None
    after: tuple[str, str] | None = None
    limit: int = 1_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A piece. `after`: where the next one begins; None: there is no more."""

    rows: tuple[Listed, ...]
    after: tuple[str, str] | None = None


def list_persons(actor: Actor, wanted: Slice) -> Listing:
    """Who the persons are: one Patient each."""
    with act(actor, action_for(actor, PATIENT)) as this:
        this.require_permission()
        rows = PersonForm.objects.filter(source=OWN, kind=PATIENT, status=Status.PUBLISHED)
        return _taken(this, _cut(rows, wanted), wanted)


def list_records(actor: Actor, wanted: Slice) -> Listing:
    """What is written about persons."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        about = Resource.objects.filter(person_id__isnull=False, status__in=SHOWN)
        rows = about.filter(kind__in=[one for one in wanted.kinds if one != PATIENT])
        given = Q(source=OWN) & ~Q(provider_id=actor.provider_id)
        return _taken(this, _cut(rows, wanted, given).exclude(HAS_TWIN), wanted)


def list_given(actor: Actor, wanted: Slice) -> Listing:
    """What rooms may have given to the reader's care provider: whether, and in which version, the room says.

    Nothing of it is told here, so each leaves its line when the room shows it. When the room's own version changed is not
    asked: the reader has the one that was given.
    """
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        this.unchanged()
        kinds = [one for one in wanted.kinds if one != PATIENT]
        where = both([sql(f"{R}.kind = ANY(%s)", kinds), Gates(actor, frozenset()).given])
        if wanted.persons is not None:
            where = both([where, sql(f"{R}.person_id = ANY(%s)", list(wanted.persons))])
        if wanted.after is not None:
            person, last = (UUID(one) for one in wanted.after)
            where = both([where, sql(f"({R}.person_id, {R}.id) > (%s, %s)", person, last)])
        order = f"ORDER BY {R}.person_id, {R}.id LIMIT %s"
        found = rows_of(sql(f"SELECT {COLUMNS}, '' FROM {R} WHERE %s {order}", where, wanted.limit))  # noqa: S608
        shown = [_listed(one.row, True) for one in hits_of("", found)]
        last_one = shown[-1] if len(shown) == wanted.limit else None
        after = (str(last_one.person_id), str(last_one.id)) if last_one else None
        return Listing(tuple(shown), after)


def list_common(actor: Actor, wanted: Slice) -> Listing:
    """What is about nobody, or about no person who is known: units, staff, forms; for staff."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        rows = common_rows(actor).filter(kind__in=wanted.kinds)
        found = _plain(_cut(rows, wanted), wanted.limit)
        this.note_general("Resource", common=len(found))
        last = ("", str(found[-1].id)) if len(found) == wanted.limit else None
        return Listing(tuple(found), last)


def pointed_at(actor: Actor, resources: Iterable[UUID]) -> list[Listed]:
    """What these resources point at that is about nobody: who wrote it, at which unit."""
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()  # of the persons it was noted when their resources were shown
        targets = Reference.objects.filter(resource__in=list(resources), target__isnull=False)
        rows = common_rows(actor).filter(id__in=targets.values("target"))
        return _plain(rows.order_by("id"), MOST_BESIDE)


MOST_BESIDE = 1_000


def _cut(rows: QuerySet[Any], wanted: Slice, undated: Q | None = None) -> QuerySet[Any]:
    """`undated`: those whose time the room must tell."""
    if wanted.persons is not None:
        rows = rows.filter(person_id__in=list(wanted.persons))
    if wanted.since is not None:
        late = Q(received_at__gte=wanted.since)
        rows = rows.filter(late if undated is None else late | undated)
    if wanted.after is None:
        return rows
    person, last = wanted.after
    if not person:
        return rows.filter(id__gt=last)
    return rows.filter(Q(person_id__gt=person) | Q(person_id=person, id__gt=last))


def _text() -> Subquery:
    current = Version.objects.filter(resource=OuterRef("pk"), number=OuterRef("version"))
    return Subquery(current.values("text")[:1])


def _taken(this: Act, rows: QuerySet[Any], wanted: Slice) -> Listing:
    """The rows that the gate lets through; word for word of a protected person only what a room can mask."""
    found = this.rows(rows.annotate(text=_text()), order=("person_id", "id"), limit=wanted.limit)
    masked = {row.id for row in found if this.decide(row).masked}
    kept = [row for row in found if row.id not in masked or row.source == OWN]
    this.note_list(kept, listed=True)
    last = None
    if len(found) == wanted.limit:
        last = (str(found[-1].person_id), str(found[-1].id))
    shown = (_listed(row, _is_by_room(this.actor, row, row.id in masked)) for row in kept)
    return Listing(tuple(shown), last)


def _is_by_room(actor: Actor, row: Any, masked: bool) -> bool:
    """Those who keep it have what lies on the shelf; of others the room knows what they have been given."""
    if row.source != OWN or (row.kind == PATIENT and not masked):
        return False
    return masked or actor.is_person or row.provider_id != actor.provider_id


def _plain(rows: QuerySet[Any], limit: int) -> list[Listed]:
    found = rows.annotate(text=_text()).order_by("id")[:limit]
    return [_listed(row, False) for row in found]


def _listed(row: Any, by_room: bool) -> Listed:
    return Listed(
        id=row.id,
        kind=row.kind,
        key=row.local_id if row.source in HERE else str(row.id),
        source=row.source,
        text=getattr(row, "text", "") or "",  # a room shows it without
        version=row.version,
        at=row.received_at,
        person_id=row.person_id,
        by_room=by_room,
    )
