"""What liability for payment is judged by: the law, or what region and municipalities have agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from samverka.kernel.calendar import said_date
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _

LAW_FROM = date(2018, 1, 1)
"""Lagen (2017:612) om samverkan vid utskrivning came into force."""


class Model(StrEnum):
    """How liability is decided. The order is that of the county's setting."""

    STATUTE = "statute"
    INDIVIDUAL = "individual_n_days"
    AVERAGE = "average"
    AVERAGE_WITH_CUTOFF = "average_with_individual_cutoff"


class NoonRule(StrEnum):
    """What a notice sent at or after noon means for an agreed number of days."""

    NONE = "none"
    AFTER = "after"  # the law's words: one day more if sent after 12.00
    BEFORE = "before"  # Stockholm's words: in time only if sent before 12.00


class HolidayRule(StrEnum):
    """Which days an agreed number of days counts."""

    CALENDAR = "calendar"
    WORKING_DAYS = "working_days"


class PeriodKind(StrEnum):
    """The time of one basis for invoices."""

    MONTH = "month"
    QUARTER = "quarter"


class Attribution(StrEnum):
    """To which period an individually counted day belongs."""

    DISCHARGE = "discharge"
    OWN_DAY = "own_day"


class LateEffect(StrEnum):
    """What a late admission notice or a late call leads to. The law has no rule for it."""

    NO_LIABILITY = "no_liability"
    SHIFT_START = "shift_start"


class PsychiatryRule(StrEnum):
    """How psychiatric care is counted under an agreement. By law it is like other care since 2019."""

    SAME = "same"
    OWN = "own"


class OutsideRule(StrEnum):
    """What happens with patients of municipalities outside the county: no agreement binds those."""

    STATUTE = "statute"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Every choice that the number of days, or the amount, depends on.

    Attributes:
        threshold: an average above this many days is paid for; exactly so many is not above.
        cutoff: agreed days before liability, or the days after which a stay leaves the average.
        include_day_zero: one who goes home on the day of the notice is in the average, with 0 days.
        noon_rule, holiday_rule: for agreed days; the law's own days are always as the law says.
        count_discharge_day: a day begun counts; else a night spent.
        decimals: of the average, before it is compared and multiplied; None for exact.
        call_next_weekday: a call is in time on the next weekday if the third day is free.
        block_stops_clock: days blocked by the region's open care also put off the start.
        count_leave: nights of leave at home count.
        refusal_excludes: no liability when the patient has said no.
        agreed_amount: kronor a day by agreement; None for the national amount of the year.
        source: the agreement, or the section of law.
    """

    model: Model = Model.STATUTE
    threshold: Decimal = Decimal("3.0")
    cutoff: int = 7
    include_day_zero: bool = True
    noon_rule: NoonRule = NoonRule.AFTER
    holiday_rule: HolidayRule = HolidayRule.CALENDAR
    count_discharge_day: bool = False
    decimals: int | None = 2
    period: PeriodKind = PeriodKind.MONTH
    attribution: Attribution = Attribution.DISCHARGE
    late_message: LateEffect = LateEffect.NO_LIABILITY
    call_next_weekday: bool = True
    psychiatry: PsychiatryRule = PsychiatryRule.SAME
    psychiatry_days: int = 7
    block_stops_clock: bool = False
    count_leave: bool = False
    refusal_excludes: bool = False
    outside_county: OutsideRule = OutsideRule.STATUTE
    agreed_amount: Decimal | None = None
    valid_from: date = LAW_FROM
    valid_to: date | None = None
    source: str = "LUS 5 kap."

    def holds(self, day: date) -> bool:
        """Whether the terms hold on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def by_law(self) -> Terms:
        """The same county's reading of what the law leaves open, without what was agreed."""
        return replace(self, model=Model.STATUTE, agreed_amount=None, refusal_excludes=False)


def check_terms(terms: Terms) -> None:
    """Raise unless the terms can be reckoned with.

    Raises:
        Invalid: a negative number, or an end before the beginning.
    """
    decimals = (terms.threshold, terms.agreed_amount or Decimal(0))
    whole = (terms.cutoff, terms.psychiatry_days, terms.decimals or 0)
    if min(decimals) < 0 or min(whole) < 0:
        raise Invalid(_("Dygn och belopp kan inte vara mindre än noll."), where="terms")
    if terms.valid_to is not None and terms.valid_to < terms.valid_from:
        raise Invalid(_("Överenskommelsen slutar innan den börjar. Rätta dagarna."), where="terms")


def check_holds(terms: Terms, day: date) -> None:
    """Raise unless the terms hold on the day that is to be judged.

    Raises:
        NotNow: they begin later, or have ended.
    """
    check_terms(terms)
    if not terms.holds(day):
        raise NotNow(
            _("Villkoren gäller inte %(day)s.", day=said_date(day)),
            mend=_("Välj de villkor som gällde då."),
            where="terms",
        )
