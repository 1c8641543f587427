"""The R4 form of what a room owns, put on the shelf in the room's own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from samverka.access.act import Act
from samverka.access.rules import Holding
from samverka.audit.trip import Call, Statement, array
from samverka.kernel.actor import Branch
from samverka.resources.operations import store
from samverka.resources.operations.shelving import Item, Owner, Persons, judged
from samverka.resources.rules.facts import looked_through
from samverka.resources.rules.keys import OWN as OWN
from samverka.resources.rules.keys import shelf_id
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.status import Status
from samverka.resources.rules.versions import Verdict

_encoder = msgspec.json.Encoder(decimal_format="number")


def text_of(resource: Mapping[str, Any]) -> bytes:
    """The R4 form of a row as it is written on the shelf."""
    return _encoder.encode({key: value for key, value in resource.items() if value is not None})


Draft: TypeAlias = tuple[Mapping[str, Any], Holding | None]
"""A resource with resourceType and id, decimals as `Decimal`, so that 72.50 stays 72.50; and whose record the row is, as the gate
knows it: None for what is about nobody."""


def publish_resources(this: Act, drafts: Sequence[Draft]) -> list[bool]:
    """Put the R4 forms of rooms' rows on the shelf; a new version only of those whose text has changed.

    Returns:
        of each, whether the text was new.

    Raises:
        Faulty: a resource is not valid R4: a fault in the room's `fhir.py`.
        ValueError: it is about somebody, and nobody has said whom: a fault in the room.
    """
    items = [_item(*one) for one in drafts]
    news = [True] * len(items)
    for owner, places in _owners(this, drafts).items():
        verdicts, calls = judged([items[at] for at in places], owner, Persons())
        unchanged = [
            at for at, one in zip(places, verdicts, strict=True) if one is Verdict.UNCHANGED
        ]
        for at in unchanged:
            news[at] = False
        store.write([*calls, *_gates_up_to_date(owner, [items[at] for at in unchanged])])
    return news


def _owners(this: Act, drafts: Sequence[Draft]) -> dict[Owner, list[int]]:
    """Those who keep them, each with the places of what is theirs."""
    found: dict[Owner, list[int]] = {}
    for at, (_resource, holding) in enumerate(drafts):
        found.setdefault(_owner(this, holding), []).append(at)
    return found


def _owner(this: Act, holding: Holding | None) -> Owner:
    if holding is None:
        return Owner(source=OWN, at=this.actor.at, status=Status.PUBLISHED)
    return Owner(
        source=OWN,
        at=this.actor.at,
        provider_id=holding.provider_id,
        unit_id=holding.unit_id,
        branch=(holding.branch or Branch.HEALTH).value,
        published=holding.published and not holding.handed,
        status=Status.PUBLISHED,
    )


def _item(resource: Mapping[str, Any], holding: Holding | None) -> Item:
    if holding is None and resource["resourceType"] not in ABOUT_NOBODY:
        raise ValueError(f"{resource['resourceType']} is about somebody: give its row a gate.")
    text = text_of(resource)
    facts, value = looked_through(text)
    if holding is None:
        return Item(facts, text, value=value)
    return Item(
        facts,
        text,
        person_id=holding.person_id,
        not_for_patient=holding.not_for_patient,
        value=value,
    )


_GATES = Statement(
    "samverka_shelf_gates",
    "UPDATE resources_resource r SET provider_id = $3, unit_id = $4, published = $5, "
    "not_for_patient = u.held FROM unnest($1::uuid[], $2::bool[]) u (id, held) "
    "WHERE r.id = u.id AND (r.provider_id, r.unit_id, r.published, r.not_for_patient) "
    "IS DISTINCT FROM ($3::uuid, $4::uuid, $5::bool, u.held)",
)


def _gates_up_to_date(owner: Owner, items: Sequence[Item]) -> list[Call]:
    """Whose it is and who may see it can change while the text stays the same."""
    if not items:
        return []
    ids = array(shelf_id(OWN, one.facts.key) for one in items)
    held = array(str(one.not_for_patient) for one in items)
    return [Call(_GATES, (ids, held, owner.provider_id, owner.unit_id, owner.published))]
