"""What forms let one choose among."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from samverka.kernel.actor import Side
from samverka.organisations.reads import UnitDetail
from samverka.web.door import translated

Choice = tuple[str, str]
Choices = list[Choice | tuple[str, list[Choice]]]


def choices(words: Mapping[Any, str], only: Iterable[Any] | None = None) -> list[Choice]:
    return [(code.value, translated(words[code])) for code in (only or words)]


def let_choose(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def unit_groups(units: Iterable[UnitDetail]) -> Choices:
    """Units by organisation, the region first."""
    groups: dict[tuple[bool, str], list[Choice]] = {}
    for unit in units:
        key = (unit.side is not Side.REGION, unit.organisation_name)
        groups.setdefault(key, []).append((str(unit.id), unit.name))
    return [(name, groups[later, name]) for later, name in sorted(groups)]
