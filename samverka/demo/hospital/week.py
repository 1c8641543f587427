"""The week of a hospital: so many patients come, are planned for and go home, each move by the right one.

Which patient makes which move when is drawn by the seed; who acts, and what happens, is the same as on
the pages. Told in the week's own clock; the time written on a move is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from samverka.demo.actors import builder
from samverka.demo.hospital.cases import CAUSES
from samverka.demo.hospital.parties import WARDS, Parties
from samverka.demo.hospital.way import Move, Patient, Way
from samverka.demo.population import Resident
from samverka.discharge.reads import Choice, board
from samverka.discharge.rules.kinds import Part, Track
from samverka.kernel.identity import age
from samverka.kernel.problems import Problem
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.people.reads import search_persons

PATIENTS = 40
"""So many go home in the week."""

OPENS, HOURS_A_DAY = 7, 12
"""The week is told in the twelve hours of each day when most of this is done: seven to seven."""

_ADMITTED_BY = 44.0
"""The last is admitted so late (hours of the week), so that all are home on the Sunday."""
_WORSE = 0.15
"""Share of those who come early that become worse and are judged ready anew."""

_DAYS = (
    _("måndag"), _("tisdag"), _("onsdag"), _("torsdag"), _("fredag"), _("lördag"), _("söndag"),
)  # fmt: skip

MOVE_WORDS: dict[Move, Text] = {
    Move.ADMIT: _("skriver in"),
    Move.TELL: _("skickar inskrivningsmeddelande"),
    Move.RECEIPT: _("kvitterar"),
    Move.PLAN: _("börjar planera"),
    Move.CONTACT: _("utser fast vårdkontakt"),
    Move.FORM: _("skickar planeringsunderlag"),
    Move.LIST: _("gör listan inför hemgång"),
    Move.ANSWER: _("svarar inför hemgång"),
    Move.READY: _("meddelar att personen är utskrivningsklar"),
    Move.NOT_READY: _("tar tillbaka: personen har blivit sämre"),
    Move.HOME: _("skriver ut"),
    Move.INFORM: _("skickar utskrivningsinformation"),
    Move.FOLLOW: _("hör hur det går hemma"),
    Move.CLOSE: _("avslutar ärendet"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A move that is to come. `hour`: of the week's `HOURS_A_DAY` × 7."""

    hour: float
    patient: int
    move: Move
    part: Part = Part.WARD


@dataclass(frozen=True, slots=True)
class Played:
    """A move that was made. `fault`: why it could not be, for one that someone else was before with."""

    turn: Turn
    unit: str
    number: str
    fault: str = ""

    @property
    def words(self) -> Text:
        """A line: the week's clock, who, what, and the case's number. Never whose it is."""
        return _(
            "%(day)s %(clock)s  %(unit)s %(does)s (%(number)s)",
            day=_DAYS[_day(self.turn.hour)],
            clock=_clock(self.turn.hour),
            unit=self.unit,
            does=MOVE_WORDS[self.turn.move],
            number=self.number,
        )


