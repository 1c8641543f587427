"""Persons as the warehouse must know them: for export only, the answer never reaches a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from samverka.access.act import Act
from samverka.access.models import Relation
from samverka.access.rules import Protection
from samverka.kernel.identity import IdentityKind
from samverka.people.models import Identity, Listing, Person
from samverka.people.rules import Gender

CHUNK: Final = 2_000
"""Rows fetched at a time, from a cursor of the server's."""

_NATIONAL: Final = (IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNINGSNUMMER)


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """Who a fact is about, before the pseudonym.

    Attributes:
        number: the first national number that the person was known by; empty if none, or if whom it
            leads to is to stay unknown.
        protected: where the person lives must not be told, however roughly.
    """

    id: UUID
    number: str
    sex: Gender
    birth_date: date | None
    died_on: date | None
    county: str
    municipality: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Spell:
    """From when to when something held; `until` None: still."""

    unit_id: UUID
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Resident:
    """A person with the time that we know of.

    Attributes:
        known_since: since when the person has been known here.
        listed: where the person was listed; `served`: units that had to do with the person.
    """

    person: ExportedPerson
    known_since: datetime | None
    changed_at: datetime
    listed: tuple[Spell, ...]
    served: tuple[Spell, ...]


def exported_persons(this: Act, *, ids: Iterable[UUID]) -> dict[UUID, ExportedPerson]:
    """The persons of some facts, inside the export's act, which notes them. One query."""
    this.require_system()
    rows = _persons().filter(id__in=set(ids))
    return {row["id"]: _person(row) for row in rows}


def residents(this: Act) -> Iterator[Resident]:
    """Every person here with the time that we know of, inside the export's act, a chunk at a time."""
    this.require_system()
    person = {"person_id": OuterRef("pk")}
    rows = _persons().annotate(
        known_since=Min("identities__since"),
        its_listings=_spells(Listing.objects.filter(**person)),
        its_relations=_spells(Relation.objects.filter(**person)),
    )
    for row in rows.order_by("id").iterator(chunk_size=CHUNK):
        yield Resident(
            person=_person(row),
            known_since=row["known_since"],
            changed_at=row["updated_at"],
            listed=tuple(_spell(one) for one in row["its_listings"]),
            served=tuple(_spell(one) for one in row["its_relations"]),
        )


def persons_by_number(this: Act, *, numbers: Iterable[str]) -> dict[str, ExportedPerson]:
    """Those of the numbers that somebody here has or had, and who. Two queries."""
    this.require_system()
    national = Identity.objects.filter(kind__in=_NATIONAL, value__in=set(numbers))
    found = dict(national.values_list("value", "person_id"))
    persons = exported_persons(this, ids=found.values())
    return {number: persons[one] for number, one in found.items()}


def numbers_of_unit(this: Act) -> dict[UUID, str]:
    """Person → the number that the pseudonym is made of, for those whom the own unit has to do with.

    Inside the act that finds who is behind a figure: the gate has been asked of each. Never shown.
    """
    own = Relation.objects.current(this.actor.at).filter(
        unit_id=this.actor.unit_id, person_id=OuterRef("id")
    )
    seen = {row.id for row in this.rows(Person.objects.filter(Exists(own)))}
    return {row["id"]: _person(row).number for row in _persons().filter(id__in=seen)}


_COLUMNS: Final = (
    "id",
    "gender",
    "birth_date",
    "deceased_on",
    "county_code",
    "municipality_code",
    "protection",
    "updated_at",
)


def _persons() -> QuerySet[Any, dict[str, Any]]:
    numbers = Identity.objects.filter(person_id=OuterRef("pk"), kind__in=_NATIONAL)
    first = ArraySubquery(numbers.order_by("since", "value").values_list("value")[:1])
    found: QuerySet[Any, dict[str, Any]] = Person.objects.values(*_COLUMNS, first=first)
    return found


def _person(row: Mapping[str, Any]) -> ExportedPerson:
    """Of one with protected registration the number is not used: a new identity must not lead to the old."""
    protection = Protection(row["protection"])
    hidden = protection is Protection.PROTECTED
    return ExportedPerson(
        id=row["id"],
        number=row["first"][0] if row["first"] and not hidden else "",
        sex=_sex(Gender(row["gender"]), row["first"]),
        birth_date=row["birth_date"],
        died_on=row["deceased_on"],
        county=row["county_code"] or row["municipality_code"][:2],
        municipality=row["municipality_code"],
        protected=protection is not Protection.NONE,
    )


def _sex(known: Gender, numbers: list[str]) -> Gender:
    """What the person is noted as; else what the number says: odd is man, even is woman (FOL 18 §)."""
    if known is not Gender.UNKNOWN or not numbers:
        return known
    return Gender.MALE if int(numbers[0][-2]) % 2 else Gender.FEMALE


def _spells(rows: QuerySet[Any]) -> ArraySubquery:
    made = JSONObject(unit="unit_id", since="since", until="until")
    return ArraySubquery(rows.order_by("since").values(made=made))


def _spell(part: Mapping[str, Any]) -> Spell:
    until = part["until"]
    return Spell(
        unit_id=UUID(part["unit"]),
        since=datetime.fromisoformat(part["since"]),
        until=datetime.fromisoformat(until) if until else None,
    )
