"""Appoint and end the person's contacts (PL 6:2–3)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import fhir, rules
from samverka.careplans.models import CareContact
from samverka.careplans.reads.making import contact_detail
from samverka.careplans.reads.values import CareContactDetail
from samverka.careplans.rules import ContactKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.models import Assignment
from samverka.people.models import Person


def appoint_contact(
    actor: Actor, *, person_id: UUID, kind: ContactKind, assignment_id: UUID | None = None
) -> CareContactDetail:
    """Appoint one of the own unit's staff as the person's contact. The unit's former one ends.

    Args:
        assignment_id: whose; None: the one who acts.

    Raises:
        Invalid: the one chosen does not work at the unit, or cannot be that kind of contact.
    """
    with act(actor, Action.CONTACT_APPOINT) as this:
        chosen = _chosen(actor, assignment_id)
        person = Person.objects.filter(id=person_id).first()
        rules.check_contact(
            kind,
            branch=chosen.unit.provider.branch,
            profession=chosen.profession,
            listed_elsewhere=_listed_elsewhere(person, chosen),
        )
        row = CareContact(
            person_id=person_id,
            kind=kind,
            unit=chosen.unit,
            staff=chosen.staff,
            profession=chosen.profession,
            since=actor.at,
            appointed_by=actor.name,
        )
        this.require(row)
        _end_former(this, row)
        row.save(force_insert=True)
        return _done(this, row)


def _chosen(actor: Actor, assignment_id: UUID | None) -> Assignment:
    found: Assignment | None = (
        Assignment.objects.current(actor.at)
        .select_related("staff", "unit__provider__organisation")
        .filter(id=assignment_id or actor.assignment_id, unit_id=actor.unit_id)
        .first()
    )
    if found is None:
        raise Invalid(_("Välj någon som arbetar på enheten."), where="assignment")
    return found


def _listed_elsewhere(person: Person | None, chosen: Assignment) -> bool:
    return person is not None and person.listed_unit_id not in (None, chosen.unit_id)


def _same(row: CareContact) -> QuerySet[CareContact]:
    """Those that the new one takes the place of: a fast läkarkontakt, wherever; else the unit's own."""
    place = Q() if row.kind == ContactKind.FAST_LAKARKONTAKT else Q(unit_id=row.unit_id)
    found: QuerySet[CareContact] = CareContact.objects.filter(
        place, person_id=row.person_id, kind=row.kind, until__isnull=True
    )
    return found.select_for_update(of=("self",)).select_related(
        "staff", "unit__provider__organisation"
    )


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
        found = CareContact.objects.select_related("staff", "unit__provider__organisation")
        row: CareContact = this.row(found, lock=True, id=contact_id)
        if row.unit_id != actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.until is not None:
            raise NotNow(_("Kontakten är redan avslutad."))
        _end(this, row)
        this.note(row, ended=True)
        return contact_detail(row)


def _done(this: Act, row: CareContact) -> CareContactDetail:
    made = contact_detail(row)
    this.note(row, kind=row.kind)
    this.publish(fhir.contact_team(made), row)
    return made
