"""A new stay: five fields, of which most are filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.operations import AdmissionFacts
from samverka.discharge.rules.kinds import TRACK_WORDS, Track
from samverka.discharge.rules.routing import HELP_WORDS, Need
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput, MomentField


class OpenForm(forms.Form):
    """When the person came, and when the person is believed to go home."""

    admitted_at = MomentField(label=_("Inskriven"))
    estimated_at = forms.DateField(
        label=_("Beräknad utskrivning"),
        required=False,
        widget=DayInput,
        help_text=_("Behövs när andra ska få veta. Går att ändra."),
    )
    track = forms.ChoiceField(
        label=_("Hur mycket hjälp behövs hemma?"), required=False, widget=forms.RadioSelect
    )
    psychiatric = forms.BooleanField(label=_("Psykiatrisk vård"), required=False)
    deciding_code = forms.CharField(
        label=_("Placerad av en annan kommun"),
        max_length=4,
        required=False,
        help_text=_(
            "Kommunens kod, om en annan kommun har beslutat om boendet. Den kommunen betalar."
        ),
    )

    help_kinds = forms.MultipleChoiceField(
        label=_("Har personen stöd från"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bara det ni vet. Då får rätt del av socialtjänsten meddelandet."),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["track"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = track_choices()
        kinds = self.fields["help_kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        kinds.choices = [(one.value, translated(HELP_WORDS[one])) for one in Need]

    def facts(self) -> AdmissionFacts:
        """What the operation takes."""
        data = self.cleaned_data
        return AdmissionFacts(
            admitted_at=data["admitted_at"],
            estimated_at=data["estimated_at"],
            track=Track(data["track"]) if data["track"] else None,
            psychiatric=data["psychiatric"],
            deciding_code=data["deciding_code"],
            help_kinds=frozenset(Need(one) for one in data["help_kinds"]),
        )


def track_choices() -> list[tuple[str, Any]]:
    """The tracks, and that one does not know yet."""
    tracks = [(one.value, translated(TRACK_WORDS[one])) for one in Track]
    return [("", _("Vet inte än")), *tracks]
