"""Changes to what one had typed when the session ended: keep, throw away, sweep."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.web.models import Draft
from samverka.web.reads import DraftDetail, draft_detail
from samverka.web.rules import KEPT, MOST


def keep_draft(actor: Actor, *, path: str, fields: Mapping[str, list[str]]) -> DraftDetail:
    """Keep a form that was sent after the session had ended; a newer one replaces the same form."""
    with act(actor, Action.DRAFT_KEEP) as this:
        mine = Draft.objects.filter(account_id=actor.id)
        newest = mine.exclude(path=path).order_by("-at").values_list("id", flat=True)[: MOST - 1]
        mine.exclude(id__in=list(newest)).delete()
        row = Draft(account_id=actor.id, path=path, fields=dict(fields), at=actor.at)
        row.save(force_insert=True)
        this.note_general("Draft", id=str(row.id))
        return draft_detail(row)


def throw_draft(actor: Actor, *, draft_id: UUID) -> None:
    """Throw away a form that was kept; one that is gone already is no fault."""
    with act(actor, Action.DRAFT_KEEP) as this:
        Draft.objects.filter(account_id=actor.id, id=draft_id).delete()
        this.note_general("Draft", id=str(draft_id))


def sweep_drafts(actor: Actor) -> int:
    """Throw away everyone's forms that have been kept long enough."""
    with act(actor, Action.DRAFT_KEEP) as this:
        gone, _by_model = Draft.objects.filter(Q(at__lte=actor.at - KEPT)).delete()
        if gone:
            this.note_general("Draft", count=gone)
        else:
            this.unchanged()
        return gone
