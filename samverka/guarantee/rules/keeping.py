"""What may be written down about a wait, and what is refused: in words, with how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samverka.guarantee.rules.clock import STATUS_WORDS, STILL_WAITING, Clock, ClockStatus
from samverka.guarantee.rules.facts import Level, Matter, Pause, Wait, start_of
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE, Part
from samverka.guarantee.rules.pauses import JudgedPause
from samverka.guarantee.rules.planned import PLANNED
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

LINE = 200
WORDS = 500
"""Letters of a line, and of some sentences."""

OLDEST = timedelta(days=5 * 365)
"""A day further back than so is a slip of the pen."""

FURTHEST = timedelta(days=3 * 365)
"""So is one further ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFacts:
    """What is written when a wait is registered, or put right.

    Attributes:
        what: what the person waits for, in words to the person.
        area: specialty or area of care; `referrer`: who wrote the referral.
        chosen: the provider that the person has chosen, in words (PL 9:1).
        target_on: of a return visit and the like, which the guarantee sets no limit for.
    """

    part: Part
    what: str
    matter: Matter = Matter.NEW_NEED
    area: str = ""
    referrer: str = ""
    chosen: str = ""
    sought_at: datetime | None = None
    referral_issued_at: datetime | None = None
    referral_received_at: datetime | None = None
    decided_at: datetime | None = None
    target_on: date | None = None


def level_of(part: Part, *, primary: bool) -> Level:
    """Who gives the care: the unit's kind says it, but a first visit is always specialised care."""
    if part is Part.VISIT or not primary:
        return Level.SPECIALIST if part not in IN_PRIMARY_CARE else Level.PRIMARY
    return Level.PRIMARY


def check_facts(facts: WaitFacts, wait: Wait, at: datetime) -> None:
    """Raise Invalid unless the facts can be, and say from when the time counts."""
    if not facts.what.strip():
        raise Invalid(_("Skriv vad personen väntar på."), where="what")
    start = start_of(wait)
    _check_matter(facts)
    if start is None:
        words, where = _NO_START[facts.part]
        raise Invalid(words, where=where)
    if at - start.at > OLDEST:
        raise Invalid(
            _("Dagen ligger mer än fem år bakåt. Kontrollera året."), where=_START_FIELD[facts.part]
        )


def _check_matter(facts: WaitFacts) -> None:
    """A new need has the law's limit; what is planned has a target date and is decided by the provider."""
    target = facts.target_on
    if facts.matter not in PLANNED:
        if target is not None:
            raise Invalid(
                _("Ett nytt behov har vårdgarantins gräns och inget måldatum."),
                where="target_on",
                mend=_("Ta bort måldatum, eller välj återbesök eller planerad undersökning."),
            )
        return
    if facts.part is not Part.TREATMENT:
        raise Invalid(
            _("Återbesök och planerade undersökningar är ingen del av vårdgarantin."),
            where="part",
            mend=_("Välj planerad vård."),
        )
    if target is None:
        raise Invalid(
            _("Skriv måldatum: den dag då vården senast behövs."),
            where="target_on",
            mend=_("Vårdgarantin sätter ingen gräns för återbesök och planerade undersökningar."),
        )
    if facts.decided_at and target < local_date(facts.decided_at):
        raise Invalid(_("Måldatum ligger före dagen för beslutet."), where="target_on")
    if facts.decided_at and target > local_date(facts.decided_at) + FURTHEST:
        raise Invalid(
            _("Måldatum ligger mer än tre år efter beslutet. Kontrollera året."), where="target_on"
        )


_START_FIELD: dict[Part, str] = {
    Part.CONTACT: "sought_at",
    Part.ASSESSMENT: "sought_at",
    Part.VISIT: "referral_issued_at",
    Part.TREATMENT: "decided_at",
}

