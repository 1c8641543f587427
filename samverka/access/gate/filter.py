"""The gate as a filter of rows.

The law is written here as SQL, in one expression, and not as query sets. A page asks through the gate a
dozen times, and building twelve subqueries out of Python objects each time took most of its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from django.db.models import BooleanField, Expression, F, QuerySet

from samverka.access import rules
from samverka.access.actions import ActionSpec, Mode, Reach
from samverka.access.gate.narrowed import narrowed
from samverka.access.gate.standing import reachable_persons
from samverka.access.guarded import GatePath
from samverka.access.rules import (
    BlockKind,
    Capacity,
    ConsentKind,
    Ground,
    OpeningKind,
    RelationKind,
)
from samverka.kernel.actor import Actor, ActorKind, Branch
from samverka.kernel.calendar import local

_HEALTH = (Branch.HEALTH, Branch.SCHOOL_HEALTH)
_SVOD_BRANCHES = (*_HEALTH, Branch.SOCIAL)
_NOBODY = UUID(int=0)


def visible(
    actor: Actor,
    action: ActionSpec,
    queryset: QuerySet[Any],
    ages: rules.AgeLimits,
    reached: Mapping[UUID, Ground] | None = None,
) -> QuerySet[Any]:
    """Only the rows with which the actor may do the action.

    `reached`: the persons whom a person may reach, if that has been asked already.
    """
    path: GatePath | None = getattr(queryset.model, "gate", None)
    if path is None:
        raise TypeError(f"{queryset.model.__name__} has no `gate`: say whose record it is.")
    queryset = narrowed(actor, queryset, path, reading=action.mode is Mode.READ)
    wanted = action.person if actor.is_person else action.staff
    if wanted is None or wanted not in actor.permissions:
        return queryset.none()
    if actor.kind is ActorKind.SYSTEM:
        return queryset
    if actor.kind is ActorKind.PERSON:
        persons = reached if reached is not None else reachable_persons(actor, action.scope, ages)
        return _visible_to_person(queryset, path, persons)
    return queryset.filter(_Passes.to(actor, action, path))


def _visible_to_person(
    queryset: QuerySet[Any], path: GatePath, persons: Iterable[UUID]
) -> QuerySet[Any]:
    found = queryset.filter(**{f"{path.person}__in": list(persons)})
    return found.exclude(**{path.not_for_patient: True}) if path.not_for_patient else found


# ── what staff may have, in SQL: {column} of the row asked about, %(value)s of the reader ──


def _exists(table: str, *conditions: str) -> str:
    """There is such a row of the gate, `g`, about the row's person."""
    about = _all("g.person_id = {person}", *conditions)
    return f"EXISTS (SELECT 1 FROM {table} g WHERE {about})"  # noqa: S608 (constants of this module)


def _all(*conditions: str) -> str:
    return "(" + " AND ".join(conditions) + ")"


def _any(*conditions: str) -> str:
    return "(" + " OR ".join(conditions) + ")"


def _held(row: str = "g") -> str:
    """It holds now (`CurrentQuerySet.current`)."""
    return f"{row}.since <= %(at)s AND ({row}.until IS NULL OR {row}.until > %(at)s)"


_KNOWN_AT_PROVIDER = _exists("access_relation", "g.provider_id = %(provider)s", _held())
_OWN = ("g.unit_id = %(unit)s", "g.provider_id = %(provider)s")
_KNOWN_AT_UNIT = _exists("access_relation", *_OWN, _held())
_TAKES_PART_HERE = _exists("access_relation", *_OWN, _held(), f"g.kind <> '{RelationKind.PLAN}'")
_SVOD_RELATION = _exists("access_relation", *_OWN, _held(), "g.kind = ANY(%(svod_kinds)s)")

_OWN_PROVIDER = "{provider} = %(provider)s"
_OTHER_PROVIDER = "{provider} IS DISTINCT FROM %(provider)s"
_OTHER_UNIT = "{unit} IS DISTINCT FROM %(unit)s"
_NOT_IFO = f"{{branch}} IS DISTINCT FROM '{Branch.IFO}'"

_BLOCK = (_held(), "g.provider_id = {provider}")
_INNER_BLOCK = _exists(
    "access_block", f"g.kind = '{BlockKind.INNER}'", *_BLOCK, "g.unit_id = {unit}"
)
_OUTER_BLOCK = _exists(
    "access_block",
    f"g.kind = '{BlockKind.OUTER}'",
    *_BLOCK,
    "(g.unit_id IS NULL OR g.unit_id = {unit})",
)


def _opening(kind: OpeningKind, *conditions: str) -> str:
    mine = ("g.account_id = %(account)s", "g.unit_id = %(unit)s")
    return _exists("access_opening", f"g.kind = '{kind}'", *mine, _held(), *conditions)


_LIFTED = _opening(OpeningKind.LIFT, "g.target_unit_id = {unit}")
_CHOSEN = _any(f"{{branch}} = '{Branch.SOCIAL}'", _opening(OpeningKind.CHOICE))
_ANOTHER_UNITS = _all(
    _OTHER_UNIT,
    _NOT_IFO,
    _TAKES_PART_HERE,
    f"CASE WHEN {_INNER_BLOCK} THEN {_LIFTED} ELSE {_CHOSEN} END",
)
_WITHIN_PROVIDER = _all(_OWN_PROVIDER, _any("{unit} = %(unit)s", _ANOTHER_UNITS))

_GRANT = ("g.object_id = {object}", *_OWN, _held())
_BY_LAW = _exists("access_grant", *_GRANT, "g.section <> ''")
_GRANTED = _all(
    _OWN_PROVIDER,
    _OTHER_UNIT,
    _NOT_IFO,
    _exists("access_grant", *_GRANT, "g.section = ''"),
    _any(f"NOT {_INNER_BLOCK}", _LIFTED),
)
"""Another unit's record of the own provider, in whose care the own unit takes part."""

