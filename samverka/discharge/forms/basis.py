"""Forms of the basis for invoices, and of days when the region's open care was not ready."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samverka.discharge.rules.invoicing import REASON
from samverka.web.form_rendering import DayInput


class MakeForm(forms.Form):
    """Which municipality, and which month."""

    municipality = forms.ChoiceField(label=_("Kommun"))
    month = forms.ChoiceField(label=_("Månad"))

    def __init__(
        self,
        *args: Any,
        municipalities: Iterable[tuple[str, str]],
        months: Iterable[date],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        for name, found in (
            ("municipality", list(municipalities)),
            ("month", [(one.isoformat(), date_format(one, "F Y")) for one in months]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found

    def month_first(self) -> date:
        """The first day of the month that was chosen."""
        return date.fromisoformat(self.cleaned_data["month"])


class RateForm(forms.Form):
    """What one day costs in a year, and where that is written."""

    year = forms.IntegerField(label=_("År"), min_value=1, max_value=9999)
    kronor = forms.IntegerField(label=_("Kronor per dygn"), help_text=_("Hela kronor."))
    source = forms.CharField(
        label=_("Var står det?"),
        max_length=200,
        help_text=_("Till exempel HSLF-FS 2022:60. Läs beloppet i föreskriften själv."),
    )


class ContestForm(forms.Form):
    """Why a case should not be paid for."""

    reason = forms.CharField(
        label=_("Varför ska kommunen inte betala?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=REASON,
        help_text=_("Skriv inte namn eller personnummer: ärendets nummer räcker."),
    )


class DecideForm(forms.Form):
    """The region's answer, with its reason."""

    upheld = forms.ChoiceField(
        label=_("Får kommunen rätt?"),
        choices=[("ja", _("Ja: inga dygn räknas")), ("nej", _("Nej: dygnen står kvar"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Skäl"), widget=forms.Textarea(attrs={"rows": 4}), max_length=REASON
    )


class HindranceForm(forms.Form):
    """Days when something that the region's open care answers for was not there."""

    first = forms.DateField(label=_("Från och med"), widget=DayInput)
    last = forms.DateField(
        label=_("Till och med"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt så länge hindret finns kvar."),
    )
    reason = forms.CharField(
        label=_("Vad saknas eller är oklart?"), widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )  # fmt: skip


class EndHindranceForm(forms.Form):
    """The last day of a hindrance."""

    last = forms.DateField(label=_("Sista dagen med hindret"), widget=DayInput)
