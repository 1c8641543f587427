"""Where the references of what was imported lead to here: asked once for all that is shown at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from samverka.resources.models import Resource
from samverka.resources.reads.searching.prepared import rows as rows_of
from samverka.resources.reads.searching.sql import sql
from samverka.resources.reads.shown import PATIENT, SHOWN
from samverka.resources.rules.keys import HERE
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.readdressing import Pointed

Pointers = Mapping[UUID, Sequence[Pointed]]

# Another person's things are not told of: a faulty or ill-meant reference must not say whether they are here.
_LED = """
    SELECT f.resource_id, f.key, t.id, t.kind, t.source, t.local_id, t.full_url, t.room_id
    FROM resources_reference f JOIN resources_resource o ON o.id = f.resource_id
    LEFT JOIN resources_resource t ON t.id = f.target AND t.status = ANY(%s)
      AND (t.person_id = o.person_id OR (t.person_id IS NULL AND t.kind = ANY(%s)))
    WHERE f.resource_id = ANY(%s)
"""


def pointers(shown: Iterable[Resource]) -> Pointers:
    """What each of those that were imported points at; what is ours names what is ours already."""
    return pointers_of([row.pk for row in shown if row.source not in HERE])


def pointers_of(ids: Sequence[UUID]) -> Pointers:
    """The same by the ids of what was imported."""
    found: dict[UUID, list[Pointed]] = defaultdict(list)
    if not ids:
        return found
    statuses = [one.value for one in SHOWN]
    for one, key, *led in rows_of(sql(_LED, statuses, sorted(ABOUT_NOBODY), list(ids))):
        found[UUID(str(one))].append(_pointed(key, *led))
    return found


def _pointed(
    key: str,
    target: UUID | None,
    kind: str,
    source: str,
    local_id: str,
    full_url: str,
    room_id: UUID | None,
) -> Pointed:
    if target is None:
        return Pointed(key)
    if kind == PATIENT and room_id is not None:  # the room's own form says who the person is
        return Pointed(key, full_url or "", f"{kind}/{room_id}")
    return Pointed(key, full_url or "", f"{kind}/{local_id if source in HERE else target}")
