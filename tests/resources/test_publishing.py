"""What rooms publish: a version per change, word for word, seen by whom the gate lets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.guarded import OutsideAct
from samverka.access.rules import Holding
from samverka.kernel.actor import Branch
from samverka.resources.models import Identifier, Reference, Resource, Version
from samverka.resources.operations import OWN, publish_resources
from samverka.resources.rules.keys import shelf_id
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.status import Status
from tests.factories.cast import system

pytestmark = pytest.mark.django_db

PLAN = UUID("00000000-0000-4000-8000-000000000001")
HOLDING = Holding(
    person_id=uuid4(), provider_id=uuid4(), unit_id=uuid4(), branch=Branch.HEALTH, object_id=PLAN
)


def observation(value: str = "72.50", **more: object) -> dict[str, object]:
    return {
        "resourceType": "Observation",
        "id": str(PLAN),
        "status": "final",
        "code": {"text": "Vikt"},
        "identifier": [{"system": "urn:s", "value": "1"}],
        "subject": {"reference": f"Patient/{HOLDING.person_id}"},
        "valueQuantity": {"value": Decimal(value)},
        **more,
    }


def publish(resource: dict[str, object], holding: Holding = HOLDING) -> bool:
    with act(system(), Action.PLAN_EDIT) as this:
        this.note_general("Test")
        [new] = publish_resources(this, [(resource, holding)])
        return new


def test_a_published_resource_stands_word_for_word_with_its_owner():
    assert publish(observation())
    row = Resource.objects.get()
    assert row.id == shelf_id(OWN, f"Observation/{PLAN}")
    assert (row.status, row.version, row.versions) == (Status.PUBLISHED, 1, 1)
    assert row.gate is not None
    assert row.gate.holding(row) == replace(HOLDING, object_id=row.id)
    version = Version.objects.get()
    assert '"value":72.50' in version.text
    assert version.person_id == HOLDING.person_id
    [reference] = Reference.objects.all()
    assert reference.target == shelf_id(OWN, f"Patient/{HOLDING.person_id}")
    assert Identifier.objects.get().value == "1"


def test_the_same_again_changes_nothing():
    publish(observation())
    assert not publish(observation())
    assert Version.objects.count() == 1


def test_a_change_is_a_new_version_and_a_change_back_is_another():
    for value in ("72.50", "72.5", "72.50"):
        assert publish(observation(value))
    numbers = Version.objects.order_by("number").values_list("number", "passed_over")
    assert list(numbers) == [(1, False), (2, False), (3, False)]
    assert Resource.objects.get().version == 3
    assert Reference.objects.count() == Identifier.objects.count() == 1


def test_who_may_see_it_follows_even_if_the_text_stays():
    publish(observation())
    assert not publish(observation(), replace(HOLDING, not_for_patient=True, published=False))
    row = Resource.objects.get()
    assert row.not_for_patient
    assert not row.published


def test_a_resource_that_is_no_r4_stops_the_room():
    with pytest.raises(Faulty, match=r"Observation\.status"):
        publish(observation(status="klar"))
    assert not Resource.objects.exists()


def test_nothing_is_published_outside_an_act():
    with act(system(), Action.PLAN_EDIT) as this:
        this.note_general("Test")
    with pytest.raises(OutsideAct):
        publish_resources(this, [(observation(), HOLDING)])
