"""The form for "not now" about a suggested person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.careplans.rules import REASON_LENGTH
from samverka.web.form_rendering import DayInput


class NotNowForm(forms.Form):
    """Why not now, and until when."""

    reason = forms.CharField(
        label=_("Varför inte nu?"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(
        label=_("Föreslå inte igen före"),
        required=False,
        widget=DayInput,
        help_text=_("Lämna tomt för den tid som gäller i länet."),
    )
