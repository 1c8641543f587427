"""What lies at an address of ours, in one way to the database: the row, its text, and what holds of whom it is about.

For the API's commonest question, one resource by its address. It gives only what the ordinary way would give, to staff and
to systems, and nothing in every case that needs thought: then the ordinary way is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from samverka.access.act import Act
from samverka.access.gate import near
from samverka.access.guarded import GatePath
from samverka.audit.trip import Call, Row, Statement, array
from samverka.kernel.actor import Actor
from samverka.resources.reads.pointing import pointers_of
from samverka.resources.rules.keys import HERE, OWN, addressed
from samverka.resources.rules.readdressing import Pointed, readdressed
from samverka.resources.rules.splicing import stamped
from samverka.resources.rules.status import Status

_LIES_AT = Statement(
    "samverka_lies_at",
    f"""
SELECT row.id, row.source, row.local_id, row.status, row.person_id, row.provider_id, row.unit_id, row.branch,
       row.published, row.not_for_patient, row.version, row.received_at, text.text,
       {near.COLUMNS.format(person="row.person_id", provider="$2::uuid", unit="$3::uuid", at="$4::timestamptz", objects="row.id::text, row.local_id")}
  FROM resources_resource row
  JOIN resources_version text ON text.resource_id = row.id AND text.number = row.version
       AND NOT text.passed_over AND text.person_id = row.person_id
 WHERE row.id = ANY($1::uuid[]) AND row.kind = $5
""",  # noqa: S608 (constants)
)


@dataclass(frozen=True, slots=True)
class Lying:
    """A resource on the shelf with its text; the gate asks it what it asks of a row.

    Attributes:
        pk: what the gate and the trail know it by: the room's row, or the shelf's own.
        told_as: what the trail calls it.
    """

    gate: ClassVar[GatePath | None] = GatePath(kind="kind")

    pk: UUID
    told_as: str
    kind: str
    source: str
    local_id: str
    person_id: UUID
    provider_id: UUID | None
    unit_id: UUID | None
    branch: str
    published: bool
    not_for_patient: bool
    number: int
    at: datetime
    text: bytes

    @property
    def is_own(self) -> bool:
        """A room of ours has made it."""
        return self.source == OWN


class LyingRecord(Lying):
    """What a room keeps of a person's care: the gate asks of the room's row."""

    gate: ClassVar[GatePath | None] = GatePath()


class LyingPerson(Lying):
    """Who a person is."""

    gate: ClassVar[GatePath | None] = GatePath.directory()


SORTS: Mapping[str, type[Lying]] = {"Person": LyingPerson}


def asked(actor: Actor, kind: str, local_id: str) -> Call:
    """What is asked along with who asks."""
    wanted = array(addressed(f"{kind}/{local_id}"))
    return Call(_LIES_AT, (wanted, actor.provider_id, actor.unit_id, actor.at, kind))


def lying(this: Act, kind: str, local_id: str, *, room: str, rows: Sequence[Row]) -> Lying | None:
    """What lies there, if it is about a known person and this reader may have it word for word.

    Args:
        room: what the trail calls a row of the room that owns the type; "" where no room answers from the shelf.
    """
    found = {row[0]: row for row in rows}
    wanted = map(str, addressed(f"{kind}/{local_id}"))
    first = next((found[one] for one in wanted if one in found), None)
    if first is None or first[4] is None or first[3] in _NOT_STANDING:
        return None
    one = _read(first[: -near.COUNT], kind, room)
    if one is None:
        return None
    decision = this.decide_near(one, first[-near.COUNT :])
    return one if decision is not None and decision.allowed and not decision.masked else None


_NOT_STANDING = (Status.WAITING.value, Status.DELETED.value)


def _read(row: Row, kind: str, room: str) -> Lying | None:
    shelf_id_, source, local_id, _status, person, provider, unit, branch, published, held, *rest = (
        row
    )
    number, at, text = rest
    if (source == OWN) != bool(room):
        return None
    moment = datetime.fromisoformat(at or "")
    letters = (text or "").encode()
    if source not in HERE:  # it has its sender's id and version in it; here it has ours
        local_id = shelf_id_
        letters = stamped(letters, local_id=shelf_id_ or "", version=number or "", at=moment)
        letters = readdressed(letters, _led(shelf_id_ or ""))
    sort = SORTS.get(room, LyingRecord) if room else Lying
    return sort(
        pk=UUID(local_id if room else shelf_id_),
        told_as=room or "Resource",
        kind=kind,
        source=source or "",
        local_id=local_id or "",
        person_id=UUID(person),
        provider_id=UUID(provider) if provider else None,
        unit_id=UUID(unit) if unit else None,
        branch=branch or "",
        published=published == "t",
        not_for_patient=held == "t",
        number=int(number or 0),
        at=moment,
        text=letters,
    )


def _led(one: str) -> Sequence[Pointed]:
    return pointers_of([UUID(one)]).get(UUID(one), ())
