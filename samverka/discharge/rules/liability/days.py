"""Every day of a stay: does it count, and why. The sum of the days that count is the liability."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samverka.discharge.rules.liability import clock as clocks
from samverka.discharge.rules.liability.facts import (
    Debtor,
    Ready,
    StayFacts,
    check_facts,
    debtor_of,
)
from samverka.discharge.rules.liability.grounds import (
    MET,
    Ground,
    admission_ground,
    call_ground,
    notice_ground,
)
from samverka.discharge.rules.liability.reasons import SECTIONS, Reason, say
from samverka.discharge.rules.liability.terms import (
    Model,
    OutsideRule,
    PsychiatryRule,
    Terms,
    check_terms,
)
from samverka.kernel.calendar import local_date, said_date
from samverka.kernel.text import Text

_DAY = timedelta(days=1)
_AGREED_SECTION = "5 kap. 1 § och 4 kap. 5 §"


class Basis(StrEnum):
    """How the days of a stay are used."""

    INDIVIDUAL = "individual"  # each day that counts is paid for
    AVERAGE = "average"  # the days go into the municipality's average
    NONE = "none"  # neither: a ground is missing, or the stay is left out


@dataclass(frozen=True, slots=True)
class DayVerdict:
    """One day of the stay.

    Attributes:
        why: the sentence to show.
        section: of lagen (2017:612); empty where no section speaks.
        also: the other reasons why the day does not count, should the first one fall.
    """

    day: date
    counted: bool
    reason: Reason
    why: Text
    section: str = ""
    also: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """One judgement that the patient is ready, with its notice, its clock and its grounds.

    Attributes:
        told_at: when the liable municipality was told; None if never.
        first: the first day that can count; None without a notice.
    """

    ready: Ready
    told_at: datetime | None
    clock: clocks.Clock
    first: date | None
    grounds: tuple[Ground, ...]

    @property
    def told_on(self) -> date | None:
        """The day of the notice, in Sweden."""
        return local_date(self.told_at) if self.told_at else None

    @property
    def complete(self) -> bool:
        """Whether every ground is met."""
        return all(one.missing is None for one in self.grounds)


@dataclass(frozen=True, slots=True)
class Judging:
    """What the days of one stay are judged by.

    Attributes:
        terms: those that hold for this stay; the law's for a municipality outside the county.
        left_out: reasons that leave out the whole stay.
        nights: a night spent counts; else a day begun.
    """

    facts: StayFacts
    terms: Terms
    as_of: datetime
    debtor: Debtor
    basis: Basis
    left_out: tuple[Reason, ...]
    chances: tuple[Chance, ...]
    nights: bool

    @property
    def last_day(self) -> date:
        """The day of discharge, or today."""
        return self.facts.discharged_on or local_date(self.as_of)


def judging(facts: StayFacts, terms: Terms, *, as_of: datetime) -> Judging:
    """Gather what a stay's days are judged by.

    Raises:
        Invalid: the facts contradict each other, or the terms cannot be reckoned with.
    """
    check_facts(facts, as_of=as_of)
    check_terms(terms)
    used = _terms_for(facts, terms)
    debtor = debtor_of(facts)
    left_out = _left_out(facts, debtor, used)
    own = _chances(facts, used, debtor, average=False)
    average = used.model in (Model.AVERAGE, Model.AVERAGE_WITH_CUTOFF) and not _apart(
        facts, used, own, as_of
    )
    chances = _chances(facts, used, debtor, average=True) if average else own
    basis = Basis.AVERAGE if average else Basis.INDIVIDUAL
    if left_out or not any(_stands(one, facts) for one in chances):
        basis = Basis.NONE
    nights = average or not used.count_discharge_day
    return Judging(facts, used, as_of, debtor, basis, left_out, chances, nights)


def _terms_for(facts: StayFacts, terms: Terms) -> Terms:
    """An agreement binds the county's own municipalities; for another one the law holds."""
    by_law = facts.outside_county and terms.outside_county is OutsideRule.STATUTE
    return terms.by_law() if by_law else terms


