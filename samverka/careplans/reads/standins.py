"""Gated fetches of a unit's contacts: whose they are, who stands in, who is without, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.careplans import rules
from samverka.careplans.models import (
    Absence,
    CareContact,
    ContactNeed,
    ContactWish,
    HandOver,
    Plan,
)
from samverka.careplans.reads.making import contact_detail
from samverka.careplans.reads.rows import with_unit
from samverka.careplans.reads.values import CareContactDetail
from samverka.careplans.rules import ContactFacts, ContactKind, Need, PlanStatus
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.text import Text
from samverka.organisations.reads import AssignmentDetail, list_unit_staff, works_there
from samverka.people.reads import PersonLine, person_line, person_lines

LIST_LIMIT = 500
"""Contacts of one unit on one page, by name of who is (rows)."""


@dataclass(frozen=True, slots=True)
class AbsenceDetail:
    """From the first day to the last; `stand_in` "": nobody yet."""

    id: UUID
    contact_id: UUID
    person_id: UUID
    since: date
    until: date
    stand_in: str
    profession: str
    ended: bool


@dataclass(frozen=True, slots=True)
class WishDetail:
    """What the person has asked for, and what was answered."""

    id: UUID
    person_id: UUID
    kind: ContactKind
    kind_words: Text
    wish: str
    unit_id: UUID
    unit_name: str
    at: datetime
    by: str
    by_person: bool
    answered_at: datetime | None
    answered_by: str
    granted: bool | None
    answer: str


@dataclass(frozen=True, slots=True)
class WishPage:
    """A wish with the person and the contacts there are."""

    wish: WishDetail
    person: PersonLine
    contacts: tuple[CareContactDetail, ...]


@dataclass(frozen=True, slots=True)
class HandOverDetail:
    """A handing over. `done` False: the day has not come."""

    id: UUID
    to_name: str
    on: date
    persons: int
    done: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One person's contact at the unit. `needs`: why someone must be appointed; usually nothing."""

    contact: CareContactDetail
    person: PersonLine
    absence: AbsenceDetail | None
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A person who ought to have a fast vårdkontakt at the unit and has none."""

    person: PersonLine
    needs: tuple[Need, ...]
    wish: WishDetail | None


@dataclass(frozen=True, slots=True)
class UnitContacts:
    """The unit's page of fasta kontakter."""

    lines: tuple[ContactLine, ...]
    missing: tuple[MissingLine, ...]
    waiting: tuple[HandOverDetail, ...]
    may_appoint: bool


@dataclass(frozen=True, slots=True)
class ContactsToGive:
    """The unit's contacts, and the colleagues who can have them or stand in."""

    lines: tuple[ContactLine, ...]
    staff: tuple[AssignmentDetail, ...]


def absence_detail(row: Absence) -> AbsenceDetail:
    """Row → plain value."""
    return AbsenceDetail(
        id=row.id,
        contact_id=row.contact_id,
        person_id=row.person_id,
        since=row.since,
        until=row.until,
        stand_in=str(row.stand_in) if row.stand_in_id else "",
        profession=row.profession,
        ended=row.ended_at is not None,
    )


def wish_detail(row: ContactWish, unit_name: str) -> WishDetail:
    """Row → plain value."""
    kind = ContactKind(row.kind)
    return WishDetail(
        id=row.id,
        person_id=row.person_id,
        kind=kind,
        kind_words=rules.CONTACT_WORDS[kind],
        wish=row.wish,
        unit_id=row.unit_id,
        unit_name=unit_name,
        at=row.at,
        by=row.by,
        by_person=row.by_person,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        granted=row.granted,
        answer=row.answer,
    )


def hand_over_detail(row: HandOver, persons: int, to_name: str) -> HandOverDetail:
    """Row → plain value."""
    return HandOverDetail(
        id=row.id,
        to_name=to_name,
        on=row.on,
        persons=persons,
        done=row.done_at is not None,
        undone=row.undone_at is not None,
    )


# ── the unit's page ──


def unit_contacts(actor: Actor) -> UnitContacts:
    """The own unit's fasta kontakter: whose they are, who is away, who has left, who is without."""
    with act(actor, Action.WORKLIST_READ) as this:
        this.require_permission()
        rows, wishes, plans, needs = this.lists(
            _standing(actor).order_by("staff__family_name", "id"),
            _wishes(actor).order_by("at"),
            _shared_plans(actor),
            _needs(actor),
            limit=LIST_LIMIT,
        )
        persons = {row.person_id for row in [*rows, *wishes, *plans, *needs]}
        names = person_lines(this, persons)
        this.note_list([*rows, *wishes, *plans, *needs])
        return UnitContacts(
            lines=_lines(rows, names),
            missing=_missing(actor, rows, wishes, plans, needs, names),
            waiting=_waiting(actor),
            may_appoint=permits(actor, Action.CONTACT_APPOINT),
        )


def contacts_to_give(actor: Actor) -> ContactsToGive:
    """The own unit's fasta kontakter, to be handed over or to have someone stand in."""
    with act(actor, Action.WORKLIST_READ) as this:
        this.require_permission()
        rows = this.rows(_standing(actor), order=("staff__family_name", "id"), limit=LIST_LIMIT)
        names = person_lines(this, {row.person_id for row in rows})
        staff = list_unit_staff(actor, unit_id=actor.unit_id) if actor.unit_id else []
        this.note_list(rows)
        return ContactsToGive(lines=_lines(rows, names), staff=tuple(staff))


