"""What a resource is ordered by, told from its own values: the same keys as the index gives in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from samverka.resources.rules.keys import address
from samverka.resources.rules.searching.query import Order
from samverka.resources.rules.searching.values import (
    Address,
    Amount,
    Found,
    Pointer,
    Token,
    Value,
    Words,
)
from samverka.resources.rules.times import Span

Key = datetime | Decimal | str | None


def key_of(found: Sequence[Found], one: Order) -> Key:
    """The least value for a rising order, the greatest for a falling one; None where it has none."""
    values = [key for each in found if each.parameter == one.code for key in _keys(each.value)]
    if not values:
        return None
    return max(values) if one.falling else min(values)  # type: ignore[type-var]


def _keys(value: Value) -> Iterable[Key]:
    match value:
        case Token():
            yield value.code
        case Span() | Amount():
            yield value.low
        case Words():
            yield value.plain[:150]
        case Address():
            yield value.uri
        case Pointer():
            known = str(address(value.type, value.id)) if value.id else ""
            yield known or value.url or value.value
