"""The legal parameters as they hold in this county, with what the county has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import CountySetting
from samverka.kernel import parameters
from samverka.kernel.actor import Actor, Permission, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Certainty, Key, LegalParameter, Unit
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class DecidedValue:
    """A value that the county has decided, from when, by whom and why.

    Attributes:
        said: the value in words, where the number alone does not tell what it means.
    """

    value: int
    said: Text | None
    valid_from: date
    reason: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One parameter: what it does, what holds today, what the county has decided and will.

    Attributes:
        value: what holds today in this county.
        default: what holds where the county has decided nothing.
        said, default_said: the two in words, where the numbers alone do not tell.
        choices: what the values 1, 2, 3 … mean, where the value is a choice.
        own: what holds is the county's own.
        decided: the county's values, the newest first; also those of days ahead.
    """

    key: Key
    help: Text
    unit: Unit
    value: int
    default: int
    said: Text | None
    default_said: Text | None
    choices: tuple[Text, ...]
    own: bool
    may_set: bool
    source: str
    certainty: Certainty
    decided: tuple[DecidedValue, ...]


@dataclass(frozen=True, slots=True)
class CountyParameters:
    """All parameters that hold today."""

    lines: tuple[ParameterLine, ...]
    may_edit: bool


def county_parameters(actor: Actor) -> CountyParameters:
    """The numbers that the law, the agreements and the county give, with their sources."""
    with act(actor, Action.COUNTY_READ) as this:
        this.require_permission()
        this.note_general("CountySetting")
        may_edit = actor.may(Permission.COUNTY_EDIT) and actor.side in (Side.REGION, Side.SYSTEM)
        return CountyParameters(parameter_lines(local_date(actor.at)), may_edit)


def parameter_lines(today: date) -> tuple[ParameterLine, ...]:
    """Every parameter that holds on the day, inside the caller's act."""
    decided: dict[str, list[CountySetting]] = {}
    for own in CountySetting.objects.order_by("-valid_from"):
        decided.setdefault(own.key, []).append(own)
    holding = [row for row in parameters.TABLE if row.holds(today)]
    return tuple(_line(row, decided.get(str(row.key), []), today) for row in holding)


def _decided(row: LegalParameter, own: CountySetting) -> DecidedValue:
    said = row.said(own.value)
    return DecidedValue(own.value, said, own.valid_from, own.reason, own.set_by, own.set_at)


def _line(row: LegalParameter, own: list[CountySetting], today: date) -> ParameterLine:
    decided = tuple(_decided(row, one) for one in own)
    default = row.value
    if row.county_setting:
        default = settings.SAMVERKA_COUNTY.get(str(row.key), row.value)
    holds = next((one for one in decided if one.valid_from <= today and row.county_setting), None)
    value = holds.value if holds else default
    return ParameterLine(
        key=row.key,
        help=row.help,
        unit=row.unit,
        value=value,
        default=default,
        said=row.said(value),
        default_said=row.said(default),
        choices=row.choices,
        own=holds is not None,
        may_set=row.county_setting,
        source=row.source,
        certainty=row.certainty,
        decided=decided,
    )
