"""The demo county, built from nothing by calling operations only: every line of its log is real.

Each story and each batch of people is one transaction: a build that was stopped, however hard, goes
on where it was, and one that is finished is not begun again.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from samverka.access.operations import open_account
from samverka.careplans import operations as careplans
from samverka.demo import decided, furnish, grants, nationwide, reported, routes, settle
from samverka.demo.actors import County, builder
from samverka.demo.both_sides import chosen
from samverka.demo.cast import roles
from samverka.demo.hospital.cases import bring_karin_home, fill_wards, open_ingegerd
from samverka.demo.measures import observations
from samverka.demo.medicines import statements
from samverka.demo.population import Resident, population
from samverka.demo.scene import Scene
from samverka.demo.script import STOCKHOLM, Medicines, Person, Series, Story
from samverka.demo.stories import STORIES
from samverka.demo.waits import fill_waits
from samverka.demo.walk import perform
from samverka.demo.walk.persons import introduce
from samverka.guarantee.operations import watch_waits
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityNumber, Sex, age
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.testseries import NumberSupply, test_number
from samverka.kernel.text import text as _
from samverka.people.reads import search_persons
from samverka.resources.operations import run_import
from samverka.resources.rules.receiving import Number, Registry

Progress = Callable[[int, int], None]
"""(done, of so many)."""

FOUNDED = timedelta(days=1000)
"""So long before the day of building the units began: before the first event of any story, and
after the law on shared documentation came into force (2023-01-01)."""

_BEGUN, _WARDS, _FINISHED = "demo-begun", "demo-wards", "demo-finished"
_GRANTED, _REPORTED = "demo-granted", "demo-reported"
"""Log-ins that nobody can open: they only say how far the build has come."""

_EVENING = timedelta(hours=12)
"""What is laid down as of the day before the day of building: its own morning has no history."""


def build(
    *, people: int = 2000, seed: int = 1, progress: Progress | None = None, today: date
) -> bool:
    """Build the county, or the rest of it; a finished one is left as it is.

    Args:
        people: how many synthetic people beside those in the stories.
        today: the day the stories are told from.

    Returns:
        whether anything was built.

    Raises:
        NotNow: another number of people, or another seed, was begun with and is not finished.
    """
    site = _Site(today, progress)
    if site.has(_FINISHED):
        return False
    site.begin(f"{_BEGUN}-{people}-{seed}")
    supply = NumberSupply()
    numbers = story_numbers(supply, today)
    residents = population(people, seed=seed, today=date(today.year, 1, 1), supply=supply)
    site.length = furnish.pieces() + sum(len(one.events) for one in STORIES) + len(residents)
    with site.one_piece():
        county = furnish.furnish(site.at(-FOUNDED), site.step, today=today)
        decided.decide(county)
        routes.keep_routes(county)
        if not site.has(_GRANTED):
            grants.lay(county, site.at(-_EVENING))
            site.mark(_GRANTED)
    for story in STORIES:
        site.tell(story, county, numbers)
    _measure(site, county, numbers)
    site.settle(residents, county, seed)
    if not site.has(_WARDS):
        with site.one_piece():
            if "ingegerd" in numbers:
                open_ingegerd(county, numbers["ingegerd"])
            if "karin" in numbers:
                bring_karin_home(county, numbers["karin"])
            fill_wards(county, residents, seed, people)
            fill_waits(county, residents, numbers.get("karin"), seed=seed, people=people)
            site.mark(_WARDS)
    if not site.has(_REPORTED):
        with site.one_piece():
            reported.report(county, site.at(-_EVENING))
            nationwide.report(county, site.at(-_EVENING))
            site.mark(_REPORTED)
    with site.one_piece():
        _dawn(builder(site.at()))
    site.mark(_FINISHED)
    return True


def the_county(*, people: int, seed: int, today: date) -> tuple[County, list[Resident]]:
    """The county that was built with these, and its synthetic people. Changes nothing."""
    site, supply = _Site(today, None), NumberSupply()
    story_numbers(supply, today)
    residents = population(people, seed=seed, today=date(today.year, 1, 1), supply=supply)
    return furnish.furnish(site.at(-FOUNDED), site.step, today=today), residents


def _dawn(actor: Actor) -> None:
    """What the clock does in the night before the first day: days in plans have come near."""
    for watch in (
        careplans.watch_hand_overs,
        careplans.watch_contacts,
        careplans.watch_plans,
        careplans.remind_calls,
        watch_waits,
    ):
        while watch(actor):
            pass


def story_numbers(supply: NumberSupply, today: date) -> dict[str, IdentityNumber]:
    """A test number for everyone in the stories, with a birth date that gives the told age."""
    found: dict[str, IdentityNumber] = {}
    for story in STORIES:
        for person in story.people:
            number = _of_age(person, today, set(found.values()))
            found[person.key] = number
            _reserve(supply, number, person.sex)
    return found


_NEAR = 200
"""How many listed numbers round the wanted day are looked at."""


def _of_age(person: Person, today: date, taken: set[IdentityNumber]) -> IdentityNumber:
    """The nearest free number of the right age; where the list has none of that year, the nearest."""
    born = person.birth_date(today)
    free = [test_number(born, person.sex, n) for n in range(_NEAR)]
    free = [number for number in free if number not in taken]
    fitting = (one for one in free if one.birth_date and age(one.birth_date, today) == person.age)
    return next(fitting, free[0])


def _reserve(supply: NumberSupply, number: IdentityNumber, sex: Sex) -> None:
    """Take it out of the supply, so that nobody else gets it."""
    if number.birth_date is None:
        raise ValueError("a listed number has a birth date")
    while supply.take(number.birth_date, sex) != number:
        continue


@dataclass(slots=True)
class _Site:
    """The building site: what is marked, how far it has come."""

    today: date
    progress: Progress | None
    length: int = 1
    done: int = 0

    def at(self, shift: timedelta = timedelta()) -> datetime:
        """The morning of the day of building, or another day's."""
        return datetime.combine(self.today, time(4), STOCKHOLM).astimezone(UTC) + shift

    def step(self, pieces: int = 1) -> None:
        """So much more is done."""
        self.done += pieces
        if self.progress:
            self.progress(self.done, self.length)

    # ── marks ──

    def has(self, mark: str) -> bool:
        """Whether a mark is set."""
        try:
            with transaction.atomic():
                self.mark(mark)
                transaction.set_rollback(True)
        except Invalid:
            return True
        return False

    def mark(self, mark: str) -> None:
        """Set a mark.

        Raises:
            Invalid: it is set already.
        """
        open_account(builder(self.at()), username=mark, name="Demolänet", only_new=True)

    def begin(self, order: str) -> None:
        """Note what is being built; the same order goes on."""
        if self.has(order):
            return
        if self.has(_BEGUN):
            raise NotNow(
                _("Demolänet började byggas med ett annat antal personer eller ett annat frö."),
                mend=_("Ange samma som förra gången, eller börja om: samverka reset."),
            )
        with self.one_piece():
            self.mark(_BEGUN)
            self.mark(order)

    @contextmanager
    def one_piece(self) -> Iterator[None]:
        """All of it or nothing, also when the plug is pulled."""
        with transaction.atomic():
            yield

    # ── chapters ──

    def tell(self, story: Story, county: County, numbers: dict[str, IdentityNumber]) -> None:
        """One story, unless it has been told."""
        scene = Scene(
            county=county,
            story=story,
            today=self.today,
            numbers=numbers,
            visitors=frozenset(roles()),
            at=self.at(),
        )
        if not _is_known(self, numbers[story.main.key]):
            with self.one_piece():
                introduce(scene)
                for at, event in story.timed(self.today):
                    scene.at = at
                    perform(event, scene)
        self.step(len(story.events))

    def settle(self, residents: Sequence[Resident], county: County, seed: int) -> None:
        """The synthetic people, batch by batch."""
        suggested = chosen(residents, self.today)
        settler = settle.Settler(county, self.today, seed, suggested)
        for batch in settle.batches(residents):
            if not settler.is_settled(batch):
                with self.one_piece():
                    settler.settle(batch)
            self.step(len(batch))


