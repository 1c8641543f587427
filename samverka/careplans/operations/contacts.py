"""Appoint and end the person's contacts (PL 6:2–3)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import fhir, rules
from samverka.careplans.models import CareContact, ContactNeed
from samverka.careplans.operations.following import note_event
from samverka.careplans.operations.hearing import tell_contact
from samverka.careplans.reads.making import contact_detail
from samverka.careplans.reads.rows import person_contacts, with_unit
from samverka.careplans.reads.values import CareContactDetail
from samverka.careplans.rules import ContactKind, EventKind
from samverka.kernel.actor import Actor, Branch, Permission
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About
from samverka.organisations.reads import AssignmentDetail, list_unit_staff
from samverka.people import reads as people


def appoint_contact(
    actor: Actor, *, person_id: UUID, kind: ContactKind, assignment_id: UUID | None = None
) -> CareContactDetail:
    """Appoint one of the own unit's staff as the person's contact. The unit's former one ends.

    Args:
        assignment_id: whose; None: the one who acts.

    Raises:
        Invalid: the one chosen does not work at the unit.
        NotNow: one of that profession or unit cannot be that kind of contact, or another was first.
    """
    with act(actor, Action.CONTACT_APPOINT) as this:
        this.require_permission()
        check_may_appoint(actor)
        chosen = chosen_colleague(actor, assignment_id)
        row = CareContact(
            person_id=person_id,
            kind=kind,
            unit_id=chosen.unit.id,
            staff_id=chosen.staff_id,
            profession=chosen.profession,
            since=actor.at,
            appointed_by=actor.name,
        )
        this.require(row)
        rules.check_contact(
            kind,
            branch=chosen.unit.branch,
            profession=chosen.profession,
            listed_elsewhere=_listed_elsewhere(actor, row),
        )
        _end_former(this, row)
        _add(row)
        return _done(this, row)


ONE_OF_A_KIND = ("contact_one_per_unit", "contact_one_doctor")
"""The rules of the table that say that there is one of a kind."""


def _add(row: CareContact) -> None:
    """Save a new contact; where there was none there is nothing to lock, so another may have been first.

    Raises:
        NotNow: someone appointed a contact of the same kind in the same moment.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if not any(name in str(fault) for name in ONE_OF_A_KIND):
            raise
        raise NotNow(
            _("Någon annan utsåg en kontakt i samma stund. Läs sidan igen och se vem det blev.")
        ) from fault


def check_may_appoint(actor: Actor) -> None:
    """Raise unless the one who acts may appoint here (HSF 4:1; the county says if only the head)."""
    head_only = county_value(Key.CONTACT_HEAD_APPOINTS, local_date(actor.at)) > 0
    is_head = not actor.is_staff or actor.may(Permission.ORGANISATION_EDIT)
    rules.check_appointer(head_only, is_head)


def chosen_colleague(actor: Actor, assignment_id: UUID | None) -> AssignmentDetail:
    """The assignment at the own unit that was chosen; None: the one who acts."""
    staff = list_unit_staff(actor, unit_id=actor.unit_id) if actor.unit_id else []
    wanted = assignment_id or actor.assignment_id
    found = next((one for one in staff if one.id == wanted), None)
    if found is None:
        raise Invalid(_("Välj någon som arbetar på enheten."), where="assignment")
    return found


def _listed_elsewhere(actor: Actor, row: CareContact) -> bool:
    if row.kind != ContactKind.FAST_LAKARKONTAKT:
        return False
    listed = people.person(actor, person_id=row.person_id).listed_unit
    return listed is not None and listed.id != row.unit_id


def _same(row: CareContact) -> QuerySet[Any]:
    """Those that the new one takes the place of: a fast läkarkontakt, wherever; else the unit's own."""
    place = Q() if row.kind == ContactKind.FAST_LAKARKONTAKT else Q(unit_id=row.unit_id)
    found = person_contacts(row.person_id, local_date(row.since)).filter(place, kind=row.kind)
    return found.select_for_update(of=("self",))


def _end_former(this: Act, row: CareContact) -> None:
    for former in _same(row):
        if former.staff_id == row.staff_id and former.unit_id == row.unit_id:
            raise NotNow(_("%(name)s är redan utsedd.", name=former.staff))
        end_row(this, former)


def end_row(this: Act, row: CareContact) -> None:
    """End a contact inside an act; it stays in the history."""
    row.until, row.ended_by = this.actor.at, this.actor.name
    row.save(update_fields=["until", "ended_by"])
    keep_tasks(this, about=contact_about(row), wanted=[])
    this.publish(fhir.contact_team(contact_detail(row)), row)


def end_contact(actor: Actor, *, contact_id: UUID) -> CareContactDetail:
    """End a contact of the own unit; it stays in the history."""
    with act(actor, Action.CONTACT_APPOINT) as this:
        row: CareContact = this.row(
            with_unit(CareContact.objects, local_date(actor.at)), lock=True, id=contact_id
        )
        if row.unit_id != actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.until is not None:
            raise NotNow(_("Kontakten är redan avslutad."))
        end_row(this, row)
        this.note(row, ended=True)
        _tell_plans(actor, contact_detail(row))
        return contact_detail(row)


def contact_about(row: CareContact) -> About:
    """A contact as the notices name it."""
    return About("CareContact", row.id, row.person_id, reverse("careplans:unit_contacts"))


def publish_contact(this: Act, row: CareContact) -> CareContactDetail:
    """Publish a contact as it is now, ended or not."""
    found = with_unit(CareContact.objects, local_date(this.actor.at))
    made = contact_detail(found.get(id=row.id))
    this.publish(fhir.contact_team(made), row)
    return made


def _done(this: Act, row: CareContact) -> CareContactDetail:
    this.note(row, kind=row.kind)
    made = publish_contact(this, row)
    _meet_needs(this, row)
    _tell_plans(this.actor, made)
    tell_contact(this.actor, made)
    return made


def _tell_plans(actor: Actor, contact: CareContactDetail) -> None:
    """Who helps in social services is not for health care to know of (OSL 26:1): told within only."""
    secret = contact.branch not in (Branch.HEALTH, Branch.SCHOOL_HEALTH)
    note_event(
        actor,
        person_id=contact.person_id,
        event=EventKind.CONTACT_CHANGED,
        on=local_date(actor.at),
        provider_id=contact.provider_id if secret else None,
        unit_id=contact.unit_id,
    )


# ── needs ──


def need_about(row: ContactNeed) -> About:
    """A need as the notices name it."""
    address = reverse("careplans:contact_new", args=[row.person_id])
    return About("ContactNeed", row.id, row.person_id, address)


def _meet_needs(this: Act, contact: CareContact) -> None:
    """Someone has been appointed, so the unit need not be asked any more."""
    if contact.kind != ContactKind.FAST_VARDKONTAKT:
        return
    waiting = ContactNeed.objects.filter(
        person_id=contact.person_id, unit_id=contact.unit_id, met_at__isnull=True
    )
    for row in waiting:
        row.met_at = this.actor.at
        row.save(update_fields=["met_at"])
        keep_tasks(this, about=need_about(row), wanted=[])
