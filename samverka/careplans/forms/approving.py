"""What a unit wants changed before it approves a plan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.careplans.rules import APPROVAL_LENGTH


class ApprovalChangeForm(forms.Form):
    """What must change, in words."""

    words = forms.CharField(
        label=_("Vad behöver ändras?"),
        max_length=APPROVAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
