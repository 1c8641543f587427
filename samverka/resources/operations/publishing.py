"""The R4 form of what a room owns, put on the shelf in the room's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from samverka.access.act import Act
from samverka.access.rules import Holding
from samverka.kernel.actor import Branch
from samverka.resources.operations import store
from samverka.resources.operations.shelving import Item, Owner, Persons, shelve
from samverka.resources.rules.facts import Facts, examine
from samverka.resources.rules.keys import OWN as OWN
from samverka.resources.rules.keys import shelf_id
from samverka.resources.rules.persons import ABOUT_NOBODY
from samverka.resources.rules.status import Status
from samverka.resources.rules.versions import Verdict

_encoder = msgspec.json.Encoder(decimal_format="number")


def text_of(resource: Mapping[str, Any]) -> bytes:
    """The R4 form of a row as it is written on the shelf."""
    return _encoder.encode({key: value for key, value in resource.items() if value is not None})


def publish_resource(this: Act, resource: Mapping[str, Any], holding: Holding | None) -> bool:
    """Put the R4 form of a room's row on the shelf; a new version only if the text has changed.

    Args:
        resource: with resourceType and id; decimals as `Decimal`, so that 72.50 stays 72.50.
        holding: whose record the row is, as the gate knows it; None for what is about nobody.

    Returns:
        whether the text was new.

    Raises:
        Faulty: the resource is not valid R4: a fault in the room's `fhir.py`.
        ValueError: it is about somebody, and nobody has said whom: a fault in the room.
    """
    if holding is None and resource["resourceType"] not in ABOUT_NOBODY:
        raise ValueError(f"{resource['resourceType']} is about somebody: give its row a gate.")
    text = text_of(resource)
    facts = examine(text)
    if holding is None:
        owner, item = (
            Owner(source=OWN, at=this.actor.at, status=Status.PUBLISHED),
            Item(facts, text),
        )
    else:
        owner, item = _owner(this, holding), _item(facts, text, holding)
    [verdict] = shelve([item], owner, Persons())
    if verdict is Verdict.UNCHANGED:
        _bring_gate_up_to_date(owner, item)
    return verdict is not Verdict.UNCHANGED


def _owner(this: Act, holding: Holding) -> Owner:
    return Owner(
        source=OWN,
        at=this.actor.at,
        provider_id=holding.provider_id,
        unit_id=holding.unit_id,
        branch=(holding.branch or Branch.HEALTH).value,
        published=holding.published and not holding.handed,
        status=Status.PUBLISHED,
    )


def _item(facts: Facts, text: bytes, holding: Holding) -> Item:
    return Item(facts, text, person_id=holding.person_id, not_for_patient=holding.not_for_patient)


def _bring_gate_up_to_date(owner: Owner, item: Item) -> None:
    """Whose it is and who may see it can change while the text stays the same."""
    values = (owner.provider_id, owner.unit_id, owner.published, item.not_for_patient)
    store.execute(
        "UPDATE resources_resource SET provider_id = %s, unit_id = %s, published = %s, "
        "not_for_patient = %s WHERE id = %s AND (provider_id, unit_id, published, not_for_patient)"
        " IS DISTINCT FROM (%s::uuid, %s::uuid, %s::bool, %s::bool)",
        [*values, shelf_id(OWN, item.facts.key), *values],
    )
