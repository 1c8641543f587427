"""Gated fetches: what has been given to whom, and on which consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from samverka.access import models
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class DisclosureLine:
    """One care provider has been given one version of a record, and keeps it.

    Attributes:
        whole: the whole version was given, as it stood.
        stopped_at: nothing more is given from then.
    """

    id: UUID
    object_id: UUID
    object_type: str
    version: int
    through: int
    provider_id: UUID
    consent_id: UUID
    at: datetime
    by: str
    digest: str
    whole: bool
    stopped_at: datetime | None


def _line(row: Any) -> DisclosureLine:
    return DisclosureLine(
        id=row.id,
        object_id=row.object_id,
        object_type=row.object_type,
        version=row.version,
        through=row.through,
        provider_id=row.provider_id,
        consent_id=row.consent_id,
        at=row.at,
        by=row.by,
        digest=row.digest,
        whole=row.is_whole,
        stopped_at=row.stopped_at,
    )


def _rows() -> QuerySet[Any]:
    whole = ExpressionWrapper(Q(content__isnull=True), output_field=BooleanField())
    found: QuerySet[Any] = models.Disclosure.objects.defer("content").annotate(is_whole=whole)
    return found


def latest_disclosures(actor: Actor, *, person_id: UUID) -> list[DisclosureLine]:
    """What each care provider has last been given of each record, the newest first.

    The person sees all. Staff see what the own care provider has been given.
    """
    with act(actor, Action.CONSENT_READ) as this:
        found = _rows().filter(person_id=person_id)
        if actor.is_staff:
            found = found.filter(provider_id=actor.provider_id)
        newest = found.order_by("object_id", "provider_id", "-version").distinct(
            "object_id", "provider_id"
        )
        kept = _rows().filter(id__in=newest.values("id"))
        rows = this.rows(kept.order_by(F("at").desc(), "id"))
        if rows:
            this.note_list(rows)
        else:
            this.note_person(person_id, "Disclosure", shown=0)
        return [_line(row) for row in rows]
