"""From the county's settings to terms: each number of a setting has one meaning, written here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from samverka.discharge.rules.liability.terms import (
    LAW_FROM,
    Attribution,
    HolidayRule,
    LateEffect,
    Model,
    NoonRule,
    OutsideRule,
    PeriodKind,
    PsychiatryRule,
    Terms,
    check_terms,
)
from samverka.kernel.parameters import Key, at
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

KEYS: tuple[Key, ...] = (
    *(key for key in Key if key.name.startswith("LIABILITY_")),
    Key.DISCHARGE_CALL_WEEKDAY,
)
"""The settings that terms are made of; the last one also decides when a call is shown as late."""

CHOICES: dict[Key, type[StrEnum]] = {
    Key.LIABILITY_MODEL: Model,
    Key.LIABILITY_NOON: NoonRule,
    Key.LIABILITY_HOLIDAYS: HolidayRule,
    Key.LIABILITY_PERIOD: PeriodKind,
    Key.LIABILITY_ATTRIBUTION: Attribution,
    Key.LIABILITY_LATE_MESSAGE: LateEffect,
    Key.LIABILITY_PSYCHIATRY: PsychiatryRule,
    Key.LIABILITY_OUTSIDE_COUNTY: OutsideRule,
}
"""Settings that are a choice: value 1 is the first of the enum, 2 the second."""

DECIMALS: tuple[int | None, ...] = (None, 1, 2)
"""What the choices of rounding mean."""

_Chosen = TypeVar("_Chosen", bound=StrEnum)


def terms_from(
    values: Mapping[Key, int],
    *,
    valid_from: date = LAW_FROM,
    valid_to: date | None = None,
    source: str = "",
) -> Terms:
    """Make terms of the county's values.

    Args:
        values: a value of each of `KEYS`, as it holds on the day that is judged.
        source: the agreement's name; empty where the law holds.

    Raises:
        Invalid: a value is missing or means nothing.
    """
    missing = [key.value for key in KEYS if key not in values]
    if missing:
        raise Invalid(_("Inställningen %(key)s saknas.", key=missing[0]), where=missing[0])
    terms = Terms(
        model=_choice(values, Key.LIABILITY_MODEL, Model),
        threshold=Decimal(values[Key.LIABILITY_THRESHOLD]) / 10,
        cutoff=values[Key.LIABILITY_CUTOFF],
        include_day_zero=bool(values[Key.LIABILITY_DAY_ZERO]),
        noon_rule=_choice(values, Key.LIABILITY_NOON, NoonRule),
        holiday_rule=_choice(values, Key.LIABILITY_HOLIDAYS, HolidayRule),
        count_discharge_day=bool(values[Key.LIABILITY_DISCHARGE_DAY]),
        decimals=DECIMALS[_number(values, Key.LIABILITY_ROUNDING, len(DECIMALS)) - 1],
        period=_choice(values, Key.LIABILITY_PERIOD, PeriodKind),
        attribution=_choice(values, Key.LIABILITY_ATTRIBUTION, Attribution),
        late_message=_choice(values, Key.LIABILITY_LATE_MESSAGE, LateEffect),
        call_next_weekday=bool(values[Key.DISCHARGE_CALL_WEEKDAY]),
        psychiatry=_choice(values, Key.LIABILITY_PSYCHIATRY, PsychiatryRule),
        psychiatry_days=values[Key.LIABILITY_PSYCHIATRY_DAYS],
        block_stops_clock=bool(values[Key.LIABILITY_BLOCK_STOPS_CLOCK]),
        count_leave=bool(values[Key.LIABILITY_LEAVE]),
        refusal_excludes=bool(values[Key.LIABILITY_REFUSAL]),
        outside_county=_choice(values, Key.LIABILITY_OUTSIDE_COUNTY, OutsideRule),
        agreed_amount=Decimal(values[Key.LIABILITY_AMOUNT]) or None,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source or "LUS 5 kap.",
    )
    check_terms(terms)
    return terms


def defaults(on: date) -> dict[Key, int]:
    """The values of a county that has decided nothing.

    Raises:
        NotNow: the law was not in force on the day.
    """
    return {key: at(key, on).value for key in KEYS}


def values_of(terms: Terms) -> dict[Key, int]:
    """The settings that would give these terms: what a county enters to use a known agreement."""
    flags = {
        Key.LIABILITY_DAY_ZERO: terms.include_day_zero,
        Key.LIABILITY_DISCHARGE_DAY: terms.count_discharge_day,
        Key.DISCHARGE_CALL_WEEKDAY: terms.call_next_weekday,
        Key.LIABILITY_BLOCK_STOPS_CLOCK: terms.block_stops_clock,
        Key.LIABILITY_LEAVE: terms.count_leave,
        Key.LIABILITY_REFUSAL: terms.refusal_excludes,
    }
    chosen: tuple[tuple[Key, StrEnum], ...] = (
        (Key.LIABILITY_MODEL, terms.model),
        (Key.LIABILITY_NOON, terms.noon_rule),
        (Key.LIABILITY_HOLIDAYS, terms.holiday_rule),
        (Key.LIABILITY_PERIOD, terms.period),
        (Key.LIABILITY_ATTRIBUTION, terms.attribution),
        (Key.LIABILITY_LATE_MESSAGE, terms.late_message),
        (Key.LIABILITY_PSYCHIATRY, terms.psychiatry),
        (Key.LIABILITY_OUTSIDE_COUNTY, terms.outside_county),
    )
    return {
        **{key: int(flag) for key, flag in flags.items()},
        **{key: list(CHOICES[key]).index(one) + 1 for key, one in chosen},
        Key.LIABILITY_THRESHOLD: int(terms.threshold * 10),
        Key.LIABILITY_CUTOFF: terms.cutoff,
        Key.LIABILITY_ROUNDING: DECIMALS.index(terms.decimals) + 1,
        Key.LIABILITY_PSYCHIATRY_DAYS: terms.psychiatry_days,
        Key.LIABILITY_AMOUNT: int(terms.agreed_amount or 0),
    }


def _choice(values: Mapping[Key, int], key: Key, kind: type[_Chosen]) -> _Chosen:
    return list(kind)[_number(values, key, len(kind)) - 1]


def _number(values: Mapping[Key, int], key: Key, count: int) -> int:
    value = values[key]
    if not 1 <= value <= count:
        said = _("%(key)s kan inte ha värdet %(value)d.", key=key.value, value=value)
        raise Invalid(said, where=key.value)
    return value
