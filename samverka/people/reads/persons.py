"""Gated fetches of persons: find, show, list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf

from samverka.access import reads as access
from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.models import Proxy, Relation
from samverka.access.rules import Decision, Protection, ProxyKind
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local
from samverka.kernel.identity import IdentityKind, IdentityNumber, age
from samverka.organisations.reads import UnitDetail, unit_detail
from samverka.people.models import Identity, Listing, Person, Relative
from samverka.people.rules import Gender, RelativeKind, search_form

SEARCH_LIMIT = 30
"""Persons shown for one search; more asks for a longer name."""


@dataclass(frozen=True, slots=True)
class IdentityDetail:
    """An identity number; shown in full only on the person's own header."""

    number: IdentityNumber
    current: bool


@dataclass(frozen=True, slots=True)
class RelativeDetail:
    """Someone close to the person."""

    id: UUID
    name: str
    kind: RelativeKind
    phone: str
    note: str
    person_id: UUID | None
    first_contact: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a list: enough to tell people apart, no more."""

    id: UUID
    name: str
    birth_date: date | None
    birth_year: int | None
    age: int | None
    protected: bool
    town: str
    deceased: bool


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """A person as the actor may see it. `masked`: address and places are left out."""

    id: UUID
    name: str
    given_name: str
    family_name: str
    called_name: str
    birth_date: date | None
    birth_year: int | None
    age: int | None
    gender: Gender
    deceased_on: date | None
    protection: Protection
    protected: bool
    masked: bool
    county_code: str
    municipality_code: str
    street: str
    postal_code: str
    town: str
    phone: str
    email: str
    language: str
    interpreter: bool
    care_language: str
    middle_name: str
    country: str
    address_kind: str
    listed_unit: UnitDetail | None
    identities: tuple[IdentityDetail, ...]
    relatives: tuple[RelativeDetail, ...]
    version: int
    updated_at: datetime

    @property
    def identity(self) -> IdentityNumber | None:
        """The number in use now."""
        return next((one.number for one in self.identities if one.current), None)


def person_line(row: Person, actor: Actor, decision: Decision) -> PersonLine:
    """Row → plain value."""
    today = local(actor.at).date()
    return PersonLine(
        id=row.id,
        name=f"{row.called_name or row.given_name} {row.family_name}",
        birth_date=row.birth_date,
        birth_year=row.birth_date.year if row.birth_date else None,
        age=_age(row, today),
        protected=row.protection != Protection.NONE,
        town="" if decision.masked else row.town,
        deceased=row.deceased_on is not None,
    )


def person_detail(row: Any, actor: Actor, *, masked: bool) -> PersonDetail:
    """Row → plain value; the row must come from `full_persons`."""
    today = local(actor.at).date()
    return PersonDetail(
        id=row.id,
        name=f"{row.called_name or row.given_name} {row.family_name}",
        given_name=row.given_name,
        family_name=row.family_name,
        called_name=row.called_name,
        birth_date=row.birth_date,
        birth_year=row.birth_date.year if row.birth_date else None,
        age=_age(row, today),
        gender=Gender(row.gender),
        deceased_on=row.deceased_on,
        protection=Protection(row.protection),
        protected=row.protection != Protection.NONE,
        masked=masked,
        county_code=row.county_code,
        municipality_code="" if masked else row.municipality_code,
        street="" if masked else row.street,
        postal_code="" if masked else row.postal_code,
        town="" if masked else row.town,
        phone="" if masked else row.phone,
        email="" if masked else row.email,
        language=row.language,
        interpreter=row.interpreter,
        care_language=row.care_language,
        middle_name=row.middle_name,
        country="" if masked else row.country,
        address_kind="" if masked else row.address_kind,
        listed_unit=_listed_unit(row, masked),
        identities=tuple(_identity(one) for one in row.identity_parts),
        relatives=() if masked else tuple(_relative(one) for one in row.relative_parts),
        version=row.version,
        updated_at=row.updated_at,
    )


def _age(row: Person, today: date) -> int | None:
    until = row.deceased_on or today
    return age(row.birth_date, until) if row.birth_date and row.birth_date <= until else None


def _listed_unit(row: Person, masked: bool) -> UnitDetail | None:
    return None if masked or row.listed_unit is None else unit_detail(row.listed_unit)


def _identity(part: Mapping[str, Any]) -> IdentityDetail:
    number = IdentityNumber(IdentityKind(part["kind"]), part["value"], part["domain"])
    return IdentityDetail(number=number, current=part["current"])


def _relative(part: Mapping[str, Any]) -> RelativeDetail:
    known = part["relative_person_id"]
    return RelativeDetail(
        id=UUID(part["id"]),
        name=part["name"],
        kind=RelativeKind(part["kind"]),
        phone=part["phone"],
        note=part["note"],
        person_id=UUID(known) if known else None,
        first_contact=part["first_contact"],
    )


_IDENTITY = ("kind", "value", "domain", "current")
_RELATIVE = ("id", "name", "kind", "phone", "note", "relative_person_id", "first_contact")


def _parts(found: QuerySet[Any], *names: str, **others: Any) -> ArraySubquery:
    fields = {name: name for name in names} | others
    return ArraySubquery(found.values(made=JSONObject(**fields)))


def full_persons() -> QuerySet[Any]:
    """Persons with all that a `PersonDetail` shows: one query for any number of them."""
    identities = Identity.objects.filter(person_id=OuterRef("pk")).order_by("-current", "-since")
    relatives = Relative.objects.filter(person_id=OuterRef("pk"), ended_at__isnull=True)
    found: QuerySet[Any] = Person.objects.select_related("listed_unit__provider__organisation")
    whole: QuerySet[Any] = found.annotate(
        identity_parts=_parts(identities, *_IDENTITY),
        relative_parts=_parts(relatives.order_by("-first_contact", "name"), *_RELATIVE),
    )
    return whole


def person(actor: Actor, *, person_id: UUID) -> PersonDetail:
    """One person, as far as the actor may see."""
    with act(actor, Action.PERSON_READ) as this:
        row = this.row(full_persons(), id=person_id)
        this.note(row)
        return person_detail(row, actor, masked=this.decide(row).masked)


@dataclass(frozen=True, slots=True)
class ListingLine:
    """Where the person is or was listed, from when and until when."""

    unit_name: str
    since: datetime
    until: datetime | None
    special_reason: str


@dataclass(frozen=True, slots=True)
class PersonListings:
    """A person, and where the person is and was listed, the newest first."""

    person: PersonDetail
    listings: tuple[ListingLine, ...]


def person_listings(actor: Actor, *, person_id: UUID) -> PersonListings:
    """Where the person is and was listed. A protected person's places are not told."""
    with act(actor, Action.PERSON_READ) as this:
        row = this.row(full_persons(), id=person_id)
        this.note(row, part="listing")
        masked = this.decide(row).masked
        found = Listing.objects.filter(person_id=row.id).select_related("unit").order_by("-since")
        lines = [
            ListingLine(one.unit.name, one.since, one.until, one.special_reason)
            for one in ([] if masked else found)
        ]
        return PersonListings(person_detail(row, actor, masked=masked), tuple(lines))


