"""The same message once more, as it should have been; whoever had the first one gets it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.forms.sending import FILLED_IN, body_of, field_of, ground_field
from samverka.discharge.operations import Letter
from samverka.discharge.reads import MessageDetail
from samverka.discharge.rules.kinds import Secrecy
from samverka.discharge.rules.messages import MESSAGES, grounds_for
from samverka.discharge.rules.sending import MOMENTS, moment_of


class CorrectForm(forms.Form):
    """What the message held, to be put right."""

    def __init__(self, *args: Any, message: MessageDetail, **given: Any) -> None:
        super().__init__(*args, **given)
        self.spec = MESSAGES[message.kind]
        for fact in (*self.spec.needs, *self.spec.may):
            if fact not in FILLED_IN:
                self.fields[fact.value] = field_of(fact, required=fact in self.spec.needs)
        if len(self.spec.grounds) > 1:
            self.fields["ground"] = ground_field(grounds_for(message.kind, message.part))
            self.fields["note"] = forms.CharField(
                label=_("Vad prövningen kom fram till"), max_length=500, required=False
            )

    def letter(self, corrects: UUID) -> Letter:
        """What the operation takes."""
        ground = self.cleaned_data.get("ground")
        return Letter(
            body=body_of(self.spec, self.cleaned_data),
            ground=Secrecy(ground) if ground else None,
            note=self.cleaned_data.get("note", ""),
            corrects=corrects,
        )


def as_it_was(message: MessageDetail) -> dict[str, Any]:
    """What the message held, as its form shows it."""
    spec = MESSAGES[message.kind]
    found: dict[str, Any] = dict(message.body)
    for fact in (*spec.needs, *spec.may):
        if fact in MOMENTS and fact.value in found:
            found[fact.value] = moment_of(message.body, fact)
    return found | {"ground": message.secrecy.value, "note": message.secrecy_note}