def _day(hour: float) -> int:
    return min(int(hour // HOURS_A_DAY), len(_DAYS) - 1)


def _clock(hour: float) -> str:
    into = hour - _day(hour) * HOURS_A_DAY
    return f"{OPENS + int(into):02d}.{int(into % 1 * 60):02d}"


# ── the plan of the week ──


def draw_week(
    parties: Parties,
    residents: Iterable[Resident],
    *,
    seed: str,
    now: datetime,
    count: int = PATIENTS,
) -> tuple[list[Patient], list[Turn]]:
    """Who comes and what happens to them, drawn by the seed. `count`: so many of them."""
    chance = Random(seed)  # noqa: S311
    patients = find_patients(parties, residents, chance, now, count)
    return patients, plan_week(chance, patients)


def plan_week(chance: Random, patients: Sequence[Patient]) -> list[Turn]:
    """All turns of the week in order."""
    turns = [turn for n, one in enumerate(patients) for turn in _stay(chance, n, one)]
    return sorted(turns, key=lambda one: (one.hour, one.patient))


def _stay(chance: Random, n: int, patient: Patient) -> Iterator[Turn]:
    come = chance.uniform(0, _ADMITTED_BY)
    told = come + chance.uniform(0.5, 3)
    yield Turn(come, n, Move.ADMIT)
    yield Turn(told, n, Move.TELL)
    yield from _all(chance, n, patient, Move.RECEIPT, told, 3)
    yield from _all(chance, n, patient, Move.PLAN, told + 3, 6)
    if patient.track is not Track.GREEN:
        yield Turn(told + 4, n, Move.FORM)
    yield Turn(told + 6, n, Move.LIST)
    for part in sorted({Part.WARD} | patient.parts - {Part.OPEN_CARE}):
        yield Turn(told + 6 + chance.uniform(0.2, 3), n, Move.ANSWER, part)
    yield Turn(told + 9, n, Move.CONTACT, Part.OPEN_CARE)
    ready = told + chance.uniform(10, 16)
    yield Turn(ready, n, Move.READY)
    if come < _ADMITTED_BY / 2 and chance.random() < _WORSE:
        yield Turn(ready + 2, n, Move.NOT_READY)
        ready += 10
        yield Turn(ready, n, Move.READY)
    yield from _all(chance, n, patient, Move.RECEIPT, ready, 3)
    home = ready + chance.uniform(4, 11)
    yield Turn(home, n, Move.HOME)
    yield Turn(home + 0.4, n, Move.INFORM)
    yield from _all(chance, n, patient, Move.RECEIPT, home + 0.5, 2)
    rings = home + chance.uniform(HOURS_A_DAY, 2 * HOURS_A_DAY)
    if rings < len(_DAYS) * HOURS_A_DAY:
        yield Turn(rings, n, Move.FOLLOW, Part.OPEN_CARE)


def _all(
    chance: Random, n: int, patient: Patient, move: Move, after: float, within: float
) -> Iterator[Turn]:
    """The same move by each of those who may be needed, in their own time."""
    for part in sorted(patient.parts):
        yield Turn(after + chance.uniform(0.1, within), n, move, part)


# ── who comes ──


def find_patients(
    parties: Parties, residents: Iterable[Resident], chance: Random, at: datetime, many: int
) -> list[Patient]:
    """So many who are not in hospital now, the older first."""
    today = at.date()
    lying = _lying(parties, at)
    adults = [one for one in residents if age(one.birth_date, today) >= 18]
    chance.shuffle(adults)
    adults.sort(key=lambda one: -min(age(one.birth_date, today), 75) // 15)
    found: list[Patient] = []
    for one in adults:
        if len(found) == many:
            break
        known = search_persons(builder(at), text="", number=one.number)
        if known and known[0].id not in lying and not known[0].deceased:
            found.append(_patient(chance, known[0].id))
    return found


def _patient(chance: Random, person_id: UUID) -> Patient:
    cause, track = chance.choice(CAUSES), chance.choice(list(Track))
    parts = {Part.OPEN_CARE, Part.SOCIAL}
    if track is not Track.GREEN:
        parts.add(Part.MUNICIPAL_HEALTH)
    return Patient(
        person_id=person_id,
        ward=cause.ward,
        parts=frozenset(parts),
        track=track,
        days=chance.randint(3, 7),
        reason=cause.reason,
        summary=cause.summary,
        medicines=cause.medicines,
    )


def _lying(parties: Parties, at: datetime) -> set[UUID]:
    """Who has an open case at one of the wards."""
    boards = (board(parties.at_ward(ward).actor(at), choice=Choice.ALL) for ward in WARDS)
    return {line.person.id for one in boards for line in one.lines}


# ── the play ──

Clock = Callable[[Turn], datetime]
"""When a move is written as made."""


def play(
    parties: Parties, patients: Sequence[Patient], turns: Iterable[Turn], clock: Clock
) -> Iterator[Played]:
    """Make the turns one by one; whoever asks for the next decides the pace.

    What someone at a page was before with is passed by: the next turn comes all the same.
    """
    ways = [Way(parties, one) for one in patients]
    for turn in turns:
        way = ways[turn.patient]
        if way.case_id is None and turn.move is not Move.ADMIT:
            continue
        try:
            unit = way.go(turn.move, clock(turn), turn.part)
        except Problem as problem:
            yield Played(turn, "", way.number, fault=problem.message)
            continue
        if unit:
            yield Played(turn, unit, way.number)
