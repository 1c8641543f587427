"""Why a case ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.rules.kinds import CLOSE_WORDS, CloseReason
from samverka.web.door import translated


class CloseForm(forms.Form):
    """One of the reasons that fit how far the case has come."""

    reason = forms.ChoiceField(label=_("Varför avslutas ärendet?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: Iterable[CloseReason], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, translated(CLOSE_WORDS[one])) for one in reasons]
