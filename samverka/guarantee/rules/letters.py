"""Letters to the person: a time that is offered, that the limit will not be kept, what the guarantee is.

Patientlagen 3 kap. 1–7 §§: the person is to be told of the guarantee in words that the person can take in,
in writing when it is asked for. Short words, no abbreviations; a test reads every letter (LIX at most 30).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverka.guarantee.rules.clock import Clock
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE, Part
from samverka.kernel.calendar import said_date
from samverka.kernel.problems import NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class LetterKind(StrEnum):
    """What a letter says. The codes are stored."""

    GUARANTEE = "guarantee"
    OFFER = "offer"
    ELSEWHERE = "elsewhere"


class Way(StrEnum):
    """How a letter reaches the person. The codes are stored."""

    PAGE = "page"
    PAPER = "paper"


WAY_WORDS: dict[Way, Text] = {
    Way.PAGE: _("skickat till personens sida"),
    Way.PAPER: _("på papper"),
}


def way_of(*, has_account: bool, not_for_patient: bool) -> Way:
    """To the own page where the person has one and may read it there; else on paper."""
    return Way.PAGE if has_account and not not_for_patient else Way.PAPER


def check_new(words: Sequence[str], written: Mapping[tuple[str, ...], date]) -> None:
    """Raise NotNow for a letter that says the very same as one that the person has got already.

    Args:
        written: what stands, and the day when it was written.
    """
    on = written.get(tuple(words))
    if on is not None:
        raise NotNow(
            _("Samma brev är redan skrivet, %(day)s.", day=said_date(on)),
            mend=_("Öppna det under Brev. Ett nytt brev skrivs när något har ändrats."),
        )


LETTER_WORDS: dict[LetterKind, Text] = {
    LetterKind.GUARANTEE: _("Hur länge du får vänta"),
    LetterKind.OFFER: _("Du har fått en tid"),
    LetterKind.ELSEWHERE: _("Du kan få vård på en annan plats"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a letter is made of.

    Attributes:
        what: what the person waits for.
        unit, phone: whom to call, and where.
        care_on, where: the time that is offered, if one is.
        travel: what is said about the journey.
    """

    what: str
    unit: str
    phone: str = ""
    care_on: date | None = None
    where: str = ""
    travel: str = ""


def letter_of(kind: LetterKind, clock: Clock, matter: Matter) -> tuple[Text, ...]:
    """The letter, a paragraph each.

    Raises:
        NotNow: there is nothing to say: no clock runs, no time is offered, or the law gives no such right.
    """
    if clock.start is None or clock.limit is None:
        raise NotNow(_("Ingen tid räknas, så det finns inget att skriva om."))
    match kind:
        case LetterKind.GUARANTEE:
            return tuple(_guarantee(clock, matter))
        case LetterKind.OFFER:
            return tuple(_offer(clock, matter))
        case LetterKind.ELSEWHERE:
            return tuple(_elsewhere(clock, matter))


def _guarantee(clock: Clock, matter: Matter) -> Iterator[Text]:
    yield _("Du väntar på: %(what)s.", what=matter.what)
    yield _wait_for(clock)
    yield _("Räcker inte tiden? Då ska vi hjälpa dig till vård på en annan plats.")
    yield _("Det får inte kosta mer för dig.")
    yield from _but(clock)
    yield _call(matter)


def _wait_for(clock: Clock) -> Text:
    if clock.last_day is None:
        return _("Dagarna räknas inte just nu. Vi skriver till dig när de räknas igen.")
    day = said_date(clock.last_day)
    if clock.breached_on is not None:
        return _("Du skulle ha fått vård senast %(day)s.", day=day)
    match clock.part:
        case Part.VISIT:
            return _("Du ska få ditt första besök senast %(day)s.", day=day)
        case Part.TREATMENT:
            return _("Du ska få din vård senast %(day)s.", day=day)
        case _:
            return _("Du ska få hjälp senast %(day)s.", day=day)


def _but(clock: Clock) -> Iterator[Text]:
    """What saying no means (HSF 6:2 st. 2): the person must know it before."""
    if clock.part in IN_PRIMARY_CARE or clock.breached_on is not None:
        return
    yield _("Säger du nej till en tid som är före den dagen, så slutar vi räkna dagarna.")
    yield _("Du står kvar i kön hos oss.")


def _offer(clock: Clock, matter: Matter) -> Iterator[Text]:
    if matter.care_on is None:
        raise NotNow(_("Ingen tid är erbjuden."), mend=_("Erbjud en tid först."))
    yield _("Du har väntat på: %(what)s.", what=matter.what)
    yield _("Nu har du fått en tid: %(day)s.", day=said_date(matter.care_on))
    yield _("Plats: %(where)s.", where=matter.where)
    if matter.travel:
        yield _("Din resa: %(travel)s.", travel=matter.travel.rstrip("."))
    yield _("Ring och säg om du vill ha tiden.")
    yield _wait_for(clock)
    yield from _but(clock)
    yield _call(matter)


def _elsewhere(clock: Clock, matter: Matter) -> Iterator[Text]:
    if clock.part in IN_PRIMARY_CARE:
        raise NotNow(
            _("I primärvården ger lagen ingen rätt till vård hos en annan vårdgivare."),
            mend=_("Ta kontakt med personen i stället."),
        )
    yield _("Du väntar på: %(what)s.", what=matter.what)
    if clock.breached_on is not None:
        yield _wait_for(clock)
        yield _("Vi har inte klarat det. Det är vårt fel, inte ditt.")
    else:
        yield _("Vi tror inte att vi hinner ge dig vård i tid.")
    yield _("Du har rätt till vård på en annan plats. Det kostar inte mer för dig.")
    if matter.care_on is not None:
        yield _("Du kan få tid %(day)s.", day=said_date(matter.care_on))
        yield _("Plats: %(where)s.", where=matter.where)
    if matter.travel:
        yield _("Din resa: %(travel)s.", travel=matter.travel.rstrip("."))
    yield _("Du väljer själv. Du kan också säga nej och vänta kvar hos oss.")
    yield _call(matter)


def _call(matter: Matter) -> Text:
    if matter.phone:
        return _("Ring oss: %(unit)s, %(phone)s.", unit=matter.unit, phone=matter.phone)
    return _("Frågor? Tala med oss på %(unit)s.", unit=matter.unit)
