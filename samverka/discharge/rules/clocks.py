"""The process's clocks: when each message is due, and how many days someone has waited. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from samverka.kernel.calendar import add_working_days, end_of_day, is_working_day, local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


def admission_due(admitted_at: datetime, judged_at: datetime | None, limit: timedelta) -> datetime:
    """When the admission message must have gone, at the latest (LUS 2:3).

    The limit counts elapsed hours from the admission, or from the judgement if that came later. Hours
    added to a Swedish time follow the clock on the wall, so they are added in UTC: over a night when
    the clocks change, the wall shows an hour more or less.

    Returns:
        The moment, in UTC.
    """
    return max(one.astimezone(UTC) for one in (admitted_at, judged_at or admitted_at)) + limit


def form_due(told_at: datetime, limit: timedelta) -> datetime:
    """When the planning form is due: elapsed hours from the first admission message (county setting)."""
    return told_at + limit


@dataclass(frozen=True, slots=True)
class CallDue:
    """When the region's fast vårdkontakt must have called to planning (LUS 4:3).

    Attributes:
        last_day: the third day: what the statute says.
        breach_at: when it counts as broken: the end of that day, or of the next working day where the
            county reads the Act on computing of time (1930:173) so that it covers this too.
    """

    last_day: date
    breach_at: datetime


def call_due(ready_sent_at: datetime, days: int, *, next_weekday: bool) -> CallDue:
    """Calendar days from the day when the notice of readiness was given. The 12.00 rule is not for this."""
    last = local_date(ready_sent_at) + timedelta(days=days)
    breach = last
    if next_weekday and not is_working_day(last):
        breach = add_working_days(last, 1)
    return CallDue(last, end_of_day(breach))


def information_due(discharged_at: datetime) -> datetime:
    """The information must have been given on the day of discharge at the latest (LUS 3:2)."""
    return end_of_day(local_date(discharged_at))


def day_number(ready_sent_at: datetime, today: date) -> int:
    """Which day since the notice of readiness: the day when it was sent is day 0 (LUS 5:4)."""
    return (today - local_date(ready_sent_at)).days


def waits_in_words(ready_sent_at: datetime, today: date, limit: int) -> Text:
    """ "Dag 2 av 3", and after that how many days too long."""
    day = day_number(ready_sent_at, today)
    if day <= limit:
        return _("Dag %(day)d av %(limit)d", day=day, limit=limit)
    return _("Dag %(day)d, %(over)d mer än %(limit)d", day=day, over=day - limit, limit=limit)


# ── what cannot be ──

LONGEST_STAY = timedelta(days=3 * 365)
"""A stay longer than this is a slip of the pen (days); practice."""


LONGEST_LEAVE = timedelta(days=183)
"""A leave longer than this is a slip of the pen (days); practice."""


def check_admitted(admitted_at: datetime, now: datetime) -> None:
    """Raises Invalid for a time to come, or one that is too long ago to be true."""
    if admitted_at > now:
        raise Invalid(
            _("Inskrivningen ligger i framtiden."),
            where="admitted_at",
            mend=_("Skriv när personen kom till avdelningen."),
        )
    if now - admitted_at > LONGEST_STAY:
        raise Invalid(_("Inskrivningen är mer än tre år gammal."), where="admitted_at")


def check_estimate(estimated_at: date, admitted_at: datetime) -> None:
    """Raises Invalid for a day before the admission."""
    if estimated_at < local_date(admitted_at):
        raise Invalid(
            _("Beräknad utskrivning ligger före inskrivningen."),
            where="estimated_at",
            mend=_("Skriv en dag från inskrivningen och framåt."),
        )


def check_ahead(estimated_at: date, sent_at: datetime) -> None:
    """Raises Invalid for a day that has passed when it is told as the one to come (LUS 2:3–4)."""
    if estimated_at < local_date(sent_at):
        raise Invalid(
            _("Beräknad utskrivning har redan passerat."),
            where="estimated_at",
            mend=_("Skriv den dag då personen nu beräknas åka hem."),
        )


def check_put_right(
    admitted_at: datetime, ready_at: datetime | None, discharged_at: datetime | None
) -> None:
    """Raises Invalid for another time of admission that what has happened since cannot follow."""
    if ready_at is not None and ready_at < admitted_at:
        raise Invalid(
            _("Läkaren bedömde personen som utskrivningsklar före den tiden."), where="admitted_at"
        )
    if discharged_at is not None and discharged_at < admitted_at:
        raise Invalid(_("Personen skrevs ut före den tiden."), where="admitted_at")


def check_judged(judged_at: datetime, admitted_at: datetime, now: datetime) -> None:
    """Raises Invalid where the physician's judgement lies before the admission or in time to come."""
    if judged_at > now:
        raise Invalid(_("Bedömningen ligger i framtiden."), where="judged_at")
    if judged_at < admitted_at:
        raise Invalid(
            _("Läkaren kan inte ha bedömt före inskrivningen."),
            where="judged_at",
            mend=_("Rätta tiden för bedömningen, eller för inskrivningen."),
        )


def check_discharged(discharged_at: datetime, admitted_at: datetime, now: datetime) -> None:
    """Raises Invalid for a discharge before the admission, or in time to come."""
    if discharged_at < admitted_at:
        raise Invalid(
            _("Utskrivningen ligger före inskrivningen."),
            where="discharged_at",
            mend=_("Rätta tiden för utskrivningen, eller för inskrivningen."),
        )
    if discharged_at > now:
        raise Invalid(_("Utskrivningen ligger i framtiden."), where="discharged_at")


def check_taken_back(at: datetime, ready_sent_at: datetime | None) -> None:
    """Raises Invalid for a judgement that is taken back before anyone had been told of it."""
    if ready_sent_at is not None and at < ready_sent_at:
        raise Invalid(
            _("Utskrivningsklar kan inte tas tillbaka innan den skickades."),
            where="sent_at",
            mend=_("Rätta tiden, så att den är efter underrättelsen."),
        )


def check_leave(starts_at: datetime, ends_at: datetime, admitted_at: datetime) -> None:
    """Raises Invalid for a leave that ends before it begins, or begins before the stay."""
    if ends_at <= starts_at:
        raise Invalid(_("Permissionen slutar innan den börjar."), where="leave_to")
    if ends_at - starts_at > LONGEST_LEAVE:
        raise Invalid(
            _("Permissionen är längre än ett halvt år."),
            where="leave_to",
            mend=_("Kontrollera året, eller skriv ut personen."),
        )
    if starts_at < admitted_at:
        raise Invalid(_("Permissionen börjar före inskrivningen."), where="leave_from")
