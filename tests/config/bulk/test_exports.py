"""Bulk export: what the one who asked may have, in files, also when it was cut off in the middle."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from samverka.careplans import operations as plans
from samverka.careplans.rules import Term
from samverka.config.bulk import exports
from samverka.config.exchange import FHIR
from samverka.config.exchange.operating import ROOMS
from samverka.kernel.actor import Actor, Permission
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, Problem
from samverka.resources.rules import bulk
from samverka.web.exchange import Answer, Call, Gone, ReadOnly, Unreadable
from tests.config.bulk.a_system import NDJSON, System, path_of
from tests.contract.conftest import Story
from tests.factories.cast import NOW

pytestmark = pytest.mark.django_db
BASE = "https://s.example/fhir/R4"
ASYNC = {"prefer": "respond-async"}


def system_at(story: Story) -> Actor:
    """The nurse's place, with the right to take out files."""
    nurse = story.cast.region_nurse
    return replace(nurse, permissions=nurse.permissions | {Permission.EXPORT})


def operate(
    actor: Actor, method: str, name: str, kind: str = "", key: str = "", **more: Any
) -> Answer:
    assert FHIR.operate is not None
    given = tuple(more.pop("given", {}).items())
    call = Call(method, kind, key, name, given=given, base=BASE, headers=more.pop("headers", ASYNC))
    return FHIR.operate(actor, call)


def kick_off(actor: Actor, kind: str = "", key: str = "", **given: str) -> str:
    answer = operate(actor, "GET", "$export", kind, key, given=given)
    assert answer.status == 202
    where = answer.headers["Content-Location"]
    assert where.startswith(f"{BASE}/$export-job/")
    return where.rsplit("/", 1)[-1]


def job(actor: Actor, key: str, method: str = "GET") -> Answer:
    return operate(actor, method, "$export-job", key=key)


def fetched(actor: Actor, export_id: str) -> dict[str, list[Any]]:
    """Type → resources, out of the files that the manifest names."""
    answer = job(actor, export_id)
    assert answer.status == 200
    found: dict[str, list[Any]] = {}
    manifest = json.loads(answer.text)
    assert manifest["requiresAccessToken"] is True
    for one in manifest["output"]:
        file = job(actor, one["url"].removeprefix(f"{BASE}/$export-job/"))
        assert file.content_type == "application/fhir+ndjson"
        lines = [json.loads(line) for line in file.text.splitlines()]
        assert len(lines) == one["count"]
        assert {line["resourceType"] for line in lines} == {one["type"]}
        found.setdefault(one["type"], []).extend(lines)
    return found


def named(found: dict[str, list[Any]]) -> Counter[str]:
    return Counter(f"{kind}/{one['id']}" for kind, all_ in found.items() for one in all_)


def whole(actor: Actor, story: Story) -> set[str]:
    bundle = json.loads(operate(actor, "GET", "$everything", "Patient", str(story.karin.id)).text)
    return {
        one["fullUrl"].removeprefix(f"{BASE}/")
        for one in bundle["entry"]
        if one["search"]["mode"] == "match"
    }


def test_the_files_hold_what_everything_tells(story: Story, folder: Path) -> None:
    actor = system_at(story)
    export_id = kick_off(actor, "Patient")
    going = job(actor, export_id)
    assert (going.status, "Retry-After" in going.headers) == (202, True)
    assert going.headers["X-Progress"] == "0 resources"
    exports.run(ROOMS.text)
    found = named(fetched(actor, export_id))
    assert set(found) >= whole(actor, story)
    assert set(found.values()) == {1}
    assert oct(folder.stat().st_mode)[-3:] == "700"


