"""One organisation, one of the staff, one assignment, by id: what others refer to."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.organisations.models import Assignment, Organisation, Provider, Staff, Unit
from samverka.organisations.reads.values import (
    AssignmentDetail,
    OrganisationDetail,
    ProviderDetail,
    StaffDetail,
    UnitDetail,
    assignment_detail,
    organisation_detail,
    provider_detail,
    staff_detail,
    unit_detail,
)

_UNKNOWN = _("Organisationen eller uppdraget finns inte.")


def organisation_of(actor: Actor, *, key: UUID) -> OrganisationDetail | ProviderDetail | UnitDetail:
    """A huvudman, a care provider or a unit, whichever has the id."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.require_permission()
        this.note_general("Organisation", id=str(key))
        if row := Unit.objects.select_related("provider__organisation").filter(id=key).first():
            return unit_detail(row)
        if row := Provider.objects.select_related("organisation").filter(id=key).first():
            return provider_detail(row)
        if row := Organisation.objects.filter(id=key).first():
            return organisation_detail(row)
        raise NotFound(_UNKNOWN)


def staff_member(actor: Actor, *, staff_id: UUID) -> StaffDetail:
    """One of the staff."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.require_permission()
        this.note_general("Staff", id=str(staff_id))
        row = Staff.objects.filter(id=staff_id).first()
        if row is None:
            raise NotFound(_UNKNOWN)
        return staff_detail(row)


def assignment(actor: Actor, *, assignment_id: UUID) -> AssignmentDetail:
    """One assignment, also an ended one."""
    with act(actor, Action.ORGANISATION_READ) as this:
        this.require_permission()
        this.note_general("Assignment", id=str(assignment_id))
        found = Assignment.objects.select_related("staff", "unit__provider__organisation")
        row = found.filter(id=assignment_id).first()
        if row is None:
            raise NotFound(_UNKNOWN)
        return assignment_detail(row)
