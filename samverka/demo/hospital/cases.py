"""The stays that stand on the board when the county is built: each status, for each party something to do.

Drawn by the seed among the older of the synthetic people, first some from Krokom, where most of the
log-ins work; and Ingegerd, whose story ends on the ward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from uuid import UUID

from samverka.contacts import operations as contacts
from samverka.contacts.rules import StayFacts, VisitStatus
from samverka.demo.actors import County, builder
from samverka.demo.hospital.parties import Parties
from samverka.demo.hospital.way import Move, Patient, Way
from samverka.demo.population import Resident
from samverka.demo.script import STOCKHOLM
from samverka.discharge.rules.kinds import Part, Track
from samverka.kernel.identity import IdentityNumber, age
from samverka.people.reads import search_persons

SOURCE = "demo-vardadministration"
"""The hospital's own system, from which the stays come."""

FROM_AGE = 68
ONE_IN, FEWEST, MOST = 105, 4, 40
"""One case for so many people of the county; at least and at most so many."""

KROKOM = 6
"""So many of them live where most of the log-ins work."""

_ALL = frozenset({Part.OPEN_CARE, Part.MUNICIPAL_HEALTH, Part.SOCIAL})
_TWO = (Part.OPEN_CARE, Part.SOCIAL)
_HELP = frozenset(_TWO)


@dataclass(frozen=True, slots=True)
class Told:
    """A move in a stay: so many days before the day of building, at a clock time."""

    days: int
    hour: int
    move: Move
    part: Part = Part.WARD


def _come(days: int) -> list[Told]:
    """Admitted, and all are told the next day."""
    return [Told(days, 14, Move.ADMIT), Told(days - 1, 9, Move.TELL)]


def _read(days: int, hour: int, *parts: Part) -> list[Told]:
    return [Told(days, hour + n, Move.RECEIPT, part) for n, part in enumerate(parts)]


_THREE = (Part.OPEN_CARE, Part.MUNICIPAL_HEALTH, Part.SOCIAL)


def _planned(days: int) -> list[Told]:
    """Admitted so many days ago; the next day all have read, and on the third they plan."""
    later = [Told(days - 2, 9 + n, Move.PLAN, part) for n, part in enumerate(_THREE)]
    contact = Told(days - 2, 13, Move.CONTACT, Part.OPEN_CARE)
    return [*_come(days), *_read(days - 1, 10, *_THREE), *later, contact]


def _ready(days: int) -> list[Told]:
    """Ready since so many days, with the list of what must be in place."""
    told = [Told(days + 2, 15, Move.FORM), Told(days + 1, 14, Move.LIST)]
    return [*_planned(days + 4), *told, Told(days, 10, Move.READY)]


_IN_PLACE = (Part.WARD, Part.MUNICIPAL_HEALTH, Part.SOCIAL)


def _answered(days: int, *parts: Part) -> list[Told]:
    return [Told(days, 15, Move.ANSWER, part) for part in parts]


def _home(days: int) -> list[Told]:
    ready = [*_ready(days + 1), *_read(days + 1, 12, *_THREE), *_answered(days + 1, *_IN_PLACE)]
    return [*ready, Told(days, 11, Move.HOME), Told(days, 13, Move.INFORM)]


STAGES: tuple[tuple[Told, ...], ...] = (
    (*_come(2), *_read(1, 13, Part.OPEN_CARE)),  # told; the municipality has not read it
    (*_come(4), *_read(3, 10, *_THREE), Told(2, 9, Move.PLAN, Part.MUNICIPAL_HEALTH)),
    (*_ready(1), *_read(1, 12, Part.OPEN_CARE)),
    (*_ready(2), *_read(2, 12, *_THREE), *_answered(1, *_IN_PLACE)),
    (Told(1, 15, Move.ADMIT),),
    (*_home(2), *_read(2, 14, Part.MUNICIPAL_HEALTH)),
    tuple(_planned(6)),
    (*_home(1), *_read(1, 14, *_THREE)),
    (*_ready(3), *_read(3, 12, *_THREE), *_answered(2, Part.WARD, Part.SOCIAL)),
    tuple(_come(3)),
    (*_home(3), *_read(3, 14, *_THREE), Told(1, 10, Move.FOLLOW, Part.OPEN_CARE)),
)
"""How far the stays have come. Those of Krokom come first in the list, so they have the first six."""


def _past(days: int, waited: int) -> list[Told]:
    """Gone home so many days ago, having waited; rung, and ended."""
    ready = days + waited
    return [
        *_come(ready + 5),
        Told(ready, 10, Move.READY),
        Told(days, 11, Move.HOME),
        Told(days, 13, Move.INFORM),
        *_read(days, 15, *_TWO),
        Told(days - 2, 10, Move.FOLLOW, Part.OPEN_CARE),
        Told(days - 3, 10, Move.CLOSE),
    ]


