"""A note on a curve, and the questions that an area follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.indicators.rules.sets import MOST
from samverka.web.form_rendering import DayInput

Choices = Sequence[tuple[str, Iterable[tuple[str, str]]]]


class NoteForm(forms.Form):
    """What was changed, and when."""

    on = forms.DateField(label=_("Dag"), widget=DayInput)
    words = forms.CharField(
        label=_("Vad ändrades?"),
        max_length=200,
        help_text=_("Kort: ”Ny rutin för hemgång”. Skriv aldrig om en enskild person."),
    )
    everywhere = forms.BooleanField(label=_("Visa på alla områdets kurvor"), required=False)


class PeriodForm(forms.Form):
    """Which figure of a curve."""

    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class SetForm(forms.Form):
    """Ten places, each with a question or none."""

    published = forms.BooleanField(
        label=_("Publicera: andra webbplatser får visa de här kurvorna, utan inloggning"),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        tick = self.fields.pop("published")
        for place in range(1, MOST + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_("Fråga %(n)s") % {"n": place},
                choices=[("", "–"), *choices],
                required=False,
            )
        self.fields["published"] = tick

    @property
    def codes(self) -> list[str]:
        """The chosen, in their order."""
        given = (self.cleaned_data.get(f"place_{one}", "") for one in range(1, MOST + 1))
        return [one for one in given if one]


def first_choice(codes: Sequence[str], *, published: bool, version: int) -> dict[str, object]:
    """What the form holds before anyone has changed it."""
    places: dict[str, object] = {f"place_{n}": code for n, code in enumerate(codes, 1)}
    return places | {"published": published, "version": version}
