"""A condition as a row that is filled in without code: the column, how, and what; and back to data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samverka.indicators.operations.measures import COLUMNS
from samverka.indicators.rules.measures import POINT
from samverka.indicators.rules.naming import codes_of

Data = Mapping[str, Any]


class How(StrEnum):
    """What a row asks of its column."""

    YES = "yes"
    NO = "no"
    NOT_YES = "not-yes"
    NOT_NO = "not-no"
    IS = "is"
    IS_NOT = "is-not"
    STARTS = "starts"
    BETWEEN = "between"
    BY = "by"
    DAYS = "days"
    MONTHS = "months"
    KNOWN = "known"
    UNKNOWN = "unknown"


HOW_WORDS: Final = {
    How.YES: _("är ja"),
    How.NO: _("är nej"),
    How.NOT_YES: _("är inte ja (nej, eller inte känt)"),
    How.NOT_NO: _("är inte nej (ja, eller inte känt)"),
    How.IS: _("är något av"),
    How.IS_NOT: _("är inget av"),
    How.STARTS: _("börjar med något av"),
    How.BETWEEN: _("ligger mellan"),
    How.BY: _("är senast samtidigt som"),
    How.DAYS: _("så många dagar före"),
    How.MONTHS: _("så många månader före"),
    How.KNOWN: _("är känt"),
    How.UNKNOWN: _("är inte känt"),
}

_WHETHER: Final = (How.KNOWN, How.UNKNOWN)
HOWS: Final = {
    "flag": (How.YES, How.NO, How.NOT_YES, How.NOT_NO, *_WHETHER),
    "codes": (How.IS, How.IS_NOT, *_WHETHER),
    "text": (How.IS, How.STARTS, How.IS_NOT, *_WHETHER),
    "integer": (How.BETWEEN, *_WHETHER),
    "date": (*_WHETHER, How.BY, How.DAYS, How.MONTHS),
    "moment": (*_WHETHER, How.BY),
    "key": _WHETHER,
}
"""Kind of column → what can be asked of it, the usual first."""

_FLAGS: Final[Mapping[str, Data]] = {
    How.YES: {"is": True},
    How.NO: {"is": False},
    How.NOT_YES: {"is": True, "not": True},
    How.NOT_NO: {"is": False, "not": True},
    How.KNOWN: {"given": True},
    How.UNKNOWN: {"given": False},
}

NOT_ASKED: Final = frozenset({"county", "year", "snapshot", "source"})
"""Columns that no measure asks of: the counting sees to them."""

MOST_ROWS: Final = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One condition.

    Attributes:
        values: codes, or words with a comma between. `other`: the column it is compared with.
        low, high: limits as they were typed; empty: none.
        kept: a condition that no row can say, as data: it goes along as it is.
    """

    column: str = ""
    how: str = ""
    values: tuple[str, ...] = ()
    other: str = ""
    low: str = ""
    high: str = ""
    kept: Data | None = None


def kind_of(fact: str, column: str) -> str:
    """How the column is asked: by its codes, as text, as a date …; empty: it cannot be asked of."""
    if column == POINT:
        return "date"
    kind = COLUMNS.get(fact, {}).get(column, "")
    return "codes" if kind == "text" and codes_of(fact, column) else kind


def columns_of(fact: str, kinds: tuple[str, ...] = ()) -> list[str]:
    """The columns that a condition can be put to, of those kinds (none given: of every kind)."""
    found = ((one, kind_of(fact, one)) for one in COLUMNS.get(fact, {}))
    return [
        one
        for one, kind in found
        if one not in NOT_ASKED
        and kind in HOWS
        and (kind in kinds if kinds else kind != "key" or one == "carer_key")
    ]


def row_of(fact: str, given: Data) -> Row:
    """A condition from data as a row."""
    return _said(fact, given) or Row(kept=dict(given))


def _said(fact: str, given: Data) -> Row | None:
    column, rest = str(given.get("column", "")), {k: v for k, v in given.items() if k != "column"}
    kind = kind_of(fact, column)
    for how, data in _FLAGS.items():
        if rest == data and how in HOWS.get(kind, ()):
            return Row(column, how)
    turned = rest.pop("not", False) is True
    match sorted(rest):
        case ["is"] | ["in"] if kind in ("codes", "text"):
            found = rest.get("in", [rest.get("is")])
            return Row(column, How.IS_NOT if turned else How.IS, tuple(map(str, found)))
        case ["starts"] if kind == "text" and not turned:
            return Row(column, How.STARTS, tuple(map(str, rest["starts"])))
        case ["by"] if kind in ("date", "moment") and not turned:
            return Row(column, How.BY, other=str(rest["by"]))
    return None if turned else _measured(column, kind, rest)


def _measured(column: str, kind: str, rest: dict[str, Any]) -> Row | None:
    low, high = (str(rest.pop(name, "")) for name in ("at_least", "at_most"))
    if not (low or high):
        return None
    if column and not rest and kind == "integer":
        return Row(column, How.BETWEEN, low=low, high=high)
    for how in (How.DAYS, How.MONTHS):
        pair = rest.get(how)
        if not column and len(rest) == 1 and isinstance(pair, list | tuple) and len(pair) == 2:
            return Row(str(pair[0]), how, other=str(pair[1]), low=low, high=high)
    return None


def condition_of(fact: str, row: Row) -> dict[str, Any]:
    """A row as the data that a measure holds. What is not filled in is not there, and the reader says so."""
    if row.kept is not None:
        return dict(row.kept)
    limits = {
        name: int(value) if value.lstrip("-").isdecimal() else value
        for name, value in (("at_least", row.low.strip()), ("at_most", row.high.strip()))
        if value
    }
    values = _values(fact, row)
    one = {"is": values[0]} if len(values) == 1 else {"in": values} if values else {}
    match row.how:
        case How.IS:
            return {"column": row.column, **one}
        case How.IS_NOT:
            return {"column": row.column, **one, "not": True}
        case How.STARTS:
            return {"column": row.column, **({"starts": values} if values else {})}
        case How.BETWEEN:
            return {"column": row.column, **limits}
        case How.BY:
            return {"column": row.column, **({"by": row.other} if row.other else {})}
        case How.DAYS | How.MONTHS:
            return {row.how: [row.column, row.other], **limits} if row.other else {}
        case _:
            return {"column": row.column, **_FLAGS.get(row.how, {})}


def _values(fact: str, row: Row) -> list[str]:
    if kind_of(fact, row.column) == "codes":
        return list(row.values)
    return [one for value in row.values for one in value.replace(",", " ").split()]


def posted_rows(data: QueryDict, group: str) -> list[Row]:
    """The rows of a group as they were sent."""
    many = data.get(f"{group}-rows", "")
    count = min(int(many), MOST_ROWS) if many.isdecimal() else 0
    return [_posted(data, f"{group}-{n}-") for n in range(count)]


def _posted(data: QueryDict, start: str) -> Row:
    if kept := data.get(f"{start}kept"):
        try:
            found = json.loads(kept)
        except ValueError:
            found = {}
        return Row(kept=found if isinstance(found, dict) else {})
    column, how, other, low, high = (
        data.get(f"{start}{name}", "") for name in ("column", "how", "other", "low", "high")
    )
    return Row(column, how, tuple(data.getlist(f"{start}value")), other, low, high)
