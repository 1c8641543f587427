"""What the person ticks off before going home, what a no becomes, and what the person is told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samverka.discharge.rules.items import ITEMS, Answer, ItemKind, owner_of
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part
from samverka.kernel.calendar import start_of_day
from samverka.kernel.problems import NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

QUESTION_LENGTH = 1000
"""Characters of what the person asks."""


class Tick(StrEnum):
    """What the person is asked. The codes are stored."""

    KEYS = "keys"
    FOOD = "food"
    MEETS = "meets"
    MEDICINES = "medicines"
    RING = "ring"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class TickSpec:
    """One question to the person.

    Attributes:
        ask: in easy Swedish.
        item: what a no becomes on the list.
        words: what the line says to the unit; empty: the kind's own words.
    """

    ask: Text
    item: ItemKind
    words: Text | None = None


TICKS: Mapping[Tick, TickSpec] = {
    Tick.KEYS: TickSpec(_("Har du dina nycklar?"), ItemKind.KEYS),
    Tick.FOOD: TickSpec(_("Finns det mat hemma?"), ItemKind.FOOD),
    Tick.MEETS: TickSpec(_("Är det någon som möter dig?"), ItemKind.MEETS),
    Tick.MEDICINES: TickSpec(_("Har du din medicin hemma?"), ItemKind.FIRST_DAYS),
    Tick.RING: TickSpec(
        _("Vet du vem du ska ringa om du blir sämre?"), ItemKind.OTHER,
        _("Personen vet inte vem man ska ringa"),
    ),
    Tick.QUESTION: TickSpec(
        _("Är det något du undrar?"), ItemKind.OTHER, _("Fråga från personen"),
    ),
}  # fmt: skip
"""The person's list in one table; practice, not law."""

YES_OR_NO = tuple(one for one in Tick if one is not Tick.QUESTION)
"""What is ticked; the last one is written."""


def becomes_item(tick: Tick, *, yes: bool | None, words: str) -> bool:
    """Whether an answer is something that a unit must see to: a no, or a question."""
    return bool(words) if tick is Tick.QUESTION else yes is False


def tick_owner(tick: Tick, parts: Set[Part]) -> Part:
    """Which part sees to a no."""
    return owner_of(TICKS[tick].item, parts)


def opens_at(estimated_at: date | None, hours: int) -> datetime | None:
    """When the person's list opens: so many hours before the day when the person goes home begins."""
    return start_of_day(estimated_at) - timedelta(hours=hours) if estimated_at else None


def is_open(status: CaseStatus, *, estimated_at: date | None, hours: int, now: datetime) -> bool:
    """Whether the person can tick now: on the ward, and soon to go home or ready to."""
    if status not in INSIDE:
        return False
    begins = opens_at(estimated_at, hours)
    return status is CaseStatus.READY or (begins is not None and now >= begins)


def check_open(status: CaseStatus, *, estimated_at: date | None, hours: int, now: datetime) -> None:
    """Raises NotNow before the list opens, and when the person has gone home."""
    if is_open(status, estimated_at=estimated_at, hours=hours, now=now):
        return
    if status in INSIDE:
        raise NotNow(
            _("Listan öppnar när det är dags att åka hem."),
            mend=_("Fråga på avdelningen när det blir."),
        )
    raise NotNow(
        _("Du är inte kvar på sjukhuset. Listan går inte att ändra nu."),
        mend=_("Ring din kontakt om du undrar något."),
    )


# ── what is decided ──


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the list as the person may know it.

    Attributes:
        from_person: it came of what the person ticked off, or asked.
        at_home: asked when the person had come home: between those who take care of it.
    """

    kind: ItemKind
    answer: Answer | None
    words: str
    unit: str
    from_person: bool = False
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """Something that is in place at home: what, in the unit's own words, and which unit says so."""

    name: Text
    words: str
    unit: str


def who_meets(lines: Iterable[Answered]) -> str:
    """Who meets the person, as the unit that knows has said it; empty while nobody has."""
    said = [
        one.words
        for one in lines
        if one.kind is ItemKind.MEETS and one.answer is Answer.YES and one.words
    ]
    return said[-1] if said else ""


def what_is_decided(lines: Iterable[Answered]) -> list[Decided]:
    """What is in place, and what was answered to the person's own question.

    What is not in place, and what staff ask each other in words of their own, is not told here.
    """
    order = list(ItemKind)
    return [
        Decided(name, one.words, one.unit)
        for one in sorted(lines, key=lambda one: order.index(one.kind))
        if not one.at_home and (name := _name(one)) is not None
    ]


def _name(one: Answered) -> Text | None:
    if one.kind is ItemKind.OTHER:
        return _("Svar på din fråga") if one.from_person and one.words else None
    met = one.kind is ItemKind.MEETS and bool(one.words)  # stands under "Vem möter mig?"
    if one.answer is not Answer.YES or met:
        return None
    return EASY_WORDS.get(one.kind, ITEMS[one.kind].words)


EASY_WORDS: Mapping[ItemKind, Text] = {ItemKind.DOSE: _("Rätt mängd medicin")}
"""What a line is called to the person, where the words of the list are those of staff."""
