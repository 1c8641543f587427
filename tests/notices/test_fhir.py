"""Tasks on the shelf, as R4. What is not valid R4 the shelf refuses."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from samverka.notices import fhir
from samverka.notices import operations as ops
from samverka.notices.models import Task
from samverka.notices.reads import task_detail, units_of
from samverka.notices.rules import About, TaskKind
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource, Version
from tests.factories.cast import NOW, Cast
from tests.notices.conftest import Keep, only_task, wanted


def published(task_id: UUID) -> dict[str, Any]:
    """The newest text on the shelf."""
    resource = Resource.objects.get(kind="Task", local_id=str(task_id))
    newest = Version.objects.get(resource=resource, number=resource.version)
    found: dict[str, Any] = json.loads(newest.text)
    return found


def test_a_task_says_who_what_about_whom_and_until_when(
    cast: Cast, keep: Keep, karin: PersonDetail
) -> None:
    keep(cast.municipal_nurse, wanted(cast.region_nurse, due_at=NOW + timedelta(days=2)))
    task = only_task()
    made = published(task.id)
    assert (made["status"], made["intent"]) == ("requested", "order")
    assert made["code"]["coding"][0]["code"] == "call"
    assert made["description"] == "svara på kallelsen"
    assert made["for"] == {"reference": f"Patient/{karin.id}"}
    assert made["focus"]["identifier"]["value"] == f"urn:uuid:{task.object_id}"
    assert made["owner"]["display"] == "Krokoms hälsocentral"
    assert made["restriction"]["period"]["end"] == (NOW + timedelta(days=2)).isoformat()
    assert made["authoredOn"] == NOW.isoformat()
    shelf = Resource.objects.get(kind="Task")
    assert (shelf.person_id, shelf.unit_id) == (karin.id, cast.region_nurse.unit_id)
    assert not shelf.published, "a worklist is never open to other care providers"


def test_a_plan_is_pointed_at_as_the_care_plan_on_the_shelf(
    cast: Cast, karin: PersonDetail
) -> None:
    row = Task(
        person_id=karin.id, provider_id=cast.region_nurse.provider_id, object_type="Plan",
        unit_id=cast.region_nurse.unit_id, home_unit_id=cast.region_nurse.unit_id,
        object_id=karin.id, key="words", kind=TaskKind.COMMENT, verb={"words": "läsa"},
        opened_at=NOW,
    )  # fmt: skip
    unit = units_of({row.unit_id})[row.unit_id]
    made = fhir.task(task_detail(row, cast.region_nurse), unit)
    assert made["focus"] == {"reference": f"CarePlan/{karin.id}"}
    assert About("Plan", karin.id, karin.id, "/planer/").object_type == row.object_type


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("take", "in-progress"),
        ("finish", "completed"),
        ("undo", "requested"),
        ("none", "requested"),
    ],
)
def test_each_step_gives_a_new_version(cast: Cast, keep: Keep, step: str, status: str) -> None:
    keep(cast.municipal_nurse, wanted(cast.region_nurse, "stay", TaskKind.STAY))
    task = only_task()
    if step == "take":
        ops.take_task(cast.region_nurse, task_id=task.id)
    elif step != "none":
        ops.finish_task(cast.region_nurse, task_id=task.id)
    if step == "undo":
        ops.undo_task(cast.region_nurse, task_id=task.id)
    assert published(task.id)["status"] == status
    versions = {"take": 2, "finish": 2, "undo": 3, "none": 1}
    assert Version.objects.filter(resource__kind="Task").count() == versions[step]


@pytest.mark.parametrize(("opened", "status"), [(True, "completed"), (False, "cancelled")])
def test_what_ends_by_itself_was_done_only_if_someone_had_opened_it(
    cast: Cast, keep: Keep, opened: bool, status: str
) -> None:
    call = keep(cast.municipal_nurse, wanted(cast.region_nurse))
    if opened:
        ops.note_seen(cast.region_nurse, task_id=only_task().id)
    keep(cast.municipal_nurse, object_id=call)
    assert published(only_task().id)["status"] == status


def test_what_is_withheld_from_the_person_is_marked(cast: Cast, keep: Keep) -> None:
    keep(cast.municipal_nurse, wanted(cast.region_nurse), hidden=True)
    made = published(only_task().id)
    assert made["meta"]["security"][0]["code"] == "NOPATIENT"
    assert Resource.objects.get(kind="Task").not_for_patient
