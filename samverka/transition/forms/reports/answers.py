"""The answers of one area, as one form: what is right is saved, what is wrong is told where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from samverka.kernel.problems import Invalid
from samverka.transition.reads.reports import AreaPart, QuestionLine
from samverka.transition.rules.reports.answers import Answer, check_answer, number_of
from samverka.transition.rules.reports.form import Question
from samverka.transition.rules.reports.kinds import (
    PARTLY_WORDS,
    REACH_WORDS,
    RESPONSIBLE_WORDS,
    QuestionKind,
)
from samverka.web.door import translated

ANSWER, WORDS, LINKS, VERSION, FACTOR = "--svar", "--ord", "--lank", "--version", "--f--"
"""Ends of the fields' names, after the question's code. They may stand in a selector."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read: answers, and the versions that the writer had before the eyes."""

    answers: dict[str, Answer] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One question with its fields, for the page."""

    line: QuestionLine
    main: BoundField | None
    factors: tuple[BoundField, ...]
    words: BoundField
    links: BoundField
    version: BoundField
    faults: tuple[str, ...]

    @property
    def wordy(self) -> bool:
        """The words are the answer."""
        return self.line.question.kind in (QuestionKind.TEXT, QuestionKind.INDICATOR)

    @property
    def more(self) -> bool:
        """Words or links are there already."""
        return bool(self.line.answer.words or self.line.answer.links)


class AreaForm(forms.Form):
    """The questions of an area."""

    def __init__(self, data: Any = None, *, part: AreaPart) -> None:
        super().__init__(data)
        self.part = part
        for line in part.questions:
            self._add(line)

    def _add(self, line: QuestionLine) -> None:
        question, answer, code = line.question, line.answer, line.question.code
        if (main := _main(question)) is not None:
            self.fields[code + ANSWER] = main
            self.initial[code + ANSWER] = _initial(question, answer)
        if question.kind is QuestionKind.FACTORS:
            given = dict(answer.chosen)
            for option, words in question.options:
                self.fields[f"{code}{FACTOR}{option}"] = forms.ChoiceField(
                    label=words, required=False, choices=_responsible()
                )
                self.initial[f"{code}{FACTOR}{option}"] = given.get(option, "")
        self.fields[code + WORDS] = forms.CharField(
            label=_("Svar") if main is None else _("Kommentar"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.initial[code + WORDS] = answer.words
        self.fields[code + LINKS] = forms.CharField(
            label=_("Länkar till underlag, en på varje rad"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.initial[code + LINKS] = "\n".join(answer.links)
        self.fields[code + VERSION] = forms.IntegerField(required=False, widget=forms.HiddenInput())
        self.initial[code + VERSION] = line.version

    # ── shown ──

    def rows(self) -> Iterator[FieldRow]:
        """The questions with their fields, in order."""
        for line in self.part.questions:
            code = line.question.code
            faults = self.errors.get(code + WORDS, ()) if self.is_bound else ()
            yield FieldRow(
                line=line,
                main=self[code + ANSWER] if code + ANSWER in self.fields else None,
                factors=tuple(
                    self[f"{code}{FACTOR}{option}"]
                    for option, _words in line.question.options
                    if line.question.kind is QuestionKind.FACTORS
                ),
                words=self[code + WORDS],
                links=self[code + LINKS],
                version=self[code + VERSION],
                faults=tuple(str(one) for one in faults),
            )

    # ── read ──

    def parsed(self) -> Parsed:
        """What is right; what is wrong stands as a fault on its question."""
        found = Parsed()
        self.full_clean()
        for line in self.part.questions:
            code = line.question.code
            try:
                answer = check_answer(line.question, self._answer(line.question))
            except Invalid as problem:
                said = " ".join(translated(one) for one in (problem.message, problem.mend) if one)
                self.add_error(code + WORDS, said)
                continue
            found.answers[code] = answer
            found.versions[code] = self.cleaned_data.get(code + VERSION) or 0
        return found

    def _answer(self, question: Question) -> Answer:
        code = question.code

        def typed(name: str) -> str:
            return self.data.get(name, "") if self.data else ""

        main = typed(code + ANSWER)
        chosen: tuple[tuple[str, str], ...] = ()
        if question.kind is QuestionKind.MANY:
            chosen = tuple((one, "") for one in _several(self.data, code + ANSWER))
        elif question.kind is QuestionKind.FACTORS:
            given = ((key, typed(f"{code}{FACTOR}{key}")) for key, _words in question.options)
            chosen = tuple((key, who) for key, who in given if who)
        number = number_of(main, code) if question.kind is QuestionKind.NUMBER else None
        levels = question.kind in (QuestionKind.LEVEL, QuestionKind.PARTLY)
        return Answer(
            choice=main if levels else "",
            number=number,
            chosen=chosen,
            words=typed(code + WORDS),
            links=tuple(typed(code + LINKS).split("\n")),
        )


def _several(data: Any, name: str) -> list[str]:
    """Every value of a name that was sent."""
    given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    return [str(one) for one in given]


def _responsible() -> list[tuple[str, str]]:
    return [("", "–"), *((key.value, translated(said)) for key, said in RESPONSIBLE_WORDS.items())]


def _main(question: Question) -> forms.Field | None:
    if question.kind is QuestionKind.LEVEL:
        choices = [(key.value, translated(said)) for key, said in REACH_WORDS.items()]
        return forms.ChoiceField(required=False, choices=choices, widget=forms.RadioSelect)
    if question.kind is QuestionKind.PARTLY:
        choices = [(key.value, translated(said)) for key, said in PARTLY_WORDS.items()]
        return forms.ChoiceField(required=False, choices=choices, widget=forms.RadioSelect)
    if question.kind is QuestionKind.MANY:
        return forms.MultipleChoiceField(
            required=False, choices=question.options, widget=forms.CheckboxSelectMultiple
        )
    if question.kind is QuestionKind.NUMBER:
        number = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return forms.CharField(required=False, max_length=40, label=_("Tal"), widget=number)
    return None


def _initial(question: Question, answer: Answer) -> Any:
    if question.kind is QuestionKind.MANY:
        return [code for code, _who in answer.chosen]
    if question.kind is QuestionKind.NUMBER:
        return "" if answer.number is None else f"{answer.number:f}".replace(".", ",")
    return answer.choice
