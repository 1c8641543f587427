"""Gated fetches of what has been received about a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count as Number
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.kernel.text import text as _
from samverka.resources.models import Resource, Version
from samverka.resources.rules import showing
from samverka.resources.rules.canonical import decode
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.status import HIDDEN, Status

PAGE = 50
"""Resources on one page of a list."""

NEWEST = 300
"""So many of the newest of each type are looked through for what was measured last and is taken now."""


@dataclass(frozen=True, slots=True)
class KindLine:
    """One type of what has been received about a person."""

    kind: str
    words: str
    count: int
    latest: datetime


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """One received resource in a list.

    Attributes:
        when: as FHIR writes it; may be a day, a month or a year.
        value: with all digits that were sent, and the unit.
    """

    id: UUID
    kind: str
    words: str
    title: str
    value: str
    when: str
    source: str
    received_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a resource."""

    number: int
    received_at: datetime
    last_updated: datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class ShelfDetail:
    """One received resource, word for word.

    Attributes:
        text: exactly as it came.
        pretty: the same with line breaks; digits and order are untouched.
        number: which version this is.
    """

    line: ShelfLine
    person_id: UUID
    text: str
    pretty: str
    number: int
    versions: tuple[VersionLine, ...]


def person_kinds(actor: Actor, *, person_id: UUID) -> list[KindLine]:
    """What types of things have been received about a person, and how many of each."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        found = (
            this.visible(_received(person_id))
            .order_by()
            .values("kind")
            .annotate(count=Number("id"), latest=Max("received_at"))
        )
        lines = [
            KindLine(one["kind"], showing.kind_words(one["kind"]), one["count"], one["latest"])
            for one in found
        ]
        this.note_person(person_id, "Resource", types=len(lines))
        return sorted(lines, key=lambda line: line.words)


def person_resources(actor: Actor, *, person_id: UUID, kind: str, page: int = 1) -> list[ShelfLine]:
    """What has been received of one type about a person, the newest first; a page at a time."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        start = (max(page, 1) - 1) * PAGE
        found = _received(person_id).filter(kind=kind)
        rows = this.rows(found, order=_NEWEST_FIRST, limit=start + PAGE)[start:]
        refuse_masked(this, rows)
        this.note_list(rows)
        return _lines(rows)


@dataclass(frozen=True, slots=True)
class Reading:
    """One measurement. `number`: for a curve; None when the value is words."""

    title: str
    value: str
    number: Decimal | None
    unit: str
    when: str
    source: str


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """A medicine in use as it was received. `dosage` "": the source tells it only in codes."""

    name: str
    dosage: str
    when: str
    source: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class PersonShelf:
    """Measurements (the last measured first) and medicines in use (by name) of one person."""

    readings: tuple[Reading, ...]
    medicines: tuple[MedicineLine, ...]


