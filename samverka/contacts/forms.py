"""Forms for booked times: parsing and friendly messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samverka.contacts.rules import WAY_WORDS, BookingFacts, PromiseFacts, Way
from samverka.kernel.calendar import SWEDEN
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput

_said = lazy(translated, str)
"""A sentence of the rules, in the language of whoever opens the form."""

LENGTHS = (15, 20, 30, 45, 60, 90, 120)  # minutes


class BookingForm(forms.Form):
    """A time at the own unit."""

    what = forms.CharField(
        label=_("Vad gäller tiden?"),
        max_length=500,
        help_text=_("Personen läser det här. Skriv som du säger det, till exempel Ta blodprov."),
    )
    day = forms.DateField(label=_("Dag"), widget=DayInput)
    clock = forms.TimeField(
        label=_("Klockan"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.TypedChoiceField(
        label=_("Hur länge?"),
        choices=[(number, format_lazy(_("{number} minuter"), number=number)) for number in LENGTHS],
        coerce=int,
        initial=30,
    )
    way = forms.ChoiceField(
        label=_("Hur möts ni?"),
        choices=[(way.value, _said(words)) for way, words in WAY_WORDS.items()],
        widget=forms.RadioSelect,
        initial=Way.CLINIC.value,
    )
    place = forms.CharField(
        label=_("Plats"),
        max_length=300,
        required=False,
        help_text=_("Adress, våning eller hur man hittar. Lämna tomt vid besök hemma."),
    )
    practitioner = forms.CharField(
        label=_("Vem träffar personen?"),
        max_length=200,
        required=False,
        help_text=_("Namn och yrke, till exempel Lena Berg, distriktssköterska."),
    )
    bring = forms.CharField(
        label=_("Ta med eller tänk på"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def facts(self) -> BookingFacts:
        """The facts as the operation takes them."""
        values = dict(self.cleaned_data)
        starts = datetime.combine(values.pop("day"), values.pop("clock"), SWEDEN)
        length = timedelta(minutes=values.pop("minutes"))
        way = Way(values.pop("way"))
        return BookingFacts(starts_at=starts, ends_at=starts + length, way=way, **values)


class PromiseForm(forms.Form):
    """A time that is promised but not booked."""

    what = forms.CharField(
        label=_("Vad lovar ni?"),
        max_length=500,
        help_text=_("Personen läser det här. Till exempel Ta nya prover."),
    )
    latest_on = forms.DateField(label=_("Senast vilken dag?"), widget=DayInput)
    way = forms.ChoiceField(
        label=_("Hur möts ni?"),
        choices=[(way.value, _said(words)) for way, words in WAY_WORDS.items()],
        widget=forms.RadioSelect,
        initial=Way.CLINIC.value,
    )
    bring = forms.CharField(
        label=_("Vad kan personen göra under tiden?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def facts(self) -> PromiseFacts:
        """The facts as the operation takes them."""
        return PromiseFacts(**self.cleaned_data | {"way": Way(self.cleaned_data["way"])})


class WithdrawPromiseForm(forms.Form):
    """Why a promise does not hold."""

    reason = forms.CharField(
        label=_("Varför gäller det inte?"),
        max_length=300,
        help_text=_("Personen läser det här."),
    )


PLACES = {"starts_at": "day", "ends_at": "minutes"}
"""Where on the form a rule's refusal belongs."""
