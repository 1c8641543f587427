"""What a room above is told of, at once and in the same transaction. It is named in the settings."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from samverka.careplans.reads.meeting_values import MeetingDetail
from samverka.careplans.reads.values import CareContactDetail
from samverka.careplans.rules import ContactKind
from samverka.kernel.actor import Actor


def tell_contact(actor: Actor, contact: CareContactDetail) -> None:
    """Someone has been appointed as fast vårdkontakt."""
    if contact.kind is ContactKind.FAST_VARDKONTAKT and contact.until is None:
        _heard("contact", actor, contact)


def tell_meeting(actor: Actor, meeting: MeetingDetail) -> None:
    """A meeting has been called, moved, or called off."""
    _heard("meeting", actor, meeting)


def tell_answer(actor: Actor, plan_id: UUID) -> None:
    """A unit has answered a call to a meeting about the plan."""
    _heard("answer", actor, plan_id)


def _heard(name: str, actor: Actor, what: object) -> None:
    import_string(settings.SAMVERKA_PLANS_HEARD[name])(actor, what=what)
