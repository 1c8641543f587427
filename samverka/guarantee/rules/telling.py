"""Why this day: each clock explained, to staff with sections of law, to the person in short words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from samverka.guarantee.rules.clock import Clock, ClockStatus, days_over
from samverka.guarantee.rules.counting import DAY
from samverka.guarantee.rules.duty import Duty, DutyStatus
from samverka.guarantee.rules.facts import ENDING_WORDS, REASON_WORDS, Origin, Start
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE, Limit, Part
from samverka.guarantee.rules.pauses import JudgedPause, days_of
from samverka.guarantee.rules.planned import explain_planned, planned_to_person
from samverka.kernel.calendar import holiday_name, is_working_day, local_date, said_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


def explain(clock: Clock) -> tuple[Text, ...]:
    """The whole reckoning, a sentence a step."""
    if clock.target is not None and clock.outside:
        return (
            *explain_planned(clock.outside, clock.target, clock.came_on, clock.today),
            *_ended(clock),
        )
    if clock.start is None or clock.limit is None:
        return (clock.outside,) if clock.outside else ()
    return (
        *_beginning(clock, clock.start),
        _limit(clock.limit),
        *(_pause(one, clock) for one in clock.pauses),
        *_uncounted(clock),
        *_end(clock),
        *_standing(clock, clock.limit),
    )


def said_days(count: int) -> Text:
    """ "1 dag", "12 dagar"."""
    return _("1 dag") if count == 1 else _("%(count)d dagar", count=count)


def _beginning(clock: Clock, start: Start) -> Iterator[Text]:
    day = said_date(start.on)
    match start.origin:
        case Origin.REFERRAL:
            yield _("Tiden räknas från %(day)s, då remissen skrevs.", day=day)
        case Origin.DECISION:
            yield _("Tiden räknas från %(day)s, då vårdgivaren beslutade om vården.", day=day)
        case Origin.SOUGHT:
            yield _("Tiden räknas från %(day)s, då personen sökte kontakt.", day=day)
    received = clock.referral_received_on
    if start.origin is Origin.REFERRAL and received and received != start.on:
        yield _("Att remissen kom fram %(day)s ändrar inget.", day=said_date(received))


def _limit(limit: Limit) -> Text:
    if limit.days == 0:
        return _("Det ska ske samma dag (%(section)s).", section=limit.section)
    return _(
        "Gränsen är %(days)s (%(section)s). Alla dagar räknas, också helger.",
        days=said_days(limit.days),
        section=limit.section,
    )


def _pause(one: JudgedPause, clock: Clock) -> Text:
    reason = REASON_WORDS[one.pause.reason]
    if one.days is None:
        return _("Inga dagar dras av (%(reason)s). %(why)s", reason=reason, why=one.refusal or "")
    first = said_date(one.days.first)
    if one.days.last is None:
        return _("Från %(first)s räknas inga dagar: %(reason)s.", first=first, reason=reason)
    assert clock.start is not None
    return _(
        "%(days)s från %(first)s till %(last)s räknas inte: %(reason)s.",
        days=said_days(days_of(one, clock.start.on, one.days.last)),
        first=first,
        last=said_date(one.days.last),
        reason=reason,
    )


def _uncounted(clock: Clock) -> Iterator[Text]:
    for contact, why in clock.uncounted:
        day = said_date(local_date(contact.at))
        yield _("Kontakten %(day)s räknas inte. %(why)s", day=day, why=why)


def _end(clock: Clock) -> Iterator[Text]:
    if clock.last_day is None:
        yield _("Sista dagen kan inte räknas ut förrän uppehållet är slut.")
        return
    yield _("Sista dagen är %(day)s.", day=said_date(clock.last_day))
    if not is_working_day(clock.last_day):
        yield _free_day(clock.last_day, clock.act_by)


def _free_day(day: date, act_by: date | None) -> Text:
    before = said_date(act_by or day)
    name = holiday_name(day, eves=True)
    if name:
        return _(
            "Dagen är helg (%(name)s), men flyttas inte fram. Sista vardag före är %(before)s.",
            name=name.lower(),
            before=before,
        )
    return _(
        "Dagen är en lördag eller söndag, men flyttas inte fram. Sista vardag före är %(before)s.",
        before=before,
    )


def _standing(clock: Clock, limit: Limit) -> Iterator[Text]:
    match clock.status:
        case ClockStatus.RUNNING | ClockStatus.RESTING:
            yield _("I dag är dag %(day)d av %(days)d.", day=clock.used, days=limit.days)
        case ClockStatus.BREACHED:
            yield _("Gränsen passerades för %(days)s sedan.", days=said_days(days_over(clock)))
        case ClockStatus.MET:
            yield _("Det skedde %(day)s, i tid.", day=_stopped(clock))
        case ClockStatus.LATE:
            late = said_days(days_over(clock))
            yield _("Det skedde %(day)s, %(days)s för sent.", day=_stopped(clock), days=late)
        case ClockStatus.ENDED if clock.ended:
            yield from _ended(clock)
            if clock.breached_on:
                yield _("Gränsen hade redan passerat då.")
        case _:
            return


def _ended(clock: Clock) -> Iterator[Text]:
    if clock.ended:
        on, why = said_date(clock.ended.on), ENDING_WORDS[clock.ended.why]
        yield _("Väntan slutade %(day)s: %(why)s.", day=on, why=why)


def _stopped(clock: Clock) -> Text:
    return said_date(clock.stopped_on or clock.today)


# ── to the person: short words, no sections ──


def to_person(clock: Clock, duty: Duty | None = None) -> tuple[Text, ...]:
    """The same clock in the person's own words; empty when there is nothing to wait for."""
    if clock.target is not None:
        return () if clock.ended else planned_to_person(clock.target, clock.came_on, clock.today)
    match clock.status:
        case ClockStatus.RUNNING if clock.last_day:
            said = (_promised(clock.part, clock.last_day), _left(clock.last_day, clock.today))
            return (*said, *_from(clock))
        case ClockStatus.RUNNING | ClockStatus.RESTING:
            return (_rests(clock), *_from(clock))
        case ClockStatus.BREACHED if clock.last_day:
            return (_passed(clock.part, clock.last_day), *_offered(clock, duty))
        case ClockStatus.MET | ClockStatus.LATE:
            return (_("Du fick hjälp %(day)s.", day=_stopped(clock)),)
        case _:
            return ()


