"""A form outside the house: an answer as cells of a sheet, and back again. Swedish, as the questions are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.reports.answers import Answer, check_answer, number_of
from samverka.transition.rules.reports.form import Question
from samverka.transition.rules.reports.kinds import (
    PARTLY_WORDS,
    REACH_WORDS,
    RESPONSIBLE_WORDS,
    QuestionKind,
)

CODE, AREA, ASKED, ANSWER, WORDS, LINKS, HOW = HEAD = tuple(
    one.msgid
    for one in (
        _("Kod"), _("Område"), _("Fråga"), _("Svar"), _("Kommentar"), _("Länkar"), _("Så svarar du"),
    )
)  # fmt: skip
"""The heads of the columns. They are the file's own, so that it can be read back in any language."""

SHEET: Final = "Svar"
LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a filled form."""

_CHOICES: Mapping[QuestionKind, Mapping[str, str]] = {
    QuestionKind.LEVEL: {key.value: str(said) for key, said in REACH_WORDS.items()},
    QuestionKind.PARTLY: {key.value: str(said) for key, said in PARTLY_WORDS.items()},
}
_WHO = {key.value: str(said) for key, said in RESPONSIBLE_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Cells:
    """One question's cells.

    Attributes:
        place: where in the file, in words: "rad 7".
    """

    place: str
    code: str
    answer: str
    words: str
    links: str


def cells_of(question: Question, answer: Answer) -> tuple[str, str, str]:
    """The answer, the comment and the links as cells."""
    main = ""
    if question.kind in _CHOICES:
        main = _CHOICES[question.kind].get(answer.choice, "")
    elif answer.number is not None:
        main = f"{answer.number:f}".replace(".", ",")
    elif answer.chosen:
        main = "\n".join(_line(question, code, who) for code, who in answer.chosen)
    words = answer.words
    if question.kind in (QuestionKind.TEXT, QuestionKind.INDICATOR):
        main, words = words, ""
    return main, words, "\n".join(answer.links)


def _line(question: Question, code: str, who: str) -> str:
    name = dict(question.options)[code]
    return f"{name}: {_WHO[who]}" if who else name


def how_to(question: Question) -> str:
    """How the cell is filled in."""
    options = "; ".join(words for _code, words in question.options)
    if question.kind in _CHOICES:
        return " / ".join(_CHOICES[question.kind].values())
    if question.kind is QuestionKind.NUMBER:
        return str(_("Ett tal (%(unit)s)", unit=question.unit or "–"))
    if question.kind is QuestionKind.MANY:
        return str(_("En på varje rad: %(options)s", options=options))
    if question.kind is QuestionKind.FACTORS:
        who = " / ".join(_WHO.values())
        return str(
            _("En på varje rad, med kolon och vem: %(options)s (%(who)s)", options=options, who=who)
        )
    return str(_("Egna ord"))


def answer_in(question: Question, cells: Cells) -> Answer:
    """The cells as an answer, checked.

    Raises:
        Invalid: what stands there, and what may stand there.
    """
    text = cells.answer.strip()
    words = cells.words
    choice, number = "", None
    chosen: tuple[tuple[str, str], ...] = ()
    if question.kind in _CHOICES:
        choice = _choice(question, text)
    elif question.kind is QuestionKind.NUMBER:
        number = number_of(text, question.code)
    elif question.options:
        chosen = tuple(_one(question, line) for line in text.split("\n") if line.strip())
    else:
        words = "\n".join(one for one in (text, words.strip()) if one)
    return check_answer(
        question,
        Answer(choice, number, chosen, words, tuple(cells.links.replace(";", "\n").split("\n"))),
    )


def _choice(question: Question, text: str) -> str:
    if not text:
        return ""
    known = {said.casefold(): code for code, said in _CHOICES[question.kind].items()}
    if text.casefold() not in known:
        allowed = " / ".join(_CHOICES[question.kind].values())
        raise _strange(question, text, allowed)
    return known[text.casefold()]


def _one(question: Question, line: str) -> tuple[str, str]:
    known = {words.casefold(): code for code, words in question.options}
    name, _colon, who = line.strip().removeprefix("-").strip().rpartition(":")
    if question.kind is QuestionKind.MANY or not name:
        name, who = line.strip().removeprefix("-").strip(), ""
    if name.strip().casefold() not in known:
        raise _strange(question, line, "; ".join(words for _code, words in question.options))
    responsible = {said.casefold(): code for code, said in _WHO.items()}
    if question.kind is QuestionKind.FACTORS and who.strip().casefold() not in responsible:
        raise _strange(question, line, f"{name.strip()}: {' / '.join(_WHO.values())}")
    return known[name.strip().casefold()], responsible.get(who.strip().casefold(), "")


def _strange(question: Question, text: str, allowed: str) -> Invalid:
    return Invalid(
        _("“%(text)s” är inte ett svar på frågan.", text=text.strip()[:80]),
        mend=_("Skriv något av: %(allowed)s", allowed=allowed),
        where=question.code,
    )


def plain(value: object) -> str:
    """What a cell of a sheet holds, as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return f"{value:.10g}".replace(".", ",")
    return str(value)
