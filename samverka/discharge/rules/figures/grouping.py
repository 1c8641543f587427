"""Figures side by side: by county, municipality, hospital, ward or month; small groups hidden. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from samverka.discharge.rules.figures.beds import Beds, bed_days
from samverka.discharge.rules.figures.days import Reckoned
from samverka.discharge.rules.figures.hiding import SMALLEST, conceal
from samverka.discharge.rules.figures.messages import KindLine, kind_lines
from samverka.discharge.rules.figures.population import COUNTY_DIGITS, aged_65
from samverka.discharge.rules.figures.reckoning import (
    BEDS_UNDIVIDED,
    NO_BEDS,
    NO_POPULATION,
    NOT_BY_BEDS,
    NOT_BY_POPULATION,
    Frame,
    figures_of,
)
from samverka.discharge.rules.figures.records import Care, Place, StayRecord
from samverka.discharge.rules.figures.table import Figure
from samverka.discharge.rules.figures.values import FigureValue
from samverka.discharge.rules.liability import Period
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class By(StrEnum):
    """What the comparison divides by."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"
    HOSPITAL = "hospital"
    WARD = "ward"
    MONTH = "month"


BY_WORDS: dict[By, Text] = {
    By.COUNTY: _("Länet"),
    By.MUNICIPALITY: _("Kommun"),
    By.HOSPITAL: _("Sjukhus"),
    By.WARD: _("Avdelning"),
    By.MONTH: _("Månad"),
}

WHOLE_COUNTY = _("Hela länet")
ELSEWHERE = Place("-", _("Andra län"))
UNKNOWN = Place("", _("Okänd kommun"))

LONGEST = 36
"""Months that can be asked for at once; keeps the page swift."""

Values = Mapping[Figure, FigureValue]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the figures need beside the stays.

    Attributes:
        municipalities: code → name, of those that have units here.
        wards: every ward of the county, with the key of its hospital; names: what they are called.
        beds: their places.
        whole: the reader is of the county's own follow-up and sees small numbers too.
    """

    county: str
    today: date
    municipalities: Mapping[str, str]
    wards: Mapping[str, str]
    beds: Beds
    whole: bool
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One line of the comparison: what it is about, and its figures by kind of care."""

    place: Place
    values: Mapping[Care, Values]
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page shows.

    Attributes:
        total: the whole county over the whole period; lines: the same, divided.
        kinds: how it went with each kind of message.
        unfinished: the period has days that have not come.
        silent: wards without a stay in the period; empty: months of it without any: nothing has been
            told there, and that is not the same as 0.
    """

    period: Period
    by: By
    total: GroupLine
    lines: tuple[GroupLine, ...]
    kinds: tuple[KindLine, ...]
    unfinished: bool
    silent: tuple[str, ...] = ()
    empty: tuple[date, ...] = ()


def months_of(period: Period) -> tuple[Period, ...]:
    """The months of a period, whole, the oldest first."""
    number = period.first.year * 12 + period.first.month - 1
    last = period.last.year * 12 + period.last.month - 1
    return tuple(month_of(date(one // 12, one % 12 + 1, 1)) for one in range(number, last + 1))


def month_of(day: date) -> Period:
    """The month of a day."""
    end = monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=end))


def check_period(first: date, last: date) -> Period:
    """From the first day of one month to the last day of another.

    Raises:
        Invalid: the second month is before the first, or they are too far apart.
    """
    found = Period(month_of(first).first, month_of(last).last)
    if found.last < found.first:
        raise Invalid(
            _("Den sista månaden ligger före den första."),
            where="last",
            mend=_("Välj en månad som är samma eller senare."),
        )
    if len(months_of(found)) > LONGEST:
        raise Invalid(
            _("Perioden är längre än %(months)d månader.", months=LONGEST),
            where="first",
            mend=_("Välj en kortare tid, eller hämta den i delar."),
        )
    return found


def compare(stays: Sequence[Reckoned], period: Period, by: By, around: Surroundings) -> Comparison:
    """The county's figures, the same divided, and each kind of message."""
    frame = _frame(period, around, around.county, tuple(around.wards))
    total = _line(Place(around.county, WHOLE_COUNTY), stays, frame)
    lines = list(_lines(stays, period, by, around))
    kinds = kind_lines(stays, period)
    if not around.whole:
        total, lines = _concealed(total, lines)
        kinds = tuple(_concealed_kind(one) for one in kinds)
    return Comparison(
        period,
        by,
        total,
        tuple(lines),
        kinds,
        unfinished=period.last >= around.today,
        silent=_silent(stays, period, around),
        empty=_empty(stays, period, around.today),
    )


