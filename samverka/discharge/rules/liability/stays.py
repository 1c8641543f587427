"""One stay judged: its days, its debtor, the terms it was judged by and what is uncertain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from samverka.discharge.rules.liability.days import Basis, DayVerdict, judge_days, judging
from samverka.discharge.rules.liability.facts import Debtor, StayFacts
from samverka.discharge.rules.liability.notes import Note, notes_for
from samverka.discharge.rules.liability.rates import Amount, Rate, price_days
from samverka.discharge.rules.liability.terms import Terms
from samverka.kernel.calendar import said_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class StayVerdict:
    """What came of one stay.

    Attributes:
        terms: those it was judged by: the law's own for a municipality outside the county.
        first_day: the first day that could count, by the last notice; None without a notice.
        day_zero: the patient went home on the day of the notice.
        days: one verdict for each day of the stay.
        notes: what is uncertain in law and how it was reckoned.
    """

    stay_id: str
    debtor: Debtor
    basis: Basis
    terms: Terms
    first_day: date | None
    discharged_on: date | None
    day_zero: bool
    psychiatric: bool
    days: tuple[DayVerdict, ...]
    notes: tuple[Note, ...]

    @property
    def counted_days(self) -> tuple[date, ...]:
        """The days that count."""
        return tuple(one.day for one in self.days if one.counted)

    @property
    def counted(self) -> int:
        """How many days count."""
        return sum(one.counted for one in self.days)


@dataclass(frozen=True, slots=True)
class DayRun:
    """Days in a row with the same verdict, for a page that need not say it every day."""

    first: date
    last: date
    counted: bool
    why: Text

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


def judge_stay(facts: StayFacts, terms: Terms, *, as_of: datetime) -> StayVerdict:
    """Judge one stay: which days count, why, and for whom.

    Args:
        as_of: the moment of judging. Of a stay that goes on, the days that are over are judged.

    Raises:
        Invalid: the facts contradict each other, or the terms cannot be reckoned with.
    """
    case = judging(facts, terms, as_of=as_of)
    told = [one for one in case.chances if one.told_at is not None]
    last = told[-1] if told else None
    return StayVerdict(
        stay_id=facts.stay_id,
        debtor=case.debtor,
        basis=case.basis,
        terms=case.terms,
        first_day=last.first if last else None,
        discharged_on=facts.discharged_on,
        day_zero=bool(last and last.told_on == facts.discharged_on),
        psychiatric=facts.psychiatric,
        days=judge_days(case),
        notes=notes_for(case, terms.valid_from),
    )


def price_stay(verdict: StayVerdict, rates: tuple[Rate, ...]) -> Amount:
    """What the stay's own days cost; nothing for one whose days go into an average."""
    days = verdict.counted_days if verdict.basis is Basis.INDIVIDUAL else ()
    return price_days(days, verdict.terms, rates)


def runs(days: Iterable[DayVerdict]) -> tuple[DayRun, ...]:
    """Join days in a row that have the same verdict in the same words."""
    found: list[DayRun] = []
    for one in days:
        same = found and (found[-1].counted, found[-1].why) == (one.counted, one.why)
        if same:
            found[-1] = DayRun(found[-1].first, one.day, one.counted, one.why)
        else:
            found.append(DayRun(one.day, one.day, one.counted, one.why))
    return tuple(found)


def tell_stay(verdict: StayVerdict) -> Text:
    """The stay in one sentence."""
    days = verdict.counted_days
    if verdict.basis is Basis.AVERAGE:
        return _("%(count)d dygn går in i kommunens genomsnitt.", count=len(days))
    if not days:
        return _("Inga dygn räknas.")
    if len(days) == 1:
        return _("1 dygn räknas: %(first)s.", first=said_date(days[0]))
    return _(
        "%(count)d dygn räknas, från %(first)s till %(last)s.",
        count=len(days),
        first=said_date(days[0]),
        last=said_date(days[-1]),
    )
