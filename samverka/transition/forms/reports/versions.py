"""A new version of the questions or of the code book: each one's words, those taken away, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.transition.rules.reports.codes import TOPIC_WORDS, Code, Topic
from samverka.transition.rules.reports.form import Form, Question
from samverka.transition.rules.reports.kinds import (
    KIND_WORDS,
    RECIPIENT_WORDS,
    QuestionKind,
    Recipient,
)
from samverka.transition.rules.reports.options import CHOOSING, options_of
from samverka.web.door import translated

NEW_CODES = 3
"""Empty lines of the code book."""


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class VersionForm(forms.Form):
    """Why there is a new version, and which one it was made from."""

    why = forms.CharField(label=_("Vad är ändrat, och varför?"), max_length=500)
    number = forms.IntegerField(widget=forms.HiddenInput)


class QuestionForm(forms.Form):
    """One question of the form."""

    words = forms.CharField(label=_("Fråga"), max_length=500, widget=_lines())
    help = forms.CharField(label=_("Hjälptext"), max_length=1000, required=False, widget=_lines())
    asks = forms.MultipleChoiceField(label=_("Ställs till"), widget=forms.CheckboxSelectMultiple)
    options = forms.CharField(
        label=_("Val, ett på varje rad"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    needed = forms.BooleanField(label=_("Måste besvaras"), required=False)
    remove = forms.BooleanField(label=_("Ta bort frågan"), required=False)

    def __init__(self, data: Any = None, *, question: Question) -> None:
        initial = {
            "words": question.words,
            "help": question.help,
            "asks": [one.value for one in question.asks],
            "options": "\n".join(words for _code, words in question.options),
            "needed": question.needed,
        }
        super().__init__(data, prefix=question.code, initial=initial)
        self.question = question
        self.fields["asks"].choices = _recipients()  # type: ignore[attr-defined]
        if not question.options:
            del self.fields["options"]

    def changed(self, version: int) -> Question | None:
        """The question as it is wanted; None: it is taken away."""
        given = self.cleaned_data
        if given["remove"]:
            return None
        old = self.question
        return replace(
            old,
            words=given["words"],
            help=given["help"],
            asks=frozenset(Recipient(one) for one in given["asks"]),
            needed=given["needed"],
            options=options_of(given.get("options", ""), old.options, version),
        )


class NewQuestionForm(forms.Form):
    """A question that is added; nothing where its words are empty."""

    area = forms.ChoiceField(label=_("Område"))
    kind = forms.ChoiceField(label=_("Hur den besvaras"))
    words = forms.CharField(label=_("Fråga"), max_length=500, required=False, widget=_lines())
    help = forms.CharField(label=_("Hjälptext"), max_length=1000, required=False, widget=_lines())
    asks = forms.MultipleChoiceField(
        label=_("Ställs till"), required=False, widget=forms.CheckboxSelectMultiple
    )
    options = forms.CharField(
        label=_("Val, ett på varje rad"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bara för den som besvaras med flera val."),
    )

    def __init__(self, data: Any = None, *, form: Form) -> None:
        initial = {"asks": [one.value for one in Recipient], "kind": QuestionKind.TEXT.value}
        super().__init__(data, prefix="ny", initial=initial)
        self.fields["area"].choices = list(form.areas)  # type: ignore[attr-defined]
        self.fields["asks"].choices = _recipients()  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (one.value, translated(words))
            for one, words in KIND_WORDS.items()
            if one is not QuestionKind.INDICATOR  # which needs a measure of its own
        ]

    def made(self, version: int) -> Question | None:
        """The new question; None where nobody has written one."""
        given = self.cleaned_data
        if not given["words"]:
            return None
        kind = QuestionKind(given["kind"])
        return Question(
            code=f"{given['area']}-v{version}",
            area=given["area"],
            words=given["words"],
            kind=kind,
            help=given["help"],
            asks=frozenset(Recipient(one) for one in given["asks"]),
            options=options_of(given["options"], (), version) if kind in CHOOSING else (),
        )


def _recipients() -> list[tuple[str, str]]:
    return [(one.value, translated(words)) for one, words in RECIPIENT_WORDS.items()]


class CodeForm(forms.Form):
    """One code of the code book; an empty line is nothing."""

    name = forms.CharField(label=_("Kod"), max_length=200, required=False)
    topic = forms.ChoiceField(label=_("Ämne"))
    when = forms.CharField(
        label=_("När den används, och när inte"),
        max_length=1000,
        required=False,
        widget=_lines(),
    )
    remove = forms.BooleanField(label=_("Ta bort koden"), required=False)

    def __init__(self, data: Any = None, *, place: str, code: Code | None = None) -> None:
        initial: dict[str, object] = (
            {"name": code.name, "topic": code.topic.value, "when": code.when}
            if code
            else {"topic": Topic.FINDING.value}
        )
        super().__init__(data, prefix=place, initial=initial)
        self.code = code
        self.fields["name"].required = code is not None
        self.fields["topic"].choices = [  # type: ignore[attr-defined]
            (one.value, translated(words)) for one, words in TOPIC_WORDS.items()
        ]
        if code is None:
            del self.fields["remove"]

    def wanted(self, version: int) -> Code | None:
        """The code as it is wanted; None: it is taken away, or nobody has written one."""
        given = self.cleaned_data
        if given.get("remove") or not given["name"]:
            return None
        key = self.code.code if self.code else f"kod-v{version}-{self.prefix}"
        return Code(key, Topic(given["topic"]), given["name"], given["when"])


def sent(data: Any, name: str) -> Any:
    """What was sent, for a part that stood on the page; None for one that has come since."""
    return data if data is not None and name in data else None


def code_forms(data: Any, codes: Sequence[Code]) -> list[CodeForm]:
    """A line for each code, and a few empty."""
    kept = [CodeForm(sent(data, f"{one.code}-name"), place=one.code, code=one) for one in codes]
    return [*kept, *(CodeForm(data, place=f"ny{n}") for n in range(1, NEW_CODES + 1))]
