"""A form: questions by area, with versions. A form is data, so a county can ask what it wants. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.reports.kinds import Finding, QuestionKind, Recipient

CODE_LENGTH = 40
MOST_QUESTIONS = 200

_CHOOSING = frozenset({QuestionKind.MANY, QuestionKind.FACTORS})


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        asks: whom it is put to.
        unit: of a number ("procent", "personer").
        highest: the largest number that can be true; None: any.
        options: (code, words) of a question with choices of its own.
        measure: code of the measure whose figure is shown.
        finding: which of the four findings the answer tells of.
        helps: the factors of the question help; they hinder if False.
        needed: the report cannot be sent to review without it.
    """

    code: str
    area: str
    words: str
    kind: QuestionKind
    help: str = ""
    asks: frozenset[Recipient] = frozenset(Recipient)
    unit: str = ""
    highest: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    measure: str = ""
    finding: Finding | None = None
    helps: bool = False
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of a round. `areas`: (code, heading), in order."""

    title: str
    areas: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]

    def asked(self, recipient: Recipient) -> tuple[Question, ...]:
        """The questions of one kind of recipient, in order."""
        return tuple(one for one in self.questions if recipient in one.asks)

    def question(self, code: str) -> Question:
        """The question of a code.

        Raises:
            Invalid: the form has none.
        """
        found = next((one for one in self.questions if one.code == code), None)
        if found is None:
            raise Invalid(_("Frågan %(code)s finns inte i formuläret.", code=code), where=code)
        return found


def form_of(data: Mapping[str, Any]) -> Form:
    """A form as it is kept → the form, checked.

    Raises:
        Invalid: what is wrong, with which question, and how to mend it.
    """
    areas = tuple((str(one["code"]), str(one["heading"])) for one in data.get("areas", ()))
    questions = tuple(_question(one) for one in data.get("questions", ()))
    _check(areas, questions)
    return Form(str(data.get("title", "")), areas, questions)


def form_data(form: Form) -> dict[str, Any]:
    """The form as it is kept."""
    return {
        "title": form.title,
        "areas": [{"code": code, "heading": heading} for code, heading in form.areas],
        "questions": [_question_data(one) for one in form.questions],
    }


@cache
def shipped_form() -> Form:
    """The form that comes with the house: the areas of the agreements on nära vård, our own questions."""
    text = files(__package__).joinpath("form_1.json").read_text(encoding="utf-8")
    return form_of(json.loads(text))


def _question(data: Mapping[str, Any]) -> Question:
    code = str(data.get("code", ""))
    try:
        return Question(
            code=code,
            area=str(data["area"]),
            words=str(data["words"]),
            kind=QuestionKind(data["kind"]),
            help=str(data.get("help", "")),
            asks=frozenset(Recipient(one) for one in data.get("asks", list(Recipient))),
            unit=str(data.get("unit", "")),
            highest=data.get("highest"),
            options=tuple((str(key), str(words)) for key, words in data.get("options", ())),
            measure=str(data.get("measure", "")),
            finding=Finding(data["finding"]) if data.get("finding") else None,
            helps=bool(data.get("helps", False)),
            needed=bool(data.get("needed", True)),
        )
    except (KeyError, ValueError) as fault:
        raise Invalid(
            _("Frågan %(code)s går inte att läsa: %(fault)s.", code=code or "?", fault=str(fault)),
            mend=_("Varje fråga har code, area, words och kind."),
            where=code,
        ) from fault


def _question_data(one: Question) -> dict[str, Any]:
    return {
        "code": one.code,
        "area": one.area,
        "words": one.words,
        "kind": one.kind.value,
        "help": one.help,
        "asks": sorted(who.value for who in one.asks),
        "unit": one.unit,
        "highest": one.highest,
        "options": [list(pair) for pair in one.options],
        "measure": one.measure,
        "finding": one.finding.value if one.finding else "",
        "helps": one.helps,
        "needed": one.needed,
    }


def _check(areas: Iterable[tuple[str, str]], questions: tuple[Question, ...]) -> None:
    known = {code for code, _heading in areas}
    seen: set[str] = set()
    if not questions or len(questions) > MOST_QUESTIONS:
        raise Invalid(
            _("Ett formulär har minst en och högst %(most)d frågor.", most=MOST_QUESTIONS)
        )
    for one in questions:
        if not one.code or len(one.code) > CODE_LENGTH or one.code in seen:
            raise Invalid(
                _("Koden %(code)s är tom, för lång eller finns två gånger.", code=one.code or "?"),
                where=one.code,
            )
        seen.add(one.code)
        _check_question(one, known)


def _check_question(one: Question, areas: set[str]) -> None:
    if one.area not in areas:
        raise Invalid(_("Frågan %(code)s hör till ett område som inte finns.", code=one.code))
    if not one.words.strip() or not one.asks:
        raise Invalid(_("Frågan %(code)s saknar ord eller mottagare.", code=one.code))
    if (one.kind in _CHOOSING) != bool(one.options):
        raise Invalid(_("Frågan %(code)s har fel slags val för sin sort.", code=one.code))
    if (one.kind is QuestionKind.INDICATOR) != bool(one.measure):
        raise Invalid(_("Frågan %(code)s ska ha ett mått bara om den visar ett.", code=one.code))