def test_one_who_has_been_given_a_plan_has_it_as_it_was_given(story: Story, folder: Path) -> None:
    planner = story.cast.municipal_nurse
    actor = replace(planner, permissions=planner.permissions | {Permission.EXPORT})
    hour_later = story.cast.at(story.cast.region_nurse, hours=1)
    plans.withdraw_sharing(hour_later, plan_id=story.plan.id, by="Karin")
    given = ROOMS.text(actor, "CarePlan", str(story.plan.id))
    kinds = "CarePlan,Goal,CareTeam"
    before = export_of(actor, _type=kinds)
    assert [json.dumps(one) for one in before["CarePlan"]] == [json.dumps(json.loads(given))]
    assert len(before["Goal"]) == 2
    later = story.cast.at(story.cast.region_nurse, hours=2)
    plans.add_goal(later, plan_id=story.plan.id, words="Efteråt", term=Term.LONG)
    assert export_of(actor, _type=kinds) == before
    changed = json.loads(given)["meta"]["lastUpdated"]
    for since, there in ((changed, True), (later.at.isoformat(), False)):
        found = export_of(actor, _type=kinds, _since=since)
        assert ("CarePlan" in found) == there


def export_of(actor: Actor, **given: str) -> dict[str, list[Any]]:
    export_id = kick_off(actor, "Patient", **given)
    exports.run(ROOMS.text)
    return fetched(actor, export_id)


def test_types_times_and_filters(story: Story, folder: Path) -> None:
    actor = system_at(story)
    some = kick_off(actor, "Patient", _type="Goal,CareTeam")
    none = kick_off(actor, "Patient", _since="2030-01-01T00:00:00Z")
    title = "Observation?value-quantity=gt61"
    heavy = kick_off(actor, "Patient", _type="Observation", _typeFilter=title)
    exports.run(ROOMS.text)
    assert set(fetched(actor, some)) == {"Goal", "CareTeam"}
    assert fetched(actor, none) == {}
    values = [one["valueQuantity"]["value"] for one in fetched(actor, heavy)["Observation"]]
    assert sorted(values) == [61.8, 62.5]


def test_only_the_one_who_asked_gets_it(story: Story, folder: Path) -> None:
    actor = system_at(story)
    export_id = kick_off(actor, "Patient")
    exports.run(ROOMS.text)
    name = next(one.name for one in (folder / export_id).iterdir())
    others = (
        replace(story.cast.municipal_nurse, permissions=actor.permissions),
        replace(actor, assignment_id=uuid4()),
    )
    for other in others:
        for key in (export_id, f"{export_id}/{name}"):
            with pytest.raises(NotFound):
                job(other, key)
        with pytest.raises(NotFound):
            job(other, export_id, "DELETE")
    assert job(actor, f"{export_id}/{name}").status == 200
    for key in (f"{export_id}/../x", f"{export_id}/Patient.9.ndjson", "x", str(uuid4())):
        with pytest.raises(NotFound):
            job(actor, key)


def test_one_without_the_right_may_not_begin(story: Story, folder: Path) -> None:
    with pytest.raises(NotAllowed):
        kick_off(story.cast.region_nurse, "Patient")


def test_what_is_read_later_passes_the_gate_of_then(story: Story, folder: Path) -> None:
    """The assignment ends between the asking and the reading: nothing is written."""
    actor = system_at(story)
    export_id = kick_off(actor, "Patient")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisations_assignment SET until = %s WHERE id = %s",
            [NOW - timedelta(hours=1), actor.assignment_id],
        )
    exports.run(ROOMS.text)
    with pytest.raises(Gone):
        job(actor, export_id)
    assert not (folder / export_id).exists()


def test_a_stranger_of_the_same_right_gets_empty_files(story: Story, folder: Path) -> None:
    stranger = story.cast.stranger
    actor = replace(stranger, permissions=stranger.permissions | {Permission.EXPORT})
    export_id = kick_off(actor, "Patient")
    exports.run(ROOMS.text)
    assert fetched(actor, export_id) == {}


class Killed(BaseException):
    """The process is gone."""


