"""Forms of going home: the list, the person's own list, the first contact at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from samverka.discharge.operations import ItemSaid, ItemWanted, TickSaid
from samverka.discharge.reads import GoingHomeView, ItemDetail
from samverka.discharge.reads.preparing import PreparationView
from samverka.discharge.rules.after import QUESTIONS, Feeling, Question, Told
from samverka.discharge.rules.items import ANSWER_WORDS, GROUNDS, ITEMS, Answer, ItemKind, Proposed
from samverka.discharge.rules.kinds import SECRECY_WORDS, Secrecy
from samverka.discharge.rules.preparing import QUESTION_LENGTH, TICKS, YES_OR_NO, Tick
from samverka.kernel.text import Text
from samverka.organisations.reads import UnitDetail
from samverka.web.door import translated

SHORT = 1000
"""Characters of a line or an answer."""


def _words(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=SHORT, required=False, **given)


def _grounds(extra: Iterable[tuple[str, Any]] = ()) -> forms.ChoiceField:
    choices = [(one.value, translated(SECRECY_WORDS[one])) for one in GROUNDS]
    return forms.ChoiceField(
        label=_("Varför får det lämnas?"),
        widget=forms.RadioSelect,
        choices=[*choices, *extra],
        initial=Secrecy.CONSENT.value,
    )


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("Vad prövningen kom fram till"),
        max_length=500,
        required=False,
        help_text=_("Behövs när personen inte har samtyckt."),
    )


# ── the list ──


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line with its two fields."""

    item: ItemDetail
    answer: BoundField
    words: BoundField


class AnswerForm(forms.Form):
    """The own unit's lines, all in one form: what is left empty stays unanswered."""

    def __init__(self, *args: Any, items: Sequence[ItemDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        self.items = list(items)
        for one in self.items:
            self.fields[f"a_{one.id}"] = forms.ChoiceField(
                label=translated(one.ask),
                required=False,
                widget=forms.RadioSelect,
                choices=[(code.value, translated(said)) for code, said in ANSWER_WORDS.items()],
                initial=one.answer.value if one.answer else None,
            )
            self.fields[f"w_{one.id}"] = _words(
                _("Mer om det"), initial=one.answer_words,
                help_text=_("Behövs när svaret är nej."),
            )  # fmt: skip

    def rows(self) -> Iterator[AnswerRow]:
        """Each line with its fields, those without an answer first."""
        for one in sorted(self.items, key=lambda one: not one.left):
            yield AnswerRow(one, self[f"a_{one.id}"], self[f"w_{one.id}"])

    def clean(self) -> dict[str, Any]:
        """A no says what is missing, beside the line that lacks it."""
        for one in self.items:
            said = self.cleaned_data.get(f"a_{one.id}")
            if said == Answer.NO.value and not self.cleaned_data.get(f"w_{one.id}"):
                self.add_error(f"w_{one.id}", _("Skriv vad som saknas."))
        return self.cleaned_data

    def said(self) -> dict[UUID, ItemSaid]:
        """What the operation takes: only what was answered now."""
        found: dict[UUID, ItemSaid] = {}
        for one in self.items:
            answer, words = self.cleaned_data[f"a_{one.id}"], self.cleaned_data[f"w_{one.id}"]
            before = (one.answer.value if one.answer else "", one.answer_words)
            if answer and (answer, words) != before:
                found[one.id] = ItemSaid(Answer(answer), words)
        return found


@dataclass(frozen=True, slots=True)
class AskRow:
    """A line that the table proposes, with its two fields."""

    name: Text
    tick: BoundField
    unit: BoundField


class AskForm(forms.Form):
    """What is to be put on the list: what the table proposes, and a line of one's own."""

    def __init__(self, *args: Any, found: GoingHomeView, **given: Any) -> None:
        super().__init__(*args, **given)
        self.proposed = list(found.proposed)
        units = [(str(one.id), one.name) for one in found.units]
        for one, unit in self.proposed:
            self._propose(one, unit, units, ticked=found.listed_at is None)
        self.fields["words"] = _words(_("Något mer som måste vara klart"))
        self.fields["unit"] = forms.ChoiceField(
            label=_("Vem svarar?"), choices=units, required=False
        )
        self.fields["ground"] = _grounds()
        self.fields["note"] = _note()

    def _propose(
        self, one: Proposed, unit: UnitDetail, units: list[tuple[str, str]], *, ticked: bool
    ) -> None:
        name = translated(ITEMS[one.kind].words)
        self.fields[f"k_{one.kind}"] = forms.BooleanField(
            label=name, required=False, initial=ticked
        )
        self.fields[f"u_{one.kind}"] = forms.ChoiceField(
            label=_("Vem svarar?"), choices=units, required=False, initial=str(unit.id)
        )

    def rows(self) -> Iterator[AskRow]:
        """Each proposed line with its fields."""
        for one, _unit in self.proposed:
            name = ITEMS[one.kind].words
            yield AskRow(name, self[f"k_{one.kind}"], self[f"u_{one.kind}"])

    def rest(self) -> Iterator[BoundField]:
        """The fields that are not lines of the table."""
        return (self[name] for name in ("words", "unit", "ground", "note"))

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        wanted = [
            ItemWanted(one.kind, UUID(data[f"u_{one.kind}"] or str(unit.id)))
            for one, unit in self.proposed
            if data[f"k_{one.kind}"]
        ]
        if data["words"] and data["unit"]:
            wanted.append(ItemWanted(ItemKind.OTHER, UUID(data["unit"]), data["words"]))
        return {"wanted": wanted, "ground": Secrecy(data["ground"]), "note": data["note"]}


class HandForm(forms.Form):
    """Which unit answers for a line instead."""

    unit = forms.ChoiceField(label=_("Vem svarar?"))

    def __init__(self, *args: Any, units: Iterable[UnitDetail], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.id), one.name) for one in units]

    def unit_id(self) -> UUID:
        """The unit that was chosen."""
        return UUID(self.cleaned_data["unit"])