def search_persons(actor: Actor, *, text: str, number: IdentityNumber | None) -> list[PersonLine]:
    """Find a person by name, birth date or identity number; only those the actor may know.

    `text`: parts of the name, or a birth date as YYYYMMDD or YYYY-MM-DD. `number`: already parsed.
    """
    with act(actor, Action.PERSON_SEARCH) as this:
        this.require_permission()
        rows = this.rows(_search(text, number), order=("sort_name", "id"), limit=SEARCH_LIMIT)
        this.note_list(rows)
        return [person_line(row, actor, this.decide(row)) for row in rows]


def _search(text: str, number: IdentityNumber | None) -> QuerySet[Any]:
    if number is not None:
        same = Identity.objects.filter(
            person_id=OuterRef("id"),
            kind=number.kind,
            value=number.value,
            domain=number.domain,
        )
        return Person.objects.filter(Exists(same))
    words = search_form(text).split()
    born = _birth_date(words)
    if born:
        return Person.objects.filter(birth_date=born)
    wanted = Q()
    for word in words:
        wanted &= Q(search_name__contains=word)
    return Person.objects.filter(wanted) if words else Person.objects.none()


def _birth_date(words: list[str]) -> date | None:
    digits = "".join(words).replace("-", "")
    if len(digits) != len("YYYYMMDD") or not digits.isdigit():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def list_unit_persons(actor: Actor, *, limit: int = 200) -> list[PersonLine]:
    """The persons whom the own unit has to do with now."""
    with act(actor, Action.PERSON_SEARCH) as this:
        this.require_permission()
        own = Relation.objects.current(actor.at).filter(
            unit_id=actor.unit_id, person_id=OuterRef("id")
        )
        rows = this.rows(Person.objects.filter(Exists(own)), order=("sort_name", "id"), limit=limit)
        this.note_list(rows)
        return [person_line(row, actor, this.decide(row)) for row in rows]


def person_lines(this: Act, ids: set[UUID]) -> dict[UUID, PersonLine]:
    """The persons of an overview's rows, inside the overview's own act, which notes them."""
    rows = this.rows(Person.objects.filter(id__in=ids))
    return {row.id: person_line(row, this.actor, this.decide(row)) for row in rows}


def persons_in_log(actor: Actor, *, ids: set[UUID]) -> dict[UUID, PersonLine]:
    """Whose data some lines of the log are about, for one who checks the log (PDL 4:3).

    Just those without a relation must be seen here, so the gate is asked only for the permission;
    where a person lives is never told.
    """
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        this.unchanged()  # the lines about the check are written with the lines of the log
        unsaid = Decision(allowed=True, masked=True)
        rows = Person.objects.filter(id__in=ids)
        return {row.id: person_line(row, actor, unsaid) for row in rows}


