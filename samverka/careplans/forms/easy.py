"""A part of a plan in easy words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.careplans import rules


class EasyForm(forms.Form):
    """Easy words for one part."""

    place = forms.CharField(max_length=40, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Lättläst"),
        required=False,
        max_length=rules.EASY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
