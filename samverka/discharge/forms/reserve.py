"""Forms of the reserve routine: the unit's password, and what is entered after a stop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.forms.judging import AdmissionForm
from samverka.discharge.forms.sending import SendForm
from samverka.discharge.operations import Letter
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.sealing import LONGEST, SHORTEST
from samverka.web.form_rendering import MomentField


class PasswordForm(forms.Form):
    """The password that opens the unit's list, twice."""

    password = forms.CharField(
        label=_("Nytt lösenord"),
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Minst %(many)d tecken. Tre eller fyra ord går bra.") % {"many": SHORTEST},
    )
    again = forms.CharField(
        label=_("En gång till"),
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AfterwardsForm(SendForm):
    """A message that went by paper or telephone while the system was down."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        when = MomentField(
            label=_("När skickades det?"),
            help_text=_("Tiden på papperet, eller när ni ringde."),
        )
        self.fields = {"sent_at": when, **self.fields}

    def letter(self, sent_at: datetime | None = None) -> Letter:
        """What the operation takes, with the time when it went."""
        return super().letter(sent_at or self.cleaned_data["sent_at"])


class AfterwardsAdmissionForm(AfterwardsForm, AdmissionForm):
    """The admission message, with the physician's judgement that it went by."""


def afterwards_form(kind: MessageKind) -> type[AfterwardsForm]:
    """The form that enters a kind of message afterwards."""
    return AfterwardsAdmissionForm if kind is MessageKind.ADMISSION else AfterwardsForm