def find_for_review(actor: Actor, *, number: IdentityNumber) -> UUID | None:
    """Whose number it is, for one who checks the log: only to look for lines about that person."""
    with act(actor, Action.LOG_REVIEW) as this:
        this.require_permission()
        same = Identity.objects.filter(
            kind=number.kind, value=number.value, domain=number.domain
        ).first()
        found: UUID | None = same.person_id if same else None
        if found:
            this.note_person(found, "Identity")
        else:
            this.note_general("Identity", found=False)
        return found


@dataclass(frozen=True, slots=True)
class RepresentativeLine:
    """One who acts for the person, by name."""

    id: UUID
    name: str
    kind: ProxyKind
    scopes: tuple[str, ...]
    since: datetime
    until: datetime | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person with those who act for the person: the head of an overview."""

    person: PersonDetail
    representatives: tuple[RepresentativeLine, ...]


_PROXY = ("id", "kind", "scopes", "since", "until", "withheld_reason", "proxy_name")


def _cards(at: datetime) -> QuerySet[Any]:
    called = Coalesce(NullIf("called_name", Value("")), "given_name")
    name = Person.objects.filter(id=OuterRef("proxy_person_id")).values(
        made=Concat(called, Value(" "), "family_name")
    )
    proxies = Proxy.objects.current(at).filter(person_id=OuterRef("pk")).order_by("since")
    parts = _parts(proxies.annotate(name=name), *_PROXY, name="name")
    cards: QuerySet[Any] = full_persons().annotate(proxy_parts=parts)
    return cards


def person_cards(this: Act, ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Persons with those who act for them, inside an overview's act, which notes them. One query."""
    found = _cards(this.actor.at).filter(id__in=list(ids))
    rows = [(row, this.decide(row)) for row in found]
    return {row.id: _card(row, this.actor, given) for row, given in rows if given.allowed}


def person_card(this: Act, person_id: UUID) -> PersonCard:
    """One person's card inside an overview's act, which notes the person.

    Raises:
        NotFound, NotAllowed: as the gate says.
    """
    row = this.row(_cards(this.actor.at), id=person_id)
    return _card(row, this.actor, this.decide(row))


def _card(row: Any, actor: Actor, decision: Decision) -> PersonCard:
    """Those near a protected person stay unsaid where the person's places do (OSL 21:3)."""
    parts = () if decision.masked else row.proxy_parts
    return PersonCard(
        person=person_detail(row, actor, masked=decision.masked),
        representatives=tuple(_representative(one) for one in parts),
    )


def _representative(part: Mapping[str, Any]) -> RepresentativeLine:
    until = part["until"]
    return RepresentativeLine(
        id=UUID(part["id"]),
        name=part["name"] or part["proxy_name"],
        kind=ProxyKind(part["kind"]),
        scopes=tuple(part["scopes"]),
        since=datetime.fromisoformat(part["since"]),
        until=datetime.fromisoformat(until) if until else None,
        withheld=bool(part["withheld_reason"]),
    )


def list_representatives(actor: Actor, *, person_id: UUID) -> list[RepresentativeLine]:
    """Those who act for the person now, by name. The person has let them in, so the names are known."""
    found = access.list_proxies(actor, person_id=person_id)
    names = _names({one.proxy_person_id for one in found}, actor)
    return [
        RepresentativeLine(
            id=one.id,
            name=names.get(one.proxy_person_id, one.proxy_name),
            kind=one.kind,
            scopes=one.scopes,
            since=one.since,
            until=one.until,
            withheld=one.withheld,
        )
        for one in found
    ]


def _names(ids: set[UUID], actor: Actor) -> dict[UUID, str]:
    """Names only, of persons whom the actor need not otherwise know."""
    with act(actor, Action.PROXY_READ) as this:
        this.unchanged()  # the line about whom they act for has been written
        rows = Person.objects.filter(id__in=ids)
        return {row.id: f"{row.called_name or row.given_name} {row.family_name}" for row in rows}


def known_persons(actor: Actor, *, numbers: Sequence[IdentityNumber]) -> dict[IdentityNumber, UUID]:
    """Which of the numbers somebody here has. For what is sent alone: the answer never reaches a screen."""
    sent = Action.SHELF_RECEIVE if permits(actor, Action.SHELF_RECEIVE) else Action.SHELF_KEEP
    with act(actor, sent) as this:
        this.require_permission()
        values = {number.value for number in numbers}
        rows = Identity.objects.filter(value__in=values)
        found = {(row.kind, row.domain, row.value): row.person_id for row in rows}
        this.note_general("Identity", asked=len(numbers))
        keys = {number: (number.kind.value, number.domain, number.value) for number in numbers}
        return {number: found[key] for number, key in keys.items() if key in found}
