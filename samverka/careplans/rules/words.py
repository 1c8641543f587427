"""What the person says about a plan, how it came here, and easy wordings of its parts. Pure."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from samverka.careplans.rules.kinds import Section
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

SAYER_LENGTH = 200
"""Characters of the name of the one whose words staff write down."""

EASY_LENGTH = 2000
"""Characters of an easy wording: longer is not easy."""

EASY_SECTIONS = (Section.WHAT_MATTERS, Section.STRENGTHS, Section.IF_WORSE)
"""Sections that the person reads and that can have an easy wording."""


class CommentKind(StrEnum):
    """What the person wants with the words."""

    QUESTION = "question"
    COMMENT = "comment"
    CHANGE = "change"


ANSWERED_KINDS = frozenset({CommentKind.QUESTION, CommentKind.CHANGE})
"""Words of the person that ask for an answer."""


COMMENT_KIND_WORDS: dict[CommentKind, Text] = {
    CommentKind.QUESTION: _("Fråga"),
    CommentKind.COMMENT: _("Kommentar"),
    CommentKind.CHANGE: _("Vill ändra"),
}


class CommentWay(StrEnum):
    """How the words came: written by the one who says them, or told to staff who wrote them down."""

    OWN = "own"
    PHONE = "phone"
    MEETING = "meeting"
    LETTER = "letter"


COMMENT_WAY_WORDS: dict[CommentWay, Text] = {
    CommentWay.OWN: _("Skrivet här"),
    CommentWay.PHONE: _("Per telefon"),
    CommentWay.MEETING: _("Vid ett möte"),
    CommentWay.LETTER: _("I brev"),
}


def check_sayer(name: str, way: CommentWay) -> str:
    """Whose words staff write down, trimmed: a name and a way, or neither.

    Raises:
        Invalid: someone said it but not who, or the name is too long.
    """
    name = " ".join(name.split())
    if way is not CommentWay.OWN and not name:
        raise Invalid(_("Skriv vem som sa det."), where="on_behalf_of")
    if len(name) > SAYER_LENGTH:
        raise Invalid(_("Namnet är för långt. Korta det."), where="on_behalf_of")
    return name


def easy_place(section: Section | None = None, part_id: UUID | None = None) -> str:
    """The name of a part of the plan, as easy wordings are kept by: a section, or a goal or activity."""
    return section.value if section is not None else str(part_id)


def check_easy(words: str, original: str) -> str:
    """An easy wording, trimmed.

    Raises:
        Invalid: it is too long, the same as the original, or the original is empty.
    """
    words = words.strip()
    if not original.strip():
        raise Invalid(_("Skriv först det som ska stå i planen. Sedan kan du skriva det lättare."))
    if len(words) > EASY_LENGTH:
        raise Invalid(_("Texten är för lång för att vara lättläst. Korta den."), where="words")
    if words == original.strip():
        raise Invalid(_("Det står likadant i planen. Skriv det lättare."), where="words")
    return words
