"""A round's days and names; one from outside; why a report goes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.kernel.areas import counties
from samverka.transition.reads.reports import RoundLine
from samverka.web.form_rendering import DayInput


class RoundForm(forms.Form):
    """A new round."""

    year = forms.IntegerField(label=_("År"), min_value=2015, max_value=2100)
    title = forms.CharField(label=_("Namn"), max_length=200)
    agreement = forms.CharField(
        label=_("Överenskommelse"), max_length=200, required=False, help_text=_("Om det finns en.")
    )
    opens = forms.DateField(label=_("Öppnar"), widget=DayInput())
    due = forms.DateField(label=_("Sista svarsdag"), widget=DayInput())
    closes = forms.DateField(label=_("Stänger"), widget=DayInput())
    previous = forms.ChoiceField(
        label=_("Förra omgången"),
        required=False,
        help_text=_("Dess svar visas bredvid frågorna."),
    )

    def __init__(self, data: Any = None, *, today: date, rounds: Iterable[RoundLine]) -> None:
        super().__init__(data, initial={"year": today.year, "opens": today})
        choices = [("", "–"), *((str(one.id), f"{one.title} {one.year}") for one in rounds)]
        self.fields["previous"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What `make_round` wants."""
        given = dict(self.cleaned_data)
        previous = given.pop("previous")
        return given | {"previous_id": UUID(previous) if previous else None}


class DaysForm(forms.Form):
    """A round's days."""

    opens = forms.DateField(label=_("Öppnar"), widget=DayInput())
    due = forms.DateField(label=_("Sista svarsdag"), widget=DayInput())
    closes = forms.DateField(label=_("Stänger"), widget=DayInput())


class OutsiderForm(forms.Form):
    """Another county's region, whose report comes as a file."""

    county = forms.ChoiceField(label=_("Region"))

    def __init__(self, data: Any = None, *, taken: Iterable[str]) -> None:
        super().__init__(data)
        without = set(taken)
        self.fields["county"].choices = [  # type: ignore[attr-defined]
            (one.code, one.region) for one in counties().values() if one.code not in without
        ]


class ReasonForm(forms.Form):
    """Why a report goes back, or who has signed what came as a file."""

    reason = forms.CharField(
        label=_("Varför"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class UploadForm(forms.Form):
    """A filled form."""

    file = forms.FileField(
        label=_("Ifyllt formulär"), help_text=_("Excel eller Word, som du har hämtat här.")
    )
