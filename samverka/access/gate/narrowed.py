"""What a client's scopes leave of what the gate lets the actor have: the same as a filter and of one row.

A row of the shelf says its FHIR type (`GatePath.kind`), and the scopes are asked of that type and person. A room's row says
no type: it is part of the answer to what is asked for now, and must be about a person of whom the client may ask that. When it is not
known what is asked for, nothing passes. What a row must fit by its content the shelf knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Protocol, TypeAlias, cast

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from samverka.access.guarded import GatePath
from samverka.kernel.actor import Actor
from samverka.kernel.narrowing import EVERY, Allowed, Narrowing, Pairs


class Fitting(Protocol):
    """Search parameters that rows must fit, for scopes as `patient/Observation.rs?category=laboratory`: the shelf's to know."""

    def rows(self, path: GatePath, kind: str, where: Pairs) -> Q:
        """The rows of the type that fit, as a filter."""

    def meets(self, row: Model, kind: str, where: Pairs) -> bool:
        """Whether this row does."""

    def look(self, rows: Iterable[Model], kind: str, where: Pairs) -> None:
        """Ask of many rows at once, before `meets` is asked of each."""


def _fitting() -> Fitting:
    """The shelf stands on a higher storey (docs/adr/0008)."""
    return cast(Fitting, import_string(settings.SAMVERKA_FITTING_FOR))


def narrowed(
    actor: Actor, queryset: QuerySet[Any], path: GatePath, *, reading: bool
) -> QuerySet[Any]:
    """Only the rows that the client has been let have."""
    narrowing = actor.narrowing
    if narrowing is None:
        return queryset
    if not narrowing.kind:
        return queryset.none()
    if path.kind is None:
        persons = narrowing.persons(reading=reading)
        return queryset if persons is None else queryset.filter(_about(path, persons))
    ways = [
        _row(one, of_type, narrowing, path) for one, of_type in _parts(narrowing, reading=reading)
    ]
    if not ways:
        return queryset.none()
    if not all(ways):  # one of them sets no limit; Django takes "or nothing at all" for nothing
        return queryset
    return queryset.filter(reduce(or_, ways))


Part: TypeAlias = tuple[Allowed, tuple[str, bool]]
"""A way, and the type that it is for: (type, True), or every type but that: (type, False)."""


def _parts(narrowing: Narrowing, *, reading: bool) -> list[Part]:
    """For each way the types: that which is asked for, and others that come with it, have letters of their own."""
    asked = narrowing.kind
    if asked == EVERY:
        return [(one, (one.kind, True)) for one in _ways_to_all(narrowing, reading=reading)]
    found: list[Part] = [(one, (asked, True)) for one in narrowing.ways(asked, reading=reading)]
    for one in narrowing.allowed:
        if one.kind == EVERY and one in narrowing.ways("", reading=True):
            found.append((one, (asked, False)))
        elif one.kind not in (EVERY, asked) and one in narrowing.ways(one.kind, reading=True):
            found.append((one, (one.kind, True)))
    return found


def _ways_to_all(narrowing: Narrowing, *, reading: bool) -> list[Allowed]:
    return [one for one in narrowing.allowed if one in narrowing.ways(one.kind, reading=reading)]


def _row(
    one: Allowed,
    of_type: tuple[str, bool],
    narrowing: Narrowing,
    path: GatePath,
) -> Q:
    kind, is_it = of_type
    named = Q(**{str(path.kind): kind})
    found = Q() if kind == EVERY else (named if is_it else ~named)
    if one.person_id is not None:
        nobodys = Q(
            **{f"{path.person}__isnull": True, f"{path.kind}__in": sorted(narrowing.common)}
        )
        found &= Q(**{path.person: one.person_id}) | nobodys
    if one.where:
        found &= _fitting().rows(path, one.kind, one.where)
    return found


def _about(path: GatePath, persons: frozenset[Any]) -> Q:
    return Q(**{f"{path.person}__in": sorted(persons)})


def lets(actor: Actor, row: Model, path: GatePath, *, reading: bool) -> bool:
    """Whether the client has been let have the row."""
    narrowing = actor.narrowing
    if narrowing is None:
        return True
    if not narrowing.kind:
        return False
    holding = path.holding(row)
    if path.kind is None:
        persons = narrowing.persons(reading=reading)
        return persons is None or holding.person_id in persons
    kind = path.kind_of(row)
    ways = narrowing.lets(kind, holding.person_id, reading=reading)
    return ways is not None and any(
        not where or _fitting().meets(row, kind, where) for where in ways
    )


def look_ahead(actor: Actor, found: Iterable[Any], *, reading: bool) -> None:
    """What the scopes' conditions say of rows that are to be decided on one by one, asked of all at once."""
    narrowing = actor.narrowing
    if narrowing is None or not narrowing.has_conditions:
        return
    asked: dict[tuple[str, Pairs], list[Any]] = {}
    for row in found:
        path: GatePath | None = getattr(type(row), "gate", None)
        if path is None or path.kind is None:
            continue
        kind, person = path.kind_of(row), path.holding(row).person_id
        for where in filter(None, narrowing.lets(kind, person, reading=reading) or ()):
            asked.setdefault((kind, where), []).append(row)
    for (kind, where), rows in asked.items():
        _fitting().look(rows, kind, where)
