"""Two versions of a measure side by side: what is not the same, in words, and whether figures may differ. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samverka.indicators.rules.measures.kinds import Measure
from samverka.indicators.rules.measures.parsing import as_data
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

COUNTS: Final = frozenset(
    {
        "shape", "settings", "result", "grain", "period", "least_months", "perspective", "factor",
        "standard", "groups", "good_between",
    }
)  # fmt: skip
"""Fields that change figures; the rest change what is said of them."""

FIELD_WORDS: Final[Mapping[str, Text]] = {
    "name": _("Namn"),
    "question": _("Fråga"),
    "numerator": _("Det som räknas"),
    "denominator": _("Delat med"),
    "theme": _("Område"),
    "result": _("Sorts värde"),
    "shape": _("Sätt att räkna"),
    "settings": _("Urval"),
    "grain": _("Räknas per"),
    "period": _("Period"),
    "perspective": _("Vems personer"),
    "direction": _("Riktning"),
    "source": _("Källa"),
    "unit_words": _("Enhet"),
    "factor": _("Per hur många"),
    "decimals": _("Decimaler"),
    "least_months": _("Minst antal månader"),
    "standard": _("Standardbefolkning"),
    "smallest": _("Minsta antal som visas"),
    "official": _("Officiell beteckning"),
    "confirmed": _("Bekräftat"),
    "unconfirmed": _("Inte bekräftat"),
    "groups": _("Målgrupper"),
    "breaks": _("Brott i serien"),
    "good_between": _("Rimliga värden"),
    "valid_from": _("Gäller från"),
    "extra": _("Annat"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not the same.

    Attributes:
        field: "settings.where[2]"; `name`: the field in words.
        before, after: as they were written; empty where there was nothing.
        counts: figures may differ because of it.
    """

    field: str
    name: Text
    before: str
    after: str
    counts: bool

    @property
    def words(self) -> Text:
        """In one sentence."""
        if not self.before:
            return _("%(name)s är nytt: %(after)s.", name=self.name, after=self.after)
        if not self.after:
            return _("%(name)s är borttaget. Det var: %(before)s.",
                     name=self.name, before=self.before)  # fmt: skip
        return _("%(name)s var %(before)s och är nu %(after)s.",
                 name=self.name, before=self.before, after=self.after)  # fmt: skip


def changes(before: Measure, after: Measure) -> tuple[Change, ...]:
    """What is not the same, those that change figures first. The version's own number is not told."""
    one, other = as_data(before), as_data(after)
    found = [
        change
        for name in FIELD_WORDS
        if one.get(name) != other.get(name)
        for change in _changed(name, name, one.get(name), other.get(name))
    ]
    return tuple(sorted(found, key=lambda change: not change.counts))


def _changed(field: str, place: str, before: object, after: object) -> list[Change]:
    """Down to the smallest part that is not the same."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = [*before, *(name for name in after if name not in before)]
        return [
            change
            for name in names
            if before.get(name) != after.get(name)
            for change in _changed(field, f"{place}.{name}", before.get(name), after.get(name))
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            change
            for at, (old, new) in enumerate(zip(before, after, strict=True), start=1)
            if old != new
            for change in _changed(field, f"{place}[{at}]", old, new)
        ]
    said = (_said(before), _said(after))
    return [Change(place, FIELD_WORDS[field], *said, field in COUNTS)]


def _said(value: object) -> str:
    """A value as it would be written."""
    match value:
        case None | "":
            return ""
        case True:
            return "ja"
        case False:
            return "nej"
        case Mapping():
            return ", ".join(f"{name} = {_said(one)}" for name, one in value.items())
        case list() | tuple():
            return "; ".join(_said(one) for one in value)
        case _:
            return f"”{value}”" if isinstance(value, str) else str(value)
