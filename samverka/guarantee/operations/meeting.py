"""Contacts with care that may stop the clock, and what was noted by mistake."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.contacts.rules import Way
from samverka.guarantee.models import Noted, WaitContact, WaitOffer, WaitPause
from samverka.guarantee.operations.keeping import keep_change, noted, own_part, own_wait, saved
from samverka.guarantee.reads import WaitDetail
from samverka.guarantee.rules import Profession, Purpose
from samverka.guarantee.rules.keeping import check_contact_day, check_reason
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _


def note_contact(
    actor: Actor,
    *,
    wait_id: UUID,
    at: datetime,
    purpose: Purpose,
    way: Way | None = Way.CLINIC,
    profession: Profession | None = None,
    instead_of_visit: bool = False,
    answered: bool = True,
    held: bool = True,
) -> WaitDetail:
    """Write down a contact that the person has had at the own unit; the rules say whether it is the one."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        row = own_wait(this, wait_id)
        check_contact_day(at, actor.at)
        WaitContact(
            **noted(this, row),
            at=at,
            purpose=purpose.value,
            way=way.value if way else "",
            profession=profession.value if profession else "",
            unit_id=row.unit_id,
            level=row.level,
            instead_of_visit=instead_of_visit,
            answered=answered,
            held=held,
        ).save(force_insert=True)
        return saved(this, row, contact=purpose.value)


def judge_contact(
    actor: Actor,
    *,
    contact_id: UUID,
    purpose: Purpose,
    profession: Profession | None = None,
    instead_of_visit: bool = False,
) -> WaitDetail:
    """Say what a contact was for that a record system has told of without saying it."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        part: WaitContact = own_part(this, WaitContact, contact_id)
        if part.withdrawn_at is not None:
            raise NotNow(_("Kontakten är tagen tillbaka."))
        if part.purpose:
            before = {"purpose": part.purpose, "profession": part.profession}
            keep_change(this, part.wait, before, str(_JUDGED_AGAIN))
        part.purpose = purpose.value
        part.profession = profession.value if profession else part.profession
        part.instead_of_visit = instead_of_visit
        part.save()
        return saved(this, part.wait, judged=purpose.value)


_JUDGED_AGAIN = _("Kontakten bedömd på nytt")


class PartKind(StrEnum):
    """What of a wait can be taken back. The codes stand in addresses."""

    OFFER = "erbjudande"
    PAUSE = "uppehall"
    CONTACT = "kontakt"


_MODELS: dict[PartKind, type[Noted]] = {
    PartKind.OFFER: WaitOffer,
    PartKind.PAUSE: WaitPause,
    PartKind.CONTACT: WaitContact,
}


def withdraw_part(actor: Actor, *, kind: PartKind, part_id: UUID, reason: str) -> WaitDetail:
    """Take back an offer, a pause or a contact, with the reason. It stays to be read, and counts no more."""
    with act(actor, Action.GUARANTEE_EDIT) as this:
        check_reason(reason)
        part = own_part(this, _MODELS[kind], part_id)
        if part.withdrawn_at is not None:
            raise NotNow(_("Det är redan taget tillbaka."))
        _check_unused(kind, part)
        part.withdrawn_at, part.withdrawn_by = actor.at, actor.name
        part.withdrawn_reason = reason.strip()
        part.save()
        return saved(this, part.wait, withdrawn=kind.name.lower())


def _check_unused(kind: PartKind, part: Noted) -> None:
    """A pause rests on the offer that the person said no to."""
    rests = {"offer_id": part.id, "withdrawn_at__isnull": True}
    if kind is PartKind.OFFER and WaitPause.objects.filter(**rests).exists():
        raise NotNow(
            _("Ett uppehåll bygger på erbjudandet."), mend=_("Ta tillbaka uppehållet först.")
        )
