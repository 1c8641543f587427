"""What is uncertain in law about a judged stay, or was decided by the county: said with the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samverka.discharge.rules.liability.clock import (
    NOON,
    PSYCHIATRY_DAYS_2018,
    PSYCHIATRY_LAST_DAY,
    call_due,
)
from samverka.discharge.rules.liability.days import Basis, Chance, Judging
from samverka.discharge.rules.liability.grounds import (
    admission_notices,
    earliest_call,
    lateness,
)
from samverka.discharge.rules.liability.terms import LateEffect, Model, NoonRule
from samverka.kernel.calendar import local, local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class NoteKind(StrEnum):
    """Something uncertain. Stored in snapshots: never rename."""

    DISCHARGE_DAY = "discharge-day"
    ADMISSION_LATE = "admission-late"
    CALL_LATE = "call-late"
    CALL_ON_WEEKDAY = "call-on-weekday"
    CALL_BEFORE_NOTICE = "call-before-notice"
    EXACTLY_NOON = "exactly-noon"
    BLOCK = "block"
    LEAVE = "leave"
    JUDGED_AGAIN = "judged-again"
    SIP_NOT_JUDGED = "sip-not-judged"
    PSYCHIATRY_2018 = "psychiatry-2018"
    AGREEMENT_BEGAN = "agreement-began"
    OUTSIDE_COUNTY = "outside-county"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is uncertain, and how it was reckoned here."""

    kind: NoteKind
    words: Text


_COUNTED_SO: dict[bool, Text] = {
    True: _("Lagen säger inte om dagen då patienten åker hem ska räknas. Här räknas den."),
    False: _("Lagen säger inte om dagen då patienten åker hem ska räknas. Här räknas den inte."),
}
_LEAVE_SO: dict[bool, Text] = {
    True: _("Lagen säger inget om nätter på permission. Här räknas de."),
    False: _("Lagen säger inget om nätter på permission. Här räknas de inte."),
}
_BLOCK_SO: dict[bool, Text] = {
    True: _(
        "Lagen säger inte hur ett tillfälligt hinder i regionens öppna vård räknas. Här skjuter det "
        "också upp starten."
    ),
    False: _(
        "Lagen säger inte hur ett tillfälligt hinder i regionens öppna vård räknas. Här räknas de "
        "dygnen inte, men starten är densamma."
    ),
}
_ADMISSION_SO: dict[LateEffect, Text] = {
    LateEffect.NO_LIABILITY: _(
        "Inskrivningsmeddelandet var sent. Läst efter orden faller ansvaret då, men lagen säger det "
        "inte rakt ut. Här räknas inga dygn."
    ),
    LateEffect.SHIFT_START: _(
        "Inskrivningsmeddelandet var sent. Läst efter orden faller ansvaret då, men lagen säger det "
        "inte rakt ut. Här börjar ansvaret i stället senare."
    ),
}
_CALL_SO: dict[LateEffect, Text] = {
    LateEffect.NO_LIABILITY: _(
        "Kallelsen var sen. Läst efter orden faller ansvaret då, men lagen säger det inte rakt ut. "
        "Här räknas inga dygn."
    ),
    LateEffect.SHIFT_START: _(
        "Kallelsen var sen. Läst efter orden faller ansvaret då, men lagen säger det inte rakt ut. "
        "Här räknas inga dygn innan den skickades."
    ),
}
_SIP_SO: dict[bool, Text] = {
    True: _(
        "Ingen har bedömt om en SIP behövs. Både regionen och kommunen deltar, så här räknas det som "
        "att den behövs."
    ),
    False: _(
        "Ingen har bedömt om en SIP behövs. Bara en av regionen och kommunen deltar, så här räknas "
        "det som att den inte behövs."
    ),
}
_WEEKDAY_SO: dict[bool, Text] = {
    True: _(
        "Kallelsens tredje dag var ledig och den skickades nästa vardag. Det är inte klarlagt om "
        "det är i tid. Här räknas det som i tid."
    ),
    False: _(
        "Kallelsens tredje dag var ledig och den skickades nästa vardag. Det är inte klarlagt om "
        "det är i tid. Här räknas det som för sent."
    ),
}
_SAID: dict[NoteKind, Text] = {
    NoteKind.CALL_BEFORE_NOTICE: _(
        "Kallelsen skickades före underrättelsen. Lagen säger senast tre dagar efter, så den räknas "
        "som i tid."
    ),
    NoteKind.EXACTLY_NOON: _(
        "Underrättelsen skickades precis klockan 12.00. Det är inte efter klockan 12.00, så det är "
        "tre dagar."
    ),
    NoteKind.JUDGED_AGAIN: _(
        "Patienten blev sämre och bedömdes på nytt. Dagarna räknas från den nya underrättelsen. Det "
        "följer av lagen men står inte rakt ut."
    ),
    NoteKind.PSYCHIATRY_2018: _(
        "Underrättelsen skickades 2018, då det var trettio dagar i psykiatrisk vård. Lagen säger "
        "inte vad som händer när dagarna går in i 2019. Här gäller trettio dagar."
    ),
    NoteKind.AGREEMENT_BEGAN: _(
        "Underrättelsen skickades innan villkoren började gälla. Hela vårdtillfället räknas efter "
        "de villkor som gäller när underlaget börjar."
    ),
    NoteKind.OUTSIDE_COUNTY: _(
        "Kommunen ligger utanför länet och är inte bunden av överenskommelsen. Lagens dagar och "
        "belopp gäller."
    ),
}


