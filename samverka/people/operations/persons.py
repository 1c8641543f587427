"""Persons, their identities, relatives and representatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from samverka.access import operations as access
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.models import Subject
from samverka.access.reads import ProxyDetail, SubjectDetail, subject_detail
from samverka.access.roles import SYSTEM_PERMISSIONS
from samverka.access.rules import Capacity, Protection, ProxyKind, RelationKind
from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.kernel.identity import IdentityNumber
from samverka.kernel.problems import Conflict, Invalid
from samverka.kernel.text import text as _
from samverka.people import fhir
from samverka.people.models import Identity, Listing, Person, Relative
from samverka.people.reads import PersonDetail, full_persons, person_detail
from samverka.people.rules import (
    LANGUAGES,
    MASKED_NAME,
    AddressKind,
    Gender,
    RelativeKind,
    search_form,
    sort_form,
)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person when first registered, or received from a register."""

    given_name: str
    family_name: str
    birth_date: date | None = None
    gender: Gender = Gender.UNKNOWN
    called_name: str = ""
    deceased_on: date | None = None
    protection: Protection = Protection.NONE
    county_code: str = ""
    municipality_code: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    language: str = "sv"
    interpreter: bool = False
    care_language: str = ""
    middle_name: str = ""
    country: str = ""
    address_kind: AddressKind | str = ""


def register_person(
    actor: Actor,
    *,
    number: IdentityNumber | None,
    facts: PersonFacts,
    relation: RelationKind = RelationKind.CARE,
    reason: str = "",
    unit_id: UUID | None = None,
    provider_id: UUID | None = None,
) -> PersonDetail:
    """Register a person who seeks the unit, and begin the care relation.

    A person whose number is known already is not registered twice and not overwritten: only the
    relation begins, and what is known is shown. The answer looks the same either way.
    """
    with act(actor, Action.PERSON_REGISTER) as this:
        this.require_permission()
        _check_facts(facts)
        listed_at = (unit_id or actor.unit_id) if relation is RelationKind.LISTED else None
        row = _known_person(number) or _new_person(this, number, facts, listed_at)
        access.open_relation(
            actor,
            person_id=row.id,
            kind=relation,
            reason=reason,
            unit_id=unit_id,
            provider_id=provider_id,
        )
        this.forget_standing(row.id)
        return done(this, row.id)


def _check_facts(facts: PersonFacts) -> None:
    if not facts.family_name.strip() and not facts.given_name.strip():
        raise Invalid(_("Skriv personens namn."), where="family_name")
    for where, code in (("language", facts.language), ("care_language", facts.care_language)):
        if code and code not in LANGUAGES:
            raise Invalid(_("Språket %(code)s finns inte i listan.", code=code), where=where)


def _known_person(number: IdentityNumber | None) -> Person | None:
    if number is None:
        return None
    found = Identity.objects.select_related("person").filter(
        kind=number.kind, value=number.value, domain=number.domain
    )
    identity = found.first()
    return identity.person if identity else None


def _new_person(
    this: Act, number: IdentityNumber | None, facts: PersonFacts, listed_at: UUID | None = None
) -> Person:
    born = facts.birth_date or (number.birth_date if number else None)
    row = Person(updated_at=this.actor.at, birth_date=born, listed_unit_id=listed_at)
    _copy_facts(row, facts)
    row.birth_date = born
    row.save(force_insert=True)
    if listed_at is not None:
        keep_listing(this.actor, row, listed_at)
    if number is not None:
        identity = Identity(
            person=row,
            kind=number.kind,
            value=number.value,
            domain=number.domain,
            since=this.actor.at,
        )
        identity.save(force_insert=True)
    access.introduce_subject(
        this.actor, person_id=row.id, birth_date=born, protection=facts.protection
    )
    return row


def keep_listing(actor: Actor, row: Person, unit_id: UUID, special_reason: str = "") -> None:
    """A row for where the person is listed from now; the former one must have ended."""
    listing = Listing(
        person=row,
        unit_id=unit_id,
        since=actor.at,
        special_reason=special_reason.strip(),
        noted_by=actor.name,
    )
    listing.save(force_insert=True)


_FACTS = tuple(PersonFacts.__dataclass_fields__)


def _copy_facts(row: Person, facts: PersonFacts) -> None:
    for name in _FACTS:
        setattr(row, name, getattr(facts, name))
    row.search_name = search_form(facts.called_name, facts.given_name, facts.family_name)
    row.sort_name = sort_form(facts.family_name, facts.called_name or facts.given_name)


def done(this: Act, person_id: UUID) -> PersonDetail:
    """The end of every change: note, publish, show."""
    row = full_persons().get(id=person_id)
    decision = this.require(row)
    this.note(row)
    _publish(this, row)
    return person_detail(row, this.actor, masked=decision.masked)


def _publish(this: Act, row: Person) -> None:
    """Name and places of a protected person do not lie on the shelf: those who may see them ask the room."""
    shown = person_detail(row, this.actor, masked=False)
    this.publish(fhir.patient(shown, masked=shown.protected), row)


