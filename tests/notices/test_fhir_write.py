"""Tasks of a unit written by FHIR clients: taken, finished, handed over, or told why not."""

from __future__ import annotations

from uuid import UUID

import pytest

from samverka.notices import reads
from samverka.notices.models import Task
from samverka.notices.rules import TaskKind
from tests.factories.cast import Cast
from tests.factories.fhir import FhirClient, told
from tests.notices.conftest import Keep, wanted


@pytest.fixture
def task_id(cast: Cast, keep: Keep) -> UUID:
    """A task that someone at the health centre can finish by hand."""
    about = keep(cast.region_nurse, wanted(cast.region_nurse, kind=TaskKind.CONSENT))
    found: UUID = Task.objects.get(object_id=about).id
    return found


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def status(cast: Cast, task_id: UUID) -> str:
    return reads.task(cast.region_nurse, task_id=task_id).status.value


def test_a_task_is_taken(cast: Cast, nurse: FhirClient, task_id: UUID) -> None:
    answer = nurse.change(f"Task/{task_id}", status="in-progress")
    assert answer.status_code == 200, answer.content
    assert reads.task(cast.region_nurse, task_id=task_id).taken_by == cast.region_nurse.name
    resource, tag = nurse.read(f"Task/{task_id}")
    assert resource["status"] == "in-progress"
    assert nurse.put(resource, tag)["ETag"] == tag


def test_a_task_is_handed_over_with_its_reason(
    cast: Cast, nurse: FhirClient, task_id: UUID
) -> None:
    owner = {"reference": f"Organization/{cast.units['other_centre'].id}"}
    without = nurse.change(f"Task/{task_id}", owner=owner)
    assert without.status_code == 422, without.content
    answer = nurse.change(f"Task/{task_id}", owner=owner, statusReason={"text": "Har flyttat"})
    assert answer.status_code == 200, answer.content
    assert nurse.get(f"Task/{task_id}").status_code == 404
    assert Task.objects.get(id=task_id).unit_id == cast.units["other_centre"].id


def test_who_comes_second_is_told(cast: Cast, nurse: FhirClient, task_id: UUID) -> None:
    resource, tag = nurse.read(f"Task/{task_id}")
    FhirClient(cast.physician).change(f"Task/{task_id}", status="in-progress")
    answer = nurse.put({**resource, "status": "in-progress"}, tag)
    assert answer.status_code == 412
    assert Task.objects.get(id=task_id).taken_by == cast.physician.name


def test_what_no_step_takes_is_told(cast: Cast, nurse: FhirClient, task_id: UUID) -> None:
    assert told(nurse.change(f"Task/{task_id}", status="failed")) == (422, ["Task.status"])
    answer = nurse.change(f"Task/{task_id}", status="in-progress", priority="urgent")
    assert told(answer) == (422, ["Task.priority"])
    assert told(nurse.change(f"Task/{task_id}", owner={"display": "Någon"})) == (
        422,
        ["Task.owner"],
    )
    assert status(cast, task_id) == "open"


def test_other_units_do_not_see_it(cast: Cast, task_id: UUID) -> None:
    for actor in (cast.municipal_nurse, cast.stranger, cast.ward_nurse):
        assert FhirClient(actor).get(f"Task/{task_id}").status_code == 404
