"""Gated fetches of the person's contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, BlockKind, Refusal, Standing, keeps_only
from samverka.careplans.models import CareContact
from samverka.careplans.reads.making import contact_detail
from samverka.careplans.reads.rows import person_contacts, with_unit
from samverka.careplans.reads.values import CareContactDetail
from samverka.careplans.rules import ContactKind
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotFound
from samverka.organisations.reads import AssignmentDetail, list_unit_staff
from samverka.people.reads import PersonLine, person_lines


def list_contacts(actor: Actor, *, person_id: UUID) -> list[CareContactDetail]:
    """Whom the person can turn to now: name, unit and phone."""
    with act(actor, Action.PERSON_READ) as this:
        found = contacts_of(this, person_id)
        this.note_person(person_id, "CareContact", contacts=len(found))
        return list(found)


@dataclass(frozen=True, slots=True)
class ContactToBe:
    """Whom a person can turn to today, and the colleagues who can be appointed."""

    person: PersonLine
    contacts: tuple[CareContactDetail, ...]
    staff: tuple[AssignmentDetail, ...]


def contact_to_be(actor: Actor, *, person_id: UUID) -> ContactToBe:
    """Whom the person can turn to now, and who at the own unit can be appointed."""
    with act(actor, Action.PERSON_READ) as this:
        person = person_lines(this, {person_id}).get(person_id)
        if person is None:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        found = contacts_of(this, person_id)
        this.note_person(person_id, "CareContact", contacts=len(found))
        staff = list_unit_staff(actor, unit_id=actor.unit_id) if actor.unit_id else []
        return ContactToBe(person, found, tuple(staff))


def contact(actor: Actor, *, contact_id: UUID) -> CareContactDetail:
    """One of those whom a person can turn to; of one who no longer is, only the own unit and the person know.

    Raises:
        NotFound: there is none, or it would tell the reader what the reader may not know.
    """
    with act(actor, Action.PERSON_READ) as this:
        found = with_unit(CareContact.objects, local_date(actor.at))
        row: CareContact = this.row(found, id=contact_id)
        own = not actor.is_staff or row.unit_id == actor.unit_id
        known = own or row.until is None
        shown = shown_contacts(this, row.person_id, [contact_detail(row)]) if known else ()
        if not shown:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        this.note(row)
        return shown[0]


def contacts_of(this: Act, person_id: UUID) -> tuple[CareContactDetail, ...]:
    """The person's contacts inside another read's act, which notes the person."""
    rows = this.rows(person_contacts(person_id, local_date(this.actor.at)))
    return shown_contacts(this, person_id, [contact_detail(row) for row in rows])


def shown_contacts(
    this: Act,
    person_id: UUID,
    contacts: Iterable[CareContactDetail],
    units: frozenset[UUID] = frozenset(),
) -> tuple[CareContactDetail, ...]:
    """Those that tell the reader nothing the reader may not know.

    Who may know of the person may know of the contacts in health care. That the person has to do
    with social services, or with a unit behind a block, is another matter: the contact would tell it.

    Args:
        units: units that the reader sees anyway, as parties of a plan that has been disclosed.
    """
    if not this.actor.is_staff:
        return tuple(contacts)
    standing = this.standing(person_id)
    return tuple(
        one for one in contacts if one.unit_id in units or _may_see(this.actor, one, standing)
    )


_HEALTH = frozenset({Branch.HEALTH, Branch.SCHOOL_HEALTH})


def _may_see(actor: Actor, contact: CareContactDetail, standing: Standing) -> bool:
    if contact.unit_id == actor.unit_id:
        return True
    if keeps_only(actor, standing):  # whom the person can turn to now is newer than the copy
        return False
    if _blocked(actor, contact, standing):
        return False
    if contact.branch in _HEALTH or contact.provider_id == actor.provider_id:
        return True
    return contact.branch is Branch.SOCIAL and standing.consent


def _blocked(actor: Actor, contact: CareContactDetail, standing: Standing) -> bool:
    kind = BlockKind.INNER if contact.provider_id == actor.provider_id else BlockKind.OUTER
    return any(
        block.kind is kind
        and block.provider_id == contact.provider_id
        and block.unit_id in (None, contact.unit_id)
        for block in standing.blocks
    )


def units_with_contact(persons: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Which units have a fast vårdkontakt now, by person: for rooms above that have passed the gate."""
    rows = CareContact.objects.filter(
        person_id__in=set(persons), kind=ContactKind.FAST_VARDKONTAKT, until__isnull=True
    ).values_list("person_id", "unit_id")
    found: dict[UUID, set[UUID]] = {}
    for person, unit in rows:
        found.setdefault(person, set()).add(unit)
    return {person: frozenset(units) for person, units in found.items()}


def units_with_contact_for(person: str) -> ArraySubquery:
    """The same for the person of each row, in the row's own query.

    Args:
        person: the row's field that holds the person's id.
    """
    rows = CareContact.objects.filter(
        person_id=OuterRef(person), kind=ContactKind.FAST_VARDKONTAKT, until__isnull=True
    )
    return ArraySubquery(rows.order_by("unit_id").values("unit_id"))


def contact_at(person_id: UUID, unit_id: UUID, on: date) -> CareContactDetail | None:
    """The unit's fast vårdkontakt for the person: for rooms above that have passed the gate."""
    found = person_contacts(person_id, on).filter(
        unit_id=unit_id, kind=ContactKind.FAST_VARDKONTAKT
    )
    row = found.first()
    return contact_detail(row) if row else None
