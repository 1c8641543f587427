"""A new stay: five fields, of which most are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.operations import AdmissionFacts, StayMended
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.kinds import LINE, TRACK_WORDS, Track
from samverka.discharge.rules.places import municipality_of
from samverka.discharge.rules.routing import HELP_WORDS, Need
from samverka.kernel.problems import Invalid
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput, MomentField


class StayForm(forms.Form):
    """What decides who pays and who is told: the time, the sort of care, who has decided."""

    admitted_at = MomentField(label=_("Inskriven"))
    psychiatric = forms.BooleanField(label=_("Psykiatrisk vård"), required=False)
    deciding_code = forms.CharField(
        label=_("Placerad av en annan kommun"),
        max_length=LINE,
        required=False,
        widget=forms.TextInput(attrs={"list": "kommuner", "autocomplete": "off"}),
        help_text=_("Kommunens namn, om en annan kommun har beslutat om boendet. Den betalar."),
    )
    help_kinds = forms.MultipleChoiceField(
        label=_("Har personen stöd från"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bara det ni vet. Då får rätt del av socialtjänsten meddelandet."),
    )

    def __init__(self, *args: Any, places: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.places = dict(places)
        kinds = self.fields["help_kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        kinds.choices = [(one.value, translated(HELP_WORDS[one])) for one in Need]

    def clean_deciding_code(self) -> str:
        """A municipality's code, from its name or the code itself."""
        try:
            return municipality_of(self.cleaned_data["deciding_code"], self.places, "deciding_code")
        except Invalid as fault:
            words = translated(fault.message)
            mend = translated(fault.mend) if fault.mend else ""
            raise forms.ValidationError(f"{words} {mend}".strip()) from fault

    def mended(self) -> StayMended:
        """What the operation takes."""
        data = self.cleaned_data
        return StayMended(
            admitted_at=data["admitted_at"],
            psychiatric=data["psychiatric"],
            deciding_code=data["deciding_code"],
            help_kinds=frozenset(Need(one) for one in data["help_kinds"]),
        )


def stay_initial(case: CaseDetail, places: Mapping[str, str]) -> dict[str, Any]:
    """What was said of the stay."""
    return {
        "admitted_at": case.admitted_at,
        "psychiatric": case.psychiatric,
        "deciding_code": places.get(case.deciding_code, case.deciding_code),
        "help_kinds": [one.value for one in case.help_kinds],
    }


class OpenForm(StayForm):
    """When the person came, and when the person is believed to go home."""

    estimated_at = forms.DateField(
        label=_("Beräknad utskrivning"),
        required=False,
        widget=DayInput,
        help_text=_("Behövs när andra ska få veta. Går att ändra."),
    )
    track = forms.ChoiceField(
        label=_("Hur mycket hjälp behövs hemma?"), required=False, widget=forms.RadioSelect
    )
    field_order = (
        "admitted_at",
        "estimated_at",
        "track",
        "psychiatric",
        "deciding_code",
        "help_kinds",
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["track"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = track_choices()

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