def _left_out(facts: StayFacts, debtor: Debtor, terms: Terms) -> tuple[Reason, ...]:
    outside = facts.outside_county and terms.outside_county is OutsideRule.LEFT_OUT
    found = {
        Reason.SET_ASIDE: facts.set_aside,
        Reason.NO_DEBTOR: debtor.code is None,
        Reason.NO_MUNICIPALITY: facts.no_municipality,
        Reason.OUTSIDE_COUNTY: outside,
        Reason.REFUSED: facts.refused and terms.refusal_excludes,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _apart(facts: StayFacts, terms: Terms, chances: Iterable[Chance], as_of: datetime) -> bool:
    """Whether a stay is counted for itself although the county reckons with an average."""
    if facts.psychiatric and terms.psychiatry is PsychiatryRule.OWN:
        return True
    if terms.model is not Model.AVERAGE_WITH_CUTOFF:
        return False
    end = facts.discharged_on or local_date(as_of)
    return any(_is_over(one, min(_withdrawn_on(one) or end, end)) for one in chances)


def _is_over(chance: Chance, end: date) -> bool:
    """Whether the agreed days had passed; a block or a late message does not make the stay shorter."""
    return chance.told_at is not None and end > clocks.liable_from(chance.told_at, chance.clock)


def _chances(
    facts: StayFacts, terms: Terms, debtor: Debtor, *, average: bool
) -> tuple[Chance, ...]:
    ready = sorted(facts.ready, key=lambda one: one.judged_at)
    return tuple(_chance(facts, terms, debtor.code or "", one, average=average) for one in ready)


def _chance(facts: StayFacts, terms: Terms, debtor: str, ready: Ready, *, average: bool) -> Chance:
    told, notice = notice_ground(ready, debtor)
    admission = admission_ground(facts, debtor, terms)
    if told is None:
        return Chance(ready, None, clocks.STATUTE_CLOCK, None, (admission, notice))
    call = call_ground(facts, told, terms)
    clock = clocks.clock_for(terms, psychiatric=facts.psychiatric, sent_on=local_date(told))
    clock = clocks.AVERAGE_CLOCK if average else clock
    stopped = _blocked_days(facts, told) if terms.block_stops_clock else frozenset()
    first = clocks.liable_from(told, clock, shift=admission.shift, stopped=stopped)
    return Chance(ready, told, clock, max(first, call.not_before or first), (admission, MET, call))


def _blocked_days(facts: StayFacts, told: datetime) -> frozenset[date]:
    """Blocked days from the notice on; a block that lasts is followed for a year at most."""
    start = local_date(told)
    days = (start + _DAY * number for number in range(366))
    return frozenset(day for day in days if any(span.holds(day) for span in facts.blocked))


def _stands(chance: Chance, facts: StayFacts) -> bool:
    """Whether a notice came while the patient was there, and every ground is met."""
    return bool(chance.told_at) and chance.complete and not _told_too_late(chance, facts)


def _told_too_late(chance: Chance, facts: StayFacts) -> bool:
    """Whether the patient had left when the municipality was told."""
    told, gone = chance.told_at, facts.discharged_at
    return told is not None and gone is not None and told > gone


def _withdrawn_on(chance: Chance) -> date | None:
    at = chance.ready.withdrawn_at
    return local_date(at) if at else None


# ── the days ──


def judge_days(case: Judging) -> tuple[DayVerdict, ...]:
    """Judge each day from admission to discharge, or to the day of judging."""
    first = local_date(case.facts.admitted_at)
    length = (case.last_day - first).days + 1
    return tuple(_judge(first + _DAY * number, case) for number in range(length))


def _judge(day: date, case: Judging) -> DayVerdict:
    begun = [one for one in case.chances if local_date(one.ready.judged_at) <= day]
    if not begun:
        return _verdict(day, [(Reason.NOT_READY, say(Reason.NOT_READY))])
    for chance in begun:
        if not _against(day, chance, case):
            return _counted(day, chance, case)
    return _verdict(day, _against(day, begun[-1], case))


def _verdict(day: date, against: list[tuple[Reason, Text]]) -> DayVerdict:
    (reason, why), *others = against
    return DayVerdict(day, False, reason, why, SECTIONS[reason], tuple(said for _r, said in others))


def _counted(day: date, chance: Chance, case: Judging) -> DayVerdict:
    if case.basis is Basis.AVERAGE:
        reason = Reason.COUNTED_IN_AVERAGE
        return DayVerdict(day, True, reason, say(reason), SECTIONS[reason])
    reason = Reason.COUNTED
    section = SECTIONS[reason] if case.terms.model is Model.STATUTE else _AGREED_SECTION
    why = say(reason, first=said_date(chance.first or day), section=section)
    return DayVerdict(day, True, reason, why, section)


def _against(day: date, chance: Chance, case: Judging) -> list[tuple[Reason, Text]]:
    """Every reason why the day does not count; none if it does."""
    withdrawn = _withdrawn_on(chance)
    if withdrawn and (withdrawn <= day if case.nights else withdrawn < day):
        return [(Reason.WITHDRAWN, say(Reason.WITHDRAWN))]
    found = [(one, say(one)) for one in (*_absent(day, case), *case.left_out)]
    found += [
        (one.missing, say(one.missing, due=one.due))
        for one in chance.grounds
        if one.missing is not None
    ]
    told = chance.told_on
    if told is not None and (told > day or _told_too_late(chance, case.facts)):
        found.append((Reason.NOT_NOTIFIED, say(Reason.NOT_NOTIFIED)))
    if any(span.holds(day) for span in case.facts.blocked):
        found.append((Reason.REGION_BLOCKS, say(Reason.REGION_BLOCKS)))
    return found + _waiting(day, chance, case)


def _absent(day: date, case: Judging) -> list[Reason]:
    """Why the patient is not counted as there: the last day, leave, or a day that is not over."""
    found, gone = [], case.facts.discharged_on
    if gone is not None and case.nights and day >= gone:
        found.append(Reason.DISCHARGE_DAY)
    if not case.terms.count_leave and _on_leave(day, case):
        found.append(Reason.ON_LEAVE)
    if gone is None and day >= local_date(case.as_of):
        found.append(Reason.NOT_OVER)
    return found


def _on_leave(day: date, case: Judging) -> bool:
    """Away the whole night, or where days begun count, the whole day."""
    for leave in case.facts.leaves:
        left = local_date(leave.left_at)
        back = local_date(leave.back_at) if leave.back_at else case.last_day + _DAY
        if (left <= day if case.nights else left < day) and day < back:
            return True
    return False


def _waiting(day: date, chance: Chance, case: Judging) -> list[tuple[Reason, Text]]:
    """The days before liability sets in."""
    if chance.first is None or chance.told_at is None or chance.first <= day:
        return []
    if case.terms.model is not Model.STATUTE:
        return [_said_until(Reason.WAITING_AGREED, chance.first)]
    plain = clocks.liable_from(chance.told_at, chance.clock)
    if plain <= day:
        return [_said_until(Reason.PUT_OFF, chance.first)]
    days = (plain - local_date(chance.told_at)).days
    noon = clocks.is_after_noon(chance.told_at, chance.clock.noon)
    return [_said_until(Reason.WAITING_AFTER_NOON if noon else Reason.WAITING, plain, days)]


def _said_until(reason: Reason, first: date, days: int = 0) -> tuple[Reason, Text]:
    return reason, say(reason, first=said_date(first), days=days)
