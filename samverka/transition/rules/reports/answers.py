"""One answer: read, checked, kept, said. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.transition.rules.reports.form import Form, Question
from samverka.transition.rules.reports.kinds import (
    PARTLY_WORDS,
    REACH_WORDS,
    RESPONSIBLE_WORDS,
    Partly,
    QuestionKind,
    Reach,
    Recipient,
    Responsible,
)

LONGEST = 10_000
"""Characters of an answer in free words."""

MOST_LINKS = 10
LONGEST_LINK = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; which parts are used depends on the kind of question.

    Attributes:
        choice: code of `Reach` or `Partly`.
        number: exact, as it was typed.
        chosen: (code of the choice, code of `Responsible` or ""), in the form's order.
        words: free words; on every kind of question.
        links: addresses of what proves it.
    """

    choice: str = ""
    number: Decimal | None = None
    chosen: tuple[tuple[str, str], ...] = ()
    words: str = ""
    links: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing was answered."""
        return self == Answer()


def answer_of(data: Mapping[str, Any]) -> Answer:
    """As it is kept → the answer."""
    number = data.get("number")
    return Answer(
        choice=str(data.get("choice", "")),
        number=Decimal(number) if number is not None else None,
        chosen=tuple((str(code), str(who)) for code, who in data.get("chosen", ())),
        words=str(data.get("words", "")),
        links=tuple(str(one) for one in data.get("links", ())),
    )


def answer_data(answer: Answer) -> dict[str, Any]:
    """As it is kept; only what is there, so that equal answers are equal as text."""
    kept: dict[str, Any] = {}
    if answer.choice:
        kept["choice"] = answer.choice
    if answer.number is not None:
        kept["number"] = str(answer.number)
    if answer.chosen:
        kept["chosen"] = [list(one) for one in answer.chosen]
    if answer.words:
        kept["words"] = answer.words
    if answer.links:
        kept["links"] = list(answer.links)
    return kept


def number_of(text: str, where: str = "") -> Decimal | None:
    """A number as people write it: "1 234,5". Empty is None.

    Raises:
        Invalid: it is no number.
    """
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".").rstrip("%")
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation as fault:
        raise Invalid(
            _("%(text)s är inte ett tal.", text=text.strip()),
            mend=_("Skriv bara siffror, till exempel 1 234,5."),
            where=where,
        ) from fault
    if not found.is_finite():
        raise Invalid(_("%(text)s är inte ett tal.", text=text.strip()), where=where)
    return found


# ── checked ──


def check_answer(question: Question, answer: Answer) -> Answer:
    """The answer as it can be kept: space trimmed, choices in the form's order.

    Raises:
        Invalid: with `where` the question's code.
    """
    words = answer.words.strip().replace("\r\n", "\n")
    if len(words) > LONGEST:
        raise Invalid(
            _("Texten får ha högst %(longest)d tecken.", longest=LONGEST), where=question.code
        )
    return Answer(
        choice=_choice(question, answer.choice),
        number=_number(question, answer.number),
        chosen=_chosen(question, answer.chosen),
        words=words,
        links=_links(question, answer.links),
    )


def _choice(question: Question, choice: str) -> str:
    allowed = {
        QuestionKind.LEVEL: {one.value for one in Reach},
        QuestionKind.PARTLY: {one.value for one in Partly},
    }
    if choice and choice not in allowed.get(question.kind, set()):
        raise Invalid(_("Välj ett av svaren i listan."), where=question.code)
    return choice


def _number(question: Question, number: Decimal | None) -> Decimal | None:
    if number is None:
        return None
    if question.kind is not QuestionKind.NUMBER:
        raise Invalid(_("Frågan besvaras inte med ett tal."), where=question.code)
    if number < 0 or (question.highest is not None and number > question.highest):
        raise Invalid(
            _("Talet ska vara minst 0 och högst %(highest)s.", highest=question.highest)
            if question.highest is not None
            else _("Talet kan inte vara mindre än 0."),
            where=question.code,
        )
    return number


def _chosen(question: Question, chosen: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    given = dict(chosen)
    unknown = given.keys() - {code for code, _words in question.options}
    if unknown:
        raise Invalid(_("Välj ett av svaren i listan."), where=question.code)
    if question.kind is not QuestionKind.FACTORS:
        return tuple((code, "") for code, _words in question.options if code in given)
    for code, who in given.items():
        if who not in {str(one) for one in Responsible}:
            words = dict(question.options)[code]
            raise Invalid(
                _("Välj vem som ansvarar för %(factor)s.", factor=words), where=question.code
            )
    return tuple((code, given[code]) for code, _words in question.options if code in given)


def _links(question: Question, links: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(one.strip() for one in links if one.strip())
    if len(found) > MOST_LINKS:
        raise Invalid(_("Högst %(most)d länkar.", most=MOST_LINKS), where=question.code)
    for one in found:
        if not one.startswith(("https://", "http://")) or len(one) > LONGEST_LINK or " " in one:
            raise Invalid(
                _("%(link)s är ingen länk.", link=one[:60]),
                mend=_("En länk börjar med https:// och har inga mellanslag."),
                where=question.code,
            )
    return found


def is_answered(question: Question, answer: Answer) -> bool:
    """Whether the question has got what it asks for, or words that say why not; a link alone is no answer."""
    if question.kind in (QuestionKind.TEXT, QuestionKind.INDICATOR):
        return bool(answer.words)
    return bool(answer.choice or answer.number is not None or answer.chosen or answer.words)


def missing(
    form: Form, recipient: Recipient, answers: Mapping[str, Answer]
) -> tuple[Question, ...]:
    """What must be answered before the report can be sent to review."""
    return tuple(
        one
        for one in form.asked(recipient)
        if one.needed and not is_answered(one, answers.get(one.code, Answer()))
    )


# ── said ──

Say = Callable[[Text], str]
"""Says a sentence in the reader's language."""


def said(question: Question, answer: Answer, say: Say) -> tuple[str, ...]:
    """The answer in words, line by line; the links are not among them."""
    lines = [_chosen_said(question, answer, say), answer.words]
    if answer.choice:
        table: dict[str, Text] = {str(key): words for key, words in REACH_WORDS.items()}
        table |= {str(key): words for key, words in PARTLY_WORDS.items()}
        lines.insert(0, say(table[answer.choice]))
    if answer.number is not None:
        number = f"{answer.number:f}".replace(".", ",")
        lines.insert(0, f"{number} {question.unit}".strip())
    return tuple(line for one in lines for line in one.split("\n") if line)


def _chosen_said(question: Question, answer: Answer, say: Say) -> str:
    words = dict(question.options)
    lines = []
    for code, who in answer.chosen:
        name = words.get(code, code)
        lines.append(f"{name} ({say(RESPONSIBLE_WORDS[Responsible(who)])})" if who else name)
    return "\n".join(lines)