_AT_A_TIME = 200
"""Persons in one transaction when all are published again."""


def publish_persons(actor: Actor) -> int:
    """Put every person's Patient on the shelf again, as it stands now; returns how many."""
    after, count = UUID(int=0), 0
    while True:
        with act(actor, Action.PERSON_REGISTER) as this:
            this.require_system()
            rows = list(full_persons().filter(id__gt=after).order_by("id")[:_AT_A_TIME])
            for row in rows:
                _publish(this, row)
            this.note_general("Person", published=len(rows))
        count += len(rows)
        if len(rows) < _AT_A_TIME:
            return count
        after = rows[-1].id


def edit_person(actor: Actor, *, person_id: UUID, version: int, facts: PersonFacts) -> PersonDetail:
    """Correct what is known of a person. Someone who changed it first is shown beside."""
    with act(actor, Action.PERSON_EDIT) as this:
        row = this.row(Person.objects, lock=True, id=person_id)
        _check_facts(facts)
        _check_version(row, version, facts)
        facts = _with_register(row, facts)
        _copy_facts(row, _with_hidden(this.decide(row).masked, row, facts))
        row.version, row.updated_at = row.version + 1, actor.at
        row.save()
        Subject.objects.filter(person_id=row.id).update(
            birth_date=row.birth_date, protection=row.protection
        )
        this.forget_standing(row.id)
        return done(this, row.id)


def _check_version(row: Person, version: int, facts: PersonFacts) -> None:
    if row.version == version:
        return
    raise Conflict(
        _("Någon annan har ändrat uppgifterna medan du skrev. Jämför och spara igen."),
        mine={name: getattr(facts, name) for name in _FACTS},
        theirs={name: getattr(row, name) for name in _FACTS},
    )


_PLACES = ("county_code", "municipality_code", "street", "postal_code", "town", "country",
           "address_kind", "phone", "email")  # fmt: skip
_ADDRESS = ("street", "postal_code", "town")


def _with_register(row: Person, facts: PersonFacts) -> PersonFacts:
    """What only the register tells stays as long as what it tells of does: nobody types it here."""
    middle = row.middle_name if row.middle_name in facts.family_name else ""
    moved = any(getattr(row, name) != getattr(facts, name) for name in _ADDRESS)
    kind: str = AddressKind.STATED if moved and facts.street else row.address_kind
    country = "" if moved else row.country
    return replace(facts, middle_name=middle, address_kind=kind, country=country)


def _with_hidden(masked: bool, row: Person, facts: PersonFacts) -> PersonFacts:
    """One who could not see a protected person's places cannot blank them by saving either."""
    if not masked:
        return facts
    return replace(facts, **{name: getattr(row, name) for name in _PLACES})


def appoint_representative(
    actor: Actor,
    *,
    person_id: UUID,
    proxy_number: IdentityNumber,
    proxy_name: str = "",
    kind: ProxyKind = ProxyKind.REPRESENTATIVE,
    scopes: frozenset[str] = frozenset({"read"}),
    until: datetime | None = None,
) -> ProxyDetail:
    """Let someone act for the person, named by identity number, with scope and end.

    One who is not known here is noted with the name given. The answer looks the same either way, so
    that nobody learns by trying who has to do with the care.

    Raises:
        Invalid: the person is not known here, and no name was given.
    """
    with act(actor, Action.PROXY_GRANT) as this:
        this.require_permission()
        this.unchanged()  # the grant writes the line
        proxy = _representative(actor, proxy_number, proxy_name.strip())
        return access.grant_proxy(
            actor,
            person_id=person_id,
            proxy_person_id=proxy.id,
            kind=kind,
            scopes=scopes,
            until=until,
            proxy_name=proxy_name.strip() or f"{proxy.given_name} {proxy.family_name}",
        )


def _representative(actor: Actor, number: IdentityNumber, name: str) -> Person:
    """Who has the number; the house looks it up, for a person's own session sees only own rows."""
    given, _space, family = name.rpartition(" ")
    if not given and actor.is_person:
        raise Invalid(_("Skriv ombudets förnamn och efternamn."), where="proxy_name")
    house = replace(
        actor,
        kind=ActorKind.SYSTEM,
        side=Side.SYSTEM,
        person_id=None,
        permissions=SYSTEM_PERMISSIONS,
        purpose=Purpose.SYSTEM,
    )
    with act(house, Action.PERSON_REGISTER) as this:
        this.unchanged()
        known = _known_person(number)
        if known is not None:
            return known
        if not given:
            raise Invalid(
                _("Ingen med det numret finns här. Kontrollera numret, eller skriv också namnet."),
                where="proxy_name",
            )
        return _new_person(this, number, PersonFacts(given_name=given, family_name=family))


