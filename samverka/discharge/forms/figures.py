"""Which figures are asked for, and how many places a ward has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samverka.discharge.rules.figures import BY_WORDS, CARE_WORDS, By, Care
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput

MONTHS = 36
"""Months that can be chosen among, the running one first."""

USUAL = 12
"""Months that are shown if nobody has chosen."""

BY_ADDRESS = {
    "lan": By.COUNTY,
    "kommun": By.MUNICIPALITY,
    "sjukhus": By.HOSPITAL,
    "avdelning": By.WARD,
    "manad": By.MONTH,
}
CARE_ADDRESS = {"all": Care.ALL, "somatisk": Care.SOMATIC, "psykiatrisk": Care.PSYCHIATRIC}
"""What the address says for each choice."""


def latest_months(today: date) -> list[date]:
    """First days of the months that can be chosen, the newest first."""
    numbers = (today.year * 12 + today.month - 1 - back for back in range(MONTHS))
    return [date(one // 12, one % 12 + 1, 1) for one in numbers]


class FiguresForm(forms.Form):
    """Which months, divided how, and which care; what is not chosen is the usual."""

    fran = forms.ChoiceField(label=_("Från och med"))
    till = forms.ChoiceField(label=_("Till och med"))
    per = forms.ChoiceField(label=_("Jämför"))
    vard = forms.ChoiceField(label=_("Vård i jämförelsen"))

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        months = latest_months(today)
        usual = {
            "fran": months[USUAL - 1].strftime("%Y-%m"),
            "till": months[0].strftime("%Y-%m"),
            "per": "kommun",
            "vard": "all",
        }
        chosen = {name: asked.get(name) or value for name, value in usual.items()}
        super().__init__(chosen)
        self._choose("fran", ((one.strftime("%Y-%m"), _month(one)) for one in months))
        self._choose("till", ((one.strftime("%Y-%m"), _month(one)) for one in months))
        self._choose("per", ((key, translated(BY_WORDS[one])) for key, one in BY_ADDRESS.items()))
        self._choose(
            "vard", ((key, translated(CARE_WORDS[one])) for key, one in CARE_ADDRESS.items())
        )
        self.usual = usual

    def _choose(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def _value(self, name: str) -> str:
        """What was chosen, or the usual where that cannot be."""
        kept = getattr(self, "cleaned_data", {})
        return str(kept.get(name) or self.usual[name])

    def wanted(self) -> dict[str, Any]:
        """What the read is asked for."""
        return {
            "first": _first_day(self._value("fran")),
            "last": _first_day(self._value("till")),
            "by": BY_ADDRESS[self._value("per")],
        }

    def asks_for(self) -> dict[str, Any]:
        """What the read is asked for, if what was chosen cannot be: the usual months."""
        return self.wanted() | {
            "first": _first_day(self.usual["fran"]),
            "last": _first_day(self.usual["till"]),
        }

    @property
    def care(self) -> Care:
        """The care of the comparison."""
        return CARE_ADDRESS[self._value("vard")]

    @property
    def address(self) -> dict[str, str]:
        """The choices, for the addresses of the files."""
        return {name: self._value(name) for name in self.usual}


def _month(day: date) -> str:
    return date_format(day, "F Y")


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


class BedsForm(forms.Form):
    """How many places a ward has, and from which day."""

    unit = forms.ChoiceField(label=_("Avdelning"))
    since = forms.DateField(label=_("Gäller från"), widget=DayInput)
    beds = forms.IntegerField(label=_("Vårdplatser"), help_text=_("De som är öppna."))

    def __init__(self, *args: Any, wards: Iterable[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(wards)