_GIVEN_ROW = ("g.object_id = {object}", "g.provider_id = %(provider)s")
_GIVEN = _exists("access_disclosure", *_GIVEN_ROW)
"""Some version has been given to the own provider, which keeps it."""
_CONSENT_HOLDS = f"c.id = g.consent_id AND c.withdrawn_at IS NULL AND {_held('c')}"
_DISCLOSED = _exists(
    "access_disclosure",
    *_GIVEN_ROW,
    "g.stopped_at IS NULL",
    f"EXISTS (SELECT 1 FROM access_consent c WHERE {_CONSENT_HOLDS})",  # noqa: S608 (as above)
)
"""It is still given: the consent holds, and nobody has stopped it."""

_SVOD_CONSENT = _exists(
    "access_consent",
    f"g.kind = '{ConsentKind.SVOD}'",
    "g.reader_providers @> ARRAY[%(provider)s]::uuid[]",
    "g.withdrawn_at IS NULL",
    _held(),
)
_UNABLE_TO_CONSENT = _exists(
    "access_subject",
    _any(
        f"g.capacity = '{Capacity.CHILD_UNABLE}' AND g.birth_date > %(child)s",
        f"g.capacity = '{Capacity.LASTING}' AND g.attitude_known",
    ),
)


def _svod(branch: Branch | None, path: GatePath) -> str:
    """Across care providers by SVOD; see `rules.deciding._svod`."""
    if branch not in _SVOD_BRANCHES:
        return "false"
    unable, ways = _UNABLE_TO_CONSENT, []
    if branch in _HEALTH:
        ways = [_opening(OpeningKind.EMERGENCY)]
    else:
        unable = _all(unable, f"{{branch}} = '{Branch.SOCIAL}'")
    ordinary = [_any(_SVOD_CONSENT, unable), f"NOT {_GIVEN}"]
    if path.handed:
        ordinary.append("({handed} = ANY(%(handed)s)) IS NOT TRUE")
    return _all(
        _OTHER_PROVIDER,
        "{branch} = ANY(%(svod_branches)s)",
        f"NOT {_OUTER_BLOCK}",
        *(["{published}"] if path.published else []),
        _SVOD_RELATION,
        _any(_all(*ordinary), *ways),
    )


@lru_cache
def _law(
    reach: Reach, branch: Branch | None, path: GatePath, *, reading: bool, office: bool
) -> str:
    """What must hold of a row for staff of that branch; one text for all readers and times."""
    knows = _KNOWN_AT_PROVIDER if office else _KNOWN_AT_UNIT
    if path.provider is None:
        return knows
    ways = [_WITHIN_PROVIDER]
    if reach is not Reach.OWN:
        ways += [_all(_OTHER_PROVIDER, _DISCLOSED), _GRANTED, _BY_LAW]
    if reach is Reach.LAWFUL and reading:
        ways.append(_svod(branch, path))
        if not path.part:
            ways.append(_all(_OTHER_PROVIDER, _GIVEN))
    return _all(knows, _any(*ways))


_VALUE = re.compile(r"%\((\w+)\)s")


class _Passes(Expression):
    """Whether the reader may have the row: one boolean expression, compiled as it is written."""

    output_field = BooleanField()

    def __init__(self, law: str, columns: Mapping[str, str], values: Mapping[str, Any]) -> None:
        super().__init__()
        self.law, self.values = law, values
        self.names = tuple(columns)
        self.columns: list[Any] = [F(path) for path in columns.values()]

    @classmethod
    def to(cls, actor: Actor, action: ActionSpec, path: GatePath) -> Self:
        """The gate for that reader and action, on rows where it finds what it must know by the path."""
        law = _law(
            action.reach,
            actor.branch,
            path,
            reading=action.mode is Mode.READ,
            office=bool(actor.permissions & rules.OFFICE_PERMISSIONS),
        )
        return cls(law, _columns(path), _values(actor, path))

    def get_source_expressions(self) -> list[Any]:
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.columns = list(exprs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        columns = {}
        for name, column in zip(self.names, self.columns, strict=True):
            columns[name], values = compiler.compile(column)
            if values:
                raise TypeError(f"The gate asks of columns, and {name} is computed.")
        law = self.law.format_map(columns)
        wanted = tuple(self.values[name] for name in _VALUE.findall(law))
        return _VALUE.sub("%s", law), wanted


@lru_cache
def _columns(path: GatePath) -> dict[str, str]:
    """What the law calls a column → where the row has it."""
    named = {
        "person": path.person,
        "provider": path.provider,
        "unit": path.unit,
        "branch": path.branch,
        "object": path.object,
        "published": path.published,
        "handed": path.handed[0] if path.handed else None,
    }
    if path.provider is None:
        return {"person": path.person}
    return {name: column for name, column in named.items() if column is not None}


def _values(actor: Actor, path: GatePath) -> dict[str, Any]:
    """What the law calls a value → what it is for this reader, now."""
    return values_of(actor) | {
        "svod_kinds": sorted(map(str, rules.SVOD_RELATIONS[actor.branch in _HEALTH])),
        "svod_branches": [str(one) for one in _SVOD_BRANCHES],
        "handed": sorted(path.handed[1]) if path.handed else [],
    }


def values_of(actor: Actor) -> dict[str, Any]:
    """Those values that differ between readers of one sort: who asks, from where, and when."""
    return {
        "at": actor.at,
        "account": actor.id,
        "unit": actor.unit_id or _NOBODY,
        "provider": actor.provider_id or _NOBODY,
        "child": rules.birth_date_limit(local(actor.at).date(), rules.CHILD_AGE),
    }