def _is_known(site: _Site, number: IdentityNumber) -> bool:
    return bool(search_persons(builder(site.at()), text="", number=number))


# ── measurements and medicines ──


def _measure(site: _Site, county: County, numbers: dict[str, IdentityNumber]) -> None:
    """Measurements and medicines come in files, one for each unit that keeps them. Again changes nothing."""
    files: dict[tuple[str, str], list[str]] = defaultdict(list)
    for story in STORIES:
        for event in story.events:
            key = event.of or story.main.key
            if isinstance(event, Series):
                files[event.by, event.keeper] += observations(event, numbers[key], key, site.today)
            elif isinstance(event, Medicines):
                files[event.by, event.keeper] += statements(event, numbers[key], key, site.today)
    registry = Registry(persons=lambda actor, wanted: _persons(actor, wanted, numbers))
    with tempfile.TemporaryDirectory() as folder:
        for (who, unit), lines in files.items():
            path = Path(folder) / f"{unit}.ndjson"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            actor = county.elsewhere[who, unit].actor(site.at(-timedelta(hours=16)))
            # The person reads the source: a name says more than a system's.
            source = county.units[unit].name
            run_import(actor, paths=[path], source=source, registry=registry)


def _persons(
    actor: Actor, wanted: Sequence[Number], numbers: dict[str, IdentityNumber]
) -> dict[Number, UUID]:
    """Who has these numbers."""
    known = {(one.system, one.value): one for one in numbers.values()}
    found = {}
    for number in wanted:
        if number in known:
            for line in search_persons(actor, text="", number=known[number]):
                found[number] = line.id
    return found
