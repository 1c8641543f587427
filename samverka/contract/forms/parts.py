"""What several of the room's forms do alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy

from samverka.kernel.identity import IdentityNumber, parse_identity
from samverka.kernel.problems import Invalid
from samverka.organisations.reads import ProviderDetail
from samverka.web.door import translated

Choices = list[tuple[str, str]]

said = lazy(translated, str)
"""A sentence of the rules, in the language of whoever opens the form."""


def lines(rows: int) -> forms.Textarea:
    """A box of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


class DatedForm(forms.Form):
    """A form that must know what day it is."""

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        self.today = today
        super().__init__(*args, **given)


def number_field(label: Any, **given: Any) -> forms.CharField:
    """A field for an identity number."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    return forms.CharField(label=label, max_length=40, widget=widget, **given)


def parsed_number(form: DatedForm, name: str) -> IdentityNumber | None:
    """Parse an identity number, saying what is wrong on its field."""
    text = form.cleaned_data.get(name, "")
    if not text:
        return None
    try:
        return parse_identity(text, today=form.today)
    except Invalid as problem:
        mend = f" {translated(problem.mend)}" if problem.mend else ""
        raise forms.ValidationError(translated(problem.message) + mend) from problem


def named(providers: Iterable[ProviderDetail]) -> Choices:
    """Care providers to choose among."""
    return [(str(one.id), one.name) for one in providers]
