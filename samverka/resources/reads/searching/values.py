"""Whether a row of the index fits what is asked for: the same rules as `rules.searching.wanted`, as SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from samverka.resources.reads.searching.sql import FALSE, TRUE, Sql, both, either, sql
from samverka.resources.rules.keys import address
from samverka.resources.rules.lines import storable
from samverka.resources.rules.searching.numbers import bounded, hash_of, sort_of
from samverka.resources.rules.searching.values import plain
from samverka.resources.rules.searching.wanted import (
    AComposite,
    AKind,
    AnAddress,
    AnAmount,
    APointer,
    AText,
    ATime,
    AToken,
    Prefix,
    Wanted,
)

TABLES: Final = {
    "token": "resources_tokenvalue",
    "reference": "resources_pointervalue",
    "date": "resources_spanvalue",
    "number": "resources_amountvalue",
    "quantity": "resources_amountvalue",
    "string": "resources_wordsvalue",
    "uri": "resources_addressvalue",
}
"""Kind of parameter → where its values lie."""

_LAST = "\U0010ffff"
"""After every letter."""

_INDEXED = 150
"""Characters of a text that its index holds (`models.WordsValue`)."""


def fits(one: Wanted, kind: str, types: Sequence[str]) -> Sql:
    """The condition on a row `a` of the index of that kind.

    Args:
        types: what the parameter may point at.
    """
    match one:
        case AToken() | AKind() | AText():
            return _said(one, kind)
        case APointer():
            return _pointer(one, types)
        case ATime():
            return ordered(one.prefix, "a.low", "a.high", one.low, one.high)
        case AnAmount():
            return _amount(one)
        case AnAddress():
            return _address(one, "a.url" if kind == "reference" else "a.uri", kind)
        case AComposite():
            return FALSE


def _said(one: AToken | AKind | AText, kind: str) -> Sql:
    match one:
        case AToken():
            return _token(one, "a.code")
        case AKind():
            sort = sort_of(one.system, one.code)
            return sql("(a.sort = %s AND a.code = %s)", sort, _short(one.value))
        case AText():
            return _text(one, kind)


def _token(one: AToken, code: str) -> Sql:
    said = [] if one.system is None else [sql("a.system = %s", hash_of(one.system))]
    if one.code:
        said.append(sql(f"{code} = %s", _short(one.code)))
    elif not one.system:
        said.append(Sql(f"{code} <> ''"))
    return both(said)


def _text(one: AText, kind: str) -> Sql:
    text = storable(one.text)
    if kind == "token":
        return sql("(a.words <> '' AND starts_with(a.words, %s))", text)
    if kind != "string":
        return FALSE
    if one.how == "exact":
        return both([_begins(storable(plain(one.text)), whole=True), sql("a.exact = %s", text)])
    if one.how == "contains":
        return sql("strpos(a.plain, %s) > 0", text)
    return _begins(text)


def _begins(text: str, *, whole: bool = False) -> Sql:
    """Beginning with the text, by a range that the index knows."""
    start = text[:_INDEXED]
    if whole:
        return sql(f"left(a.plain, {_INDEXED}) = %s", start)
    low, high = f"left(a.plain, {_INDEXED}) >= %s", f"left(a.plain, {_INDEXED}) < %s"
    said = [sql(low, start), sql(high, start + _LAST)]
    return both([*said, sql("starts_with(a.plain, %s)", text)] if len(text) > _INDEXED else said)


def _pointer(one: APointer, types: Sequence[str]) -> Sql:
    if one.identifier:
        there = [Sql("a.value <> ''")] if one.identifier.code else []  # as the index says it
        return both([_token(one.identifier, "a.value"), *there])
    if one.url:
        return sql("(a.url <> '' AND a.url = %s)", _short(one.url))
    return sql("a.target = ANY(%s)", [address(kind, one.id) for kind in types_of(one, types)])


def types_of(one: APointer, types: Sequence[str]) -> Sequence[str]:
    """What it may point at."""
    return [one.type] if one.type else types


def _amount(one: AnAmount) -> Sql:
    if one.same is None:
        return both([_unit(one), ordered(one.prefix, "a.low", "a.high", *one.asked)])
    same = ordered(one.prefix, "a.base_low", "a.base_high", one.same.low, one.same.high)
    return both([sql("(a.base <> 0 AND a.base = %s)", hash_of(one.same.unit)), same])


def _unit(one: AnAmount) -> Sql:
    if not one.code:
        return TRUE
    code = _short(one.code)
    if one.system:
        return sql("(a.system = %s AND a.code = %s)", hash_of(one.system), code)
    return sql("(a.code = %s OR a.unit = %s)", code, code)


def ordered(prefix: Prefix, first: str, last: str, low: Any, high: Any) -> Sql:
    """R4, Search 3.1.1.4.6: the asked range against the row's; see `wanted._ordered`."""
    marks = {"first": first, "last": last, "low": "%(low)s", "high": "%(high)s"}
    text = _ORDERED[prefix].format(within=_within(low == high), **marks).format(**marks)
    values = tuple(low if name == "low" else high for name in _MARK.findall(text))
    return Sql(_MARK.sub("%s", text), values)


_ORDERED: Final = {
    Prefix.EQ: "{within}",
    Prefix.NE: "NOT {within}",
    Prefix.GT: "{last} > {high}",
    Prefix.GE: "({last} > {high} OR {within})",
    Prefix.LT: "{first} < {low}",
    Prefix.LE: "({first} < {low} OR {within})",
    Prefix.SA: "({first} >= {high} AND ({first} > {high} OR {first} < {last}))",
    Prefix.EB: "({last} <= {low} AND ({last} < {low} OR {first} < {last}))",
    Prefix.AP: "(({first} >= {low} AND {first} < {high}) OR ({first} < {high} AND {last} > {low}))",
}
_MARK = re.compile(r"%\((low|high)\)s")


def _within(exact: bool) -> str:
    if exact:
        return "({first} >= {low} AND {last} <= {high})"
    return "({first} >= {low} AND {last} <= {high} AND ({last} < {high} OR {first} < {last}))"


def _address(one: AnAddress, uri: str, kind: str) -> Sql:
    said = [Sql(f"{uri} <> ''")] if kind == "reference" else []
    if one.version:
        said.append(FALSE if kind == "reference" else sql("a.version = %s", _short(one.version)))
    text = _short(one.uri)
    same = sql(f"{uri} = %s", text)
    if one.how == "below":
        start = text.rstrip("/") + "/"
        below = sql(f"({uri} >= %s AND {uri} < %s)", start, start + _LAST)
        return both([*said, either([same, below])])
    if one.how == "above":
        return both(
            [*said, either([same, sql(f"starts_with(%s, rtrim({uri}, '/') || '/')", text)])]
        )
    return both([*said, same])


def _short(text: str) -> str:
    return storable(bounded(text))
