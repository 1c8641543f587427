"""Whether the room has a time by some id: asked by those who come with the id of an Appointment."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.db.models import Model

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.contacts.models import Booking, Promise
from samverka.kernel.actor import Actor


class Noted(StrEnum):
    """The two that are Appointments."""

    BOOKING = "booking"
    PROMISE = "promise"


_MODELS: dict[Noted, type[Model]] = {Noted.BOOKING: Booking, Noted.PROMISE: Promise}


def is_noted(actor: Actor, *, what: Noted, key: UUID) -> bool:
    """Whether there is such a time by that id. Shows nothing of it."""
    with act(actor, Action.CONTACT_READ) as this:
        this.unchanged()
        return bool(_MODELS[what]._default_manager.filter(pk=key).exists())
