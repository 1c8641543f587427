"""The gate's expression on a row of the shelf as text, made once for each sort of reader.

What the gate says as a query set is the same text for all readers of a sort; only who asks, and when, differs. To make it
takes longer than a search, so it is made for a reader who stands for all of the sort, and then filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models import QuerySet

from samverka.access import gate
from samverka.access.act import act
from samverka.access.actions import Action, spec
from samverka.access.county import age_limits
from samverka.access.gate.filter import values_of
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.resources.models import PersonForm, Resource
from samverka.resources.reads.searching.sql import FALSE, TRUE, Sql
from samverka.resources.reads.shown import HAS_TWIN, PATIENT, SHOWN, action_for, common_rows
from samverka.resources.rules.keys import OWN
from samverka.resources.rules.status import Status


def law(name: str, actor: Actor) -> Sql:
    """What must hold of a row for this reader.

    Args:
        name: one of `LAWS`.
    """
    if not actor.is_staff:
        return LAWS[name](actor)
    made = _made(name, _Sort.of(actor))
    if made is None:
        return LAWS[name](actor)
    mine = values_of(actor)
    return Sql(
        made.text, tuple(mine[one.name] if isinstance(one, _Slot) else one for one in made.values)
    )


def _visible(rows: QuerySet[Any], action: Action, actor: Actor) -> Sql:
    if actor.is_staff:  # also one who stands for others, and so cannot act
        ages = age_limits(local_date(actor.at))
        return where_of(gate.visible(actor, spec(action), rows, ages))
    with act(actor, action) as this:
        this.unchanged()
        return where_of(this.visible(rows))


def _persons(actor: Actor) -> Sql:
    rows = PersonForm.objects.filter(source=OWN, status=Status.PUBLISHED)
    return _visible(rows, action_for(actor, PATIENT), actor)


def _records(actor: Actor) -> Sql:
    about = Resource.objects.filter(person_id__isnull=False, status__in=SHOWN)
    return _visible(about, Action.SHELF_READ, actor)


def _common(actor: Actor) -> Sql:
    return where_of(common_rows(actor))


def _known(actor: Actor) -> Sql:
    return _visible(PersonForm.objects.filter(source=OWN), Action.PERSON_READ, actor)


LAWS: Final[Mapping[str, Callable[[Actor], Sql]]] = {
    "persons": _persons,
    "records": _records,
    "common": _common,
    "known": _known,
}


@cache
def no_twin() -> Sql:
    """No room has published its own form of it."""
    return where_of(Resource.objects.exclude(HAS_TWIN))


def where_of(rows: QuerySet[Any]) -> Sql:
    """The condition of a query set on one table, as SQL."""
    compiler = rows.query.get_compiler(rows.db)
    try:
        text, values = compiler.compile(rows.query.where)
    except EmptyResultSet:
        return FALSE
    except FullResultSet:
        return TRUE
    return Sql(f"({text})", tuple(values))


# ── one reader for all of a sort ──


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where something of the reader stands in the text."""

    name: str


@dataclass(frozen=True, slots=True)
class _Sort:
    """What the text depends on: all of a reader but who it is, and when."""

    likeness: Actor = field(compare=False)
    alike: tuple[Any, ...]

    @classmethod
    def of(cls, actor: Actor) -> _Sort:
        alike = (
            actor.branch,
            actor.permissions,
            actor.narrowing,
            actor.unit_id is None,
            actor.provider_id is None,
        )
        return cls(actor, alike)


@lru_cache(maxsize=500)
def _made(name: str, sort: _Sort) -> Sql | None:
    """The text with slots; None where something else differs between two readers who differ in every value.

    It would be taken for a constant: of these the text is made anew each time.
    """
    one, other = (_with_slots(name, _stand_in(sort.likeness, at)) for at in _TIMES)
    return one if one == other else None


def _with_slots(name: str, actor: Actor) -> Sql:
    found = LAWS[name](actor)
    slots = {_key(value): _Slot(slot) for slot, value in values_of(actor).items()}
    return Sql(found.text, tuple(slots.get(_key(one), one) for one in found.values))


def _key(value: Any) -> Any:
    return repr(value) if isinstance(value, list | dict) else (type(value), value)


_TIMES: Final = (datetime(2026, 2, 3, 4, 5, 6, 7, UTC), datetime(2111, 8, 9, 10, 11, 12, 13, UTC))


def _stand_in(actor: Actor, at: datetime) -> Actor:
    """One of the sort who is nobody, so that every value of the reader is told from every other."""
    made = (UUID(int=at.year * 10 + number) for number in range(1, 4))
    account, unit, provider = made
    return replace(
        actor,
        id=account,
        at=at,
        unit_id=unit if actor.unit_id else None,
        provider_id=provider if actor.provider_id else None,
    )
