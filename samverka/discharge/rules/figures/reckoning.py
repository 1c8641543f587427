"""The figures themselves, from stays that have been reckoned day by day. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from samverka.discharge.rules.figures import messages
from samverka.discharge.rules.figures.days import Reckoned, persons_of
from samverka.discharge.rules.figures.records import Party, StayRecord
from samverka.discharge.rules.figures.table import Figure, Lacking
from samverka.discharge.rules.figures.values import (
    FigureValue,
    Missing,
    at_most,
    divided,
    median,
)
from samverka.discharge.rules.liability import Period
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

READMISSION_DAYS: Final = 30
"""Days after discharge within which a new stay is a readmission (Kolada U79092: days 1-30)."""

HUNDRED, THOUSAND = 100, 1000
_HOUR = Decimal(3600)

NO_POPULATION = _("Befolkningen är okänd.")
NOT_BY_POPULATION = _("Räknas för län och kommun.")
NO_BEDS = _("Vårdplatser är inte inlagda för alla avdelningar.")
NOT_BY_BEDS = _("Vårdplatser hör till avdelningar. Räknas för län, sjukhus och avdelning.")
BEDS_UNDIVIDED = _("Räknas för all vård.")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the figures are reckoned within.

    Attributes:
        today: days that have not come are not reckoned.
        population: people of 65 or over; bed_days: places x days. Either unknown: why, in words.
    """

    period: Period
    today: date
    population: int | Text = NO_POPULATION
    bed_days: int | Text = NO_BEDS


Stays = Sequence[Reckoned]


def figures_of(stays: Iterable[Reckoned], frame: Frame) -> dict[Figure, FigureValue]:
    """Every figure for these stays, in the order of the table."""
    given = list(stays)
    home = [one for one in given if frame.period.holds(one.home_on)]
    return {figure: RECKONED_BY[figure](figure, given, home, frame) for figure in Figure}


def _missing(what: Lacking, many: int) -> tuple[Missing, ...]:
    return (Missing(what, many),) if many else ()


def _share(
    figure: Figure, part: Stays, whole: Stays, missing: tuple[Missing, ...] = ()
) -> FigureValue:
    return FigureValue(
        figure,
        divided(len(part), len(whole), HUNDRED),
        n=len(whole),
        persons=persons_of(whole),
        within=persons_of(part),
        counted=Decimal(len(part)),
        among=Decimal(len(whole)),
        missing=missing,
    )


# ── how long ──


