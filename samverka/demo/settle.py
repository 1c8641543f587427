"""The synthetic people, registered and given their care by operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from samverka.access import operations as access
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.rules import ProxyKind, RelationKind
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, VisitFacts, Way
from samverka.demo.actors import County, builder
from samverka.demo.both_sides import help_of_both
from samverka.demo.county import MUNICIPALITIES, REGION
from samverka.demo.daily import SOURCE, befall, liven
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.demo.small_plans import unit_that_plans, write_plan, writers
from samverka.kernel.actor import Actor
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.reads import search_persons
from samverka.people.rules import Gender

BATCH = 100
"""People in one transaction; a household is never divided."""

_BOOKED, _SEEN = 0.08, 0.10
"""Share with a time ahead, and with a visit not long ago, at the health centre."""

_ERRANDS = (
    "Blodtryck och provtagning",
    "Årskontroll hos distriktssköterskan",
    "Läkarbesök",
    "Vaccination",
    "Hosta och feber",
    "Ont i knät",
    "Läkemedel, uppföljning",
    "Eksem",
    "Samtal hos kuratorn",
    "Fysioterapi",
)
_OUTCOMES = (
    "Du fortsätter som förut.",
    "Prover är tagna. Svar kommer inom en vecka.",
    "Du får en ny tid om tre månader.",
    "Råd om träning hemma.",
)


def batches(residents: Iterable[Resident]) -> Iterator[list[Resident]]:
    """About a hundred at a time, whole households."""
    batch: list[Resident] = []
    for resident in residents:
        if len(batch) >= BATCH and resident.household != batch[-1].household:
            yield batch
            batch = []
        batch.append(resident)
    if batch:
        yield batch


@dataclass(slots=True)
class Settler:
    """Lets people move in, a batch at a time.

    Attributes:
        suggested: places of those who have help of both sides and no plan.
    """

    county: County
    today: date
    seed: int
    suggested: frozenset[int] = frozenset()
    ids: dict[int, UUID] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def is_settled(self, batch: list[Resident]) -> bool:
        """Whether an earlier run came so far: a batch is in as a whole or not at all."""
        found = search_persons(self._system(0), text="", number=batch[0].number)
        return bool(found)

    def settle(self, batch: list[Resident]) -> None:
        """Register the people of a batch and what they have.

        One act round all of it: the operations inside share its transaction and its actor, so that
        none asks the database again who is asking.
        """
        registered = self._system(900 - batch[0].n % 600)
        with act(registered, Action.PERSON_REGISTER) as this:
            this.unchanged()  # each operation leaves its own lines
            for resident in batch:
                self._register(registered, resident)
        cared_for = self._system(290 - batch[0].n % 250)
        with act(cared_for, Action.RELATION_OPEN) as this:
            this.unchanged()
            for resident in batch:
                self._relate(cared_for, resident)
        told = self._system(1)
        with act(told, Action.CONTACT_RECEIVE) as this:
            this.unchanged()
            for resident in batch:
                self._meet(told, resident)
        for resident in batch:
            self._plan(resident)

    def _system(self, days: int) -> Actor:
        """The builder so many days before the day of building, at night."""
        day = self.today - timedelta(days=days)
        return builder(datetime.combine(day, time(3), STOCKHOLM))

    def _register(self, system: Actor, resident: Resident) -> None:
        unit = self.county.units[resident.listed]
        made = people.register_person(
            system,
            number=resident.number,
            facts=_facts(resident),
            relation=RelationKind.LISTED,
            reason="Listad",
            unit_id=unit.id,
            provider_id=unit.provider_id,
        )
        self.ids[resident.n], self.names[resident.n] = made.id, resident.name

    def _relate(self, system: Actor, resident: Resident) -> None:
        for care in resident.care:
            unit = self.county.units[care.unit]
            access.open_relation(
                system,
                person_id=self.ids[resident.n],
                kind=care.kind,
                reason=care.reason,
                unit_id=unit.id,
                provider_id=unit.provider_id,
            )
        for guardian in resident.guardians:
            access.grant_proxy(
                system,
                person_id=self.ids[resident.n],
                proxy_person_id=self.ids[guardian],
                proxy_name=self.names[guardian],
                kind=ProxyKind.GUARDIAN,
                scopes=frozenset({"read", "write", "guardian"}),
            )

    def _meet(self, system: Actor, resident: Resident) -> None:
        """Drawn for each person by itself, so that it does not depend on where a run began."""
        chance = Random(f"{self.seed}/{resident.n}/meetings")  # noqa: S311
        unit_id = self.county.units[resident.listed].id
        if chance.random() < _SEEN:
            contacts.receive_visit(
                system,
                person_id=self.ids[resident.n],
                facts=_visit(chance, self.today),
                unit_id=unit_id,
                source=SOURCE,
                source_id=f"visit-{resident.n}",
            )
        if chance.random() < _BOOKED:
            contacts.receive_booking(
                system,
                person_id=self.ids[resident.n],
                facts=_booking(chance, self.today),
                unit_id=unit_id,
                source=SOURCE,
                source_id=f"booking-{resident.n}",
            )

    def _plan(self, resident: Resident) -> None:
        chance = Random(f"{self.seed}/{resident.n}/plan")  # noqa: S311
        person = (self.ids[resident.n], resident)
        daily = Random(f"{self.seed}/{resident.n}/daily")  # noqa: S311
        if resident.n in self.suggested:
            help_of_both(daily, self.county, person, self._system(30))
        elif unit := unit_that_plans(chance, resident, self.today):
            plan_id = write_plan(chance, self.county, person[0], unit, self.today)
            liven(daily, self.county, person, plan_id, self.county.staff[writers()[unit]])
        else:
            befall(daily, self.county, person)


_CODES = {one.key: one.code for one in MUNICIPALITIES}


def _facts(resident: Resident) -> PersonFacts:
    """What the register says."""
    return PersonFacts(
        given_name=resident.given,
        family_name=resident.family,
        birth_date=resident.birth_date,
        gender=Gender(resident.sex.value),
        county_code=REGION.code,
        municipality_code=_CODES[resident.address.municipality],
        street=resident.address.street,
        postal_code=resident.address.postcode,
        town=resident.address.town,
        phone=resident.phone,
        language=resident.language,
        interpreter=resident.interpreter,
        care_language=resident.care_language,
    )


def _visit(chance: Random, today: date) -> VisitFacts:
    starts = _slot(chance, today, -chance.randint(3, 90))
    return VisitFacts(
        starts_at=starts,
        ends_at=starts + timedelta(minutes=chance.choice((20, 30, 45))),
        what=chance.choice(_ERRANDS),
        way=chance.choice((Way.CLINIC, Way.CLINIC, Way.CLINIC, Way.PHONE)),
        outcome=chance.choice(_OUTCOMES),
    )


def _booking(chance: Random, today: date) -> BookingFacts:
    starts = _slot(chance, today, chance.randint(1, 60))
    return BookingFacts(
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        what=chance.choice(_ERRANDS),
        way=chance.choice((Way.CLINIC, Way.CLINIC, Way.VIDEO)),
    )


def _slot(chance: Random, today: date, days: int) -> datetime:
    """A weekday about so many days away, and a time in office hours."""
    day = today + timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1 if days > 0 else -1)
    clock = time(chance.randint(8, 15), chance.choice((0, 15, 30, 45)))
    return datetime.combine(day, clock, STOCKHOLM).astimezone(UTC)
