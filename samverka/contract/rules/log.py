"""The access log as the person reads it: who did what, day by day, in plain words (PDL 8:5). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Protocol

from samverka.access.actions import Action
from samverka.access.rules import Ground
from samverka.kernel.actor import ActorKind
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

OWN_WORDS: dict[Action, Text] = {
    Action.PERSON_SEARCH: _("såg ditt namn i en lista"),
    Action.SUBSCRIPTION_TELL: _("fick veta genom sitt datasystem att något om dig har ändrats"),
    Action.INDEX_TELL: _("berättade för vårdens register att du har en plan"),
    Action.PERSON_READ: _("såg vem du är"),
    Action.PERSON_OWN: _("skrev hur man når dig"),
    Action.PERSON_REGISTER: _("skrev in dig"),
    Action.PERSON_EDIT: _("ändrade ditt namn, din adress eller dina nära"),
    Action.PERSON_ADDRESS: _("såg din skyddade adress"),
    Action.RELATION_OPEN: _("skrev att de hjälper dig"),
    Action.RELATION_END: _("skrev att de inte hjälper dig längre"),
    Action.PROXY_READ: _("såg vem som är ditt ombud"),
    Action.PROXY_GRANT: _("gav ett ombud rätt att läsa"),
    Action.PROXY_END: _("tog bort ett ombud"),
    Action.APP_ALLOW: _("släppte in en app"),
    Action.APP_READ: _("såg vilka appar du har släppt in"),
    Action.APP_END: _("tog tillbaka en app"),
    Action.APP_OPEN: _("öppnade din sida i en app"),
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
    Action.PLAN_DISCLOSE: _("gav din plan till dem som du har sagt ja till"),
    Action.PLAN_APPROVE: _("justerade din plan"),
    Action.PLAN_COMMENT: _("skrev i din plan"),
    Action.PLAN_TASK: _("svarade på en uppgift i din plan"),
    Action.MEETING_READ: _("såg ett möte om din plan"),
    Action.MEETING_CALL: _("bjöd in till ett möte"),
    Action.MEETING_ANSWER: _("svarade om ett möte"),
    Action.MEETING_HOLD: _("höll i ett möte"),
    Action.MEETING_CONFIRM: _("sa ja till det som ni kom fram till"),
    Action.MEETING_WRITE: _("skrev i din plan på ett möte"),
    Action.REQUEST_READ: _("såg att någon har bett om en plan"),
    Action.REQUEST_ASK: _("bad om en plan"),
    Action.REQUEST_ANSWER: _("svarade om din plan"),
    Action.SUGGESTION_READ: _("såg att du kan behöva en plan"),
    Action.SUGGESTION_ANSWER: _("svarade på om du kan behöva en plan"),
    Action.PLAN_CONSENT_ASK: _("frågade om de får dela din plan"),
    Action.PLAN_CONSENT_ANSWER: _("skrev vad du svarade om din plan"),
    Action.PREPARATION_READ: _("läste det du har skrivit inför mötet"),
    Action.PREPARATION_WRITE: _("skrev inför mötet"),
    Action.CONTACT_LIST: _("såg dina tider"),
    Action.CONTACT_READ: _("såg en av dina tider"),
    Action.CONTACT_RECEIVE: _("skrev in en tid eller ett besök"),
    Action.CONTACT_APPOINT: _("valde vem du ska ringa"),
    Action.CONTACT_ASK: _("bad om en ny kontakt"),
    Action.SELF_CARE_READ: _("läste dina råd om egenvård"),
    Action.SELF_CARE_EDIT: _("skrev råd om egenvård till dig"),
    Action.CASE_LIST: _("såg dig på sin tavla"),
    Action.CASE_READ: _("såg om du är på sjukhus eller på väg hem"),
    Action.CASE_OPEN: _("skrev in dig på sjukhuset"),
    Action.CASE_EDIT: _("planerade din hemgång"),
    Action.CASE_SEND: _("skickade ett meddelande om din hemgång"),
    Action.CASE_GIVE: _("lät en enhet få veta om din hemgång"),
    Action.CASE_RECEIPT: _("tog emot ett meddelande om din hemgång"),
    Action.CASE_PREPARE: _("förberedde din hemgång"),
    Action.CASE_FOLLOW_UP: _("hörde hur det går hemma"),
    Action.CASE_WATCH: _("påminde om din hemgång"),
    Action.CASE_HEAR: _("fick veta från sjukhusets system att du är där, eller att du går hem"),
    Action.BASIS_READ: _("såg vad kommunen ska betala"),
    Action.FIGURES_PERSONS: _("såg att du är med i statistiken"),
    Action.BASIS_EDIT: _("ändrade vad kommunen ska betala"),
    Action.GUARANTEE_LIST: _("såg din väntan i en lista"),
    Action.GUARANTEE_READ: _("såg hur länge du väntar"),
    Action.GUARANTEE_START: _("började räkna din väntan"),
    Action.GUARANTEE_EDIT: _("skrev om din väntan"),
    Action.GUARANTEE_LETTER: _("skrev brev till dig om din väntan"),
    Action.GUARANTEE_HEAR: _("fick veta om din väntan från ett annat system"),
    Action.GUARANTEE_WATCH: _("påminde om din väntan"),
    Action.RESERVE_KEEP: _("sparade en lista om datorn slutar gå"),
    Action.PLAN_WATCH: _("såg efter vad som ska göras i din plan"),
    Action.IMPORT_READ: _("såg hur uppgifter lästes in"),
    Action.OVERVIEW_READ: _("öppnade din sida i sitt system"),
    Action.CONTRACT_READ: _("läste din sida"),
    Action.BEHALF_ENTER: _("skrev in det som du har sagt"),
    Action.WORKLIST_READ: _("såg dig i sin lista"),
    Action.TASK_EDIT: _("tog hand om något som rör dig"),
    Action.NEWS_READ: _("läste vad som är nytt"),
    Action.NOTICE_READ: _("såg hur en enhet får besked"),
    Action.NOTICE_RUN: _("skickade vidare något som väntade"),
    Action.SHELF_READ: _("läste det som andra system har skickat"),
    Action.SHELF_RECEIVE: _("tog emot det som andra system har skickat"),
    Action.SHELF_KEEP: _("skrev in uppgifter om dig från ett annat system"),
    Action.SHELF_REMOVE: _("tog bort uppgifter om dig från ett annat system"),
    Action.EXPORT_ASK: _("tog ut uppgifter som filer"),
    Action.EXPORT_RUN: _("skrev uppgifter till filer"),
    Action.LOG_OWN: _("läste vem som har läst"),
    Action.LOG_REVIEW: _("kontrollerade vem som har läst"),
    Action.LOG_CHECK: _("skrev ned en kontroll av vem som har läst"),
    Action.ORGANISATION_READ: _("läste om enheterna"),
    Action.ORGANISATION_EDIT: _("ändrade om enheterna"),
    Action.ASSIGNMENT_READ: _("såg vem som arbetar var"),
}
"""The action, said to the one whom it is about."""


WHY_WORDS: dict[Ground, Text] = {
    Ground.OWN: _("Det är din egen sida."),
    Ground.GUARDIAN: _("Är din vårdnadshavare."),
    Ground.REPRESENTATIVE: _("Är ditt ombud."),
    Ground.CARE_RELATION: _("Vårdar dig."),
    Ground.OWN_CASE: _("Hjälper dig i kommunen."),
    Ground.OTHER_UNIT: _("Behövde läsa vad en annan enhet har skrivit."),
    Ground.BLOCK_LIFTED: _("Fick en spärr öppnad en kort tid."),
    Ground.TAKES_PART: _("Gör något i din plan."),
    Ground.BY_LAW: _("Lagen säger att de ska få veta."),
    Ground.DISCLOSED: _("Du har sagt ja till att de delar planen."),
    Ground.KEPT: _("Har kvar det som de fick när du hade sagt ja."),
    Ground.CONSENT: _("Du har sagt ja till att de läser."),
    Ground.CHILD: _("Vårdar dig, och du är barn."),
    Ground.LASTING_INCAPACITY: _("Vårdar dig när du inte kan säga ja själv."),
    Ground.EMERGENCY: _("Det var fara för liv eller hälsa."),
    Ground.OFFICE: _("Har det som uppgift."),
    Ground.SYSTEM: _("Sker av sig självt."),
}
"""Why one may read, said to the one whom it is about."""


_PREPOSITIONS = frozenset({"för", "om", "från", "med", "for", "of", "about", "from", "with"})


def bare(words: str) -> str:
    """The deed without the preposition before whose data it was: for a table with a column for that."""
    head, _space, last = words.rpartition(" ")
    return head if head and last in _PREPOSITIONS else words


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
    def action(self) -> str:
        """Code of the action."""

    @property
    def ground_code(self) -> str:
        """On what ground."""

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
    """All that one did in one sitting. `until`: the last of it; `at` is the first."""

    at: datetime
    until: datetime
    who: str
    role: str
    unit: str
    did: tuple[str, ...]
    why: tuple[str, ...]
    refused: bool
    emergency: bool
    reason: str
    by_house: bool


@dataclass(frozen=True, slots=True)
class LogDay:
    """One day of the log, newest first."""

    day: date
    deeds: tuple[LogDeed, ...]


SITTING = timedelta(minutes=15)
"""What one does within so short a time is told as one: three pages opened are one visit."""


def told_by_day(lines: Sequence[Line]) -> tuple[LogDay, ...]:
    """Lines (newest first) → days, with the lines of one sitting told as one deed."""
    days = groupby(_sittings(lines), key=lambda sitting: local_date(sitting[0].at))
    return tuple(LogDay(day, tuple(_deed(one) for one in found)) for day, found in days)


def _sittings(lines: Sequence[Line]) -> list[list[Line]]:
    """What each did in one go: two who write by turns in a meeting are two sittings, not twenty."""
    found: list[list[Line]] = []
    going: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        key = (line.actor_id, line.unit, line.refused, local_date(line.at))
        sitting = going.get(key)
        if sitting is None or sitting[-1].at - line.at > SITTING:
            sitting = going[key] = []
            found.append(sitting)
        sitting.append(line)
    return found


def _deed(lines: list[Line]) -> LogDeed:
    last, first = lines[0], lines[-1]
    one = next((line for line in lines if line.actor_kind != ActorKind.SYSTEM), first)
    return LogDeed(
        at=first.at,
        until=last.at,
        who=one.who,
        role=one.role,
        unit=first.unit,
        did=_did(lines),
        why=_why(lines),
        refused=first.refused,
        emergency=any(line.emergency for line in lines),
        reason=" ".join(dict.fromkeys(line.reason for line in lines if line.reason)),
        by_house=one.actor_kind == ActorKind.SYSTEM,
    )


def _why(lines: Iterable[Line]) -> tuple[str, ...]:
    codes = dict.fromkeys(line.ground_code for line in lines if line.ground_code in _GROUNDS)
    return tuple(WHY_WORDS[Ground(code)] for code in codes)


_GROUNDS = frozenset(ground.value for ground in Ground)


def _did(lines: Iterable[Line]) -> tuple[str, ...]:
    actions = sorted(dict.fromkeys(line.action for line in lines), key=_weight)
    large = [action for action in actions if action not in _SMALL]
    return tuple(own_words(action) for action in large or actions)


def _weight(action: str) -> tuple[int, str]:
    found = [number for number, first in enumerate(_FIRST) if first == action]
    return (found[0] if found else len(_FIRST), action)


def own_words(action: str) -> str:
    """What was done, as the person reads it."""
    return OWN_WORDS[Action(action)] if action in _TOLD else _OTHERWISE


_TOLD = frozenset(action.value for action in OWN_WORDS)
_OTHERWISE = _("såg något om dig")