LONG_WAIT = (*_ready(5), *_read(5, 12, *_THREE))
"""Ready since five days: one, where there are at least nineteen others."""
_ENOUGH = 20

PAST_ONE_IN, PAST_FEWEST, PAST_MOST = 165, 2, 60
"""One stay that is over for so many people; so that the figures have something to tell of."""
PSYCHIATRIC_ONE_IN = 2
"""One of so many of them in psychiatric care."""
FIRST_PAST, APART = 6, 8
"""So many days ago the last of them went home, and so many lie between two."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why someone is in hospital, and what the ward writes when the person goes home."""

    ward: str
    reason: str
    summary: str
    medicines: str = ""


LOW = Cause(
    "psykiatri-avd",
    "Djup nedstämdhet",
    "Sover igen och äter. Vill hem. Kontakten på öppenvården fortsätter varje vecka.",
    "Medicinen mot nedstämdhet är höjd. Effekten kommer inom några veckor.",
)
"""Those in psychiatric care."""

CAUSES = (
    Cause(
        "ortopedi",
        "Fall hemma och bruten höft",
        "Höften är opererad. Går med rollator inomhus och behöver hjälp i trappan. "
        "Stygnen tas om två veckor.",
        "Tabletter mot smärta i två veckor. Sprutor mot blodpropp till och med dag 28.",
    ),
    Cause(
        "medicin",
        "Lunginflammation",
        "Behandlad för lunginflammation. Feberfri och orkar gå i korridoren. "
        "Trött: behöver hjälp med maten den första veckan.",
        "Antibiotika i fyra dagar till. Resten som förut.",
    ),
    Cause(
        "medicin",
        "Hjärtsvikt med vätska i benen",
        "Gått ned fyra kilo i vätska. Ska väga sig varje morgon och ringa vid två kilo upp.",
        "Vätskedrivande är höjt. Blodprov om en vecka på hälsocentralen.",
    ),
    Cause(
        "stroke",
        "Liten stroke",
        "Kraften i höger hand är nästan tillbaka. Talet är klart. Får inte köra bil på tre månader.",
        "Blodförtunnande varje dag.",
    ),
    Cause(
        "geriatrik",
        "Yrsel och upprepade fall",
        "Blodtrycket föll när personen reste sig. Läkemedlen är genomgångna. Reser sig långsamt.",
        "En blodtryckstablett är borttagen.",
    ),
    Cause(
        "geriatrik",
        "Nedsatt ork efter infektion",
        "Har tränat varje dag och klarar sig själv på rummet. Behöver hjälp med dusch och inköp.",
    ),
)


