"""A page of a search, what comes along with it, and how many there are: rows of the shelf behind the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from samverka.access.act import Act
from samverka.resources.models import PersonForm, Resource
from samverka.resources.reads.searching.conditions import R, condition
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.order import Key, Place, beyond, key, ordering
from samverka.resources.reads.searching.prepared import TooCostly, rows
from samverka.resources.reads.searching.sql import Sql, both, either, sql
from samverka.resources.reads.shown import PATIENT
from samverka.resources.rules.keys import HERE, OWN
from samverka.resources.rules.searching.query import Condition, Order
from samverka.resources.rules.splicing import stamped

MOST_BY_ROOM: Final = 200
"""Resources of one search that a room is asked for, one by one."""

MOST_DECIDED: Final = 1_000
"""As many are counted one by one, each decided on; more are counted by the filter alone."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A resource that the reader may know of.

    Attributes:
        text: as the shelf has it; not to be shown where `by_room`.
        keys: what it is ordered by.
        by_room: the room must show it: this reader may have another text of it.
    """

    row: Resource
    text: str
    keys: tuple[Key, ...] = ()
    by_room: bool = False

    @property
    def local_id(self) -> str:
        """The id that it has at our addresses."""
        return self.row.local_id if self.row.source in HERE else str(self.row.id)

    @property
    def shown(self) -> bytes:
        """The text with the server's id, version and time in it: what is ours has them already."""
        if self.row.source in HERE:
            return self.text.encode()
        at, number = self.row.received_at, str(self.row.version)
        return stamped(self.text.encode(), local_id=self.local_id, version=number, at=at)


