"""Figures on waiting times, month by month: numbers of the county, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.guarantee.reads.rows import full_waits, rule_of
from samverka.guarantee.rules import Counted, Wait, count_cells, judge_clock, receiver_at
from samverka.guarantee.rules.showing import Shown, as_of, shown_cells
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import end_of_day, local_date
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_place, units_of_county

ONE_DAY = timedelta(days=1)
NOT_ENDED = _("Månaden är inte slut, så den har inga siffror än.")
EARLIER = _("Välj en tidigare månad.")


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """A month's figures.

    Attributes:
        month: its first day; it has ended.
        receiver: who keeps the national database that month.
    """

    month: date
    rows: tuple[Shown, ...]
    receiver: Text


def wait_figures(actor: Actor, *, month: date) -> WaitFigures:
    """How many wait and how many got care in time, by unit and part of the guarantee, small numbers hidden.

    Raises:
        Invalid: the month has not ended. Seen day by day, what is added would tell of a single person.
    """
    with act(actor, Action.GUARANTEE_FIGURES) as this:
        this.require_permission()
        first = month.replace(day=1)
        last = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
        if last >= local_date(actor.at):
            raise Invalid(NOT_ENDED, where="month", mend=EARLIER)
        units = {one.id for one in units_of_county(_county(actor))}
        rows = full_waits().filter(unit_id__in=units)
        at = end_of_day(last) - timedelta(seconds=1)
        found = rows.iterator(chunk_size=500)
        counted = [_counted(row.unit.name, as_of(rule_of(row), last), at) for row in found]
        cells = count_cells([one for one in counted if one is not None], first)
        this.note_general("Wait", month=str(first))
        return WaitFigures(first, shown_cells(cells), receiver_at(first).name)


def _counted(unit: str, wait: Wait | None, at: datetime) -> Counted | None:
    return Counted(unit=unit, clock=judge_clock(wait, at)) if wait else None


def _county(actor: Actor) -> str:
    code = unit_place(actor.unit_id).county_code if actor.unit_id else ""
    if not code:
        raise NotAllowed(
            _("Din enhet hör inte till något län, så det finns inga siffror att visa.")
        )
    return code
