"""A search that says whom it is about: there are few rows, and what holds of the person is known; each is decided on by itself.

The gate as a condition asks of fifty tables what two values say when one knows them (`access.rules.Standing`). So the statement
finds the rows, and `decide` says which of them the reader has: as it does in the end of every search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from samverka.access import gate, rules
from samverka.access.act import Act
from samverka.access.actions import Action, spec
from samverka.access.guarded import GatePath
from samverka.access.rules import Holding, Protection
from samverka.resources.models import PersonForm, Resource
from samverka.resources.reads.searching.conditions import R
from samverka.resources.reads.searching.finding import (
    Asked,
    Hit,
    Part,
    conditions_of,
    hits_of,
    read,
)
from samverka.resources.reads.searching.finding import statement_of as statement
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.laws import no_twin
from samverka.resources.reads.searching.order import Place
from samverka.resources.reads.searching.sql import Sql, both
from samverka.resources.reads.shown import PATIENT, SHOWN
from samverka.resources.rules.keys import OWN

_LISTED = Sql(
    f"({R}.person_id IS NOT NULL AND {R}.status IN ({', '.join(repr(one.value) for one in SHOWN)}))"
)


def page_of(gates: Gates, asked: Asked, *, limit: int, after: Place | None) -> Sql:
    """The first resources of the order after a place, whoever may have them."""
    [part] = asked.parts
    twins = [no_twin()] if part.kind in gates.twins else []
    where = both([conditions_of(gates, part), _LISTED, *twins])
    return statement(asked, where, limit, after)


def rooms_of(gates: Gates, part: Part, *, limit: int) -> Sql:
    """What rooms have published about the person."""
    whose = conditions_of(gates, replace(part, conditions=part.whose))
    where = both([whose, _LISTED, Sql(f"{R}.source = '{OWN}'")])
    return statement(Asked((part,)), where, limit, None)


def shown(this: Act, gates: Gates, kind: str, found: Sequence[Any]) -> list[Hit]:
    """Of what `page_of` has found, what the reader has word for word."""
    hits = read(this, kind, found)
    return [one for one in hits if not _by_room(this, gates, one.row)]


def for_rooms(this: Act, gates: Gates, kind: str, found: Sequence[Any]) -> list[Hit]:
    """Of what `rooms_of` has found, what a room may have to show: see `Gates.rooms`."""
    return [
        replace(one, by_room=True)
        for one in hits_of(kind, found)
        if _is_rooms(this, gates, one.row)
    ]


def _by_room(this: Act, gates: Gates, row: Resource) -> bool:
    if row.source != OWN or row.kind == PATIENT:
        return False
    if row.provider_id != this.actor.provider_id:
        return True
    return not gates.sees_protected and _standing(this, row).protection is not Protection.NONE


def _is_rooms(this: Act, gates: Gates, row: Resource) -> bool:
    if this.decide(row).allowed:
        return _by_room(this, gates, row)
    standing = _standing(this, row)
    given = standing.kept or standing.disclosed or standing.granted or standing.lawful
    return bool(given) and _is_known(this, row)


def _is_known(this: Act, row: Resource) -> bool:
    """The own unit has to do with the person."""
    whom = Holding(person_id=_person(row), directory=True)
    decision = rules.decide(spec(Action.PERSON_READ), this.actor, whom, _standing(this, row))
    path: GatePath | None = PersonForm.gate
    assert path is not None
    return decision.allowed and gate.lets(this.actor, row, path, reading=True)


def _standing(this: Act, row: Resource) -> rules.Standing:
    return this.standing(_person(row))


def _person(row: Resource) -> Any:
    assert row.person_id is not None, "only what is about somebody is asked for"
    return row.person_id
