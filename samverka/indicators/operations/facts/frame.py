"""What every row of an export needs: keys, units, persons, and where faults are counted."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Final, Protocol, TypeVar
from uuid import UUID

from samverka.access.act import Act
from samverka.contacts.rules import OWN_SOURCE
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.persons import Who, known_municipality
from samverka.indicators.warehouse.quality import FaultKind, Faults
from samverka.kernel.calendar import local, local_date
from samverka.organisations.reads import ExportedUnit
from samverka.people.reads import ExportedPerson, exported_persons
from samverka.people.rules import Gender

SOURCE: Final = "samverka"
"""The source of what this house knows itself; what came through it from others is "samverka:<system>"."""

CHUNK: Final = 2_000
"""Persons asked for at a time."""

_SEXES: Final = frozenset({Gender.FEMALE, Gender.MALE})

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of another fact than the one that is being read, made of the same thing."""

    fact: str
    row: Row


class OfPerson(Protocol):
    """Something about one person."""

    @property
    def id(self) -> UUID:
        """What it is called here."""
        ...

    @property
    def person_id(self) -> UUID:
        """Whom it is about."""
        ...


T = TypeVar("T", bound=OfPerson)


@dataclass
class Frame:
    """What the rows of one fact are made with, inside the export's act.

    Attributes:
        told: fact → things that all has been said of: what they said before and do not say now goes.
        standing: things that are there, of the one fact that reads them all each time.
    """

    keys: Keys
    units: dict[UUID, ExportedUnit]
    faults: Faults
    since: datetime | None
    fact: str
    told: defaultdict[str, array[int]] = field(
        default_factory=lambda: defaultdict(lambda: array("q"))
    )
    standing: array[int] = field(default_factory=lambda: array("q"))
    this: Act = field(init=False)

    @property
    def today(self) -> date:
        """The day of the export."""
        return local_date(self.this.actor.at)

    def with_persons(self, items: Iterable[T]) -> Iterator[tuple[T, ExportedPerson]]:
        """Each with its person; persons are asked for a chunk at a time."""
        waiting = iter(items)
        while part := list(islice(waiting, CHUNK)):
            persons = exported_persons(self.this, ids={one.person_id for one in part})
            for one in part:
                self.tell(one.id)
                if one.person_id in persons:
                    yield one, persons[one.person_id]

    def beside(self, fact: str) -> Frame:
        """What the rows of another fact are made with, out of the same reading."""
        made = Frame(self.keys, self.units, self.faults, self.since, fact, self.told)
        made.this = self.this
        return made

    def stand(self, name: object) -> None:
        """A thing is there, whether or not anything is said of it now."""
        self.standing.append(self.keys.row(self.fact, name))

    def tell(self, name: object) -> None:
        """All is said now of a thing."""
        self.told[self.fact].append(self.keys.row(self.fact, name))

    def row(
        self,
        person: ExportedPerson,
        day: date,
        unit_id: UUID | None,
        name: object,
        number: int = 0,
        source: str = "",
        **own: object,
    ) -> Row | None:
        """One row, or None where it cannot be a fact: then it is counted why.

        Args:
            name: what the thing is called in its source; made a key of.
            number: which row of the thing, where it gives several.
            source: the system it came from; empty for what this house knows itself.
            own: the fact's own columns.
        """
        unit = self.units.get(unit_id) if unit_id else None
        county = (unit.county if unit else "") or person.county
        if not county:
            self.faults.add(self.fact, FaultKind.NO_COUNTY)
            return None
        if day > self.today:
            self.faults.add(self.fact, FaultKind.FUTURE, day.isoformat())
            return None
        who = self.who(person)
        return {
            **who.on(day),
            "county": county,
            **self._unit(unit, who),
            "source": f"{SOURCE}:{source}" if source else SOURCE,
            "source_key": self.keys.row(self.fact, name, part=number),
            **own,
        }

    def key(self, kind: str, name: object) -> int:
        """The key of something that rows of several facts are about: a plan, a case."""
        return self.keys.of(kind, name)

    def who(self, person: ExportedPerson) -> Who:
        """The person as the facts know it; what is not known of it is counted."""
        protected = FaultKind.PROTECTED if person.protected else None
        self._count_person(person, protected)
        return Who(
            key=self.keys.person(person.number, person.id),
            sex=person.sex.value if person.sex in _SEXES else None,
            born=person.birth_date,
            municipality=known_municipality(person.municipality),
            hidden=person.protected,
        )

    def _count_person(self, person: ExportedPerson, protected: FaultKind | None) -> None:
        code = person.municipality
        known = known_municipality(code)
        for kind, example in (
            (protected, ""),
            (FaultKind.UNKNOWN_SEX if person.sex not in _SEXES else None, ""),
            (FaultKind.UNKNOWN_AGE if person.birth_date is None else None, ""),
            (FaultKind.UNKNOWN_MUNICIPALITY if known is None else None, code),
            (FaultKind.CEASED_MUNICIPALITY if known and known != code else None, code),
        ):
            if kind is not None:
                self.faults.add(self.fact, kind, example)

    def _unit(self, unit: ExportedUnit | None, who: Who) -> Row:
        if unit is None:
            return {"unit": None, "side": None}
        if not unit.hsa_id:
            self.faults.add(self.fact, FaultKind.NO_UNIT)
        return {"unit": None if who.hidden else unit.hsa_id or None, "side": unit.side.value}


def day(moment: datetime | None) -> date | None:
    """The Swedish day of a moment."""
    return local_date(moment) if moment else None


def clock(moment: datetime | None) -> datetime | None:
    """The Swedish clock at a moment, to the second, without a zone."""
    return local(moment).replace(tzinfo=None, microsecond=0) if moment else None


def system(source: str) -> str:
    """The system that something came from; empty for what has been written here."""
    return "" if source == OWN_SOURCE else source
