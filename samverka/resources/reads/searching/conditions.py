"""A condition of a search as SQL on the resource's row.

Every level of a chain asks of a table by the same name, `resources_resource`, within a question of its own; what it may
lead to is asked of the gate again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from samverka.resources.reads.searching.sql import FALSE, TRUE, Sql, both, either, sql
from samverka.resources.reads.searching.values import TABLES, fits, ordered, types_of
from samverka.resources.rules.definitions import parameters
from samverka.resources.rules.keys import OWN, address
from samverka.resources.rules.searching.numbers import number_of_parameter
from samverka.resources.rules.searching.query import (
    AllOf,
    AnyOf,
    Chain,
    Condition,
    Criterion,
    Reverse,
)
from samverka.resources.rules.searching.targets import names_the_person, targets_of
from samverka.resources.rules.searching.wanted import (
    AComposite,
    APointer,
    ATime,
    AToken,
    Wanted,
)

R: Final = "resources_resource"
TICK: Final = "interval '1 microsecond'"

Gate = Callable[[str, Condition], Sql]
"""What of a type a condition may reach, as a condition on its row (`Gates.through`)."""


def condition(kind: str, one: Condition, gate: Gate, *, bound: bool = False) -> Sql:
    """A condition on a resource of that type.

    Args:
        bound: another condition says whom it is about, so there are few to ask one by one.
    """
    match one:
        case Criterion() | Chain() if column := kept_by(kind, one.code):
            return of_keeper(column, one, gate)
        case Criterion():
            return _each(criterion(kind, one)) if bound else criterion(kind, one)
        case Chain():
            return _chain(kind, one, gate)
        case Reverse():
            return _reverse(kind, one, gate)
        case AnyOf():
            return either(condition(kind, each, gate) for each in one.conditions)
        case AllOf():
            return both(condition(kind, each, gate) for each in one.conditions)


def of_row(kind: str, one: Criterion) -> Sql:
    """The same of a row that is at hand: whether it has such a value, and not among which it is."""
    plain = one.missing is None and one.kind not in ("composite", "reference")
    if not plain or one.negated or one.code in _BY_THE_ROW:
        return criterion(kind, one)
    return _exists(
        kind, one.code, one.kind, either(fits(each, one.kind, ()) for each in one.wanted)
    )


def criterion(kind: str, one: Criterion) -> Sql:
    """What is asked of the resource itself."""
    if one.code in _BY_THE_ROW:
        return _by_the_row(kind, one)
    if one.missing is not None:
        there = _exists(kind, one.code, one.kind, TRUE)
        return sql("NOT %s", there) if one.missing else there
    if one.kind == "composite":
        return either(_together(kind, one.code, each) for each in one.wanted)
    if one.kind == "reference":
        return _pointing(kind, one.code, one.wanted)
    wanted = either(fits(each, one.kind, ()) for each in one.wanted)
    if one.negated:
        return sql("NOT %s", _exists(kind, one.code, one.kind, wanted))
    return _found(kind, one.code, one.kind, wanted)


def _found(kind: str, code: str, sort: str, wanted: Sql) -> Sql:
    """Among those that have such a value: the database begins where there are fewest."""
    text = f"{_AMONG}{TABLES[sort]} a WHERE a.parameter = %s AND %s)"
    return sql(text, number_of_parameter(kind, code), wanted)


_AMONG: Final = f"{R}.id IN (SELECT a.resource_id FROM "


def _each(one: Sql) -> Sql:
    """The same, asked of one resource at a time: the database would else gather all that have the value."""
    if not one.text.startswith(_AMONG) or not one.text.endswith(")"):
        return one
    asked = one.text.removeprefix(_AMONG)[:-1]
    return Sql(f"(SELECT TRUE FROM {asked} AND a.resource_id = {R}.id LIMIT 1)", one.values)


def _exists(kind: str, code: str, sort: str, wanted: Sql) -> Sql:
    if sort == "composite":
        sort = parameters(kind)[code].halves[0].kind
    text = (
        f"EXISTS (SELECT 1 FROM {TABLES[sort]} a "
        f"WHERE a.resource_id = {R}.id AND a.parameter = %s AND %s)"
    )
    return sql(text, number_of_parameter(kind, code), wanted)


# ── what the row itself says ──

_BY_THE_ROW = frozenset({"_id", "_lastUpdated"})


def _by_the_row(kind: str, one: Criterion) -> Sql:
    if one.missing is not None:
        return FALSE if one.missing else TRUE
    said = either(_of_the_row(kind, each) for each in one.wanted)
    return sql("NOT %s", said) if one.negated else said


def _of_the_row(kind: str, one: Wanted) -> Sql:
    if isinstance(one, AToken):
        if one.system:
            return FALSE
        return sql(f"{R}.address = %s", address(kind, one.code)) if one.code else TRUE
    if isinstance(one, ATime):
        at = f"{R}.received_at"
        return ordered(one.prefix, at, f"({at} + {TICK})", one.low, one.high)
    return FALSE


# ── whose record it is ──

_KEEPERS: Final = {"unit": "unit_id", "provider": "provider_id"}


def kept_by(kind: str, code: str) -> str:
    """The row's own column that answers the parameter; "" for none."""
    one = parameters(kind).get(code)
    return _KEEPERS.get(one.rule, "") if one else ""


def of_keeper(column: str, one: Criterion | Chain, gate: Gate) -> Sql:
    """Resources kept by units or care providers that are named, or that meet a condition themselves."""
    if isinstance(one, Chain):
        return either(_keeper_that(column, within, gate) for _type, within in one.types)
    if one.missing is not None:
        return Sql(f"{R}.{column} IS {'' if one.missing else 'NOT '}NULL")
    return either(_keeper(column, each, gate) for each in one.wanted)


