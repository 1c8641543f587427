"""The access log as the person reads it: who did what, day by day, in plain words (PDL 8:5). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from samverka.access.actions import Action
from samverka.kernel.actor import ActorKind
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

OWN_WORDS: dict[Action, Text] = {
    Action.PERSON_SEARCH: _("såg ditt namn i en lista"),
    Action.PERSON_READ: _("såg vem du är"),
    Action.PERSON_REGISTER: _("skrev in dig"),
    Action.PERSON_EDIT: _("ändrade ditt namn, din adress eller dina nära"),
    Action.PERSON_ADDRESS: _("såg din skyddade adress"),
    Action.RELATION_OPEN: _("skrev att de hjälper dig"),
    Action.RELATION_END: _("skrev att de inte hjälper dig längre"),
    Action.PROXY_READ: _("såg vem som är ditt ombud"),
    Action.PROXY_GRANT: _("gav ett ombud rätt att läsa"),
    Action.PROXY_END: _("tog bort ett ombud"),
    Action.CONSENT_READ: _("såg vad du har sagt ja till"),
    Action.CONSENT_GIVE: _("skrev att du säger ja"),
    Action.CONSENT_WITHDRAW: _("skrev att du tar tillbaka ditt ja"),
    Action.BLOCK_SET: _("spärrade det du bad om"),
    Action.BLOCK_REMOVE: _("tog bort en spärr"),
    Action.BLOCK_LIFT: _("öppnade en spärr för en kort tid"),
    Action.CHOICE_OPEN: _("valde att läsa vad andra har skrivit"),
    Action.EMERGENCY_OPEN: _("öppnade allt i ett nödläge"),
    Action.PLAN_LIST: _("såg vilka planer du har"),
    Action.PLAN_READ: _("läste din plan"),
    Action.PLAN_START: _("började en plan"),
    Action.PLAN_EDIT: _("ändrade i din plan"),
    Action.PLAN_SHARE: _("delade din plan"),
    Action.PLAN_COMMENT: _("skrev i din plan"),
    Action.CONTACT_LIST: _("såg dina tider"),
    Action.CONTACT_READ: _("såg en av dina tider"),
    Action.CONTACT_RECEIVE: _("skrev in en tid eller ett besök"),
    Action.CONTACT_APPOINT: _("valde vem du ska ringa"),
    Action.IMPORT_READ: _("såg hur uppgifter lästes in"),
    Action.OVERVIEW_READ: _("öppnade din sida i sitt system"),
    Action.CONTRACT_READ: _("läste din sida"),
    Action.WORKLIST_READ: _("såg dig i sin lista"),
    Action.SHELF_READ: _("läste det som andra system har skickat"),
    Action.SHELF_RECEIVE: _("tog emot det som andra system har skickat"),
    Action.LOG_OWN: _("läste vem som har läst"),
    Action.LOG_REVIEW: _("kontrollerade vem som har läst"),
    Action.LOG_CHECK: _("skrev ned en kontroll av vem som har läst"),
    Action.ORGANISATION_READ: _("läste om enheterna"),
    Action.ORGANISATION_EDIT: _("ändrade om enheterna"),
    Action.ASSIGNMENT_READ: _("såg vem som arbetar var"),
}
"""The action, said to the one whom it is about."""


class Line(Protocol):
    """What must be known of one line of the log."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def who(self) -> str:
        """Name of the one who did it."""

    @property
    def role(self) -> str:
        """Profession."""

    @property
    def unit(self) -> str:
        """From which unit."""

    @property
    def provider(self) -> str:
        """In the name of which care provider."""

    @property
    def action(self) -> str:
        """Code of the action."""

    @property
    def ground(self) -> str:
        """On what ground, in words."""

    @property
    def reason(self) -> str:
        """The reader's own reason, where one was asked for."""

    @property
    def refused(self) -> bool:
        """It was stopped."""

    @property
    def emergency(self) -> bool:
        """It was an emergency opening, or by one."""

    @property
    def actor_id(self) -> str:
        """Id of the log-in."""

    @property
    def actor_kind(self) -> str:
        """Code: staff, person or system."""

    @property
    def request_id(self) -> str:
        """The request in which it happened."""


_FIRST = (
    Action.EMERGENCY_OPEN,
    Action.BLOCK_LIFT,
    Action.CHOICE_OPEN,
    Action.PLAN_EDIT,
    Action.PLAN_READ,
)
"""What weighs most is told first."""

_SMALL = frozenset({Action.PERSON_READ, Action.PLAN_LIST, Action.PROXY_READ, Action.CONSENT_READ})
"""Left unsaid beside something larger in the same moment: opening a plan shows whose it is."""


@dataclass(frozen=True, slots=True)
class LogDeed:
    """All that one did in one moment."""

    at: datetime
    who: str
    role: str
    unit: str
    provider: str
    did: tuple[str, ...]
    grounds: tuple[str, ...]
    refused: bool
    emergency: bool
    reason: str
    by_house: bool


@dataclass(frozen=True, slots=True)
class LogDay:
    """One day of the log, newest first."""

    day: date
    deeds: tuple[LogDeed, ...]


def told_by_day(lines: Sequence[Line]) -> tuple[LogDay, ...]:
    """Lines (newest first) → days, with the lines of one moment told as one deed."""
    deeds = [_deed(list(group)) for _key, group in groupby(lines, key=_moment)]
    days = groupby(deeds, key=lambda deed: local_date(deed.at))
    return tuple(LogDay(day, tuple(found)) for day, found in days)


def _moment(line: Line) -> tuple[object, ...]:
    return line.at, line.actor_id, line.request_id, line.refused


def _deed(lines: list[Line]) -> LogDeed:
    first = lines[0]
    return LogDeed(
        at=first.at,
        who=first.who,
        role=first.role,
        unit=first.unit,
        provider=first.provider,
        did=_did(lines),
        grounds=tuple(dict.fromkeys(line.ground for line in lines if line.ground)),
        refused=first.refused,
        emergency=any(line.emergency for line in lines),
        reason=next((line.reason for line in lines if line.reason), ""),
        by_house=first.actor_kind == ActorKind.SYSTEM,
    )


def _did(lines: Iterable[Line]) -> tuple[str, ...]:
    actions = sorted(dict.fromkeys(line.action for line in lines), key=_weight)
    large = [action for action in actions if action not in _SMALL]
    return tuple(_words(action) for action in large or actions)


def _weight(action: str) -> tuple[int, str]:
    found = [number for number, first in enumerate(_FIRST) if first == action]
    return (found[0] if found else len(_FIRST), action)


def _words(action: str) -> str:
    return OWN_WORDS[Action(action)] if action in _TOLD else _OTHERWISE


_TOLD = frozenset(action.value for action in OWN_WORDS)
_OTHERWISE = _("såg något om dig")