def person_shelf(actor: Actor, *, person_id: UUID) -> PersonShelf:
    """What has been received about a person that the person follows: measured values and medicines."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        found = [(row, content_of(row.text)) for row in this.rows(_followed(person_id))]
        readings = [(row, made) for row, content in found if (made := _reading(row, content))]
        medicines = [(row, told) for row, content in found if (told := _medicine(row, content))]
        this.note_list(row for row, _made in (*readings, *medicines))
        newest = sorted((made for _row, made in readings), key=lambda one: one.when, reverse=True)
        return PersonShelf(tuple(newest), _each_once(told for _row, told in medicines))


def _followed(person_id: UUID) -> QuerySet[Any]:
    """The newest of each type with its current text, in one query."""
    text = Version.objects.filter(resource=OuterRef("pk"), number=OuterRef("version"))
    place = Window(RowNumber(), partition_by="kind", order_by=["-received_at", "-last_updated"])
    found: QuerySet[Any] = (
        _received(person_id)
        .filter(kind__in=("Observation", *showing.MEDICINES))
        .annotate(text=Subquery(text.values("text")[:1]), newest=place)
        .filter(newest__lte=NEWEST)
    )
    return found


def _reading(row: Any, content: Content) -> Reading | None:
    value = showing.value_of(content) if row.kind == "Observation" else ""
    if not value:
        return None
    number, unit = showing.number_of(content) or (None, "")
    title, when = showing.title_of(content), showing.when_of(content)
    return Reading(title, value, number, unit, when, row.source)


def _medicine(row: Any, content: Content) -> MedicineLine | None:
    name = showing.medicine_of(content) if row.kind in showing.MEDICINES else ""
    if not name or not showing.is_taken(content):
        return None
    dosage, when = showing.dosage_of(content), showing.when_of(content)
    return MedicineLine(name, dosage, when, row.source, row.received_at)


def _each_once(found: Iterable[MedicineLine]) -> tuple[MedicineLine, ...]:
    """By name; of the same one from several lists the latest that says how it is taken."""
    latest: dict[str, MedicineLine] = {}
    for one in sorted(found, key=lambda one: (bool(one.dosage), one.when)):
        latest[one.name.casefold()] = one
    return tuple(latest[name] for name in sorted(latest))


def resource(actor: Actor, *, resource_id: UUID, number: int | None = None) -> ShelfDetail:
    """One received resource as it came; an older version by its number."""
    with act(actor, Action.SHELF_READ) as this:
        this.require_permission()
        open_ = Resource.objects.exclude(status__in=HIDDEN).filter(person_id__isnull=False)
        row: Resource = this.row(open_, id=resource_id)
        refuse_masked(this, [row])
        found = Version.objects.filter(resource=row).exclude(text="")
        versions = list(found.defer("text").order_by("-number"))
        wanted = found.filter(number=number or row.version).first()
        if wanted is None:
            raise NotFound(_("Den versionen finns inte."))
        this.note(row, version=wanted.number)
        return ShelfDetail(
            line=_line(row, content_of(wanted.text)),
            person_id=_person(row),
            text=wanted.text,
            pretty=msgspec.json.format(wanted.text, indent=2),
            number=wanted.number,
            versions=tuple(
                VersionLine(
                    one.number, one.received_at, one.last_updated, one.number == row.version
                )
                for one in versions
            ),
        )


def refuse_masked(this: Act, rows: Sequence[Resource]) -> None:
    """Word for word is word for word: places of a protected person cannot be taken out of it."""
    if any(this.decide(row).masked for row in rows):
        raise NotAllowed(
            _("Personen har skyddade personuppgifter. Bara den som har det uppdraget får läsa här.")
        )


_NEWEST_FIRST = ("-received_at", "-last_updated", "id")


def _received(person_id: UUID) -> QuerySet[Any]:
    """What came from outside and has found its person; our own is shown by its room."""
    shown: QuerySet[Any] = Resource.objects.filter(
        person_id=person_id, status__in=[Status.RECEIVED, Status.KEPT]
    )
    return shown


def _lines(rows: Sequence[Resource]) -> list[ShelfLine]:
    """Lines with what the current texts say; one query."""
    current = Q(number=F("resource__version"))
    texts = dict(
        Version.objects.filter(current, resource__in=[row.id for row in rows]).values_list(
            "resource_id", "text"
        )
    )
    return [_line(row, content_of(texts[row.id])) for row in rows]


def _line(row: Resource, content: Content) -> ShelfLine:
    return ShelfLine(
        id=row.id,
        kind=row.kind,
        words=showing.kind_words(row.kind),
        title=showing.title_of(content),
        value=showing.value_of(content),
        when=showing.when_of(content),
        source=row.source,
        received_at=row.received_at,
        version=row.version,
    )


def _person(row: Resource) -> UUID:
    if row.person_id is None:
        raise NotFound(_("Sidan finns inte, eller så får du inte se den."))
    return row.person_id


def content_of(text: str) -> Content:
    """Stored text to JSON values; of a version that says that it was taken away, nothing."""
    value = decode(text.encode()) if text else None
    return value if isinstance(value, dict) else {}
