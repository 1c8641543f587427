"""Before the meeting: what the person writes at home, part by part, and where it goes in the plan. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from samverka.careplans.rules.kinds import Section
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class PrepPart(StrEnum):
    """One thought per screen, in the order the person meets them."""

    WHAT_MATTERS = "what-matters"
    STRENGTHS = "strengths"
    MANAGE = "manage"
    NETWORK = "network"
    HELP = "help"
    GUESTS = "guests"


@dataclass(frozen=True, slots=True)
class PrepSpec:
    """One part.

    Attributes:
        ask: the question to the person.
        help: a few words that make it easier to begin.
        label: what staff see above the answer.
        section: the section of the plan that it can be taken into; None where it has none.
        goal: it can be taken in as a goal.
    """

    ask: Text
    help: Text
    label: Text
    section: Section | None = None
    goal: bool = False


PREP_PARTS: dict[PrepPart, PrepSpec] = {
    PrepPart.WHAT_MATTERS: PrepSpec(
        _("Vad är viktigt för dig?"),
        _("Tänk på en bra dag. Vad gör du då? Vem är med?"),
        _("Vad är viktigt för mig?"),
        Section.WHAT_MATTERS,
    ),
    PrepPart.STRENGTHS: PrepSpec(
        _("Vad mår du bra av?"),
        _("Det kan vara något du gör, en plats eller en vän."),
        _("Det här mår jag bra av"),
        Section.STRENGTHS,
    ),
    PrepPart.MANAGE: PrepSpec(
        _("Vad klarar du själv?"),
        _("Stort som smått. Det ska du få göra själv också sedan."),
        _("Det här klarar jag själv"),
        Section.STRENGTHS,
    ),
    PrepPart.NETWORK: PrepSpec(
        _("Vem finns nära dig?"),
        _("Skriv vem som hjälper till, och med vad. Skriv också om något ovan är fel."),
        _("Det här är de som finns nära mig"),
        Section.STRENGTHS,
    ),
    PrepPart.HELP: PrepSpec(
        _("Vad vill du ha hjälp med?"),
        _("Börja med det som är svårast just nu."),
        _("Det här vill jag ha hjälp med"),
        goal=True,
    ),
    PrepPart.GUESTS: PrepSpec(
        _("Vem vill du ha med på mötet?"),
        _("Du får ta med någon du litar på. Skriv också om någon inte ska vara med."),
        _("De här vill jag ha med på mötet"),
    ),
}

PART_LENGTH = 4000
"""Longest answer to one question (characters)."""


def next_part(part: PrepPart) -> PrepPart | None:
    """The question after this one; None after the last."""
    order = list(PrepPart)
    place = order.index(part) + 1
    return order[place] if place < len(order) else None


def part_before(part: PrepPart) -> PrepPart | None:
    """The question before this one; None before the first."""
    place = list(PrepPart).index(part)
    return list(PrepPart)[place - 1] if place else None


_SENTENCES = re.compile(r"[\n;]+|[.!?]+(?:\s+|$)")
_AND = re.compile(r"\s+(?:och|samt|and)\s+", re.IGNORECASE)
_NO = re.compile(r"\b(?:inte|ingen|inga|inget|ej|not|nobody|no)\b", re.IGNORECASE)
NAME_OFFERED = 200
"""Longest piece that is offered as someone to invite (characters)."""


def named_guests(words: str) -> tuple[str, ...]:
    """Whom the person has named, one by one: offered to be invited, never invited by themselves.

    "Eva, dotter" is one; "Eva, Bo och Gun" are three. What says "not" is left to be read.
    """
    sentences = [one for one in _SENTENCES.split(words) if not _NO.search(one)]
    found = (name for sentence in sentences for name in _names_in(sentence))
    trimmed = (" ".join(one.split()).strip(" ,.-–•*") for one in found)
    return tuple(dict.fromkeys(one for one in trimmed if 0 < len(one) <= NAME_OFFERED))


def _names_in(sentence: str) -> list[str]:
    several = _AND.search(sentence) is not None or sentence.count(",") > 1
    pieces = _AND.split(sentence)
    return [name for one in pieces for name in (one.split(",") if several else [one])]


def join_words(now: str, words: str) -> str:
    """The person's words put into a section: after what stands there, never instead of it, never twice."""
    before, added = now.strip(), words.strip()
    if not added or added in before:
        return before
    return f"{before}\n\n{added}" if before else added