def _standing(actor: Actor) -> QuerySet[Any]:
    found = CareContact.objects.filter(Q(unit_id=actor.unit_id), until__isnull=True)
    on = local_date(actor.at)
    works = works_there(actor.at, staff="staff_id", unit="unit_id")
    made: QuerySet[Any] = with_unit(found, on).annotate(works=works, absence=_absence(on))
    return made


_AWAY = {name: name for name in ("id", "since", "until", "stand_in_id", "profession")} | {
    "given": "stand_in__given_name",
    "family": "stand_in__family_name",
}


def _absence(on: date) -> Subquery:
    """The absence that goes on, or else the next, of a contact."""
    ahead = Absence.objects.filter(
        contact_id=OuterRef("pk"), ended_at__isnull=True, until__gte=on
    ).order_by("since")
    return Subquery(ahead.values(made=JSONObject(**_AWAY))[:1])


def _lines(rows: list[Any], names: dict[UUID, PersonLine]) -> tuple[ContactLine, ...]:
    return tuple(_line(row, names[row.person_id]) for row in rows if row.person_id in names)


def _line(row: Any, person: PersonLine) -> ContactLine:
    away = _absence_of(row)
    return ContactLine(contact_detail(row), person, away, _line_needs(row, away))


def _absence_of(row: Any) -> AbsenceDetail | None:
    """The absence as it came with its contact."""
    found = row.absence
    if found is None:
        return None
    return AbsenceDetail(
        id=UUID(found["id"]),
        contact_id=row.id,
        person_id=row.person_id,
        since=date.fromisoformat(found["since"]),
        until=date.fromisoformat(found["until"]),
        stand_in=f"{found['given']} {found['family']}" if found["stand_in_id"] else "",
        profession=found["profession"],
        ended=False,
    )


def _line_needs(row: Any, absence: AbsenceDetail | None) -> tuple[Need, ...]:
    facts = ContactFacts(
        has_one=True,
        left=not row.works,
        away=absence is not None and not absence.stand_in,
    )
    return rules.list_needs(facts, plan_rule=False)


def _wishes(actor: Actor) -> QuerySet[Any]:
    found: QuerySet[Any] = ContactWish.objects.filter(
        Q(unit_id=actor.unit_id), answered_at__isnull=True
    )
    return found


def _needs(actor: Actor) -> QuerySet[Any]:
    found: QuerySet[Any] = ContactNeed.objects.filter(Q(unit_id=actor.unit_id), met_at__isnull=True)
    return found


def _shared_plans(actor: Actor) -> QuerySet[Any]:
    """Plans that the unit keeps for region and municipality, of persons without a fast vårdkontakt."""
    has_one = CareContact.objects.filter(
        person_id=OuterRef("person_id"), kind=ContactKind.FAST_VARDKONTAKT, until__isnull=True
    )
    kinds = [
        kind.value
        for kind, spec in rules.KINDS.items()
        if rules.Content.BOTH_SIDES in spec.required
    ]
    found: QuerySet[Any] = Plan.objects.filter(
        Q(unit_id=actor.unit_id), status=PlanStatus.ACTIVE, source="", kind__in=kinds
    ).filter(~Exists(has_one))
    return found


def _missing(
    actor: Actor,
    contacts: list[Any],
    wishes: list[Any],
    plans: list[Any],
    needs: list[Any],
    names: dict[UUID, PersonLine],
) -> tuple[MissingLine, ...]:
    rule = county_value(Key.CONTACT_WITH_PLAN, local_date(actor.at)) > 0
    own = {row.person_id for row in contacts if row.kind == ContactKind.FAST_VARDKONTAKT}
    asked = {row.person_id: row for row in wishes}
    admitted, planned = {row.person_id for row in needs}, {row.person_id for row in plans}
    lines = []
    for person_id in dict.fromkeys([*asked, *admitted, *planned]):
        facts = ContactFacts(
            has_one=person_id in own,
            asked=person_id in asked,
            admitted=person_id in admitted,
            shared_plan=person_id in planned,
        )
        found = rules.list_needs(facts, plan_rule=rule)
        if found and person_id in names:
            row = asked.get(person_id)
            wish = wish_detail(row, actor.unit_name) if row else None
            lines.append(MissingLine(names[person_id], found, wish))
    return tuple(lines)


def _waiting(actor: Actor) -> tuple[HandOverDetail, ...]:
    rows = (
        HandOver.objects.select_related("to_staff")
        .annotate(persons=Count("parts"))
        .filter(Q(unit_id=actor.unit_id), done_at__isnull=True, undone_at__isnull=True)
    )
    return tuple(
        hand_over_detail(row, row.persons, str(row.to_staff)) for row in rows.order_by("on")
    )


# ── wishes ──


def wish(actor: Actor, *, wish_id: UUID) -> WishPage:
    """One wish for a contact, with the person and the contacts there are."""
    with act(actor, Action.PLAN_READ) as this:
        row: ContactWish = this.row(
            ContactWish.objects.select_related("person", "unit"), id=wish_id
        )
        this.note(row)
        found = CareContact.objects.filter(person_id=row.person_id, until__isnull=True)
        contacts = this.rows(with_unit(found.filter(unit_id=row.unit_id), local_date(actor.at)))
        return WishPage(
            wish=wish_detail(row, row.unit.name),
            person=person_line(row.person, actor, this.decide(row)),
            contacts=tuple(contact_detail(one) for one in contacts),
        )


def wishes_of(this: Act, person_id: UUID) -> tuple[WishDetail, ...]:
    """What the person has asked for, and the answers, inside another read's act; newest first."""
    found = ContactWish.objects.select_related("unit").filter(person_id=person_id)
    rows = this.rows(found, order=("-at",), limit=10)
    return tuple(wish_detail(row, row.unit.name) for row in rows)
