"""A measure of the county's own, without code: words in fields, what is counted in rows, or a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samverka.indicators.forms.choosing import (
    GROUPS,
    ChoosingForm,
    Draft,
    draft_of,
    draft_posted,
    settings_of,
    shape_of,
)
from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.rules.comparing import Direction
from samverka.indicators.rules.measures import (
    Fault,
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
    shape = forms.ChoiceField(
        label=_("Sätt att räkna"), choices=_of(_SHAPES), initial=Shape.SHARE.value
    )
    why = forms.CharField(label=_("Varför den här versionen?"), required=False, max_length=500)

    more = forms.CharField(required=False, widget=forms.HiddenInput)

    measure: Measure | None = None

    def __init__(self, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None,
                 draft: Draft | None = None) -> None:  # fmt: skip
        super().__init__(data, initial=dict(initial or {}))
        shape = shape_of((data or self.initial).get("shape"))
        known = self.initial.get("settings")
        if data is not None:
            draft = draft_posted(shape, data)
        self.draft = draft or draft_of(shape, known if isinstance(known, Mapping) else {})
        self.choosing = ChoosingForm(data, draft=self.draft, initial=dict(self.draft.values))

    def clean(self) -> dict[str, Any]:
        """Read the whole with the same reader as a file."""
        given = dict(super().clean() or {})
        if not self.choosing.is_valid():
            self.add_error(None, _now("Något i urvalet går inte att läsa. Felen står vid fälten."))
        if self.errors:
            return given
        try:
            more = tomllib.loads(given["more"])
        except tomllib.TOMLDecodeError as fault:
            self.add_error(None, _now("Det går inte att läsa: %(fault)s.") % {"fault": fault})
            return given
        settings = settings_of(self.draft, self.choosing.cleaned_data)
        found = read_measure(more | _data(given) | {"settings": settings}, COLUMNS)
        for one in found.faults:
            self._tell(one)
        self.measure = found.measure
        return given

    def _tell(self, fault: Fault) -> None:
        """At its field; of the choice at its own, or at the top with the name of its part."""
        words = f"{translated(fault.words)} {translated(fault.mend)}"
        first, _dot, inner = fault.field.partition(".")
        place = {"good_between": "low"}.get(first.split("[")[0], first)
        if place in self.fields:
            self.add_error(place, words)
            return
        part, _dot, last = inner.partition(".")
        name = part.split("[")[0]
        for field in (name, f"{name}_{last}", _FIRST_FIELD.get(name, "")):
            if field in self.choosing.fields:
                self.choosing.add_error(field, words)
                self.add_error(None, _now("Något i urvalet går inte. Felet står vid fältet."))
                return
        self.add_error(None, f"{_place(part)}: {words}" if _place(part) else words)

    def about(self, *names: str) -> list[Any]:
        """Some of the fields, for the page."""
        return [self[name] for name in names]


_FIRST_FIELD = {"ages": "low_age", "span": "span_from", "open": "open_since"}


def _place(part: str) -> str:
    """Which list of conditions, and which of them: "Räkna bara dem där, rad 2"."""
    name, _bracket, number = part.partition("[")
    title = str(GROUPS.get(name, ""))
    if not title or not number:
        return title
    return _now("%(list)s, rad %(n)s") % {"list": title, "n": number.rstrip("]")}


def _data(given: Mapping[str, Any]) -> dict[str, object]:
    """The fields as the reader wants them; what is empty is not there."""
    plain = {name: value for name, value in given.items() if value not in ("", None)}
    limits = [plain.pop(name, "") for name in ("low", "high")]
    for name in ("why", "more"):
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
        "low": low,
        "high": high,
    }


class FileForm(forms.Form):
    """A measure from another county's file, or from one that has been saved."""

    file = forms.FileField(label=_("Fil (TOML)"))
