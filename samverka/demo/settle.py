"""The synthetic people, registered and given their care by operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from samverka.access import operations as access
from samverka.access.rules import ProxyKind, RelationKind
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, VisitFacts, Way
from samverka.demo.actors import County, builder
from samverka.demo.county import MUNICIPALITIES, REGION
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.kernel.actor import Actor
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.reads import search_persons
from samverka.people.rules import Gender

BATCH = 100
"""People in one transaction; a household is never divided."""

_SOURCE = "demo-journal"
"""The record system that the visits and times of the synthetic people come from."""

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
    """Lets people move in, a batch at a time."""

    county: County
    today: date
    seed: int
    ids: dict[int, UUID] = field(default_factory=dict)

    def is_settled(self, batch: list[Resident]) -> bool:
        """Whether an earlier run came so far: a batch is in as a whole or not at all."""
        found = search_persons(self._system(0), text="", number=batch[0].number)
        return bool(found)

    def settle(self, batch: list[Resident]) -> None:
        """Register the people of a batch and what they have."""
        for resident in batch:
            self._register(resident)
        for resident in batch:
            self._relate(resident)
            self._visits(resident)

    def _system(self, days: int, hour: int = 3) -> Actor:
        """The builder so many days before the day of building."""
        at = datetime.combine(self.today - timedelta(days=days), time(hour), STOCKHOLM)
        return builder(at)

    def _register(self, resident: Resident) -> None:
        unit = self.county.units[resident.listed]
        codes = {one.key: one.code for one in MUNICIPALITIES}
        made = people.register_person(
            self._system(900 - resident.n % 600),
            number=resident.number,
            facts=PersonFacts(
                given_name=resident.given,
                family_name=resident.family,
                birth_date=resident.birth_date,
                gender=Gender(resident.sex.value),
                county_code=REGION.code,
                municipality_code=codes[resident.address.municipality],
                street=resident.address.street,
                postal_code=resident.address.postcode,
                town=resident.address.town,
                phone=resident.phone,
                language=resident.language,
                interpreter=resident.interpreter,
                care_language=resident.care_language,
            ),
            relation=RelationKind.LISTED,
            reason="Listad",
            unit_id=unit.id,
            provider_id=unit.provider_id,
        )
        self.ids[resident.n] = made.id

    def _relate(self, resident: Resident) -> None:
        system = self._system(290 - resident.n % 250)
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
                kind=ProxyKind.GUARDIAN,
                scopes=frozenset({"read", "write", "guardian"}),
            )

    def _visits(self, resident: Resident) -> None:
        """Drawn for each person by itself, so that it does not depend on where a run began."""
        chance = Random(f"{self.seed}/{resident.n}/visits")  # noqa: S311
        if chance.random() < _SEEN:
            self._visit(chance, resident)
        if chance.random() < _BOOKED:
            self._book(chance, resident)

    def _visit(self, chance: Random, resident: Resident) -> None:
        days, starts = self._slot(chance, -chance.randint(3, 90))
        facts = VisitFacts(
            starts_at=starts,
            ends_at=starts + timedelta(minutes=chance.choice((20, 30, 45))),
            what=chance.choice(_ERRANDS),
            way=chance.choice((Way.CLINIC, Way.CLINIC, Way.CLINIC, Way.PHONE)),
            outcome=chance.choice(_OUTCOMES),
        )
        contacts.receive_visit(
            self._system(-days, 18),
            person_id=self.ids[resident.n],
            facts=facts,
            unit_id=self.county.units[resident.listed].id,
            source=_SOURCE,
            source_id=f"visit-{resident.n}",
        )

    def _book(self, chance: Random, resident: Resident) -> None:
        _days, starts = self._slot(chance, chance.randint(1, 60))
        facts = BookingFacts(
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
            what=chance.choice(_ERRANDS),
            way=chance.choice((Way.CLINIC, Way.CLINIC, Way.VIDEO)),
        )
        contacts.receive_booking(
            self._system(chance.randint(1, 20), 4),
            person_id=self.ids[resident.n],
            facts=facts,
            unit_id=self.county.units[resident.listed].id,
            source=_SOURCE,
            source_id=f"booking-{resident.n}",
        )

    def _slot(self, chance: Random, days: int) -> tuple[int, datetime]:
        """A weekday about so many days away, and a time in office hours."""
        day = self.today + timedelta(days=days)
        while day.weekday() >= 5:
            day += timedelta(days=1 if days > 0 else -1)
        clock = time(chance.randint(8, 15), chance.choice((0, 15, 30, 45)))
        return (day - self.today).days, datetime.combine(day, clock, STOCKHOLM).astimezone(UTC)
