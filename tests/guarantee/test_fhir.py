"""A wait on the shelf: a ServiceRequest until the last day, each offered time an Appointment; one gate for both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samverka.guarantee import operations as ops
from samverka.guarantee.operations import PartKind
from samverka.guarantee.reads import WaitDetail
from samverka.guarantee.rules import Ending
from samverka.kernel.actor import Actor
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast, person_login
from tests.factories.fhir import FhirClient, issues

DAY = timedelta(days=1)


def read(actor: Actor, place: str, status: int = 200) -> dict[str, Any]:
    response = FhirClient(actor).get(place)
    assert response.status_code == status, response.content[:300]
    found: dict[str, Any] = response.json()
    return found


def test_a_wait_and_its_offers_stand_on_the_shelf(cast: Cast, wait: WaitDetail) -> None:
    nurse = cast.surgery_nurse
    asked = read(nurse, f"ServiceRequest/{wait.id}")
    assert (asked["status"], asked["code"]["text"]) == ("active", "Undersökning av knät")
    assert asked["occurrencePeriod"] == {"end": str(wait.clock.last_day)}
    assert asked["category"][0]["coding"][0]["code"] == "new-need"
    day = (NOW + 9 * DAY).date()
    offer = ops.offer_time(nurse, wait_id=wait.id, care_on=day, where="Östersund").offers[0]
    ops.answer_offer(nurse, offer_id=offer.id, accepted=True)
    time = read(nurse, f"Appointment/{offer.id}")
    assert (time["status"], time["requestedPeriod"][0]["start"]) == ("proposed", str(day))
    assert time["participant"][0]["status"] == "accepted"
    assert time["basedOn"] == [{"reference": f"ServiceRequest/{wait.id}"}]
    ops.withdraw_part(nurse, kind=PartKind.OFFER, part_id=offer.id, reason="Läkaren sjuk.")
    assert read(nurse, f"Appointment/{offer.id}")["status"] == "cancelled"
    ops.end_wait(nurse, wait_id=wait.id, on=NOW.date(), why=Ending.WITHDRAWN)
    assert read(nurse, f"ServiceRequest/{wait.id}")["status"] == "revoked"
    for other in (cast.stranger, cast.municipal_nurse):
        read(other, f"ServiceRequest/{wait.id}", 404)
        read(other, f"Appointment/{offer.id}", 404)


def test_they_are_read_only_and_the_refusal_says_where_they_are_changed(
    cast: Cast, karin: PersonDetail, wait: WaitDetail
) -> None:
    nurse, stranger = FhirClient(cast.surgery_nurse), FhirClient(cast.stranger)
    day = (NOW + 9 * DAY).date()
    made = ops.offer_time(cast.surgery_nurse, wait_id=wait.id, care_on=day, where="Östersund")
    for place in (f"ServiceRequest/{wait.id}", f"Appointment/{made.offers[0].id}"):
        resource, tag = nurse.read(place)
        answer = nurse.put({**resource, "language": "en"}, tag)
        assert answer.status_code == 422
        assert "ändras på sidan för väntan" in issues(answer)[0]["diagnostics"]
        assert nurse.read(place) == (resource, tag)
        assert stranger.put(resource, tag).status_code == 404
        assert FhirClient(person_login(karin)).read(place)[0] == resource
