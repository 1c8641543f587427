"""What all exits of the shelf have in common: what is in lists, who a person is by, and who sees what is about nobody."""

from __future__ import annotations

from typing import Any, Final, cast
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from samverka.access import gate
from samverka.access.act import permits
from samverka.access.actions import Action
from samverka.access.guarded import GatePath
from samverka.kernel.actor import Actor
from samverka.resources.models import Resource
from samverka.resources.rules.keys import OWN
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.status import Status

PATIENT: Final = "Patient"

SHOWN: Final = (Status.RECEIVED, Status.KEPT, Status.PUBLISHED)
"""What is in lists: not what waits for its person, nor what has been taken away."""

GATE = cast(GatePath, Resource.gate)


def action_for(actor: Actor, kind: str) -> Action:
    """Under which action a type is listed: who a person is, or what is written about one."""
    if kind != PATIENT:
        return Action.SHELF_READ
    return Action.PERSON_READ if actor.is_person else Action.PERSON_SEARCH


# ── what is about no known person: all staff see what all may, else that of the own care provider ──


def is_common(actor: Actor, row: Resource) -> bool:
    """Whether the actor may see a row that is about no known person."""
    if actor.is_person or not gate.lets(actor, row, GATE, reading=True):
        return False
    return row.kind in ABOUT_NOBODY or _same(row.provider_id, actor.provider_id)


def _same(one: UUID | None, other: UUID | None) -> bool:
    return one is not None and one == other


def common(actor: Actor, *, part: str = "") -> Q:
    """As a filter what `is_common` says of a row, beside what the client has been let have (`gate.as_let`).

    `part`: the way from the row to its resource ("resource__").
    """
    if actor.is_person or not permits(actor, Action.SHELF_READ):
        return Q(pk__in=[])
    nobody = Q(**{f"{part}person_id__isnull": True})
    seen = Q(**{f"{part}kind__in": sorted(ABOUT_NOBODY)})
    if actor.provider_id is not None:
        seen |= Q(**{f"{part}provider_id": actor.provider_id})
    return nobody & seen & ~Q(**{f"{part}status": Status.WAITING.value})


def common_rows(actor: Actor) -> QuerySet[Any]:
    """All that is in lists and about no known person, as far as the actor may see it."""
    rows = Resource.objects.filter(common(actor), status__in=SHOWN)
    return gate.as_let(actor, rows, GATE, reading=True)


HAS_TWIN = Q(status=Status.RECEIVED, room_id__isnull=False) & Q(
    Exists(
        Resource.objects.filter(
            person_id=OuterRef("person_id"),
            kind=OuterRef("kind"),
            source=OWN,
            local_id=Cast(OuterRef("room_id"), CharField()),
        )
    )
)
"""The room that took it in has published its own form of it: that one is shown."""