def _promised(part: Part, last: date) -> Text:
    day = said_date(last)
    match part:
        case Part.CONTACT:
            return _("Du ska få tala med vården i dag, %(day)s.", day=day)
        case Part.ASSESSMENT:
            return _("Du ska få träffa vården senast %(day)s.", day=day)
        case Part.VISIT:
            return _("Du ska få ditt första besök senast %(day)s.", day=day)
        case Part.TREATMENT:
            return _("Du ska få din vård senast %(day)s.", day=day)


def _left(last: date, today: date) -> Text:
    days = (last - today) // DAY
    return _("Det är i dag.") if days == 0 else _("Det är %(days)s kvar.", days=said_days(days))


def _from(clock: Clock) -> tuple[Text, ...]:
    if clock.start is None or clock.part is Part.CONTACT:
        return ()
    day = said_date(clock.start.on)
    match clock.start.origin:
        case Origin.REFERRAL:
            return (_("Vi räknar från den dag då din remiss skrevs. Det var %(day)s.", day=day),)
        case Origin.DECISION:
            return (
                _("Vi räknar från den dag då det var klart att du ska få vård: %(day)s.", day=day),
            )
        case Origin.SOUGHT:
            return (_("Vi räknar från den dag då du sökte vård. Det var %(day)s.", day=day),)


def _rests(clock: Clock) -> Text:
    if clock.last_day is None:
        return _("Dagarna räknas inte just nu. När de räknas igen får du se din sista dag här.")
    day = said_date(clock.last_day)
    return _("Dagarna räknas inte just nu. Du ska få din vård senast %(day)s.", day=day)


def _passed(part: Part, last: date) -> Text:
    if part in IN_PRIMARY_CARE:
        return _(
            "Du skulle ha fått hjälp senast %(day)s. Ring din vårdcentral.", day=said_date(last)
        )
    return _(
        "Du skulle ha fått vård senast %(day)s. Nu har du väntat för länge.", day=said_date(last)
    )


def _offered(clock: Clock, duty: Duty | None) -> tuple[Text, ...]:
    if clock.part in IN_PRIMARY_CARE:
        return ()
    match duty.status if duty else DutyStatus.OWED:
        case DutyStatus.OFFERED:
            return (_("Du har fått en tid på en annan plats. Säg ja eller nej till den."),)
        case DutyStatus.ACCEPTED:
            return (_("Du har sagt ja till vård på en annan plats. Det kostar inte mer för dig."),)
        case DutyStatus.DECLINED:
            return (_("Du har sagt nej till vård på en annan plats. Du kan ändra dig. Ring oss."),)
        case _:
            return (_("Du har rätt till vård på en annan plats. Det kostar inte mer för dig."),)