def _stays(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    unknown = sum(1 for one in home if not one.stay.municipality)
    return FigureValue(
        figure, Decimal(len(home)), n=len(home), persons=persons_of(home), counted=Decimal(len(home)),
        missing=_missing(Lacking.MUNICIPALITY, unknown),
    )  # fmt: skip


def _judged(home: Stays) -> list[Reckoned]:
    """Those whose last judgement stood when they went home."""
    return [one for one in home if one.stay.judged and one.stay.judged[-1].withdrawn_at is None]


def _ready(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    part = _judged(home)
    return _share(figure, part, home, _missing(Lacking.JUDGEMENT, len(home) - len(part)))


def _same_day(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    judged = _judged(home)
    return _share(figure, [one for one in judged if not one.days], judged)


def _mean(figure: Figure, among: Stays, missing: tuple[Missing, ...]) -> FigureValue:
    total = sum(len(one.days) for one in among)
    return FigureValue(
        figure, divided(total, len(among)), n=len(among), persons=persons_of(among),
        counted=Decimal(total), among=Decimal(len(among)), missing=missing,
    )  # fmt: skip


def _unjudged(home: Stays) -> tuple[Missing, ...]:
    return _missing(Lacking.JUDGEMENT, len(home) - len(_judged(home)))


def _mean_days(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    return _mean(figure, _judged(home), _unjudged(home))


def _mean_days_over(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    return _mean(figure, [one for one in _judged(home) if one.days], _unjudged(home))


def _median_days(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    among = _judged(home)
    many = [Decimal(len(one.days)) for one in among]
    return FigureValue(
        figure, median(many), n=len(among), persons=persons_of(among), spread=at_most(many),
        missing=_unjudged(home),
    )  # fmt: skip


def _days_within(stays: Stays, period: Period) -> tuple[int, Stays]:
    """Days that lie in the period, and the stays that have any."""
    having = [one for one in stays if any(period.holds(day) for day in one.days)]
    return sum(1 for one in having for day in one.days if period.holds(day)), having


def _days(figure: Figure, stays: Stays, _home: Stays, frame: Frame) -> FigureValue:
    many, having = _days_within(stays, frame.period)
    return FigureValue(
        figure, Decimal(many), n=len(having), persons=persons_of(having), counted=Decimal(many)
    )


def _divided_days(
    figure: Figure, stays: Stays, frame: Frame, among: Decimal | Text, factor: int
) -> FigureValue:
    many, having = _days_within(stays, frame.period)
    if isinstance(among, Text):
        return FigureValue(figure, None, n=len(having), persons=persons_of(having), refusal=among)
    return FigureValue(
        figure, divided(many, among, factor), n=len(having), persons=persons_of(having),
        counted=Decimal(many), among=among,
    )  # fmt: skip


def _per_1000(figure: Figure, stays: Stays, _home: Stays, frame: Frame) -> FigureValue:
    people = frame.population
    among = people if isinstance(people, Text) else Decimal(people)
    return _divided_days(figure, stays, frame, among, THOUSAND)


def _bed_share(figure: Figure, stays: Stays, _home: Stays, frame: Frame) -> FigureValue:
    beds = frame.bed_days
    among = beds if isinstance(beds, Text) else Decimal(beds)
    return _divided_days(figure, stays, frame, among, HUNDRED)


# ── each step ──

Moment = Callable[[StayRecord], datetime | None]


def _timed(
    figure: Figure, among: Stays, begins: Moment, ends: Moment, what: Lacking
) -> FigureValue:
    """Elapsed hours from one moment to another, of those that have both in that order.

    Reckoned in UTC: over a night when the clocks change, the wall shows an hour more or less.
    """
    hours, having = [], []
    for one in among:
        start, end = begins(one.stay), ends(one.stay)
        if start is not None and end is not None and end.astimezone(UTC) >= start.astimezone(UTC):
            passed = end.astimezone(UTC) - start.astimezone(UTC)
            hours.append(Decimal(passed // timedelta(seconds=1)) / _HOUR)
            having.append(one)
    return FigureValue(
        figure, median(hours), n=len(having), persons=persons_of(having), spread=at_most(hours),
        missing=_missing(what, len(among) - len(having)),
    )  # fmt: skip


def _notice(stay: StayRecord) -> datetime | None:
    return stay.first_said(MessageKind.ADMISSION)


def _call(stay: StayRecord) -> datetime | None:
    return stay.first_said(MessageKind.CALL)


def _last_judgement(stay: StayRecord) -> datetime | None:
    return stay.judged[-1].judged_at if stay.judged else None


def _to_notice(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    among = [one for one in home if one.stay.others]
    return _timed(figure, among, lambda stay: stay.admitted_at, _notice, Lacking.NOTICE)


def _to_planning(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    told = [one for one in home if _notice(one.stay)]
    return _timed(figure, told, _notice, lambda stay: stay.planning_at, Lacking.PLANNING)


def _to_told(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    return _timed(figure, home, _last_judgement, _last_told, Lacking.JUDGEMENT)


def _last_told(stay: StayRecord) -> datetime | None:
    return stay.judged[-1].sent_at if stay.judged else None


def _asked(home: Stays) -> list[Reckoned]:
    return [one for one in home if one.stay.asks_for_sip]


def _to_call(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    return _timed(figure, _asked(home), lambda stay: stay.admitted_at, _call, Lacking.CALL)


def _to_meeting(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    called = [one for one in _asked(home) if _call(one.stay)]
    return _timed(figure, called, _call, lambda stay: stay.met_at, Lacking.MEETING)


def _to_home(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    return _timed(figure, home, _last_judgement, lambda stay: stay.discharged_at, Lacking.JUDGEMENT)


def _to_contact(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    among = [one for one in home if one.stay.others]
    return _timed(
        figure,
        among,
        lambda stay: stay.discharged_at,
        lambda stay: stay.contact_at,
        Lacking.CONTACT,
    )


# ── who waited for whom ──

WAITED: Mapping[Party, Figure] = {
    Party.HOSPITAL: Figure.WAITED_HOSPITAL,
    Party.OPEN_CARE: Figure.WAITED_OPEN_CARE,
    Party.MUNICIPALITY: Figure.WAITED_MUNICIPALITY,
}
"""The figure that is about each party."""


def _waited(figure: Figure, stays: Stays, _home: Stays, frame: Frame) -> FigureValue:
    party = next(one for one, own in WAITED.items() if own is figure)
    all_days, having = _days_within(stays, frame.period)
    waited = [
        (one, sum(1 for day, whom in zip(one.days, one.waited, strict=True)
                  if whom is party and frame.period.holds(day)))
        for one in having
    ]  # fmt: skip
    many = sum(days for _one, days in waited)
    return FigureValue(
        figure, divided(many, all_days, HUNDRED), n=all_days, persons=persons_of(having),
        within=persons_of([one for one, days in waited if days]), counted=Decimal(many),
        among=Decimal(all_days),
    )  # fmt: skip


# ── messages ──


def _late(figure: Figure, stays: Stays, _home: Stays, frame: Frame) -> FigureValue:
    return messages.share(figure, messages.timed(stays, frame.period), lambda said: said.late)


def _returned(figure: Figure, stays: Stays, _home: Stays, frame: Frame) -> FigureValue:
    return messages.share(figure, messages.received(stays, frame.period), messages.went_wrong)


# ── the plan ──


def _unasked(home: Stays) -> tuple[Missing, ...]:
    """Others take part, and nobody has judged whether a SIP is needed."""
    many = sum(
        1 for one in home
        if one.stay.sip_needed is None and one.stay.others and not one.stay.compulsory
    )  # fmt: skip
    return _missing(Lacking.SIP_JUDGED, many)


def _sip_offered(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    among = _asked(home)
    return _share(figure, [one for one in among if _call(one.stay)], among, _unasked(home))


def _sip_made(figure: Figure, _all: Stays, home: Stays, _frame: Frame) -> FigureValue:
    among = _asked(home)
    return _share(figure, [one for one in among if one.stay.planned_at], among, _unasked(home))


# ── readmission ──


def _came_again(one: Reckoned) -> bool:
    if one.home_on is None or one.again_on is None:
        return False
    return 1 <= (one.again_on - one.home_on).days <= READMISSION_DAYS


def _followed(home: Stays, frame: Frame) -> list[Reckoned]:
    """Those whose 30 days have passed: the others can still come back."""
    return [
        one for one in home if one.home_on and (frame.today - one.home_on).days > READMISSION_DAYS
    ]


def _readmitted(
    figure: Figure, home: Stays, frame: Frame, whom: Callable[[StayRecord], bool]
) -> FigureValue:
    whole = _followed(home, frame)
    part = [one for one in whole if _came_again(one) and whom(one.stay)]
    return _share(figure, part, whole, _missing(Lacking.FOLLOWED, len(home) - len(whole)))


def _again(figure: Figure, _all: Stays, home: Stays, frame: Frame) -> FigureValue:
    return _readmitted(figure, home, frame, lambda _stay: True)


def _again_met(figure: Figure, _all: Stays, home: Stays, frame: Frame) -> FigureValue:
    return _readmitted(figure, home, frame, lambda stay: bool(stay.met_between))


def _again_unmet(figure: Figure, _all: Stays, home: Stays, frame: Frame) -> FigureValue:
    return _readmitted(figure, home, frame, lambda stay: not stay.met_between)


RECKONED_BY: Mapping[Figure, Callable[[Figure, Stays, Stays, Frame], FigureValue]] = {
    Figure.STAYS: _stays,
    Figure.READY: _ready,
    Figure.SAME_DAY: _same_day,
    Figure.MEAN_DAYS: _mean_days,
    Figure.MEDIAN_DAYS: _median_days,
    Figure.MEAN_DAYS_OVER: _mean_days_over,
    Figure.DAYS: _days,
    Figure.DAYS_PER_1000: _per_1000,
    Figure.BED_SHARE: _bed_share,
    Figure.TO_NOTICE: _to_notice,
    Figure.TO_PLANNING: _to_planning,
    Figure.TO_CALL: _to_call,
    Figure.TO_MEETING: _to_meeting,
    Figure.TO_TOLD: _to_told,
    Figure.TO_HOME: _to_home,
    Figure.TO_CONTACT: _to_contact,
    Figure.WAITED_HOSPITAL: _waited,
    Figure.WAITED_OPEN_CARE: _waited,
    Figure.WAITED_MUNICIPALITY: _waited,
    Figure.LATE: _late,
    Figure.RETURNED: _returned,
    Figure.SIP_OFFERED: _sip_offered,
    Figure.SIP_MADE: _sip_made,
    Figure.AGAIN: _again,
    Figure.AGAIN_MET: _again_met,
    Figure.AGAIN_UNMET: _again_unmet,
}
"""How each figure is reckoned."""