# ── the person's own list ──

_YES, _NO = "ja", "nej"


class TickForm(forms.Form):
    """Five questions with yes or no, and one in words. All can be left for later."""

    def __init__(self, *args: Any, found: PreparationView, **given: Any) -> None:
        super().__init__(*args, **given)
        for tick in YES_OR_NO:
            line = found.ticks.get(tick)
            self.fields[tick.value] = forms.ChoiceField(
                label=translated(TICKS[tick].ask),
                required=False,
                widget=forms.RadioSelect,
                choices=[(_YES, _("Ja")), (_NO, _("Nej"))],
                initial={True: _YES, False: _NO}.get(line.yes) if line and line.yes is not None
                else None,
            )  # fmt: skip
        asked = found.ticks.get(Tick.QUESTION)
        self.fields[Tick.QUESTION.value] = forms.CharField(
            label=translated(TICKS[Tick.QUESTION].ask),
            required=False,
            max_length=QUESTION_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=asked.words if asked else "",
        )

    def said(self) -> Mapping[Tick, TickSaid]:
        """What the operation takes: what has an answer."""
        data = self.cleaned_data
        found: dict[Tick, TickSaid] = {
            tick: TickSaid(data[tick.value] == _YES) for tick in YES_OR_NO if data[tick.value]
        }
        if data[Tick.QUESTION.value]:
            found[Tick.QUESTION] = TickSaid(None, data[Tick.QUESTION.value])
        return found


# ── at home ──

OURS = "ours"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One of the five questions with its two fields."""

    feeling: BoundField
    words: BoundField


class AfterForm(forms.Form):
    """The five questions, and why what worries may go to another unit."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for question, spec in QUESTIONS.items():
            self.fields[question.value] = forms.ChoiceField(
                label=translated(spec.ask),
                widget=forms.RadioSelect,
                choices=[
                    (Feeling.WELL.value, translated(spec.well)),
                    (Feeling.WORRIES.value, translated(spec.worries)),
                ],
            )
            self.fields[f"{question.value}_words"] = _words(
                _("Vad sa personen?"), help_text=_("Behövs när svaret oroar.")
            )
        self.fields["ground"] = _grounds([(OURS, _("Det stannar hos oss."))])
        self.fields["ground"].label = _("Om något oroar: varför får rätt enhet veta det?")
        self.fields["note"] = _note()

    def rows(self) -> Iterator[QuestionRow]:
        """Each question with its fields."""
        for one in Question:
            yield QuestionRow(self[one.value], self[f"{one.value}_words"])

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        told = [
            Told(one, Feeling(data[one.value]), data[f"{one.value}_words"].strip())
            for one in Question
        ]
        ground = None if data["ground"] == OURS else Secrecy(data["ground"])
        return {"told": told, "ground": ground, "note": data["note"]}


class NotReachedForm(forms.Form):
    """What happened when nobody answered."""

    words = _words(_("Vad hände?"))
