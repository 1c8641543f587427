"""A measure of the county's own, without code: words in fields, what is counted as lines of settings, or a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.rules.comparing import Direction
from samverka.indicators.rules.measures import (
    Grain,
    Measure,
    Period,
    Perspective,
    Result,
    Shape,
    Theme,
    as_data,
    read_measure,
    settings_text,
)
from samverka.web.door import translated

_THEMES = {
    Theme.DISCHARGE: _("Hem från sjukhus"),
    Theme.ACCESS: _("Väntan och vårdgaranti"),
    Theme.COORDINATED: _("Samordnat"),
    Theme.RELATION: _("Person och relation"),
    Theme.TOGETHER: _("Medskapare"),
    Theme.PROACTIVE: _("Förebyggande"),
}
_RESULTS = {
    Result.SHARE: _("Andel"),
    Result.RATE: _("Antal per invånare"),
    Result.STANDARDISED: _("Antal per invånare, åldersstandardiserat"),
    Result.COUNT: _("Antal"),
    Result.MEAN: _("Medelvärde"),
    Result.MEDIAN: _("Median"),
    Result.INDEX: _("Index från 0 till 1"),
}
_SHAPES = {
    Shape.SHARE: _("Rader av ett slag, och de av dem som också uppfyller något"),
    Shape.EVENTS: _("Händelser, ensamma eller per invånare"),
    Shape.READMISSION: _("Vårdtillfällen som följs av ett nytt"),
    Shape.SPAN: _("Dagar eller timmar mellan två datum"),
    Shape.STANDING: _("Personer en viss dag, och de av dem som har något"),
    Shape.OPEN: _("Det som är öppet en viss dag"),
    Shape.CONTINUITY: _("Besök hos samma"),
    Shape.STAFF: _("Olika personal på 14 dagar"),
}
_GRAINS = {
    Grain.MONTH: _("Månad"),
    Grain.YEAR: _("År"),
    Grain.POINT: _("En viss dag"),
}
_DIRECTIONS = {
    Direction.HIGH: _("Högt är bra"),
    Direction.LOW: _("Lågt är bra"),
    Direction.NEUTRAL: _("Varken eller"),
}
_PERSPECTIVES = {
    Perspective.CONSUMPTION: _("De som bor i området"),
    Perspective.PRODUCTION: _("De som får vård i området"),
}
_PERIODS = {
    Period.MONTH: _("Månad"),
    Period.YEAR: _("År"),
    Period.ROLLING_3_YEARS: _("Tre år i taget"),
    Period.MEAN_OF_MONTHS: _("Medel av årets månader"),
    Period.MEDIAN_OF_MEDIANS: _("Median av månadernas medianer"),
    Period.POINT: _("En viss dag"),
    Period.WINDOW_14_DAYS: _("14 dagar"),
    Period.WINDOW_18_MONTHS: _("18 månader"),
}


def _of(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(one.value, said) for one, said in words.items()]


MORE = ("least_months", "groups", "breaks", "valid_from", "extra")
"""What a measure has beside the fields of the form: it goes along unseen, and is changed in a file."""


class MeasureForm(forms.Form):
    """One measure. A fault is said at its field, and nothing typed is lost."""

    code = forms.SlugField(
        label=_("Kod"),
        max_length=60,
        help_text=_("Små bokstäver och bindestreck. Blir en del av adressen."),
    )
    name = forms.CharField(label=_("Namn"), max_length=120)
    question = forms.CharField(
        label=_("Fråga"),
        max_length=200,
        help_text=_("Med vanliga ord. Slutar med ett frågetecken."),
    )
    theme = forms.ChoiceField(label=_("Tema"), choices=_of(_THEMES))
    numerator = forms.CharField(label=_("Räknas, med ord"), max_length=300)
    denominator = forms.CharField(label=_("Delat med, med ord"), max_length=300, required=False)
    result = forms.ChoiceField(label=_("Sorts tal"), choices=_of(_RESULTS))
    unit_words = forms.CharField(label=_("Enhet"), max_length=60)
    factor = forms.IntegerField(label=_("Per hur många"), min_value=1, initial=100)
    decimals = forms.IntegerField(label=_("Decimaler"), min_value=0, max_value=3, initial=1)
    direction = forms.ChoiceField(label=_("Riktning"), choices=_of(_DIRECTIONS))
    grain = forms.ChoiceField(label=_("Räknas per"), choices=_of(_GRAINS))
    period = forms.ChoiceField(label=_("Visas per"), choices=_of(_PERIODS))
    perspective = forms.ChoiceField(label=_("Vems"), choices=_of(_PERSPECTIVES))
    standard = forms.CharField(label=_("Standardbefolkning"), required=False, max_length=60)
    smallest = forms.IntegerField(
        label=_("Visas inte när antalet är under"), min_value=3, max_value=50, initial=5
    )
    low = forms.FloatField(label=_("Lägsta rimliga tal"), required=False)
    high = forms.FloatField(label=_("Högsta rimliga tal"), required=False)
    source = forms.CharField(label=_("Källa"), max_length=200)
    unconfirmed = forms.CharField(
        label=_("Vad är inte bekräftat?"), required=False, max_length=300,
        help_text=_("Tomt: allt är bekräftat."),
    )  # fmt: skip
    shape = forms.ChoiceField(label=_("Sätt att räkna"), choices=_of(_SHAPES))
    settings = forms.CharField(
        label=_("Urval"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("En rad för varje villkor, som i ett mått som redan finns."),
    )
    why = forms.CharField(label=_("Varför den här versionen?"), required=False, max_length=500)

    more = forms.CharField(required=False, widget=forms.HiddenInput)

    measure: Measure | None = None

    def clean(self) -> dict[str, Any]:
        """Read the whole with the same reader as a file."""
        given = dict(super().clean() or {})
        if self.errors:
            return given
        try:
            settings = tomllib.loads(given["settings"])
            more = tomllib.loads(given["more"])
        except tomllib.TOMLDecodeError as fault:
            self.add_error("settings", _now("Det går inte att läsa: %(fault)s.") % {"fault": fault})
            return given
        found = read_measure(more | _data(given) | {"settings": settings}, COLUMNS)
        for one in found.faults:
            field = one.field.split(".")[0].split("[")[0]
            place = {"good_between": "low"}.get(field, field)
            words = f"{one.field}: {translated(one.words)} {translated(one.mend)}"
            self.add_error(place if place in self.fields else None, words)
        self.measure = found.measure
        return given


def _data(given: Mapping[str, Any]) -> dict[str, object]:
    """The fields as the reader wants them; what is empty is not there."""
    plain = {name: value for name, value in given.items() if value not in ("", None)}
    limits = [plain.pop(name, "") for name in ("low", "high")]
    for name in ("why", "settings", "more"):
        plain.pop(name, None)
    kept: dict[str, object] = {"confirmed": not plain.get("unconfirmed")}
    return plain | kept | ({"good_between": limits} if any(one != "" for one in limits) else {})


def filled(measure: Measure, *, code: str) -> dict[str, object]:
    """The fields of the form from a measure."""
    low, high = measure.good_between
    data = as_data(measure)
    more = {name: data[name] for name in MORE if name in data}
    return data | {
        "more": settings_text(more),
        "code": code,
        "settings": settings_text(measure.settings),
        "low": low,
        "high": high,
    }


class FileForm(forms.Form):
    """A measure from another county's file, or from one that has been saved."""

    file = forms.FileField(label=_("Fil (TOML)"))
