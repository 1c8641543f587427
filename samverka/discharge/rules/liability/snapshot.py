"""What a period was settled by, as plain data that can be kept, and the same answer from it later.

A snapshot holds the facts, terms and amounts that went in, and the result that came out. The result
is never read back: it is reckoned anew and compared, so a change in the rules cannot pass unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from samverka.discharge.rules.liability.facts import StayFacts
from samverka.discharge.rules.liability.periods import Period, Settlement, settle
from samverka.discharge.rules.liability.rates import Rate
from samverka.discharge.rules.liability.terms import Terms
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

RULES_VERSION = 1
"""Raise it when the same facts would give another answer, and keep the old rules for old snapshots."""

Snapshot = Mapping[str, Any]

_Made = TypeVar("_Made")


def take_snapshot(settlement: Settlement, facts: Sequence[StayFacts]) -> dict[str, Any]:
    """Plain JSON-able data of a settlement and of what it was settled by.

    Args:
        facts: the very stays that were settled.
    """
    return {
        "version": RULES_VERSION,
        "as_of": plain(settlement.as_of),
        "period": plain(settlement.period),
        "terms": plain(settlement.terms),
        "rates": plain(settlement.rates),
        "facts": plain(tuple(facts)),
        "result": _result(settlement),
    }


def recompute(snapshot: Snapshot) -> Settlement:
    """Settle again by what the snapshot holds, whatever the settings say today.

    Raises:
        NotNow: the snapshot was made by rules that this version does not have.
        Invalid: the snapshot is damaged.
    """
    version = snapshot.get("version")
    if version != RULES_VERSION:
        raise NotNow(_("Underlaget är räknat med en annan version av reglerna."))
    try:
        return settle(
            built(tuple[StayFacts, ...], snapshot["facts"]),
            built(Terms, snapshot["terms"]),
            built(tuple[Rate, ...], snapshot["rates"]),
            built(Period, snapshot["period"]),
            as_of=built(datetime, snapshot["as_of"]),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as fault:
        raise Invalid(_("Det sparade underlaget är skadat och kan inte räknas om.")) from fault


def holds_good(snapshot: Snapshot) -> bool:
    """Whether the snapshot's result is still what its facts give."""
    return _result(recompute(snapshot)) == snapshot.get("result")


def _result(settlement: Settlement) -> dict[str, Any]:
    sums = [
        {"municipality": one.municipality, "days": plain(one.days), "kronor": plain(one.kronor)}
        for one in settlement.bases
    ]
    return {"sums": sums, "bases": plain(settlement.bases), "stays": plain(settlement.stays)}


# ── values to plain data and back ──


def plain(value: object) -> Any:
    """A value as JSON can hold it: decimals as text, moments in UTC, sets in order."""
    if isinstance(value, Text):
        return {"msgid": value.msgid, "params": {k: plain(v) for k, v in value.params.items()}}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, frozenset):
        return sorted(plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return _plain_leaf(value)


def _plain_leaf(value: object) -> str | int | bool | None:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} is no plain value")


def built(kind: type[_Made], value: Any) -> _Made:
    """A value back from plain data, by its type.

    Raises:
        KeyError, TypeError, ValueError: the data is not of that type.
    """
    made: _Made = _built(kind, value)
    return made


def _built(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is UnionType:
        return None if value is None else _built(_other_than_none(kind), value)
    if origin in (tuple, frozenset):
        return origin(_built(get_args(kind)[0], one) for one in value)
    if is_dataclass(kind):
        return _built_record(kind, value)
    return _leaf(kind)(value)


def _built_record(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    if set(value) != set(hints):
        raise KeyError(f"{kind.__name__}: {sorted(set(value) ^ set(hints))}")
    return kind(**{name: _built(hint, value[name]) for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _other_than_none(kind: Any) -> Any:
    return next(one for one in get_args(kind) if one is not NoneType)


def _leaf(kind: Any) -> Callable[[Any], Any]:
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, str | int | Decimal):
        return _checked(kind)
    raise TypeError(f"{kind} is no plain type")


def _checked(kind: type[Any]) -> Callable[[Any], Any]:
    """Numbers and truth must be what they say; text becomes an enum or a decimal."""
    expected = kind if kind in (int, bool) else str

    def take(value: Any) -> Any:
        if type(value) is not expected:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return kind(value)

    return take
