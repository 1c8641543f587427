"""Who gets a message when nobody has chosen, and what it says of the person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.messages import MESSAGES, Fact, MessageKind
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

Body = Mapping[str, object]
"""What a message holds: names of `Fact`; days and times as ISO 8601."""


DAYS = frozenset({Fact.ESTIMATED})
"""Facts that are a day."""
MOMENTS = frozenset({Fact.JUDGED, Fact.LEAVE_FROM, Fact.LEAVE_TO, Fact.DISCHARGED})
"""Facts that are a day and a clock time."""


@dataclass(frozen=True, slots=True)
class SaidFact:
    """One fact of a message, as it is to be told: a day, a moment or words."""

    name: str
    words: str = ""
    day: date | None = None
    moment: datetime | None = None


def said_fact(name: str, value: object) -> SaidFact:
    """What a message holds under a name; a time that cannot be read is told as it was written."""
    try:
        if name in DAYS:
            return SaidFact(name, day=date.fromisoformat(str(value)))
        if name in MOMENTS:
            return SaidFact(name, moment=datetime.fromisoformat(str(value)))
    except ValueError:
        pass
    return SaidFact(name, words=str(value))


@dataclass(frozen=True, slots=True)
class Receiver:
    """A unit that takes part in a case."""

    unit_id: UUID
    part: Part


def proposed(kind: MessageKind, sender: UUID, parts: Iterable[Receiver]) -> list[Receiver]:
    """All who take part and may have the message, except the sender."""
    allowed = MESSAGES[kind].receivers
    return [one for one in parts if one.part in allowed and one.unit_id != sender]


def day_of(body: Body, fact: Fact) -> date:
    """A day in a message.

    Raises:
        Invalid: it cannot be read as a day.
    """
    try:
        return date.fromisoformat(str(body[fact.value]))
    except (KeyError, ValueError) as fault:
        raise Invalid(_("Skriv en dag, till exempel 2026-11-27."), where=fact.value) from fault


def moment_of(body: Body, fact: Fact) -> datetime:
    """An aware time in a message.

    Raises:
        Invalid: it cannot be read, or lacks its zone.
    """
    try:
        found = datetime.fromisoformat(str(body[fact.value]))
    except (KeyError, ValueError) as fault:
        raise Invalid(_("Skriv dag och klockslag."), where=fact.value) from fault
    if found.tzinfo is None:
        raise Invalid(_("Tiden saknar tidszon."), where=fact.value)
    return found


RESERVE_LIMIT = timedelta(days=31)
"""What was sent on paper while the system was down is entered within this (days); practice."""


def clean(value: str) -> str:
    """A text without what no one has typed: a NUL, and space at its ends."""
    return value.replace("\x00", "").strip()


def text_of(value: str, where: str, longest: int) -> str:
    """A text as it is to be stored.

    Raises:
        Invalid: it is too long (characters).
    """
    found = clean(value)
    if len(found) > longest:
        raise Invalid(_("Texten är för lång: högst %(many)d tecken.", many=longest), where=where)
    return found


def check_sent(sent_at: datetime, now: datetime, admitted_at: datetime | None = None) -> None:
    """Raises Invalid for a time of sending to come, before the stay, or too long ago for a stop of the system."""
    if sent_at > now:
        raise Invalid(_("Meddelandet kan inte vara skickat i framtiden."), where="sent_at")
    if admitted_at is not None and sent_at < admitted_at:
        raise Invalid(
            _("Meddelandet kan inte vara skickat före inskrivningen."),
            where="sent_at",
            mend=_("Rätta tiden, eller när personen skrevs in."),
        )
    if now - sent_at > RESERVE_LIMIT:
        raise Invalid(
            _("Det är mer än en månad sedan. Kontrollera när det skickades."), where="sent_at"
        )
