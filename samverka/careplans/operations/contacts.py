"""Appoint and end the person's contacts (PL 6:2–3)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import fhir, rules
from samverka.careplans.models import CareContact
from samverka.careplans.reads.making import contact_detail
from samverka.careplans.reads.rows import person_contacts, with_unit
from samverka.careplans.reads.values import CareContactDetail
from samverka.careplans.rules import ContactKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
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
        NotNow: one of that profession or unit cannot be that kind of contact.
    """
    with act(actor, Action.CONTACT_APPOINT) as this:
        this.require_permission()
        chosen = _chosen(actor, assignment_id)
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
        row.save(force_insert=True)
        return _done(this, row)


def _chosen(actor: Actor, assignment_id: UUID | None) -> AssignmentDetail:
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
    found = person_contacts(row.person_id).filter(place, kind=row.kind)
    return found.select_for_update(of=("self",))


def _end_former(this: Act, row: CareContact) -> None:
    for former in _same(row):
        if former.staff_id == row.staff_id and former.unit_id == row.unit_id:
            raise NotNow(_("%(name)s är redan utsedd.", name=former.staff))
        _end(this, former)


def _end(this: Act, row: CareContact) -> None:
    row.until, row.ended_by = this.actor.at, this.actor.name
    row.save(update_fields=["until", "ended_by"])
    this.publish(fhir.contact_team(contact_detail(row)), row)


def end_contact(actor: Actor, *, contact_id: UUID) -> CareContactDetail:
    """End a contact of the own unit; it stays in the history."""
    with act(actor, Action.CONTACT_APPOINT) as this:
        row: CareContact = this.row(with_unit(CareContact.objects), lock=True, id=contact_id)
        if row.unit_id != actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.until is not None:
            raise NotNow(_("Kontakten är redan avslutad."))
        _end(this, row)
        this.note(row, ended=True)
        return contact_detail(row)


def _done(this: Act, row: CareContact) -> CareContactDetail:
    made = contact_detail(person_contacts(row.person_id).get(id=row.id))
    this.note(row, kind=row.kind)
    this.publish(fhir.contact_team(made), row)
    return made
