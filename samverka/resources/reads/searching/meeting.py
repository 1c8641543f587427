"""Whether a resource that is not in the index as this reader has it meets a condition: by its own values, and the shelf's."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samverka.resources.reads.searching.conditions import R, condition, kept_by, of_keeper
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.prepared import rows
from samverka.resources.reads.searching.sql import Sql, sql
from samverka.resources.reads.searching.values import TABLES
from samverka.resources.rules.keys import address
from samverka.resources.rules.searching.matching import meets
from samverka.resources.rules.searching.numbers import number_of_parameter
from samverka.resources.rules.searching.query import (
    AllOf,
    AnyOf,
    Chain,
    Condition,
    Criterion,
    Reverse,
)
from samverka.resources.rules.searching.values import Found, Pointer


def fits(gates: Gates, kind: str, one: UUID, found: Sequence[Found], wanted: Condition) -> bool:
    """Whether the resource meets the condition.

    Args:
        one: its address.
        found: the values of the text that the reader may see.
    """
    match wanted:
        case Criterion() | Chain() if column := kept_by(kind, wanted.code):
            return _is_kept(one, of_keeper(column, wanted, gates.through))
        case Criterion():
            return meets(found, wanted)
        case AnyOf():
            return any(fits(gates, kind, one, found, each) for each in wanted.conditions)
        case AllOf():
            return all(fits(gates, kind, one, found, each) for each in wanted.conditions)
        case Chain():
            return _leads(gates, found, wanted)
        case Reverse():
            return _is_pointed_at(gates, one, wanted)


def _is_kept(one: UUID, by: Sql) -> bool:
    """Whose record it is never changes, so the shelf may tell it of any version."""
    return bool(rows(sql(f"SELECT 1 FROM {R} WHERE {R}.address = %s AND %s LIMIT 1", one, by)))


def _leads(gates: Gates, found: Sequence[Found], wanted: Chain) -> bool:
    named = [
        each.value
        for each in found
        if each.parameter == wanted.code and isinstance(each.value, Pointer)
    ]
    for to, within in wanted.types:
        addresses = [address(to, each.id) for each in named if each.type == to and each.id]
        if addresses and rows(
            sql(
                f"SELECT 1 FROM {R} WHERE {R}.kind = %s AND {R}.address = ANY(%s) AND %s AND %s LIMIT 1",
                to,
                addresses,
                gates.through(to, within),
                condition(to, within, gates.through),
            )
        ):
            return True
    return False


def _is_pointed_at(gates: Gates, one: UUID, wanted: Reverse) -> bool:
    statement = sql(
        f"SELECT 1 FROM {R} WHERE {R}.kind = %s AND {R}.id IN (SELECT a.resource_id FROM "
        f"{TABLES['reference']} a WHERE a.parameter = %s AND a.target = %s) AND %s AND %s LIMIT 1",
        wanted.type,
        number_of_parameter(wanted.type, wanted.code),
        one,
        gates.through(wanted.type, wanted.condition),
        condition(wanted.type, wanted.condition, gates.through),
    )
    return bool(rows(statement))
