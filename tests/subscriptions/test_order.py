"""Writers at the same time: nothing is lost, and each resource's changes come in the order that they were made."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.rules import Holding
from samverka.kernel.actor import Actor, Branch
from samverka.resources.operations import publish_resources
from samverka.subscriptions import jobs
from samverka.subscriptions.models import Happening, Notice
from tests.factories.cast import Cast
from tests.subscriptions.conftest import Receiver, Teller, asked, subscribe

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, VERSIONS = 6, 5


def publish(writer: Actor, person_id: UUID, key: str, number: int) -> None:
    holding = Holding(
        person_id=person_id, provider_id=writer.provider_id, unit_id=writer.unit_id,
        branch=Branch.HEALTH, object_id=UUID(key),
    )  # fmt: skip
    flag = {
        "resourceType": "Flag", "id": key, "status": "active", "code": {"text": f"Version {number}"},
        "subject": {"reference": f"Patient/{person_id}"},
    }  # fmt: skip
    with act(writer, Action.SHELF_RECEIVE) as this:
        publish_resources(this, [(flag, holding)])
        this.note_general("Resource")


def test_concurrent_writers(
    transactional_db: None, cast: Cast, journal: Actor, karin: Any, receiver: Receiver,
    teller: Teller,
) -> None:  # fmt: skip
    subscribe(journal, asked(criteria=f"Flag?patient=Patient/{karin.id}", url=receiver.url))
    teller.run()
    writer = _writer(cast)
    keys = [str(UUID(int=number + 1)) for number in range(WRITERS)]
    start = Barrier(WRITERS)

    def write(key: str) -> None:
        start.wait()
        try:
            for number in range(VERSIONS):
                publish(writer, karin.id, key, number)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(key,)) for key in keys]
    for one in threads:
        one.start()
    while any(one.is_alive() for one in threads):
        jobs.spread(teller.actor)
    for one in threads:
        one.join()
    happened = _told_by_resource(teller)
    assert {key: len(numbers) for key, numbers in happened.items()} == dict.fromkeys(keys, VERSIONS)
    teller.run()
    assert [number for number, _focus in receiver.events] == list(range(1, WRITERS * VERSIONS + 1))


def _told_by_resource(teller: Teller) -> dict[str, list[int]]:
    jobs.spread(teller.actor)
    found: dict[str, list[int]] = {}
    with act(teller.actor(), Action.SUBSCRIPTION_RUN) as this:
        this.unchanged()
        assert not Happening.objects.exists()
        for row in Notice.objects.order_by("id"):
            found.setdefault(row.key, []).append(row.id)
    return found


def _writer(cast: Cast) -> Actor:
    nurse = cast.region_nurse
    return replace(
        cast.system, unit_id=nurse.unit_id, provider_id=nurse.provider_id, branch=nurse.branch
    )