def fill_wards(county: County, residents: Sequence[Resident], seed: int, people: int) -> None:
    """Let some of the county's older people lie in hospital, and Ingegerd's stay have its case."""
    parties = Parties(county)
    chance = Random(f"{seed}/{people}/hospital")  # noqa: S311
    lie = max(FEWEST, min(MOST, people // ONE_IN))
    been = max(PAST_FEWEST, min(PAST_MOST, people // PAST_ONE_IN))
    chosen = choose(chance, residents, county.today, lie + been)
    stages = cycle(STAGES)
    for n, resident in enumerate(chosen[:lie]):
        stage = LONG_WAIT if n == _ENOUGH - 2 else next(stages)
        person_id = _person(resident.number, county.today)
        if person_id is not None:
            _lay(parties, chance, resident, person_id, stage)
    for n, resident in enumerate(chosen[lie:]):
        person_id = _person(resident.number, county.today)
        if person_id is not None:
            _bring_home(parties, chance, n, person_id)


def _bring_home(parties: Parties, chance: Random, n: int, person_id: UUID) -> None:
    """A stay that is over: most waited a day or two, some went home the same day, a few waited long."""
    psychiatric = n % PSYCHIATRIC_ONE_IN == 0
    cause = LOW if psychiatric else chance.choice(CAUSES)
    patient = Patient(
        person_id=person_id,
        ward=cause.ward,
        parts=_HELP,
        track=Track.GREEN,
        summary=cause.summary,
        medicines=cause.medicines,
        psychiatric=psychiatric,
    )
    waited = chance.choice((0, 0, 1, 1, 2, 2, 3, 6))
    walk(parties, patient, _past(FIRST_PAST + n * APART, waited), chance)


def choose(chance: Random, residents: Sequence[Resident], today: date, many: int) -> list[Resident]:
    """So many of the older, one of a household, those of Krokom first."""
    old = [one for one in residents if age(one.birth_date, today) >= FROM_AGE]
    chance.shuffle(old)
    alone = list({one.household: one for one in old}.values())
    near = [one for one in alone if one.address.municipality == "krokom"][:KROKOM]
    taken = {one.n for one in near}
    return [*near, *(one for one in alone if one.n not in taken)][:many]


def _person(number: IdentityNumber, today: date) -> UUID | None:
    found = search_persons(builder(_at(today, 0, 4)), text="", number=number)
    return found[0].id if found else None


def _at(today: date, days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(hour, minute), STOCKHOLM)


def _lay(
    parties: Parties, chance: Random, resident: Resident, person_id: UUID, stage: Iterable[Told]
) -> None:
    cause = chance.choice(CAUSES)
    track = chance.choice(list(Track))
    patient = Patient(
        person_id=person_id,
        ward=cause.ward,
        parts=_HELP if track is Track.GREEN else _ALL,
        track=track,
        days=chance.randint(6, 9),
        summary=cause.summary,
        medicines=cause.medicines,
        sip=track is Track.RED,
        worry=chance.choice(("", "", "Vet inte vilka tabletter som är nya.")),
    )
    moves = list(stage)
    walk(parties, patient, moves, chance)
    _record(parties, patient, cause, moves, f"case-{resident.n}")


def walk(parties: Parties, patient: Patient, moves: Iterable[Told], chance: Random) -> Way:
    """Make the moves, one after the other."""
    way, today = Way(parties, patient), parties.county.today
    minutes: Mapping[Move, int] = {move: chance.randint(0, 59) for move in Move}
    for one in moves:
        way.go(one.move, _at(today, one.days, one.hour, minutes[one.move]), one.part)
    return way


def _record(
    parties: Parties, patient: Patient, cause: Cause, moves: Sequence[Told], name: str
) -> None:
    """The stay as the hospital's own system has it, so that the person's page shows it too."""
    county = parties.county
    ward, left = county.units[patient.ward], [one for one in moves if one.move is Move.HOME]
    contacts.receive_stay(
        builder(_at(county.today, 0, 3)),
        person_id=patient.person_id,
        facts=StayFacts(
            admitted_at=_at(county.today, moves[0].days, moves[0].hour),
            expected_end_at=None if left else _at(county.today, -3, 11),
            discharged_at=_at(county.today, left[0].days, 11) if left else None,
            ward=ward.name,
            reason=cause.reason,
            status=VisitStatus.FINISHED if left else VisitStatus.IN_PROGRESS,
        ),
        unit_id=ward.id,
        source=SOURCE,
        source_id=name,
    )


def open_ingegerd(county: County, number: IdentityNumber) -> None:
    """Ingegerd's case: told, read, and the ward and the others have begun to plan."""
    person_id = _person(number, county.today)
    if person_id is None:
        return
    patient = Patient(person_id, "ortopedi", _ALL, Track.RED, days=10, sip=True)
    moves = [
        Told(6, 18, Move.ADMIT),
        Told(5, 9, Move.TELL),
        *_read(5, 10, *_THREE),
        Told(4, 9, Move.PLAN, Part.SOCIAL),
        Told(4, 13, Move.PLAN, Part.OPEN_CARE),
    ]
    walk(Parties(county), patient, moves, Random("ingegerd"))  # noqa: S311


def bring_karin_home(county: County, number: IdentityNumber) -> None:
    """Karin's weeks on the second ward, as her story tells them, and what was decided before she went home."""
    person_id = _person(number, county.today)
    if person_id is None:
        return
    patient = Patient(
        person_id,
        "geriatrik",
        _ALL,
        Track.YELLOW,
        days=12,
        summary="Du har opererat höften och tränat varje dag. Du går med rollator. "
        "Du klarar trappan om någon är med.",
        medicines="Alvedon när det gör ont. En spruta om dagen i två veckor till.",
    )
    moves = [
        Told(29, 14, Move.ADMIT),
        Told(28, 9, Move.TELL),
        *_read(28, 10, *_THREE),
        *(Told(27, 9 + n, Move.PLAN, part) for n, part in enumerate(_THREE)),
        Told(26, 15, Move.FORM),
        Told(21, 14, Move.LIST),
        *_answered(20, *_IN_PLACE),
        Told(19, 10, Move.READY),
        *_read(19, 12, *_THREE),
        Told(17, 11, Move.HOME),
        Told(17, 13, Move.INFORM),
        *_read(17, 14, *_THREE),
        Told(15, 10, Move.FOLLOW, Part.OPEN_CARE),
        Told(10, 9, Move.CLOSE),
    ]
    walk(Parties(county), patient, moves, Random("karin"))  # noqa: S311