@dataclass(frozen=True, slots=True)
class Part:
    """What is looked for of one type.

    Attributes:
        whose: those of the conditions that say whom it is about, or which one it is: they hold of every version.
    """

    kind: str
    conditions: tuple[Condition, ...]
    whose: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: of one type, or of several in one order (a compartment)."""

    parts: tuple[Part, ...]
    order: tuple[Order, ...] = ()

    @property
    def kind(self) -> str:
        """The type; "" for several."""
        return self.parts[0].kind if len(self.parts) == 1 else ""


def page_of(gates: Gates, asked: Asked, *, limit: int, after: Place | None, newest: int = 0) -> Sql:
    """The first resources of the order after a place, whose text is the shelf's.

    Args:
        newest: only among so many of the type that come first in the order, of those that changed last or first.
    """
    where = both([_all(gates, asked), sql("NOT %s", gates.by_room)])
    return statement_of(asked, where, limit, after, newest)


def rooms_of(gates: Gates, part: Part) -> Sql:
    """Those that a room must show and that may fit: what they say to this reader, the room knows."""
    whose = [condition(part.kind, one, gates.through) for one in part.whose]
    where = both([sql(f"{R}.kind = %s", part.kind), *whose, gates.rooms])
    return statement_of(Asked((part,)), where, MOST_BY_ROOM + 1, None)


def of_rooms(kind: str, found: Sequence[Any]) -> list[Hit]:
    """What `rooms_of` has found.

    Raises:
        TooCostly: it is more than can be asked for, one by one.
    """
    if len(found) > MOST_BY_ROOM:
        raise TooCostly
    return [replace(one, by_room=True) for one in hits_of(kind, found)]


def count(this: Act, gates: Gates, asked: Asked) -> int:
    """How many the shelf has, each decided on where they are few."""
    where = both([_all(gates, asked), sql("NOT %s", gates.by_room)])
    few = rows(sql(f"SELECT {COLUMNS}, '' FROM {R} WHERE %s LIMIT %s", where, MOST_DECIDED + 1))
    if len(few) <= MOST_DECIDED:
        return sum(not one.by_room for one in read(this, asked.kind, few))
    [(number,)] = rows(sql(f"SELECT count(*) FROM {R} WHERE %s", where))
    return int(number)


def kinds_about(gates: Gates, kinds: Sequence[str], conditions: Sequence[Condition]) -> list[str]:
    """Which of the types there is anything of, at all: the others need not be asked for."""
    pieces = [
        sql(f"({R}.kind = %s AND %s)", kind, condition(kind, one, gates.through))
        for kind, one in zip(kinds, conditions, strict=True)
    ]
    found = rows(sql(f"SELECT DISTINCT {R}.kind FROM {R} WHERE %s", either(pieces)))
    return sorted(kind for (kind,) in found)


def _all(gates: Gates, asked: Asked) -> Sql:
    return either(_one(gates, part) for part in asked.parts)


def _one(gates: Gates, part: Part) -> Sql:
    return both([conditions_of(gates, part), gates(part.kind)])


def conditions_of(gates: Gates, part: Part) -> Sql:
    """What the search says of a resource of that type, without the gate."""
    kind, bound = part.kind, bool(part.whose)
    wanted = [
        condition(kind, one, gates.through, bound=bound and one not in part.whose)
        for one in part.conditions
    ]
    return both([sql(f"{R}.kind = %s", kind), *wanted])


_FIELDS = Resource._meta.concrete_fields
_NAMES = [one.attname for one in _FIELDS]
COLUMNS = ", ".join(f"{R}.{one.column}" for one in _FIELDS)
_PLAIN = ", ".join(f"p.{one.column}" for one in _FIELDS)


def statement_of(asked: Asked, where: Sql, limit: int, after: Place | None, newest: int = 0) -> Sql:
    """Rows with text and keys, in the order that is asked for; see `page_of`."""
    keys = [key(asked.kind, one) for one in asked.order]
    named = [sql(f"%s AS k{number}", one) for number, one in enumerate(keys, 1)]
    columns = Sql(COLUMNS)
    for one in named:
        columns = Sql(f"{columns.text}, {one.text}", columns.values + one.values)
    rows_of = _first(asked, newest) if newest else Sql(R)
    found = sql("SELECT %s FROM %s WHERE %s", columns, rows_of, where)
    if after is not None:
        found = sql("SELECT * FROM (%s) q WHERE %s", found, beyond(asked.order, after))
    names = "".join(f", p.k{number}" for number in range(1, len(keys) + 1))
    return sql(
        f"SELECT {_PLAIN}, v.text{names} FROM (%s ORDER BY {ordering(asked.order)} LIMIT %s) p "
        "JOIN resources_version v ON v.resource_id = p.id AND v.number = p.version "
        f"ORDER BY {ordering(asked.order, 'p.')}",
        found,
        limit,
    )


def _first(asked: Asked, number: int) -> Sql:
    way = " DESC" if asked.order[0].falling else ""
    return sql(
        f"(SELECT * FROM {R} WHERE kind = %s ORDER BY received_at{way}, id{way} LIMIT %s) {R}",
        asked.kind,
        number,
    )


def read(this: Act, kind: str, found: Sequence[Any]) -> list[Hit]:
    """Rows of the shelf with their texts, each decided on; what must be masked is for the room, or not shown."""
    made = hits_of(kind, found)
    passed = {row.pk for row in _passed(this, [one.row for one in made])}
    return [each for one in made if one.row.pk in passed and (each := _unmasked(this, one))]


def hits_of(kind: str, found: Sequence[Any]) -> list[Hit]:
    """Rows of the shelf with their texts and keys, not decided on."""
    cut = len(_NAMES)
    return [
        Hit(_model(kind).from_db(None, _NAMES, row[:cut]), row[cut], tuple(row[cut + 1 :]))
        for row in found
    ]


def _unmasked(this: Act, one: Hit) -> Hit | None:
    if one.row.person_id is None or not this.decided(one.row).masked:
        return one
    return replace(one, by_room=True) if one.row.source == OWN else None


def _passed(this: Act, found: Sequence[Resource]) -> list[Resource]:
    about = this.passed([row for row in found if row.person_id is not None])
    return [*about, *(row for row in found if row.person_id is None)]


def _model(kind: str) -> type[Resource]:
    return PersonForm if kind == PATIENT else Resource


def note(this: Act, shown: Sequence[Hit]) -> None:
    """A line in the trail for each person; what is about nobody in one of its own."""
    about = [one.row for one in shown if one.row.person_id is not None]
    if about or not shown:
        this.note_list(about)
    if nobodys := [str(one.row.id) for one in shown if one.row.person_id is None]:
        this.note_general("Resource", shown=len(nobodys))
