"""Forms for the question of consent and its answers. The operations decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.access.rules import ConsentForm
from samverka.careplans import rules
from samverka.careplans.forms.choices import choices, let_choose, let_choose_units
from samverka.careplans.forms.sharing import FORM_WORDS
from samverka.careplans.reads import ConsentPage
from samverka.careplans.rules import VoiceAnswer, VoiceKind
from samverka.kernel.calendar import end_of_day
from samverka.organisations.reads import UnitDetail
from samverka.web.form_rendering import DayInput, Folded


class AskConsentForm(forms.Form):
    """Which information, to whom, what not, until when."""

    units = forms.MultipleChoiceField(
        label=_("Deltar i planen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unit = forms.MultipleChoiceField(label=_("Fler enheter"), required=False, widget=Folded)
    covers = forms.CharField(
        label=_("Vad får de läsa?"),
        max_length=rules.COVERS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    not_covered = forms.CharField(
        label=_("Vad ska inte delas?"),
        required=False,
        max_length=rules.COVERS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Fråga alltid. Personen kan lägga till mer när den svarar."),
    )
    until = forms.DateField(
        label=_("Gäller till och med"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt om samtycket gäller tills det återkallas."),
    )

    def __init__(
        self,
        *args: Any,
        units: Iterable[UnitDetail],
        parties: frozenset[UUID],
        near: frozenset[UUID] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        others = list(units)
        taking_part = [(str(one.id), one.name) for one in others if one.id in parties]
        rest = [one for one in others if one.id not in parties]
        let_choose(self, "units", taking_part)
        first = "" if taking_part else gettext("Vem ska få läsa?")
        self.fields["unit"].required = not taking_part
        let_choose_units(self, "unit", rest, near, first)
        if not taking_part:
            del self.fields["units"]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "unit_ids": [UUID(one) for one in (*data.get("units", []), *data["unit"])],
            "covers": data["covers"],
            "not_covered": data["not_covered"],
            "until": end_of_day(data["until"]) if data["until"] else None,
        }


class AnswerForm(forms.Form):
    """The person's own answer: one click, with room for what it shall not cover."""

    words = forms.CharField(
        label=_("Är det något du inte vill dela?"),
        required=False,
        max_length=rules.COVERS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lämna tomt om allt får delas. Säger du nej kan du skriva varför här."),
    )


class RefusalForm(forms.Form):
    """Staff note a no."""

    said_by = forms.CharField(label=_("Vem har sagt nej?"), max_length=rules.NAME_LENGTH)
    form = forms.ChoiceField(label=_("Hur gavs svaret?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Vad sa personen?"),
        required=False,
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "form", [(one.value, words) for one, words in FORM_WORDS.items()])

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.cleaned_data | {"form": ConsentForm(self.cleaned_data["form"])}


class UnableForm(forms.Form):
    """The person cannot consent: who has judged it, and on what ground."""

    decided_by = forms.CharField(
        label=_("Vem har gjort bedömningen?"),
        max_length=rules.NAME_LENGTH,
        help_text=_("Namn och titel."),
    )
    reason = forms.CharField(
        label=_("Grund"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hur ni har sett det, och vad personen tidigare har velat."),
    )


CHILDS_KINDS = {"child": VoiceKind.CHILD, "decides": VoiceKind.CHILD_DECIDES}


class VoiceForm(forms.Form):
    """A guardian's answer, or the child's own view with the judgement of it."""

    who = forms.ChoiceField(label=_("Vems svar?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Namn"),
        required=False,
        max_length=rules.NAME_LENGTH,
        help_text=_("Bara om vårdnadshavaren inte står i listan."),
    )
    answer = forms.ChoiceField(label=_("Svar"), widget=forms.RadioSelect)
    view = forms.CharField(
        label=_("Med egna ord"),
        required=False,
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    judgement = forms.CharField(
        label=_("Så har vi vägt barnets åsikt efter ålder och mognad"),
        required=False,
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Behövs när det är barnets eget svar."),
    )
    form = forms.ChoiceField(label=_("Hur gavs svaret?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, page: ConsentPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = dict.fromkeys(CHILDS_KINDS, page.person.name)
        self._names |= {f"guardian-{n}": name for n, name in enumerate(page.guardians)}
        guardian = gettext("Vårdnadshavare")
        shown = [
            (key, f"{name}, {guardian}")
            for key, name in self._names.items()
            if key not in CHILDS_KINDS
        ]
        alone = gettext("%(name)s, som bestämmer själv") % {"name": page.person.name}
        shown += [
            ("other", gettext("En annan vårdnadshavare")),
            ("child", page.person.name),
            ("decides", alone),
        ]
        let_choose(self, "who", shown)
        let_choose(self, "answer", choices(rules.ANSWER_WORDS))
        let_choose(self, "form", [(one.value, words) for one, words in FORM_WORDS.items()])

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "kind": CHILDS_KINDS.get(data["who"], VoiceKind.GUARDIAN),
            "name": self._names.get(data["who"], data["name"]),
            "answer": VoiceAnswer(data["answer"]),
            "view": data["view"],
            "judgement": data["judgement"],
            "form": ConsentForm(data["form"]),
        }
