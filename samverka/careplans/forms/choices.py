"""What forms let one choose among."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext

from samverka.careplans import rules
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind
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


def template_choices(kind: PlanKind) -> list[Choice]:
    """The groups whose template is offered for that kind of plan, and none."""
    groups = choices(rules.GROUP_WORDS, rules.offered(kind)) if rules.offered(kind) else []
    return [("", gettext("Ingen särskild grupp")), *groups]


def near_units(plan: PlanDetail, consented: Iterable[UUID] = ()) -> frozenset[UUID]:
    """Units that have to do with the person, as far as one who reads the plan knows."""
    parties = (one.unit_id for one in plan.parties)
    return frozenset({*parties, *(one.unit_id for one in plan.contacts), *consented})


def unit_groups(units: Iterable[UnitDetail], near: frozenset[UUID] = frozenset()) -> Choices:
    """Units that have to do with the person first, then by organisation with the region first."""
    found = list(units)
    first = [
        (str(one.id), f"{one.name}, {one.organisation_name}") for one in found if one.id in near
    ]
    rest = _by_organisation(one for one in found if one.id not in near)
    return [(gettext("Har med personen att göra"), first), *rest] if first else rest


def let_choose_units(
    form: forms.Form, name: str, units: Iterable[UnitDetail], near: frozenset[UUID], first: str
) -> None:
    """Units to tick: those that have to do with the person stand open, the others by organisation.

    Args:
        first: the field's label where nobody stands above it to be ticked.
    """
    found = list(units)
    close = [
        (str(one.id), f"{one.name}, {one.organisation_name}") for one in found if one.id in near
    ]
    rest = _by_organisation(one for one in found if one.id not in near)
    let_choose(form, name, [*close, *rest])
    if first:
        form.fields[name].label = first


def _by_organisation(units: Iterable[UnitDetail]) -> Choices:
    groups: dict[tuple[bool, str], list[Choice]] = {}
    for unit in units:
        key = (unit.side is not Side.REGION, unit.organisation_name)
        groups.setdefault(key, []).append((str(unit.id), unit.name))
    return [(name, groups[later, name]) for later, name in sorted(groups)]
