"""What a measure counts, as a form without code: which facts, conditions in rows, dates and ages from lists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samverka.indicators.forms.conditions import (
    HOWS,
    Row,
    columns_of,
    condition_of,
    kind_of,
    posted_rows,
    row_of,
)
from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.rules.measures import POINT, Points, Population, Shape
from samverka.indicators.rules.measures.parsing_settings import FIXED_FACT, PERSON
from samverka.indicators.rules.measures.settings import ASKED, AT_A_DATE, EVERYWHERE
from samverka.indicators.rules.naming import code_words, codes_of, column_words, fact_words
from samverka.web.door import translated

HELD: Final = ("among", "having")
"""Settings that say what a person has at a date: one thing with its dates and its conditions."""

GROUPS: Final = {
    "where": _("Räkna bara dem där"),
    "hit": _("Träff när"),
    "again": _("Nästa vårdtillfälle är med när"),
    "person": _("Om personen"),
    "among": _("Det som de ska ha"),
    "having": _("Det som gör en träff"),
}
"""Lists of conditions, in the order of the page."""

_DATES, _MOMENTS = ("date",), ("date", "moment")
_POPULATIONS: Final = (
    (Population.NONE.value, _("Inte per invånare")),
    (Population.MEAN.value, _("Medelbefolkningen")),
    (Population.YEAR_END.value, _("De som bodde där den 31 december")),
)
_POINTS: Final = (
    (Points.MONTH.value, _("Sista dagen varje månad")),
    (Points.QUARTER.value, _("Sista dagen varje kvartal")),
    (Points.YEAR.value, _("Sista dagen varje år")),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been chosen so far.

    Attributes:
        values: the fields of `ChoosingForm`. `rows`: group → its conditions.
        rest: settings that the form has no fields for: they go along as they are.
    """

    shape: Shape
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, list[Row]] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)

    def fact_of(self, group: str) -> str:
        """Which fact the conditions of a group are about."""
        if group == "person":
            return PERSON
        if group in HELD:
            return str(self.values.get(f"{group}_fact") or "")
        return FIXED_FACT.get(self.shape) or str(self.values.get("fact") or "")

    def changed(self, word: str, column: str = "") -> Draft:
        """A row more ("add:where") or one less ("drop:where:2")."""
        what, _colon, rest = word.partition(":")
        group, _colon, number = rest.partition(":")
        rows = list(self.rows.get(group, []))
        if what == "add" and column:
            kind = kind_of(self.fact_of(group), column)
            rows.append(Row(column, HOWS[kind][0] if kind in HOWS else ""))
        elif what == "drop" and number.isdecimal() and int(number) < len(rows):
            del rows[int(number)]
        return Draft(self.shape, self.values, {**self.rows, group: rows}, self.rest)


def shape_of(word: object) -> Shape:
    """The way to count; the first where nothing is chosen."""
    return Shape(str(word)) if str(word) in {one.value for one in Shape} else Shape.SHARE


def draft_of(shape: Shape, settings: Mapping[str, Any]) -> Draft:
    """A measure's settings as a draft."""
    values: dict[str, Any] = {}
    rest = dict(settings)
    rows: dict[str, list[Row]] = {}
    for group in HELD:
        if len(rest.get(group, ())) == 1:
            (one,) = rest.pop(group)
            values |= {f"{group}_{name}": value for name, value in one.items() if name != "where"}
            fact = str(one.get("fact", ""))
            rows[group] = [row_of(fact, each) for each in one.get("where", ())]
    for name, parts in (("span", ("from", "to", "minus", "hours", "column")),
                        ("open", ("since", "until", "through"))):  # fmt: skip
        inner = rest.pop(name, {})
        values |= {f"{name}_{part}": inner[part] for part in parts if part in inner}
    low, high = [*rest.pop("ages", ()), None, None][:2]
    values |= {"low_age": low, "high_age": high}
    draft = Draft(shape, {**values, "fact": rest.get("fact", "")})
    for group in ("where", "hit", "again", "person"):
        fact = draft.fact_of(group)
        rows[group] = [row_of(fact, each) for each in rest.pop(group, ())]
    known = ChoosingForm.base_fields
    values |= {name: rest.pop(name) for name in [*rest] if name in known}
    return Draft(shape, values, rows, rest)


