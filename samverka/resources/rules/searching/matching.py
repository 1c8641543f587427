"""Whether a resource meets a condition, told from its own values: the same answer as the index gives in SQL."""

from __future__ import annotations

from collections.abc import Sequence

from samverka.resources.rules.searching.query import Criterion
from samverka.resources.rules.searching.values import Found, Value
from samverka.resources.rules.searching.wanted import AComposite, fits_any


def meets(found: Sequence[Found], criterion: Criterion) -> bool:
    """Whether the values of a resource meet a condition that asks only of itself."""
    own = [one for one in found if one.parameter == criterion.code]
    if criterion.missing is not None:
        return criterion.missing is not bool(own)
    if criterion.kind == "composite":
        return any(_together(own, one) for one in criterion.wanted if isinstance(one, AComposite))
    fits = fits_any(criterion.wanted, [one.value for one in own])
    return fits is not criterion.negated


def _together(own: Sequence[Found], wanted: AComposite) -> bool:
    """Whether all parts fit at one place."""
    places: dict[int, dict[int, list[Value]]] = {}
    for one in own:
        places.setdefault(one.place, {}).setdefault(one.part, []).append(one.value)
    return any(
        all(fits_any([part], parts.get(number, [])) for number, part in enumerate(wanted.parts, 1))
        for parts in places.values()
    )
