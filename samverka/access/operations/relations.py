"""Log-in accounts, what the gate knows of a person, and care relations."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.access import models
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads import (
    RelationDetail,
    SubjectDetail,
    relation_detail,
    subject_detail,
)
from samverka.access.rules import (
    REFUSAL_WORDS,
    Capacity,
    Protection,
    Refusal,
    RelationKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _


def open_account(
    actor: Actor,
    *,
    username: str,
    name: str,
    email: str = "",
    password: str | None = None,
    person_id: UUID | None = None,
    only_new: bool = False,
) -> UUID:
    """Open a log-in for one of the staff or a person; the same name again gives the same account.

    `only_new`: refuse a name that is taken instead.

    Without a password only a passkey, or the demo's log-in page, opens it.
    """
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        account = models.Account.objects.filter(username=username).first()
        if account is not None and only_new:
            raise Invalid(_("Användarnamnet är upptaget. Välj ett annat."), where="username")
        if account is None:
            account = models.Account.objects.create_user(
                username, password, name=name, email=email, person_id=person_id
            )
        this.note_general("Account", id=str(account.id))
        found: UUID = account.id
        return found


def set_mail(actor: Actor, *, person_id: UUID, email: str) -> str:
    """Say where the person gets the mail that there is something new; empty: none is sent."""
    with act(actor, Action.PERSON_OWN) as this:
        row = this.row(models.Subject.objects, person_id=person_id)
        models.Account.objects.filter(person_id=person_id).update(email=email)
        this.note(row, mail=bool(email))
        return email


def introduce_subject(
    actor: Actor,
    *,
    person_id: UUID,
    birth_date: date | None,
    protection: Protection = Protection.NONE,
    capacity: Capacity = Capacity.CAPABLE,
    attitude_known: bool = False,
    assessed_by: str = "",
    reason: str = "",
) -> SubjectDetail:
    """Tell the gate what it must know about a new person; called by `people`, in its act."""
    with act(actor, Action.PERSON_REGISTER) as this:
        this.require_permission()
        row = models.Subject(
            person_id=person_id,
            birth_date=birth_date,
            protection=protection,
            capacity=capacity,
            attitude_known=attitude_known,
            capacity_assessed_by=assessed_by,
            capacity_reason=reason,
        )
        row.save(force_insert=True)
        this.note_person(person_id, "Subject")
        return subject_detail(row)


def open_relation(
    actor: Actor,
    *,
    person_id: UUID,
    kind: RelationKind,
    reason: str = "",
    unit_id: UUID | None = None,
    provider_id: UUID | None = None,
) -> RelationDetail:
    """Begin a care relation between a unit and a person. Beginning it again changes nothing.

    Staff open one for the own unit only; a system actor (import, the person's listing) names the unit.
    """
    with act(actor, Action.RELATION_OPEN) as this:
        this.require_permission()
        unit, provider = _own_unit(actor, unit_id, provider_id)
        row = models.Relation(
            person_id=person_id,
            unit_id=unit,
            provider_id=provider,
            kind=kind,
            since=actor.at,
            reason=reason,
        )
        # Two who begin it at the same moment: the second insert finds the first and does nothing.
        models.Relation.objects.bulk_create([row], ignore_conflicts=True)
        this.forget_standing(person_id)
        this.note_person(person_id, "Relation", kind=str(kind), reason=reason)
        return relation_detail(_open_relation(person_id, unit, kind))


def _open_relation(person_id: UUID, unit: UUID, kind: RelationKind) -> models.Relation:
    found: models.Relation = models.Relation.objects.get(
        person_id=person_id, unit_id=unit, kind=kind, until=None
    )
    return found


def _own_unit(actor: Actor, unit: UUID | None, provider: UUID | None) -> tuple[UUID, UUID]:
    if actor.is_staff and unit not in (None, actor.unit_id):
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    unit, provider = unit or actor.unit_id, provider or actor.provider_id
    if unit is None or provider is None:
        raise Invalid(_("Ange vilken enhet som har vårdrelationen."), where="unit")
    return unit, provider


def end_relation(actor: Actor, *, relation_id: UUID) -> RelationDetail:
    """End a care relation: the unit no longer has to do with the person."""
    with act(actor, Action.RELATION_END) as this:
        row = this.row(models.Relation.objects, lock=True, id=relation_id)
        if actor.is_staff and row.unit_id != actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.until is not None:
            raise NotNow(_("Vårdrelationen är redan avslutad."))
        row.until = actor.at
        row.save(update_fields=["until"])
        this.note(row)
        this.forget_standing(row.person_id)
        return relation_detail(row)
