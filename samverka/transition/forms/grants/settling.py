"""Forms of what recipients are granted, and of what they do with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.transition.forms.grants.money import KRONOR_HELP, KronorField
from samverka.transition.rules.grants import MovementKind
from samverka.web.form_rendering import DayInput

MOVEMENT_WORDS = {
    MovementKind.DRAWN: _("Rekvirerat"),
    MovementKind.USED: _("Använt"),
    MovementKind.PAID_BACK: _("Återbetalt"),
}


class AwardForm(forms.Form):
    """Who is granted what has been reckoned, and the days to keep."""

    whom = forms.ChoiceField(
        label=_("Vilka får beloppen?"),
        widget=forms.RadioSelect,
        choices=[("county", _("Länets mottagare")), ("all", _("Alla mottagare"))],
    )
    draw_from = forms.DateField(label=_("Rekvireras från"), widget=DayInput)
    draw_until = forms.DateField(label=_("Rekvireras till och med"), widget=DayInput)
    use_until = forms.DateField(label=_("Används till och med"), widget=DayInput)
    pay_back_by = forms.DateField(label=_("Betalas tillbaka senast"), widget=DayInput)
    source = forms.CharField(
        label=_("Källa"), max_length=300, help_text=_("Beslutet: vem, när och var det står.")
    )

    def __init__(self, data: Any = None, *, year: int, source: str) -> None:
        days = usual_days(year)
        super().__init__(data, initial={"whom": "county", "source": source, **days})

    def values(self) -> dict[str, Any]:
        """What the operation wants."""
        kept = dict(self.cleaned_data)
        return kept | {"whole_nation": kept.pop("whom") == "all"}


def usual_days(year: int) -> dict[str, date]:
    """The days that agreements of one year have had: use it in the year, pay the rest back in March."""
    return {
        "draw_from": date(year, 1, 1),
        "draw_until": date(year, 12, 1),
        "use_until": date(year, 12, 31),
        "pay_back_by": date(year + 1, 3, 31),
    }


class MovementForm(forms.Form):
    """What happened to the money."""

    kind = forms.ChoiceField(
        label=_("Vad hände?"), choices=[(one.value, words) for one, words in MOVEMENT_WORDS.items()]
    )
    kronor = KronorField(label=_("Kronor"), least=1, help_text=KRONOR_HELP)
    on = forms.DateField(label=_("Dag"), widget=DayInput)
    number = forms.CharField(label=_("Verifikation"), max_length=60)
    undoes = forms.CharField(
        label=_("Rättar verifikation"),
        max_length=60,
        required=False,
        help_text=_("Bara om den här tar bort en händelse som blev fel."),
    )
    said = forms.CharField(label=_("Anmärkning"), max_length=300, required=False)