def note_relative(
    actor: Actor,
    *,
    person_id: UUID,
    name: str,
    kind: RelativeKind,
    phone: str = "",
    note: str = "",
    relative_person_id: UUID | None = None,
    first_contact: bool = False,
) -> PersonDetail:
    """Note someone close to the person, as the person wants it."""
    with act(actor, Action.PERSON_EDIT) as this:
        if not name.strip():
            raise Invalid(_("Skriv namnet på den närstående."), where="name")
        row = Relative(
            person_id=person_id,
            name=name.strip(),
            kind=kind,
            phone=phone,
            note=note,
            relative_person_id=relative_person_id,
            first_contact=first_contact,
        )
        this.add(row)
        return done(this, person_id)


def remove_relative(actor: Actor, *, relative_id: UUID) -> PersonDetail:
    """Take a relative off the page; the row stays in the history."""
    with act(actor, Action.PERSON_EDIT) as this:
        row = this.row(Relative.objects, lock=True, id=relative_id)
        row.ended_at = row.ended_at or actor.at
        row.save(update_fields=["ended_at"])
        return done(this, row.person_id)


def assess_capacity(
    actor: Actor, *, person_id: UUID, capacity: Capacity, attitude_known: bool, reason: str
) -> SubjectDetail:
    """Document whether the person can consent, who judged it and why (SVOD 3:1, 3:3–4)."""
    with act(actor, Action.PERSON_EDIT) as this:
        row = this.row(Subject.objects, lock=True, person_id=person_id)
        if capacity is not Capacity.CAPABLE and not reason.strip():
            raise Invalid(_("Skriv vad bedömningen bygger på."), where="reason")
        row.capacity, row.attitude_known = capacity, attitude_known
        row.capacity_assessed_by, row.capacity_reason = actor.name, reason.strip()
        row.save()
        this.note(row, capacity=str(capacity))
        return subject_detail(row)


# ── from other systems ──


def receive_person(
    actor: Actor,
    *,
    numbers: Sequence[IdentityNumber],
    facts: PersonFacts,
    former: PersonFacts | None = None,
    person_id: UUID | None = None,
    relation: RelationKind | None = None,
    reason: str = "",
) -> PersonDetail:
    """Take in a person from another system: known by number, never by name; else a new one.

    What is known here stands: blanks are filled, protection only grows, and a fact that the source
    has changed is changed here if nobody else has changed it.

    Args:
        numbers: the one in use first. A number that belongs to someone else here is not moved.
        former: what the source said the last time.
        person_id: who it was the last time.
        relation: a care relation to begin for the actor's unit.
    """
    with act(actor, Action.PERSON_REGISTER) as this:
        this.require_permission()
        row = Person.objects.filter(id=person_id).first() if person_id else _known_by(numbers)
        if row is None:
            row = _new_person(this, numbers[0] if numbers else None, facts)
            changed = True
        else:
            changed = _merge(row, facts, former or PersonFacts("", ""), actor)
        changed |= _add_numbers(row, numbers, actor)
        if relation is not None:
            access.open_relation(actor, person_id=row.id, kind=relation, reason=reason)
        this.forget_standing(row.id)
        return done(this, row.id) if changed else _seen(this, row.id)


def _known_by(numbers: Sequence[IdentityNumber]) -> Person | None:
    found = (_known_person(number) for number in numbers)
    return next((person for person in found if person is not None), None)


def _merge(row: Person, facts: PersonFacts, former: PersonFacts, actor: Actor) -> bool:
    """Take over what the source has changed; returns whether anything was."""
    blank = PersonFacts("", "")
    changed = False
    for name in _FACTS:
        mine, theirs, before = (getattr(one, name) for one in (row, facts, former))
        if theirs == MASKED_NAME:
            continue  # what the source may not tell takes nothing away
        untouched = mine in (before, getattr(blank, name))
        if untouched and theirs not in (mine, before) and theirs != getattr(blank, name):
            setattr(row, name, theirs)
            changed = True
    if facts.protection is not Protection.NONE and row.protection == Protection.NONE:
        row.protection, changed = facts.protection, True
    if changed:
        _copy_facts(row, PersonFacts(**{name: getattr(row, name) for name in _FACTS}))
        row.version, row.updated_at = row.version + 1, actor.at
        row.save()
        Subject.objects.filter(person_id=row.id).update(
            birth_date=row.birth_date, protection=row.protection
        )
    return changed


def _add_numbers(row: Person, numbers: Sequence[IdentityNumber], actor: Actor) -> bool:
    """Numbers that nobody has here yet: a person can get a new one and keeps the old (PN-6)."""
    known = [number for number in numbers if _known_person(number) is None]
    for number in known:
        Identity(
            person=row,
            kind=number.kind,
            value=number.value,
            domain=number.domain,
            current=number == numbers[0],
            since=actor.at,
        ).save(force_insert=True)
    if known and numbers[0] in known:
        others = Identity.objects.filter(person=row).exclude(value=numbers[0].value)
        others.update(current=False)
    return bool(known)


def _seen(this: Act, person_id: UUID) -> PersonDetail:
    """The end when nothing was new."""
    row = full_persons().get(id=person_id)
    decision = this.require(row)
    this.note(row, change="same")
    return person_detail(row, this.actor, masked=decision.masked)
