"""Which labels there are (profiles, tags, security): one resource that the reader may have for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from samverka.access.act import Act, act, permits
from samverka.kernel.actor import Actor
from samverka.resources.reads.searching.conditions import R
from samverka.resources.reads.searching.finding import COLUMNS, Hit, read
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.prepared import rows
from samverka.resources.reads.searching.sql import both, sql
from samverka.resources.reads.shown import PATIENT, action_for
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.searching.numbers import number_of_parameter

MOST: Final = 500
"""Labels of one sort: more than any county has given names to."""

_TABLES: Final = (
    ("resources_addressvalue", "uri", "_profile"),
    ("resources_tokenvalue", "system, code", "_security"),
    ("resources_tokenvalue", "system, code", "_tag"),
)


def labelled(actor: Actor, kinds: Sequence[str]) -> list[Hit]:
    """A resource for each label of these types, as the reader has it; of whom it is, is not to be shown."""
    found: list[Hit] = []
    for group in _groups(kinds):
        action = action_for(actor, group[0])
        if not permits(actor, action):
            continue
        with act(actor, action) as this:
            this.require_permission()
            found += _of_group(this, Gates(actor, frozenset()), group)
            this.note_general("Resource", labels=len(group))
    return found


def _groups(kinds: Sequence[str]) -> list[list[str]]:
    """Types that the gate asks the same of."""
    persons = [one for one in kinds if one == PATIENT]
    common = [one for one in kinds if one in ABOUT_NOBODY]
    others = [one for one in kinds if one != PATIENT and one not in ABOUT_NOBODY]
    return [group for group in (persons, common, others) if group]


def _of_group(this: Act, gates: Gates, group: Sequence[str]) -> list[Hit]:
    here = both(
        [
            sql(f"{R}.kind = ANY(%s)", list(group)),
            gates(group[0]),
            sql("NOT %s", gates.by_room),
        ]
    )
    found: dict[object, Hit] = {}
    for table, label, code in _TABLES:
        numbers = [number_of_parameter(kind, code) for kind in group]
        one_each = sql(
            f"SELECT DISTINCT ON ({label}) v.resource_id FROM {table} v "
            f"JOIN {R} ON {R}.id = v.resource_id WHERE v.parameter = ANY(%s) AND %s "
            f"ORDER BY {label}, v.resource_id LIMIT {MOST}",
            numbers,
            here,
        )
        made = sql(
            f"SELECT {COLUMNS}, t.text FROM {R} JOIN resources_version t "
            f"ON t.resource_id = {R}.id AND t.number = {R}.version WHERE {R}.id IN (%s)",
            one_each,
        )
        found |= {one.row.pk: one for one in read(this, group[0], rows(made)) if not one.by_room}
    return list(found.values())