def notes_for(case: Judging, first_valid: date) -> tuple[Note, ...]:
    """What is uncertain about the stay.

    Args:
        first_valid: the first day of the terms that were given, also where the law took over.
    """
    if case.debtor.code is None or not case.chances:
        return ()
    found = (*_of_messages(case), *_of_days(case), *_of_terms(case, first_valid))
    return tuple(Note(kind, words) for kind, words, holds in found if holds)


_Found = tuple[tuple[NoteKind, Text, bool], ...]


def _of_messages(case: Judging) -> _Found:
    late = case.terms.late_message
    weekday = case.terms.call_next_weekday
    early = _any_told(case, lambda told: _called_by(case, told))
    on_weekday = _any_told(case, lambda told: _called_on_weekday(case, told))
    call_late = _any_told(case, lambda told: _call_is_late(case, told))
    noon = case.terms.model is Model.STATUTE and any(_at_noon(one) for one in case.chances)
    return (
        (NoteKind.ADMISSION_LATE, _ADMISSION_SO[late], _admission_is_late(case)),
        (NoteKind.CALL_LATE, _CALL_SO[late], call_late),
        (NoteKind.CALL_ON_WEEKDAY, _WEEKDAY_SO[weekday], on_weekday),
        (NoteKind.CALL_BEFORE_NOTICE, _SAID[NoteKind.CALL_BEFORE_NOTICE], early),
        (NoteKind.EXACTLY_NOON, _SAID[NoteKind.EXACTLY_NOON], noon),
    )


def _of_days(case: Judging) -> _Found:
    terms = case.terms
    told = [one for one in case.chances if one.told_on]
    start = min((one.told_on for one in told if one.told_on), default=None)
    end = case.last_day
    blocked = start is not None and any(
        span.first <= end and (span.last is None or span.last >= start)
        for span in case.facts.blocked
    )
    away = start is not None and any(
        leave.back_at is None or local_date(leave.back_at) > max(start, local_date(leave.left_at))
        for leave in case.facts.leaves
    )
    return (
        (NoteKind.DISCHARGE_DAY, _COUNTED_SO[terms.count_discharge_day], _last_day_matters(case)),
        (NoteKind.BLOCK, _BLOCK_SO[terms.block_stops_clock], blocked),
        (NoteKind.LEAVE, _LEAVE_SO[terms.count_leave], away),
        (NoteKind.JUDGED_AGAIN, _SAID[NoteKind.JUDGED_AGAIN], len(told) > 1),
        (NoteKind.SIP_NOT_JUDGED, _SIP_SO[case.facts.sip_required], not case.facts.sip_judged),
    )


def _of_terms(case: Judging, first_valid: date) -> _Found:
    agreed = case.terms.model is not Model.STATUTE
    began = any(one.told_on and one.told_on < first_valid for one in case.chances)
    return (
        (
            NoteKind.PSYCHIATRY_2018,
            _SAID[NoteKind.PSYCHIATRY_2018],
            any(_into_2019(one) for one in case.chances) and not agreed,
        ),
        (NoteKind.AGREEMENT_BEGAN, _SAID[NoteKind.AGREEMENT_BEGAN], agreed and began),
        (
            NoteKind.OUTSIDE_COUNTY,
            _SAID[NoteKind.OUTSIDE_COUNTY],
            case.facts.outside_county and not case.left_out,
        ),
    )


def _any_told(case: Judging, holds: Callable[[datetime], bool]) -> bool:
    required = case.facts.call_required
    return required and any(holds(one.told_at) for one in case.chances if one.told_at)


def _called_by(case: Judging, told: datetime) -> bool:
    called = earliest_call(case.facts.calls)
    return called is not None and called < told


def _called_on_weekday(case: Judging, told: datetime) -> bool:
    called = earliest_call(case.facts.calls)
    third, weekday = call_due(told), call_due(told, next_weekday=True)
    return called is not None and third <= called < weekday


def _call_is_late(case: Judging, told: datetime) -> bool:
    called = earliest_call(case.facts.calls)
    return called is not None and called >= call_due(told, next_weekday=True)


def _admission_is_late(case: Judging) -> bool:
    told = admission_notices(case.facts, case.debtor.code or "")
    return any(one is not None and lateness(case.facts, one) > timedelta() for one in told)


def _at_noon(chance: Chance) -> bool:
    if chance.told_at is None or chance.clock.noon is NoonRule.NONE:
        return False
    return local(chance.told_at).time().replace(microsecond=0) == NOON


def _last_day_matters(case: Judging) -> bool:
    """Whether another reading of the last day would give another number of days."""
    gone = case.facts.discharged_on
    if gone is None or case.basis is not Basis.INDIVIDUAL:
        return False
    return any(
        one.first is not None and one.first <= gone and not _was_withdrawn_before(one, gone)
        for one in case.chances
    )


def _was_withdrawn_before(chance: Chance, day: date) -> bool:
    at = chance.ready.withdrawn_at
    return at is not None and local_date(at) < day


def _into_2019(chance: Chance) -> bool:
    """Whether the thirty days of 2018 run into the year when they were no longer the rule."""
    if chance.first is None or chance.clock.days != PSYCHIATRY_DAYS_2018:
        return False
    return chance.first > PSYCHIATRY_LAST_DAY