_SOUGHT = (_("Skriv när personen sökte kontakt."), "sought_at")
_NO_START: dict[Part, tuple[Text, str]] = {
    Part.CONTACT: _SOUGHT,
    Part.ASSESSMENT: _SOUGHT,
    Part.VISIT: (
        _("Skriv när remissen skrevs. Saknas remiss: skriv när personen sökte vården."),
        "referral_issued_at",
    ),
    Part.TREATMENT: (_("Skriv när vårdgivaren beslutade om vården."), "decided_at"),
}


def check_waits(status: ClockStatus) -> None:
    """Raise NotNow unless the person still waits."""
    if status not in STILL_WAITING | {ClockStatus.NOT_STARTED, ClockStatus.PLANNED}:
        raise NotNow(
            _("Väntan är över (%(status)s).", status=STATUS_WORDS[status]),
            mend=_("Öppna väntan igen om den avslutades av misstag."),
        )


def check_offer(
    clock: Clock, *, made_on: date, care_on: date, where: str, elsewhere: bool, at: datetime
) -> None:
    """Raise unless the offer can have been made: in time order, somewhere, to one who waits."""
    check_waits(clock.status)
    today = local_date(at)
    if not where.strip():
        raise Invalid(_("Skriv var personen får vården."), where="where")
    if made_on > today:
        raise Invalid(
            _("Erbjudandet ligger i framtiden. Skriv dagen då det gavs."), where="made_on"
        )
    if clock.start is not None and made_on < clock.start.on:
        raise Invalid(_("Erbjudandet gavs innan väntan började."), where="made_on")
    if care_on < made_on:
        raise Invalid(_("Tiden ligger före dagen då den erbjöds."), where="care_on")
    if care_on > today + FURTHEST:
        raise Invalid(_("Tiden ligger mer än tre år bort. Kontrollera året."), where="care_on")
    if elsewhere and clock.part in IN_PRIMARY_CARE:
        raise NotNow(
            _("I primärvården ger lagen ingen rätt till vård hos en annan vårdgivare."),
            mend=_("Erbjud en tid här i stället."),
        )


def check_answer(*, made_on: date, answered_on: date, today: date, withdrawn: bool) -> None:
    """Raise unless the answer can have been given to this offer."""
    if withdrawn:
        raise NotNow(_("Erbjudandet är taget tillbaka."), mend=_("Erbjud en ny tid."))
    if answered_on < made_on:
        raise Invalid(_("Svaret kom innan tiden erbjöds."), where="answered_on")
    if answered_on > today:
        raise Invalid(_("Svaret ligger i framtiden."), where="answered_on")


def check_pause(judged: JudgedPause, pause: Pause) -> None:
    """Raise Invalid where no day is subtracted: with the condition that is missing (HSF 6:2)."""
    if judged.refusal is not None:
        raise Invalid(judged.refusal, where="reason", mend=_CONDITIONS)


_CONDITIONS = _(
    "Dagar dras av om personen fick veta om garantin, fick en tid inom den och själv sa nej. "
    "Eller av medicinska skäl, eller när personen har valt vård i en annan region."
)


def check_pause_end(first: date, last: date, today: date) -> None:
    """Raise Invalid unless the days can begin to count again then."""
    if last < first:
        raise Invalid(_("Uppehållet slutar innan det börjar."), where="last")
    if last > today + FURTHEST:
        raise Invalid(_("Dagen ligger mer än tre år bort. Kontrollera året."), where="last")


def check_reason(reason: str) -> None:
    """Raise Invalid unless somebody has said why: what stands is never changed without it."""
    if not reason.strip():
        raise Invalid(
            _("Skriv varför. Det sparas tillsammans med det som stod förut."), where="reason"
        )


def check_contact_day(at: datetime, now: datetime) -> None:
    """Raise Invalid for a contact that has not taken place yet."""
    if at > now:
        raise Invalid(
            _("Kontakten ligger i framtiden."), where="at", mend=_("Erbjud en tid i stället.")
        )
    if now - at > OLDEST:
        raise Invalid(_("Dagen ligger mer än fem år bakåt. Kontrollera året."), where="at")
