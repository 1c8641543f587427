"""Tavlan: the unit's cases, each with one next step, one owner and one clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case
from samverka.discharge.reads.cases import part_of_actor, whole_cases
from samverka.discharge.reads.facts import facts_of, limits_at
from samverka.discharge.rules import clocks
from samverka.discharge.rules.kinds import OPEN, CaseStatus, Part, Track
from samverka.discharge.rules.steps import Step, is_late, list_steps, step_for
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import municipality_name
from samverka.people.reads import PersonLine, person_line

SHOWN = 400
"""A unit with more open cases than this sees those that press most (cases)."""


class Choice(StrEnum):
    """What the board shows; the codes stand in the address."""

    OURS = "vantar"
    ALL = "alla"
    READY = "utskrivningsklara"
    HOME = "hemma"


CHOICE_WORDS: dict[Choice, Text] = {
    Choice.OURS: _("Väntar på oss"),
    Choice.ALL: _("Alla"),
    Choice.READY: _("Utskrivningsklara"),
    Choice.HOME: _("Hemma"),
}


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One case on the board.

    Attributes:
        step: the case's next step, whoever's it is; `own`: the own unit's.
        waits: "Dag 2 av 3" since the notice of readiness; empty before.
        late: the law's deadline of the step that is shown has been passed; `slow`: another one.
        over: more days than the law's have passed since then.
        place: the municipality where the person lives.
    """

    case_id: UUID
    number: str
    person: PersonLine
    ward: str
    place: str
    part: Part | None
    status: CaseStatus
    track: Track | None
    estimated_at: date | None
    ready_sent_at: datetime | None
    discharged_at: datetime | None
    waits: Text | str
    over: bool
    step: Step | None
    own: Step | None
    psychiatric: bool

    late: bool
    slow: bool

    @property
    def shown(self) -> Step | None:
        """The own step if there is one: that is what the unit can do something about."""
        return self.own or self.step


@dataclass(frozen=True, slots=True)
class Board:
    """What the unit's board shows, and how many each choice would."""

    lines: tuple[BoardLine, ...]
    counts: dict[Choice, int]
    digest: str
    wards: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Wards and municipalities among all the unit's cases: what one can choose between."""


def board(actor: Actor, *, choice: Choice = Choice.OURS, ward: str = "", place: str = "") -> Board:
    """The unit's cases, the most pressing first.

    Args:
        ward, place: only those of a ward, or from a municipality, by name; empty: all.
    """
    with act(actor, Action.CASE_LIST) as this:
        this.require_permission()
        rows = this.rows(board_cases(actor.unit_id), order=("admitted_at",), limit=SHOWN)
        every = lines_of(this, rows)
        lines = [one for one in every if ward in ("", one.ward) and place in ("", one.place)]
        shown = [one for one in lines if fits(one, choice)]
        wanted = {one.case_id for one in shown}
        this.note_list([row for row in rows if row.id in wanted])
        counts = {one: sum(fits(line, one) for line in lines) for one in Choice}
        return Board(
            lines=tuple(shown),
            counts=counts,
            digest=digest_of(rows, local_date(actor.at)),
            wards=tuple(sorted({one.ward for one in every})),
            places=tuple(sorted({one.place for one in every if one.place})),
        )


def changes(actor: Actor, *, known: str) -> str:
    """What the board's cases are now, as one digest; nothing is shown, so an equal one leaves no line."""
    with act(actor, Action.CASE_LIST) as this:
        this.require_permission()
        rows = this.visible(taken_part(actor.unit_id, Case.objects)).order_by("admitted_at")[:SHOWN]
        found = digest_of(rows.only("id", "version", "admitted_at"), local_date(actor.at))
        if found == known:
            this.unchanged()
        else:
            this.note_general("Case", board="changed")
        return found


def digest_of(rows: Iterable[Any], today: date) -> str:
    """The same for the same cases in the same versions, on the same day: "Dag 2 av 3" is of a day."""
    said = [today.isoformat(), *sorted(f"{row.id} {row.version}" for row in rows)]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def fits(line: BoardLine, choice: Choice) -> bool:
    """Whether a case belongs to what was chosen."""
    match choice:
        case Choice.OURS:
            return line.own is not None
        case Choice.READY:
            return line.status is CaseStatus.READY
        case Choice.HOME:
            return line.status is CaseStatus.HOME
        case Choice.ALL:
            return True


def board_cases(unit_id: UUID | None) -> Any:
    """Open cases in which the unit takes part, with all that the board shows."""
    placed = whole_cases().annotate(place=municipality_name("municipality_code"))
    return taken_part(unit_id, placed)


def taken_part(unit_id: UUID | None, cases: Any) -> Any:
    """Those of the open cases in which the unit takes part."""
    taking = Q(units__unit_id=unit_id, units__until__isnull=True)
    own = cases.filter(status__in=sorted(OPEN))
    return own.filter(Q(unit_id=unit_id) | taking).distinct()


def lines_of(this: Act, rows: Sequence[Any]) -> list[BoardLine]:
    """Cases of `board_cases` that have passed the gate, each with its next step; the most pressing first."""
    limits = limits_at(this.actor.at)
    made = []
    for row in rows:
        steps = list_steps(facts_of(row), limits)
        made.append(_line(this, row, steps, limits.call_days))
    return sorted(made, key=_pressing)


def _pressing(line: BoardLine) -> tuple[bool, bool, float, str]:
    step = line.shown
    due = step.due_at.timestamp() if step and step.due_at else 0.0
    return (line.own is None, not due, due, line.person.name)


def _line(this: Act, row: Any, steps: Sequence[Step], days: int) -> BoardLine:
    today = local_date(this.actor.at)
    sent = row.ready_sent_at if row.status == CaseStatus.READY else None
    first = next(iter(steps), None)
    own = step_for(steps, this.actor.unit_id) if this.actor.unit_id else None
    return BoardLine(
        case_id=row.id,
        number=row.number,
        person=person_line(row.person, this.actor, this.decide(row)),
        ward=row.unit.name,
        place=row.place or "",
        part=part_of_actor(this.actor, row),
        status=CaseStatus(row.status),
        track=Track(row.track) if row.track else None,
        estimated_at=row.estimated_at,
        ready_sent_at=sent,
        discharged_at=row.discharged_at,
        waits=clocks.waits_in_words(sent, today, days) if sent else "",
        over=sent is not None and clocks.day_number(sent, today) > days,
        step=first,
        own=own,
        psychiatric=row.psychiatric,
        late=is_late(own or first, this.actor.at, by_law=True),
        slow=is_late(own or first, this.actor.at, by_law=False),
    )
