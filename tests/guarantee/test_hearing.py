"""What record systems send: a referral begins the wait, a visit that follows it ends it, a booking is an offer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from samverka.contacts.models import Referral, Visit
from samverka.guarantee import operations as ops
from samverka.guarantee import reads
from samverka.guarantee.fhir import MATTERS
from samverka.guarantee.models import Wait
from samverka.guarantee.reads import Choice, WaitDetail
from samverka.guarantee.rules import ClockStatus, Ending, Matter, Part, Purpose
from samverka.guarantee.rules.turns import Doing
from samverka.kernel.problems import NotAllowed
from tests.discharge.feeding import System, known_by_hsa_id, patient, place
from tests.factories.cast import NOW, Cast

DAY = timedelta(days=1)


@pytest.fixture
def hospital(cast: Cast) -> System:
    known_by_hsa_id(cast)
    found = System(cast)
    found.tells(patient(address=[{"district": "Krokom"}]))
    return found


def referral(
    issued: datetime = NOW - 60 * DAY, *, to: str = "surgery", by: str = "", **more: Any
) -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "id": "r-1",
        "status": "active",
        "intent": "order",
        "code": {"text": "Undersökning av knät"},
        "subject": {"reference": "Patient/karin"},
        "authoredOn": issued.isoformat(),
        "requester": place(by) if by else {"display": "Anna Lund"},
        "performer": [place(to)],
    } | more


def visit(at: datetime, status: str = "finished", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": "v-1",
        "status": status,
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": {"reference": "Patient/karin"},
        "serviceProvider": place("surgery"),
        "period": {"start": at.isoformat()},
    } | more


def booking(at: datetime, status: str = "booked") -> dict[str, Any]:
    return {
        "resourceType": "Appointment",
        "id": "b-1",
        "status": status,
        "description": "Besök",
        "start": at.isoformat(),
        "participant": [
            {"actor": {"reference": "Patient/karin"}, "status": "accepted"},
        ],
    }


def _only(cast: Cast) -> WaitDetail:
    nurse = cast.at(cast.surgery_nurse, hours=1)
    [found] = (
        reads.wait_list(nurse, choice=Choice.WAITING).lines
        or reads.wait_list(nurse, choice=Choice.DONE).lines
    )
    return found


def test_a_referral_begins_the_wait_from_the_day_it_was_written(
    cast: Cast, hospital: System
) -> None:
    hospital.tells(referral())
    found = _only(cast)
    assert found.part is Part.VISIT
    assert found.clock.last_day == (NOW + 30 * DAY).date()
    assert (found.what, found.referrer) == ("Undersökning av knät", "Anna Lund")
    hospital.tells(referral())
    hospital.tells(referral(NOW - 50 * DAY))
    found = _only(cast)
    assert found.clock.last_day == (NOW + 40 * DAY).date()
    assert len(found.changes) == 1


def test_a_return_visit_comes_with_its_target_date(cast: Cast, hospital: System) -> None:
    again = {"coding": [{"system": MATTERS, "code": "return-visit"}]}
    hospital.tells(referral(by="surgery", category=[again]))
    assert not reads.wait_list(cast.surgery_nurse, choice=Choice.WAITING).lines, "no target date"
    until = {"end": "2027-01-15"}
    hospital.tells(referral(by="surgery", category=[again], occurrencePeriod=until))
    found = _only(cast)
    assert (found.matter, found.clock.last_day) == (Matter.RETURN_VISIT, None)
    assert str(found.clock.target) == "2027-01-15"


def test_a_visit_that_follows_the_referral_ends_it(cast: Cast, hospital: System) -> None:
    hospital.tells(referral())
    based: dict[str, Any] = {"basedOn": [{"reference": "ServiceRequest/r-1"}]}
    hospital.tells(visit(NOW - DAY, "planned", **based))
    assert _only(cast).clock.status is ClockStatus.RUNNING
    hospital.tells(visit(NOW - DAY, **based))
    assert _only(cast).clock.status is ClockStatus.MET
    hospital.tells(visit(NOW - DAY, "entered-in-error", **based))
    assert _only(cast).clock.status is ClockStatus.RUNNING


def test_a_visit_of_which_nothing_is_said_is_asked_about(cast: Cast, hospital: System) -> None:
    hospital.tells(referral())
    hospital.tells(visit(NOW - DAY))
    found = _only(cast)
    assert found.clock.status is ClockStatus.RUNNING
    assert found.step.doing is Doing.JUDGE_CONTACT
    done = ops.judge_contact(
        cast.at(cast.surgery_nurse, hours=2),
        contact_id=found.unjudged.id,
        purpose=Purpose.FIRST_VISIT,
    )
    assert done.clock.status is ClockStatus.MET


def test_a_booked_time_is_an_offer_and_stops_nothing(cast: Cast, hospital: System) -> None:
    hospital.tells(referral(to="health_centre", by="health_centre"))
    nurse = cast.at(cast.region_nurse, hours=1)
    [found] = reads.wait_list(nurse, choice=Choice.WAITING).lines
    assert found.part is Part.TREATMENT, "the unit's own order is its decision"
    hospital.tells(booking(NOW + 5 * DAY))
    [found] = reads.wait_list(nurse, choice=Choice.WAITING).lines
    assert found.step.doing is Doing.MEET
    hospital.tells(booking(NOW + 9 * DAY))
    [found] = reads.wait_list(nurse, choice=Choice.WAITING).lines
    assert found.offers[0].care_on == (NOW + 9 * DAY).date()
    assert found.changes[0].before["care_on"] == str((NOW + 5 * DAY).date())
    hospital.tells(booking(NOW + 9 * DAY, "cancelled"))
    [found] = reads.wait_list(nurse, choice=Choice.WAITING).lines
    assert found.step.doing is Doing.OFFER
    assert not found.offers[0].stands


@pytest.mark.parametrize(
    "given",
    [
        referral(to="assessment"),
        referral(to="SE-unknown"),
        referral(to="health_centre"),
        referral(NOW - 400 * DAY),
        referral(intent="plan"),
        referral(status="draft"),
        referral(status="revoked"),
    ],
    ids=["municipality", "unknown", "primary", "history", "plan", "draft", "revoked"],
)
def test_what_begins_no_wait(hospital: System, given: dict[str, Any]) -> None:
    hospital.tells(given)
    assert not Wait.objects.exists()


def test_a_referral_taken_back_ends_the_wait(cast: Cast, hospital: System) -> None:
    hospital.tells(referral())
    hospital.tells(referral(status="entered-in-error"))
    found = _only(cast)
    assert found.ended.why is Ending.MISTAKE


def test_what_the_guarantee_cannot_take_in_stands_all_the_same(
    cast: Cast, hospital: System
) -> None:
    told = hospital.tells(referral(NOW + 2 * DAY))
    assert Referral.objects.exists()
    assert not Wait.objects.exists()
    assert "framtiden" in str(told)
    hospital.tells(visit(NOW - DAY))
    assert Visit.objects.exists()


def test_only_a_job_hears(cast: Cast, hospital: System) -> None:
    hospital.tells(referral())
    with pytest.raises(NotAllowed):
        ops.hear_contact(
            cast.surgery_nurse,
            person_id=_only(cast).person.id,
            unit_id=cast.units["surgery"].id,
            heard=None,
        )