def test_what_was_cut_off_goes_on_where_it_was(
    story: Story, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PIECE", 3)
    actor = system_at(story)
    export_id = kick_off(actor, "Patient")
    pieces, read = 0, exports.read_piece

    def dying(*given: Any) -> Any:
        nonlocal pieces
        pieces += 1
        if pieces == 4:
            raise Killed
        return read(*given)

    monkeypatch.setattr(exports, "read_piece", dying)
    with pytest.raises(Killed):
        exports.run(ROOMS.text)
    for file in (folder / export_id).iterdir():  # half a line was on its way to the disk
        with file.open("ab") as out:
            out.write(b'{"resourceType":"Pat')
    monkeypatch.setattr(exports, "read_piece", read)
    assert job(actor, export_id).status == 202
    exports.run(ROOMS.text)
    found = named(fetched(actor, export_id))
    assert set(found) >= whole(actor, story)
    assert set(found.values()) == {1}


def test_a_file_that_is_full_is_followed_by_another(
    story: Story, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "FILE_BYTES", 1)
    monkeypatch.setattr(exports, "PIECE", 2)
    actor = system_at(story)
    export_id = kick_off(actor, "Patient", _type="Observation")
    exports.run(ROOMS.text)
    assert len(list((folder / export_id).iterdir())) > 1
    assert len(fetched(actor, export_id)["Observation"]) == 4


def test_what_is_taken_back_is_gone_and_what_is_old_is_thrown(story: Story, folder: Path) -> None:
    actor = system_at(story)
    first, second = kick_off(actor, "Patient"), kick_off(actor, "Patient")
    assert job(actor, first, "DELETE").status == 202
    exports.run(ROOMS.text)
    with pytest.raises(Gone):
        job(actor, first)
    assert job(actor, second).status == 200
    assert (folder / second).exists()
    with time_machine.travel(NOW + bulk.KEPT_FOR + timedelta(minutes=1), tick=False):
        exports.run(ROOMS.text)
    for one in (first, second):
        with pytest.raises(NotFound):
            job(actor, one)
    assert not (folder / second).exists()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"_outputFormat": "text/csv"}, Invalid),
        ({"_type": "Nothing"}, Invalid),
        ({"_since": "yesterday"}, Invalid),
        ({"_typeFilter": "Observation"}, Invalid),
        ({"_typeFilter": "Nothing?x=1"}, Invalid),
        ({"_typeFilter": "Observation?nothing=1"}, Invalid),
        ({"_typeFilter": "Observation?subject:Patient.name=x"}, Invalid),
        ({"includeAssociatedData": "x"}, Invalid),
    ],
)
def test_what_is_not_understood_is_refused_before_it_begins(
    story: Story, given: dict[str, str], problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        kick_off(system_at(story), "Patient", **given)


def test_it_must_be_asked_for_as_work_in_the_background(story: Story) -> None:
    with pytest.raises(Unreadable):
        operate(system_at(story), "GET", "$export", "Patient", headers={})
    with pytest.raises(ReadOnly):
        job(system_at(story), str(uuid4()), "PUT")


def test_a_system_by_its_own_token(story: Story, folder: Path) -> None:
    """Asked for, followed and fetched over HTTP; the files hold what the same token reads, and no other gets them."""
    system, other = System(story.cast), System(story.cast)
    begun = system.get("Patient/$export?_type=Patient,Observation,CarePlan")
    assert begun.status_code == 202, begun.content
    where = begun["Content-Location"]
    assert system.get(where).status_code == 202
    exports.run(ROOMS.text)
    found: dict[str, list[Any]] = {}
    for one in system.manifest(where)["output"]:
        file = system.get(one["url"])
        assert (file.status_code, file["Content-Type"]) == (200, NDJSON)
        found[one["type"]] = [json.loads(line) for line in file.content.splitlines()]
        assert other.get(one["url"]).status_code == 404
    assert [one["id"] for one in found["Patient"]] == [str(story.karin.id)]
    assert len(found["Observation"]) == 4
    for one in found["Observation"]:
        assert system.get(f"Observation/{one['id']}").json() == one
    narrow = System(story.cast, "system/Observation.rs")
    begun = narrow.get("Patient/$export")
    exports.run(ROOMS.text)
    assert {one["type"] for one in narrow.manifest(begun["Content-Location"])["output"]} == {
        "Observation"
    }
    assert system.client.delete(path_of(where), headers=system.headers).status_code == 202
    assert system.get(where).status_code == 410
