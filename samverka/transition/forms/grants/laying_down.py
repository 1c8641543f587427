"""Forms of what holds for all: an agreement, its documents, an area's pots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from samverka.transition.forms.grants.money import KRONOR_HELP, KronorField
from samverka.transition.reads import PotLine
from samverka.transition.reads.grants.values import AgreementLine
from samverka.transition.rules.grants.choosing import Receiver, parts_of_both
from samverka.web.form_rendering import DayInput

FIRST_YEAR, LAST_YEAR = 2000, 2100


class AgreementForm(forms.Form):
    """An agreement between the state and SKR."""

    name = forms.CharField(label=_("Överenskommelsens namn"), max_length=200)
    first_year = forms.IntegerField(
        label=_("Första året"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    last_year = forms.IntegerField(
        label=_("Sista året"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("Samma som det första om den gäller ett år."),
    )
    source = forms.CharField(
        label=_("Källa"), max_length=300, help_text=_("Var den finns att läsa.")
    )
    told = KronorField(
        label=_("Summan som texten säger"),
        required=False,
        help_text=_("Den jämförs med potterna. Hela kronor, eller miljoner: 6394,5 mnkr."),
    )
    fixed = KronorField(
        label=_("Fast del per år"),
        required=False,
        help_text=_("Om en del är lika stor varje år. Annars tomt."),
    )
    region_percent = forms.IntegerField(
        label=_("Regionernas andel av den fasta delen, procent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Resten är kommunernas."),
    )


class DocumentForm(forms.Form):
    """Where a document is, and what it says."""

    title = forms.CharField(label=_("Dokument"), max_length=200)
    link = forms.CharField(label=_("Adress"), max_length=500, required=False)
    dated = forms.DateField(label=_("Daterat"), widget=DayInput, required=False)
    said = forms.CharField(
        label=_("Vad det säger"), max_length=1000, required=False, widget=forms.Textarea
    )


class AreaForm(forms.Form):
    """What an area holds in one year, for each side; or the whole and the regions' share of it."""

    area = forms.CharField(label=_("Område"), max_length=200)
    year = forms.TypedChoiceField(label=_("År"), coerce=int)
    region = KronorField(label=_("Till regionerna"), required=False, help_text=KRONOR_HELP)
    municipality = KronorField(label=_("Till kommunerna"), required=False, help_text=KRONOR_HELP)
    shared = KronorField(
        label=_("Gemensamt"),
        required=False,
        help_text=_("Det som varken är regionernas eller kommunernas."),
    )
    whole = KronorField(
        label=_("Eller hela summan"),
        required=False,
        help_text=_("I stället för regionernas och kommunernas belopp."),
    )
    percent = forms.IntegerField(
        label=_("Regionernas andel av den, procent"), required=False, min_value=0, max_value=100
    )
    source = forms.CharField(label=_("Källa"), max_length=300, help_text=_("Var beloppen står."))

    def __init__(self, data: Any = None, *, head: AgreementLine, pots: list[PotLine]) -> None:
        super().__init__(data, initial=_initial(head, pots))
        years = range(head.first_year, head.last_year + 1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One way to say the amounts, and at least one amount."""
        kept = super().clean() or {}
        own = [name for name in ("region", "municipality") if kept.get(name) is not None]
        if kept.get("whole") is not None:
            if own:
                self.add_error("whole", say("Skriv antingen beloppen eller hela summan."))
            if kept.get("percent") is None and "percent" not in self.errors:
                self.add_error("percent", say("Skriv regionernas andel av hela summan."))
        elif kept.get("percent") is not None:
            self.add_error("whole", say("Skriv summan som andelen gäller."))
        elif not own and kept.get("shared") is None and not self.errors:
            self.add_error("region", say("Skriv minst ett belopp."))
        return kept

    def values(self) -> dict[str, Any]:
        """What `set_area` wants."""
        kept = self.cleaned_data
        kronor = {one: kept[one.value] for one in Receiver if kept[one.value] is not None}
        if kept["whole"] is not None:
            kronor |= parts_of_both(kept["whole"], kept["percent"])
        return {name: kept[name] for name in ("area", "year", "source")} | {"kronor": kronor}


def _initial(head: AgreementLine, pots: list[PotLine]) -> dict[str, Any]:
    """An area that is there already, to be changed; else the first year."""
    if not pots:
        return {"year": head.first_year, "source": head.source}
    amounts = {one.receiver.value: one.kronor for one in pots}
    return amounts | {"area": pots[0].area, "year": pots[0].year, "source": pots[0].source}
