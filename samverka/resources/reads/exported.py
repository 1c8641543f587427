"""What has been received, for the warehouse: inside the act of an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from samverka.access.act import Act
from samverka.resources.models import Resource, Version
from samverka.resources.reads.received import content_of
from samverka.resources.rules.keys import OWN
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.status import HIDDEN


@dataclass(frozen=True, slots=True)
class ExportedResource:
    """A received resource as it stands now, for the warehouse to take codes and numbers out of."""

    id: UUID
    kind: str
    source: str
    person_id: UUID
    unit_id: UUID | None
    content: Content


def standing_resources(this: Act, *, kinds: Sequence[str]) -> Iterator[UUID]:
    """The names of all resources of some types that an export would read: the rest have gone."""
    this.require_system()
    yield from _received_of(kinds).values_list("id", flat=True).iterator(chunk_size=1_000)


def _received_of(kinds: Sequence[str]) -> QuerySet[Any]:
    rows = Resource.objects.filter(kind__in=kinds, person_id__isnull=False)
    return rows.exclude(source=OWN).exclude(status__in=HIDDEN)


def exported_resources(
    this: Act, *, kinds: Sequence[str], since: datetime | None, by_person: bool = False
) -> Iterator[ExportedResource]:
    """What has been received of some types, or since then, inside the export's act, a chunk at a time.

    Args:
        by_person: one person's follow each other; all of those persons' who have any since then.
    """
    this.require_system()
    text = Version.objects.filter(resource=OuterRef("pk"), number=OuterRef("version"))
    rows = _received_of(kinds)
    latest = rows if since is None else rows.filter(received_at__gte=since)
    if not by_person:
        rows = latest
    elif since is not None:
        rows = rows.filter(person_id__in=latest.values("person_id"))
    asked = rows.annotate(text=Subquery(text.values("text")[:1]))
    asked = asked.order_by("person_id", "id") if by_person else asked.order_by("id")
    for row in asked.iterator(chunk_size=1_000):
        if row.text:
            person = row.person_id
            content = content_of(row.text)
            yield ExportedResource(row.id, row.kind, row.source, person, row.unit_id, content)
