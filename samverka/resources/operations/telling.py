"""What has come to stand on the shelf is told upwards (docs/adr/0008, 0021); texts of versions for those who judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from samverka.access.act import Act
from samverka.audit.trip import Call
from samverka.resources.operations import store
from samverka.resources.operations.linked import content_of
from samverka.resources.operations.store import Head
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.standing import Stood, address_of
from samverka.resources.rules.status import Status


def told_of(heads: Iterable[Head]) -> list[Call]:
    """What says that these have a new version, in the transaction that writes them. Who waits is nobody's yet."""
    return told(
        Stood(
            one.id,
            one.kind,
            address_of(one.source, one.local_id, one.id),
            one.version,
            one.person_id,
            one.received_at,
        )
        for one in heads
        if one.status != Status.WAITING.value
    )


def told(found: Iterable[Stood]) -> list[Call]:
    """What says that these stand on the shelf in another way than before."""
    stood = list(found)
    if not stood:
        return []
    hears: Callable[[Sequence[Stood]], Sequence[Call]] = import_string(
        settings.SAMVERKA_SHELF_HEARD
    )
    notes: Callable[[Sequence[Stood]], Sequence[Call]] = import_string(
        settings.SAMVERKA_SHELF_INDEXED
    )
    return [*hears(stood), *notes(stood)]


def texts_of(this: Act, versions: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], Content]:
    """What versions say, for the house's own judging; shown to nobody."""
    this.require_system()
    rows = store.fetch(
        "SELECT v.resource_id, v.number, v.text FROM resources_version v "
        "JOIN unnest(%s::uuid[], %s::int4[]) u (id, number) "
        "ON v.resource_id = u.id AND v.number = u.number",
        [[one for one, _number in versions], [number for _one, number in versions]],
    )
    return {(one, number): content_of(text) for one, number, text in rows}
