"""What one had typed when the session ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.web.models import Draft
from samverka.web.rules import KEPT, Duty


@dataclass(frozen=True, slots=True)
class DraftDetail:
    """A form that was sent too late.

    Attributes:
        path: the address that it was sent to.
        fields: name → texts, as a form sends them.
    """

    id: UUID
    path: str
    fields: Mapping[str, list[str]]
    at: datetime


def draft_detail(row: Draft) -> DraftDetail:
    """Row → plain value."""
    return DraftDetail(id=row.id, path=row.path, fields=row.fields, at=row.at)


def list_drafts(actor: Actor) -> list[DraftDetail]:
    """What the actor had typed when a session ended, newest first."""
    with act(actor, Action.DRAFT_KEEP) as this:
        found = Draft.objects.filter(account_id=actor.id, at__gt=actor.at - KEPT).order_by("-at")
        drafts = [draft_detail(row) for row in found]
        this.note_general("Draft", count=len(drafts))
        return drafts


def duties(actor: Actor) -> tuple[Duty, ...]:
    """What waits for the actor's own organisation; the one who knows is named in the settings."""
    if not settings.SAMVERKA_DUTIES_FOR:
        return ()
    found: tuple[Duty, ...] = import_string(settings.SAMVERKA_DUTIES_FOR)(actor)
    return found
