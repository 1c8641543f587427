"""What of a wait stands on the shelf: asked by those who come with the id of a resource."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Manager

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.contacts.rules import OWN_SOURCE
from samverka.guarantee.models import Wait, WaitOffer
from samverka.guarantee.reads.rows import full_waits, wait_detail
from samverka.guarantee.reads.values import WaitDetail
from samverka.kernel.actor import Actor


class Published(StrEnum):
    """The two that the room publishes."""

    WAIT = "wait"
    OFFER = "offer"


_ROWS: dict[Published, Manager[Any]] = {
    Published.WAIT: Wait.objects,
    Published.OFFER: WaitOffer.objects,
}


def is_published(actor: Actor, *, what: Published, key: UUID) -> bool:
    """Whether something by that id was written here and so published. Shows nothing of it."""
    with act(actor, Action.GUARANTEE_READ) as this:
        this.unchanged()
        return bool(_ROWS[what].filter(pk=key, source=OWN_SOURCE).exists())


def wait_of_offer(actor: Actor, *, offer_id: UUID) -> WaitDetail:
    """The wait in which a time was offered, with all that has been said and done about it."""
    with act(actor, Action.GUARANTEE_READ) as this:
        row = this.row(full_waits(), offers__id=offer_id)
        this.note(row, offer=str(offer_id))
        return wait_detail(row, actor, this.decide(row))