def _keeper(column: str, one: Wanted, gate: Gate) -> Sql:
    if isinstance(one, APointer) and one.identifier:
        named = Criterion("identifier", "token", (one.identifier,))
        return _keeper_that(column, named, gate)
    if isinstance(one, APointer) and one.type in ("", "Organization"):
        return sql(f"{R}.{column} = %s", shelf_key(one.id)) if shelf_key(one.id) else FALSE
    return FALSE


def _keeper_that(column: str, within: Condition, gate: Gate) -> Sql:
    text = f"{R}.{column}::text IN (SELECT {R}.local_id FROM {R} WHERE {OF_OURS} AND %s AND %s)"
    return sql(text, gate("Organization", within), condition("Organization", within, gate))


OF_OURS: Final = f"{R}.kind = 'Organization' AND {R}.source = '{OWN}'"


def shelf_key(text: str) -> UUID | None:
    """A room's own id; None if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


# ── composites ──


def _together(kind: str, code: str, one: Wanted) -> Sql:
    """Parts at one and the same place."""
    if not isinstance(one, AComposite):
        return FALSE
    number = number_of_parameter(kind, code)
    halves = parameters(kind)[code].halves
    tables, wanted = [], []
    for part, (half, each) in enumerate(zip(halves, one.parts, strict=True), 1):
        name = f"a{part}"
        joined = f" ON {name}.resource_id = a1.resource_id AND {name}.place = a1.place"
        tables.append(f"{TABLES[half.kind]} {name}" + (joined if part > 1 else ""))
        here = fits(each, half.kind, half_targets(half.code, kind))
        here = Sql(here.text.replace("a.", f"{name}."), here.values)
        wanted.append(sql(f"{name}.parameter = %s AND {name}.part = %s AND %s", number, part, here))
    text = f"{R}.id IN (SELECT a1.resource_id FROM {' JOIN '.join(tables)} WHERE %s)"
    return sql(text, both(wanted))


def half_targets(code: str, kind: str) -> Sequence[str]:
    """What the half of a composite may point at, if it is a reference."""
    one = parameters(kind).get(code)
    return targets_of(kind, code) if one is not None and one.kind == "reference" else ()


# ── references ──


def _pointing(kind: str, code: str, wanted: Sequence[Wanted]) -> Sql:
    types = targets_of(kind, code)
    persons, others = [], []
    for one in wanted:
        if isinstance(one, APointer) and one.id and "Patient" in types_of(one, types):
            persons.append(one.id)
            rest = [other for other in types_of(one, types) if other != "Patient"]
            if rest:
                others.append(fits(APointer(id=one.id), "reference", rest))
        else:
            others.append(fits(one, "reference", types))
    said = [_found(kind, code, "reference", either(others))] if others else []
    if persons:
        said.append(_about(kind, code, persons))
    return either(said)


def _about(kind: str, code: str, ids: Sequence[str]) -> Sql:
    """Pointing at a patient: at the person, whatever the sender calls that one."""
    addresses = [address("Patient", one) for one in ids]
    whose = sql(
        f"ARRAY(SELECT p.person_id FROM {R} p WHERE p.address = ANY(%s) AND p.person_id IS NOT NULL)",
        addresses,
    )
    if names_the_person(kind, code):
        return sql(f"{R}.person_id = ANY(%s)", whose)
    patients = sql(
        f"(a.target = ANY(%s) OR a.target IN (SELECT p.address FROM {R} p "
        "WHERE p.kind = 'Patient' AND p.person_id = ANY(%s)))",
        addresses,
        whose,
    )
    return _found(kind, code, "reference", patients)


def _chain(kind: str, one: Chain, gate: Gate) -> Sql:
    """A reference to something that itself meets a condition, of what the reader may have."""
    said = [
        _about_one(kind, one.code, within, gate)
        for to, within in one.types
        if to == "Patient" and names_the_person(kind, one.code)
    ]
    led: dict[str, tuple[Sql, list[Sql]]] = {}
    for to, within in one.types:
        person = to == "Patient" and names_the_person(kind, one.code)
        if not person and to in targets_of(kind, one.code):
            meets = sql(f"({R}.kind = %s AND %s)", to, condition(to, within, gate))
            passes = gate(to, within)
            led.setdefault(passes.text, (passes, []))[1].append(meets)
    if led:
        passing = [both([passes, either(meets)]) for passes, meets in led.values()]
        text = f"a.target IN (SELECT {R}.address FROM {R} WHERE %s)"
        said.append(_found(kind, one.code, "reference", sql(text, either(passing))))
    return either(said)


def _about_one(kind: str, code: str, within: Condition, gate: Gate) -> Sql:
    text = (
        f"{R}.person_id IN (SELECT {R}.person_id FROM {R} "
        f"WHERE {R}.kind = 'Patient' AND {R}.person_id IS NOT NULL AND %s AND %s)"
    )
    return sql(text, gate("Patient", within), condition("Patient", within, gate))


def _reverse(kind: str, one: Reverse, gate: Gate) -> Sql:
    """Something that the reader may have points here and meets a condition."""
    within = sql(
        f"{R}.kind = %s AND %s AND %s",
        one.type,
        gate(one.type, one.condition),
        condition(one.type, one.condition, gate),
    )
    if kind == "Patient" and names_the_person(one.type, one.code):
        return sql(f"{R}.person_id IN (SELECT {R}.person_id FROM {R} WHERE %s)", within)
    text = (
        f"{R}.address IN (SELECT a.target FROM {TABLES['reference']} a "
        f"WHERE a.parameter = %s AND a.resource_id IN (SELECT {R}.id FROM {R} WHERE %s))"
    )
    return sql(text, number_of_parameter(one.type, one.code), within)