def draft_posted(shape: Shape, data: QueryDict) -> Draft:
    """What was sent, whatever it is worth."""
    many = {"group_by"}
    values = {
        name: data.getlist(name) if name in many else data.get(name, "")
        for name in ChoosingForm.base_fields
    }
    try:
        rest = json.loads(data.get("rest") or "{}")
    except ValueError:
        rest = {}
    rows = {group: posted_rows(data, group) for group in GROUPS}
    return Draft(shape, values, rows, rest if isinstance(rest, dict) else {})


def settings_of(draft: Draft, given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as a measure holds them: what is empty is not there."""
    must, may = ASKED[draft.shape]
    asked = must | may | EVERYWHERE
    found = {name: one for name, one in draft.rest.items() if name in asked}
    several = "sources" in found
    plain = {name: given[name] for name in _PLAIN if given.get(name) not in _EMPTY}
    held = {group: [_held(draft, group, given)] for group in HELD if given.get(f"{group}_fact")}
    conditions = {
        group: [condition_of(draft.fact_of(group), one) for one in draft.rows.get(group, ())]
        for group in ("where", "hit", "again", "person")
    }
    made = {
        **plain,
        **held,
        **{name: rows for name, rows in conditions.items() if rows},
        **_parts("span", ("from", "to", "minus", "hours", "column"), given),
        **_parts("open", ("since", "until", "through"), given),
        **_ages(given),
    }
    kept = {name: one for name, one in made.items() if name in asked and name not in found}
    if several:
        kept = {name: one for name, one in kept.items() if name not in ("fact", "where")}
    return {**found, **kept}


_EMPTY: Final[tuple[Any, ...]] = ("", None, False, [])
_PLAIN: Final = (
    "fact", "day", "once", "episodes", "units", "population", "from_day", "to_day", "months", "least",
    "profession", "over", "points", "follow_days", "group_by",
)  # fmt: skip


def _parts(name: str, parts: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    inner = {part: given[f"{name}_{part}"] for part in parts if given.get(f"{name}_{part}")}
    return {name: inner} if inner else {}


def _ages(given: Mapping[str, Any]) -> dict[str, Any]:
    low, high = given.get("low_age"), given.get("high_age")
    if high is not None:
        return {"ages": [low or 0, high]}
    return {"ages": [low]} if low is not None else {}


def _held(draft: Draft, group: str, given: Mapping[str, Any]) -> dict[str, Any]:
    start = f"{group}_"
    plain = {
        name.removeprefix(start): one
        for name, one in given.items()
        if name.startswith(start) and one not in _EMPTY
    }
    rows = [condition_of(draft.fact_of(group), one) for one in draft.rows.get(group, ())]
    return plain | ({"where": rows} if rows else {})


def _choice(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, help_text=help_text)


def _whole(label: Any, most: int = 9999) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class ChoosingForm(forms.Form):
    """The fields beside the conditions. Only those that the way to count asks for are shown."""

    fact = _choice(
        _("Uppgift"), _("Vad som räknas: en rad är en händelse, eller en person en månad.")
    )
    day = _choice(_("Vilken dag raden hör till"))
    low_age = _whole(_("Från ålder"), 120)
    high_age = _whole(_("Till och med ålder"), 120)
    population = forms.ChoiceField(label=_("Per invånare"), choices=_POPULATIONS, required=False)
    once = _tick(_("Varje person räknas högst en gång per period"))
    episodes = _tick(_("Vårdtillfällen som följer på varandra samma dag räknas som ett"))
    span_from = _choice(_("Mät från"))
    span_to = _choice(_("Mät till"))
    span_hours = _tick(_("Mät i timmar i stället för dagar"))
    span_minus = _choice(_("Dra av"))
    span_column = _choice(_("Eller ta antalet ur"))
    open_since = _choice(_("Öppet från"))
    open_until = _choice(_("Öppet till"))
    open_through = _tick(_("Öppet också den sista dagen"))
    from_day = _whole(_("Från dag"), 365)
    to_day = _whole(_("Till och med dag"), 365)
    profession = _choice(_("Besök hos"))
    months = _whole(_("Under så många månader"), 120)
    least = _whole(_("Minst så många besök"), 999)
    over = _whole(_("Träff när antalet är över"), 999)
    points = forms.ChoiceField(label=_("Räknas"), choices=_POINTS, required=False)
    among_fact = _choice(_("Bland dem som har"), _("Tomt: alla invånare."))
    among_since = _choice(_("Från och med dagen"))
    among_until = _choice(_("Till dagen"), _("Tomt: för alltid."))
    among_through = _tick(_("Också den sista dagen"))
    among_months = _whole(_("Eller: hände under så många månader"), 120)
    among_distinct = _choice(_("Räkna olika"))
    among_least = _whole(_("Minst så många"), 999)
    having_fact = _choice(_("Träff för dem som har"))
    having_since = _choice(_("Från och med dagen"))
    having_until = _choice(_("Till dagen"), _("Tomt: för alltid."))
    having_through = _tick(_("Också den sista dagen"))
    having_months = _whole(_("Eller: hände under så många månader"), 120)
    having_distinct = _choice(_("Räkna olika"))
    having_least = _whole(_("Minst så många"), 999)
    follow_days = _whole(_("Vänta så många dagar innan en månad räknas"), 999)
    group_by = forms.MultipleChoiceField(
        label=_("Dela också upp efter"), required=False, widget=forms.CheckboxSelectMultiple
    )
    units = _tick(_("Visa också för varje enhet"))

    def __init__(self, *args: Any, draft: Draft, **given: Any) -> None:
        super().__init__(*args, **given)
        self.draft = draft
        self._only_asked()
        for name, choices in self._choices().items():
            known = self.fields.get(name)
            if isinstance(known, forms.ChoiceField):
                known.choices = choices

    def _only_asked(self) -> None:
        must, may = ASKED[self.draft.shape]
        asked = must | may | EVERYWHERE
        for name in [*self.fields]:
            start = name.partition("_")[0]
            part = {"low": "ages", "high": "ages"}.get(start, name)
            if start in ("span", "open", *HELD):
                part = start
            fixed = name == "fact" and self.draft.shape in FIXED_FACT
            if part not in asked or fixed or part in self.draft.rest:
                del self.fields[name]

    def _choices(self) -> dict[str, list[tuple[str, str]]]:
        fact = self.draft.fact_of("where")
        point = self.draft.shape in AT_A_DATE
        found = {
            "fact": _facts(),
            "day": _named(fact, _DATES),
            "span_from": _named(fact, _MOMENTS, point=point),
            "span_to": _named(fact, _MOMENTS, point=point),
            "span_minus": _named(fact, ("integer",)),
            "span_column": _named(fact, ("integer",)),
            "open_since": _named(fact, _DATES),
            "open_until": _named(fact, _DATES),
            "profession": _coded("contact", "profession", self.draft.values.get("profession")),
            "group_by": _named(fact, ("codes", "text"))[1:],
        }
        for group in HELD:
            inner = self.draft.fact_of(group)
            found[f"{group}_fact"] = _facts()
            for end in ("since", "until"):
                found[f"{group}_{end}"] = _named(inner, _DATES)
            found[f"{group}_distinct"] = _named(inner, ("text", "codes", "key", "date"))
        return found

    def parts(self, *starts: str) -> list[Any]:
        """The fields whose names begin so, for the page."""
        return [self[name] for name in self.fields if name.startswith(starts)]


def _facts() -> list[tuple[str, str]]:
    return [("", "–"), *((name, translated(fact_words(name))) for name in COLUMNS)]


def _named(fact: str, kinds: tuple[str, ...], *, point: bool = False) -> list[tuple[str, str]]:
    names = [*columns_of(fact, kinds), *([POINT] if point else [])]
    return [("", "–"), *((one, translated(column_words(fact, one))) for one in names)]


def _coded(fact: str, column: str, chosen: object) -> list[tuple[str, str]]:
    codes = dict.fromkeys([*codes_of(fact, column), *([str(chosen)] if chosen else [])])
    return [("", "–"), *((one, translated(code_words(fact, column, one))) for one in codes)]