def _silent(stays: Sequence[Reckoned], period: Period, around: Surroundings) -> tuple[str, ...]:
    heard = {one.stay.ward.key for one in stays if _lay_there(one, period)}
    return tuple(sorted(name for key, name in around.names.items() if key not in heard))


def _empty(stays: Sequence[Reckoned], period: Period, today: date) -> tuple[date, ...]:
    return tuple(
        month.first
        for month in months_of(period)
        if month.first <= today and not any(_lay_there(one, month) for one in stays)
    )


def _lay_there(one: Reckoned, period: Period) -> bool:
    """Someone was on the ward, whether ready or not."""
    stay = one.stay
    came = local_date(stay.admitted_at) <= period.last
    return came and (stay.ended_at is None or local_date(stay.ended_at) >= period.first)


def _frame(
    period: Period, around: Surroundings, population: str | Text, wards: Sequence[str] | Text
) -> Frame:
    people: int | Text | None = population if isinstance(population, Text) else aged_65(population)
    return Frame(
        period,
        around.today,
        NO_POPULATION if people is None else people,
        _bed_days(around, wards, period),
    )


def _bed_days(around: Surroundings, wards: Sequence[str] | Text, period: Period) -> int | Text:
    if isinstance(wards, Text):
        return wards
    found = bed_days(wards, around.beds, period, around.today)
    return NO_BEDS if found is None else found


def _line(
    place: Place, stays: Sequence[Reckoned], frame: Frame, month: date | None = None
) -> GroupLine:
    apart = replace(frame, bed_days=BEDS_UNDIVIDED)
    values = {
        Care.ALL: figures_of(stays, frame),
        Care.SOMATIC: figures_of([one for one in stays if not one.stay.psychiatric], apart),
        Care.PSYCHIATRIC: figures_of([one for one in stays if one.stay.psychiatric], apart),
    }
    return GroupLine(place, values, month)


def _lines(
    stays: Sequence[Reckoned], period: Period, by: By, around: Surroundings
) -> Iterator[GroupLine]:
    if by is By.MONTH:
        for month in months_of(period):
            frame = _frame(month, around, around.county, tuple(around.wards))
            own = [one for one in stays if one.touches(month.first, month.last)]
            yield _line(Place(month.first.isoformat(), ""), own, frame, month.first)
    elif by is not By.COUNTY:
        for place in _places(stays, by, around):
            own = [one for one in stays if place_of(one.stay, by, around) == place]
            yield _line(place, own, _own_frame(place, period, by, around))


def _own_frame(place: Place, period: Period, by: By, around: Surroundings) -> Frame:
    if by is By.MUNICIPALITY:
        return _frame(period, around, place.key, NOT_BY_BEDS)
    if by is By.WARD:
        return _frame(period, around, NOT_BY_POPULATION, (place.key,))
    own = tuple(ward for ward, hospital in around.wards.items() if hospital == place.key)
    return _frame(period, around, NOT_BY_POPULATION, own)


def _places(stays: Iterable[Reckoned], by: By, around: Surroundings) -> list[Place]:
    """Every place that has a stay; every municipality of the county, also one without."""
    found = {place_of(one.stay, by, around) for one in stays}
    if by is By.MUNICIPALITY:
        own = {Place(code, name) for code, name in around.municipalities.items()}
        found |= {one for one in own if one.key[:COUNTY_DIGITS] == around.county}
    return sorted(found, key=lambda one: (one in (ELSEWHERE, UNKNOWN), one.name, one.key))


def place_of(stay: StayRecord, by: By, around: Surroundings) -> Place:
    """Where a stay belongs; those from other counties are one group."""
    if by is By.HOSPITAL:
        return stay.hospital
    if by is By.WARD:
        return stay.ward
    code = stay.municipality
    if not code:
        return UNKNOWN
    if code[:COUNTY_DIGITS] != around.county:
        return ELSEWHERE
    return Place(code, around.municipalities.get(code, code))


# ── small numbers ──


def _concealed(total: GroupLine, lines: Sequence[GroupLine]) -> tuple[GroupLine, list[GroupLine]]:
    whole = replace(total, values=conceal([total.values])[0])
    kept = conceal([one.values for one in lines])
    return whole, [replace(one, values=own) for one, own in zip(lines, kept, strict=True)]


def _concealed_kind(one: KindLine) -> KindLine:
    if 0 < one.persons < SMALLEST:
        return KindLine(one.kind, 0, None, 0, 0, 0, hidden=True)
    return one
