"""Counts for the national waiting-time database and our own figures: whole numbers, no identities.

HSL 9:3 and HSF 6:3–3 c: the region reports waiting times to the national database. What was read of the
content are its headings; the form of a report was not. So the cells here are counts by month, unit, part
and kind, and how many had waited how many days. A cell is not yet fit to be shown: small numbers are
hidden by the one who shows it.

How it is measured nationally (medium certainty): primary care by what is done, specialised care by those
who wait as well; contact the same day as calls answered that day; those who were offered a time within
the guarantee and chose to wait stand apart; the three days count from the judgement that an assessment is
needed, in calendar days. The law's own clock counts from the day the person sought contact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from samverka.guarantee.rules.clock import STILL_WAITING, Clock
from samverka.guarantee.rules.facts import Reason
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE, Part
from samverka.kernel.calendar import days_between, working_days_between
from samverka.kernel.identity import PERSON_KINDS, parse_identity
from samverka.kernel.parameters import Certainty
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

YEAR_NEEDS_MONTHS = 10
"""A year's share is the mean of its months and needs so many of them (Kolada N79179)."""


class Kind(StrEnum):
    """Who is counted: those who wait at the end of the month, or those who got care in it."""

    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who keeps the national database during one time."""

    name: Text
    section: Text
    valid_from: date
    certainty: Certainty
    valid_to: date | None = None


RECEIVERS: tuple[Receiver, ...] = (
    Receiver(
        name=_("Sveriges Kommuner och Regioner"),
        section=_("hälso- och sjukvårdsförordningen 6 kap. 3 § i äldre lydelse"),
        valid_from=date(2017, 4, 1),
        valid_to=date(2025, 6, 30),
        certainty=Certainty.HIGH,
    ),
    Receiver(
        name=_("Socialstyrelsen"),
        section=_("hälso- och sjukvårdsförordningen 6 kap. 3–3 c §§"),
        valid_from=date(2025, 7, 1),
        certainty=Certainty.HIGH,
    ),
)


def receiver_at(on: date) -> Receiver:
    """Who gets the report on a day.

    Raises:
        NotNow: nobody is known for that day.
    """
    for row in RECEIVERS:
        if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row
    raise NotNow(_("Vi vet inte vem som tog emot väntetider den dagen."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A clock to be counted and the unit it is counted at; never who it belongs to."""

    unit: str
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell.

    Attributes:
        month: its first day.
        within: within the limit; `over`: past it.
        chosen: chose to wait longer though a time within the guarantee was offered; in neither of them.
        subtracted: of `within` and `over`, those with days not counted for other reasons.
        days: (days waited, how many), of `within` and `over`.
    """

    month: date
    unit: str
    part: Part
    kind: Kind
    within: int
    over: int
    chosen: int
    subtracted: int
    days: tuple[tuple[int, int], ...]


def count_cells(
    counted: Iterable[Counted], month: date, *, working_days: bool = False
) -> tuple[Cell, ...]:
    """Count a month. The clocks are those judged at its end.

    Args:
        month: any day of it.
        working_days: measure the three days in working days; that calendar days are meant rests on
            one region's account (low certainty), so the one who reports may choose.

    Raises:
        Invalid: a unit is named by somebody's identity number.
    """
    first, groups = month.replace(day=1), dict[tuple[str, Part, Kind], list[Clock]]()
    for one in counted:
        kind = _kind(one.clock, first)
        if kind is not None:
            _check_unit(one.unit, first)
            groups.setdefault((one.unit, one.clock.part, kind), []).append(one.clock)
    return tuple(_cell(first, key, clocks, working_days) for key, clocks in sorted(groups.items()))


def _kind(clock: Clock, first: date) -> Kind | None:
    done = clock.stopped_on
    if done is not None:
        return Kind.DONE if (done.year, done.month) == (first.year, first.month) else None
    waits = clock.status in STILL_WAITING and clock.part not in IN_PRIMARY_CARE
    return Kind.WAITING if waits else None


def _cell(
    month: date, key: tuple[str, Part, Kind], clocks: Sequence[Clock], working_days: bool
) -> Cell:
    unit, part, kind = key
    own = [one for one in clocks if not _paused(one, Reason.ABSTAINS)]
    waited = [days_measured(one, working_days=working_days) for one in own]
    within = sum(
        one.limit is not None and days <= one.limit.days
        for one, days in zip(own, waited, strict=True)
    )
    return Cell(
        month=month,
        unit=unit,
        part=part,
        kind=kind,
        within=within,
        over=len(own) - within,
        chosen=len(clocks) - len(own),
        subtracted=sum(_paused(one, Reason.MEDICAL, Reason.OTHER_REGION) for one in own),
        days=tuple(sorted(Counter(waited).items())),
    )


def _paused(clock: Clock, *reasons: Reason) -> bool:
    return any(one.holds and one.pause.reason in reasons for one in clock.pauses)


def days_measured(clock: Clock, *, working_days: bool = False) -> int:
    """How many days one wait counts in the statistics."""
    if clock.part is not Part.ASSESSMENT or clock.start is None:
        return clock.used
    start = max(clock.start.on, clock.judged_on or clock.start.on)
    until = clock.stopped_on or clock.today
    between = working_days_between if working_days else days_between
    return max(0, between(start, until))


def _check_unit(unit: str, on: date) -> None:
    """The database may hold no personnummer, samordningsnummer or the like (HSF 6:3 c)."""
    try:
        parse_identity(unit, today=on, allowed=PERSON_KINDS)
    except Invalid:
        return
    raise Invalid(
        _("En enhet har ett personnummer som namn. Statistiken får inte innehålla sådana."),
        where="unit",
        mend=_("Rätta enhetens namn eller id."),
    )


# ── shares and medians of what has been counted ──


def share_within(cells: Iterable[Cell]) -> Decimal | None:
    """The share within the limit, 0 to 1; None when nobody is counted."""
    found = list(cells)
    within = sum(one.within for one in found)
    everyone = within + sum(one.over for one in found)
    return Decimal(within) / everyone if everyone else None


def year_share(cells: Iterable[Cell]) -> Decimal | None:
    """The mean of the months' shares; None for a year with too few months."""
    months = _by_month(cells)
    shares = [one for one in map(share_within, months) if one is not None]
    if len(shares) < YEAR_NEEDS_MONTHS:
        return None
    return sum(shares, Decimal(0)) / len(shares)


def median_days(cells: Iterable[Cell]) -> Decimal | None:
    """The median wait in days; None when nobody is counted."""
    waited = Counter[int]()
    for cell in cells:
        waited.update(dict(cell.days))
    return _median([Decimal(days) for days in sorted(waited.elements())])


def median_of_medians(cells: Iterable[Cell]) -> Decimal | None:
    """One median a month, then the median of those (Kolada N79240–N79243)."""
    medians = [one for one in map(median_days, _by_month(cells)) if one is not None]
    return _median(sorted(medians))


def _median(ordered: Sequence[Decimal]) -> Decimal | None:
    if not ordered:
        return None
    middle = len(ordered) // 2
    odd = len(ordered) % 2
    return ordered[middle] if odd else (ordered[middle - 1] + ordered[middle]) / 2


def _by_month(cells: Iterable[Cell]) -> list[list[Cell]]:
    found: dict[date, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.month, []).append(cell)
    return [found[month] for month in sorted(found)]
