"""Stays in order: what follows the same day is the same episode. Ties are broken by the stay's own key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from samverka.indicators.warehouse.measures.columns import day

STILL_THERE: Final = date(9999, 12, 31)
"""A stay without an end goes on: nothing that begins later is a new episode."""


def stays_in_order(stays: ir.Table, following: Iterable[str]) -> ir.Table:
    """Stays with `left_on` (when the episode was left so far), `ends` (it is its last stay, and it has
    ended) and `next_<column>` of the stay after it."""
    rows = _with_ends(stays)
    ordered = _ordered(rows)
    so_far = ibis.window(
        group_by=rows.person_key, order_by=_order(rows), preceding=None, following=0
    )
    rows = rows.mutate(
        left_on=rows.ended.max().over(so_far),
        **{f"next_{name}": rows[name].lead().over(ordered) for name in following},
    )
    new_one = rows.next_admitted_on.isnull() | (rows.next_admitted_on > rows.left_on)
    return rows.mutate(ends=new_one & (rows.left_on < day(STILL_THERE)))


def episode_starts(stays: ir.Table) -> ir.Table:
    """The first stay of each episode."""
    rows = _with_ends(stays)
    before = ibis.window(
        group_by=rows.person_key, order_by=_order(rows), preceding=(None, 1), following=None
    )
    rows = rows.mutate(left_before=rows.ended.max().over(before))
    return rows.filter(rows.left_before.isnull() | (rows.admitted_on > rows.left_before))


def _with_ends(stays: ir.Table) -> ir.Table:
    """Only of known persons. A stay that ends before it begins is taken as of one day."""
    rows = stays.filter(stays.person_key.notnull())
    ended = ibis.coalesce(rows.discharged_on, day(STILL_THERE))
    return rows.mutate(ended=ibis.greatest(ended, rows.admitted_on))


def _order(rows: ir.Table) -> list[Any]:
    return [rows.admitted_on, rows.ended, rows.stay_key]


def _ordered(rows: ir.Table) -> Any:
    return ibis.window(group_by=rows.person_key, order_by=_order(rows))
