"""Forms of a distribution: drawn up, tried, kept, compared with what was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from samverka.transition.forms.grants.files import pasted_rows
from samverka.transition.forms.grants.money import KronorField
from samverka.transition.reads import PopulationLine, Wish
from samverka.transition.rules.grants import RESIDUAL_WORDS, KeyKind, Residual
from samverka.transition.rules.grants.choosing import CHOSEN, KEY_WORDS
from samverka.transition.rules.grants.reading import weights_of
from samverka.web.door import translated

MOST = 2**53
"""No weight is larger: beyond it a spreadsheet has already lost digits."""


def _people(populations: Iterable[PopulationLine]) -> list[tuple[str, str]]:
    return [(str(one.id), f"{one.name}, {one.version}") for one in populations]


def _rests() -> list[tuple[str, str]]:
    return [
        (one.value, translated(words))
        for one, words in RESIDUAL_WORDS.items()
        if one is not Residual.NAMED
    ]


def _choose(form: forms.Form, name: str, found: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = found


class WeightsField(forms.CharField):
    """Rows of “kod; tal”, as they are pasted from a table."""

    widget = forms.Textarea

    def clean(self, value: Any) -> dict[str, int]:
        """Code → number; a row that cannot be used is named."""
        written = super().clean(value)
        if not written.strip():
            return {}
        read = weights_of(pasted_rows(written, ("kod", "tal")), most=MOST)
        if read.faults:
            raise forms.ValidationError([
                say("Rad %(row)s: %(words)s") % {"row": one.row, "words": translated(one.words)}
                for one in read.faults[:20]
            ])  # fmt: skip
        return dict(read.kept)


class ShareForm(forms.Form):
    """Key, population, floor, ceiling and who bears the residual."""

    kind = forms.ChoiceField(label=_("Nyckel"))
    population_id = forms.ChoiceField(
        label=_("Befolkning"),
        required=False,
        help_text=_("Versionen som nyckeln räknas på. Den säger också vilka som får dela."),
    )
    weights = WeightsField(
        label=_("Andelar"),
        required=False,
        help_text=_("Om andelarna är beslutade: en rad för var och en, kod; tal."),
    )
    key_source = forms.CharField(label=_("Var andelarna står"), max_length=300, required=False)
    floor = KronorField(label=_("Minst till var och en"), required=False)
    ceiling = KronorField(label=_("Högst till var och en"), required=False)
    residual = forms.ChoiceField(
        label=_("När det inte går jämnt ut"),
        help_text=_("Vem som får eller ger kronorna som skiljer."),
    )
    why = forms.CharField(label=_("Varför?"), max_length=500, required=False)

    def __init__(self, data: Any = None, *, populations: Iterable[PopulationLine]) -> None:
        super().__init__(data)
        kinds = (*CHOSEN, KeyKind.WEIGHTS)
        _choose(self, "kind", [(one.value, translated(KEY_WORDS[one])) for one in kinds])
        _choose(self, "population_id", [("", say("Välj")), *_people(populations)])
        _choose(self, "residual", _rests())

    def clean(self) -> dict[str, Any]:
        """What each key needs."""
        kept = super().clean() or {}
        if kept.get("kind") == KeyKind.WEIGHTS:
            for name in ("weights", "key_source"):
                if not kept.get(name) and name not in self.errors:
                    self.add_error(name, say("Fyll i det här för den nyckeln."))
        elif not kept.get("population_id") and "population_id" not in self.errors:
            self.add_error("population_id", say("Välj en befolkning."))
        return kept

    def values(self) -> dict[str, Any]:
        """What `draft_distribution` wants: a key of weights has no population, and the other way."""
        kept = dict(self.cleaned_data)
        people, kind = kept.pop("population_id"), KeyKind(kept.pop("kind"))
        own = kind is KeyKind.WEIGHTS
        return kept | {
            "kind": kind,
            "population_id": UUID(people) if people and not own else None,
            "weights": kept["weights"] if own else {},
            "key_source": kept["key_source"] if own else "",
            "residual": Residual(kept["residual"]),
        }


class PublishedForm(forms.Form):
    """The published table, to compare with."""

    amounts = WeightsField(
        label=_("Tabellens rader"), help_text=_("En rad för var och en: kod; kronor.")
    )
    source = forms.CharField(label=_("Var tabellen är publicerad"), max_length=300)
    told = KronorField(label=_("Summan som texten säger"), required=False)


class TryForm(forms.Form):
    """Another key, population, share, floor or ceiling. What is empty is as it is."""

    nyckel = forms.ChoiceField(label=_("Nyckel"), required=False)
    befolkning = forms.ChoiceField(label=_("Befolkning"), required=False)
    andel = forms.IntegerField(
        label=_("Andel av regionernas och kommunernas pengar, procent"),
        required=False,
        min_value=0,
        max_value=100,
    )
    golv = KronorField(label=_("Minst till var och en"), required=False)
    tak = KronorField(label=_("Högst till var och en"), required=False)
    rest = forms.ChoiceField(label=_("När det inte går jämnt ut"), required=False)

    def __init__(
        self, *args: Any, populations: Iterable[PopulationLine], both: bool, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        as_is = ("", say("Som nu"))
        keys = [(one.value, translated(KEY_WORDS[one])) for one in CHOSEN]
        people = _people(populations)
        for name, found in (("nyckel", keys), ("befolkning", people), ("rest", _rests())):
            _choose(self, name, [as_is, *found])
        if not both:
            del self.fields["andel"]

    @property
    def wish(self) -> Wish:
        """What is to be tried; nothing while the form cannot be used."""
        kept: Mapping[str, Any] = getattr(self, "cleaned_data", {}) if self.is_valid() else {}
        people = kept.get("befolkning")
        return Wish(
            kind=KeyKind(kept["nyckel"]) if kept.get("nyckel") else None,
            population_id=UUID(people) if people else None,
            percent=kept.get("andel"),
            floor=kept.get("golv"),
            ceiling=kept.get("tak"),
            residual=Residual(kept["rest"]) if kept.get("rest") else None,
        )


class KeepForm(forms.Form):
    """Why a draft is kept."""

    why = forms.CharField(label=_("Varför?"), max_length=500)
