"""Scopes with conditions let through exactly what fits, through every way out and in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from samverka.access.rules import ConsentForm, RelationKind
from samverka.careplans import operations as plans
from samverka.careplans.rules import PlanKind, Term
from samverka.config.bulk import exports
from samverka.config.exchange.operating import ROOMS
from samverka.config.subscribing import reach
from samverka.connections.reads import actor_of_token
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Problem
from tests.connections.letting import bearer, make_client, make_token
from tests.factories.cast import NOW, Cast, make_person, relate
from tests.factories.fhir import FhirClient
from tests.leaks.exits import Asker, words_in

pytestmark = pytest.mark.django_db

CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
VITAL, LAB = f"category={CATEGORY}|vital-signs", f"category={CATEGORY}|laboratory"

PULSE, BLOOD, MOVED, BACK, ILL, SOON, LATE = every = tuple(
    f"ord{name}slut" for name in ("puls", "blod", "flyttad", "tillbaka", "sjuk", "snart", "sen")
)
OLD_MOVED, OLD_BACK = "ordflyttadinnan", "ordtillbakainnan"
WORDS = (*every, OLD_MOVED, OLD_BACK)


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class World:
    """Karin: measurements of two sorts, one that has changed sort and one that has changed back, an illness, a plan with two goals."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.nurse = cast, cast.region_nurse
        self.karin = make_person(self.nurse)
        self.client = FhirClient(self.nurse)
        self.ids = {
            PULSE: self.kept(self.measured(PULSE, "vital-signs")),
            BLOOD: self.kept(self.measured(BLOOD, "laboratory")),
            MOVED: self.kept(self.measured(OLD_MOVED, "vital-signs")),
            BACK: self.kept(self.measured(OLD_BACK, "laboratory")),
        }
        self.write(self.measured(MOVED, "laboratory"), self.ids[MOVED])
        self.write(self.measured(BACK, "vital-signs"), self.ids[BACK])
        evidence = [{"detail": [{"reference": one}]} for one in self.ids.values()]
        ill = {"resourceType": "Condition", "code": {"text": ILL}, "evidence": evidence}
        self.ids[ILL] = self.kept(ill | {"subject": self.about})
        self.plan = plans.start_plan(
            self.nurse, person_id=self.karin.id, kind=PlanKind.SIP, title="Planen", what_matters="Hemma"
        )  # fmt: skip
        for words, when in ((SOON, date(2026, 12, 1)), (LATE, date(2027, 6, 1))):
            made = plans.add_goal(
                self.nurse, plan_id=self.plan.id, words=words, term=Term.LONG, reach_by=when
            )
            self.ids[words] = f"Goal/{max(made.goals, key=lambda one: one.place).id}"

    @property
    def about(self) -> dict[str, str]:
        return {"reference": f"Patient/{self.karin.id}"}

    def measured(self, said: str, sort: str) -> dict[str, Any]:
        category = {"coding": [{"system": CATEGORY, "code": sort}]}
        return {
            "resourceType": "Observation", "status": "final", "code": {"text": said},
            "category": [category], "subject": self.about,
        }  # fmt: skip

    def kept(self, resource: dict[str, Any]) -> str:
        made = json.loads(self.client.post(resource).content)
        return f"{made['resourceType']}/{made['id']}"

    def write(self, resource: dict[str, Any], at: str) -> None:
        answer = self.client.put({**resource, "id": at.split("/")[1]})
        assert answer.status_code == 200, answer.content

    def token(self, scopes: str, reader: Actor | None = None) -> str:
        """An app's; where a scope is about a patient, it was opened for Karin."""
        reader = reader or self.nurse
        app = make_client(reader.unit_id, scopes=scopes)
        person = self.karin.id if "patient/" in scopes else None
        return make_token(app, reader, scopes, person_id=person)

    def asker(self, scopes: str, reader: Actor | None = None) -> Asker:
        return Asker(Client(), bearer(self.token(scopes, reader)))

    def ways_out(self) -> list[str]:
        """Every way that something can be told by, asked for outright."""
        at = f"/Patient/{self.karin.id}"
        found = [
            "/_history",
            f"{at}/*",
            f"{at}/$everything",
            "/CarePlan?_include=CarePlan:goal",
            "/Condition?_include=Condition:evidence-detail",
            "/Observation?_revinclude=Condition:evidence-detail",
            f"/Patient?_id={self.karin.id}&_revinclude=Observation:patient&_revinclude=Goal:patient",
        ]
        for kind in ("Observation", "Condition", "Goal"):
            found += [
                f"/{kind}?patient={self.karin.id}&_sort=-_lastUpdated&_count=2",
                f"/{kind}/_history",
            ]
        for one in self.ids.values():
            found += [f"/{one}", f"/{one}/_history", f"/{one}/_history/1"]
        return found  # fmt: skip


@pytest.fixture
def world(laid_county: Cast) -> World:
    return World(laid_county)


NOW_VITAL, NOW_LAB = {PULSE, BACK}, {BLOOD, MOVED}
"""A resource fits by what it says now; of its former versions those that fit too."""

TABLE: list[tuple[str, set[str]]] = [
    (f"user/Observation.rs?{VITAL}", NOW_VITAL),
    (f"patient/Observation.rs?{VITAL}", NOW_VITAL),
    (f"user/Observation.rs?{VITAL} user/Observation.rs?{LAB}", NOW_VITAL | NOW_LAB | {OLD_MOVED, OLD_BACK}),
    (f"user/Observation.rs?{VITAL}&status=amended", set()),
    (f"user/Observation.rs?{VITAL}&status:not=amended", NOW_VITAL),
    (f"user/Observation.rs?category:missing=false&{LAB} user/Condition.rs", NOW_LAB | {ILL}),
    (f"user/Observation.rs?{VITAL} user/Condition.rs?code:text=ordan", NOW_VITAL),
    ("user/Goal.rs?target-date=lt2027-01-01", {SOON}),
    ("patient/Goal.rs?target-date=ge2027-01-01 user/CarePlan.rs?category:missing=false", {LATE}),
    (f"user/Observation.rs?patient=Patient/00000000-0000-0000-0000-000000000001 user/Goal.rs?{VITAL}", set()),
]  # fmt: skip


def test_what_fits_is_told_and_nothing_else(world: World) -> None:
    for scopes, fits in TABLE:
        asker = world.asker(scopes)
        for path in world.ways_out():
            asker.ask("GET", path)
        told = words_in(asker.sent, WORDS)
        assert told.keys() == fits, (scopes, told)


def test_each_way_out_by_itself_tells_all_that_fits(world: World) -> None:
    asker = world.asker(
        f"patient/Observation.rs?{VITAL} user/Goal.rs?target-date=lt2027-01-01 user/Patient.rs user/Condition.rs"
    )
    at, person = f"/Patient/{world.karin.id}", world.karin.id
    vital = f"/Observation?patient={person}"
    for path, wanted in {
        "/Observation": NOW_VITAL, vital: NOW_VITAL, f"{at}/Observation": NOW_VITAL,
        "/Observation/_history": NOW_VITAL, f"{at}/*": NOW_VITAL | {SOON, ILL}, f"{at}/$everything": NOW_VITAL | {SOON, ILL},
        "/Goal": {SOON}, f"/{world.ids[PULSE]}": {PULSE}, f"/{world.ids[SOON]}": {SOON},
        f"/{world.ids[BACK]}/_history": {BACK},
    }.items():  # fmt: skip
        told = words_in([asker.ask("GET", path)], WORDS)
        assert told.keys() == wanted, (path, told)
    counts = {
        f"{vital}&_summary=count": 2, "/Goal?_count=0": 1, "/Observation?_total=accurate&_count=1": 2,
        "/Observation?_has:Condition:evidence-detail:code:text=ordsjuk": 2,
        "/Condition?evidence-detail:Observation.code:text=ordpuls": 1,
        "/Condition?evidence-detail:Observation.code:text=ordblod": 0,
    }  # fmt: skip
    for path, number in counts.items():
        assert asker.ask("GET", path).told["total"] == number, path


def test_what_does_not_fit_is_answered_as_what_is_not_there(world: World) -> None:
    asker = world.asker(f"user/Observation.cruds?{VITAL} user/Goal.cruds?target-date=lt2027-01-01")
    for said in (BLOOD, LATE):
        kind = world.ids[said].split("/")[0]
        nothing = f"{kind}/00000000-0000-4000-8000-000000000000"
        sent = (
            world.measured("x", "vital-signs") if kind == "Observation" else {"resourceType": kind}
        )
        for method in ("GET", "DELETE", "PUT"):
            there, gone = (
                asker.ask(method, f"/{at}", {**sent, "id": at.split("/")[1]} if method == "PUT" else None,
                          **({} if method == "GET" else {"If-Match": 'W/"1"'}))
                for at in (world.ids[said], nothing)
            )  # fmt: skip
            assert there.status == gone.status, (there.what, there.body, gone.body)


def test_what_is_written_must_fit_before_and_after(world: World) -> None:
    asker = world.asker(f"user/Observation.crud?{VITAL}")
    assert asker.ask("POST", "/Observation", world.measured("ny", "laboratory")).status == 403
    assert asker.ask("POST", "/Observation", world.measured("ny", "vital-signs")).status == 201
    at = world.ids[PULSE]
    wrong = world.measured("ny", "laboratory") | {"id": at.split("/")[1]}
    assert asker.ask("PUT", f"/{at}", wrong).status == 403
    assert (
        asker.ask(
            "PUT", f"/{at}", world.measured("ny", "vital-signs") | {"id": at.split("/")[1]}
        ).status
        == 200
    )
    entry = {
        "resource": world.measured("ny", "laboratory"),
        "request": {"method": "POST", "url": "Observation"},
    }
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
    assert asker.ask("POST", "", bundle).status == 403
    assert asker.ask("DELETE", f"/{world.ids[BLOOD]}").status == 404
    assert asker.ask("DELETE", f"/{at}").status == 204  # fmt: skip


def test_a_rooms_operation_is_undone_where_its_result_does_not_fit(world: World) -> None:
    asker = world.asker("user/Goal.cruds?target-date=lt2027-01-01")
    read, tag = world.client.read(world.ids[SOON])
    later = {**read, "target": [{"dueDate": "2028-01-01"}]}
    assert asker.ask("PUT", f"/{world.ids[SOON]}", later, **{"If-Match": tag}).status == 403
    assert world.client.read(world.ids[SOON])[1] == tag
    sooner = {**read, "target": [{"dueDate": "2026-11-30"}]}
    assert asker.ask("PUT", f"/{world.ids[SOON]}", sooner, **{"If-Match": tag}).status == 200


def test_a_plan_is_held_against_them_as_it_was_given(world: World) -> None:
    """The shelf's newest goal fits, the one that was given did not, and the other way round."""
    nurse, assessor = world.nurse, world.cast.needs_assessor
    relate(assessor, world.karin, RelationKind.INVESTIGATION)
    yes = plans.ConsentGiven(given_by="Karin", form=ConsentForm.ORAL)
    units = [world.cast.units["assessment"].id]
    plans.share_plan(nurse, plan_id=world.plan.id, unit_ids=units, consent=yes)
    plans.withdraw_sharing(nurse, plan_id=world.plan.id, by="Karin")
    for said, when in ((SOON, "2027-06-01"), (LATE, "2026-12-01")):
        read, tag = world.client.read(world.ids[said])
        assert world.client.put({**read, "target": [{"dueDate": when}]}, tag).status_code == 200
    for scopes, wanted in {
        "user/Goal.rs?target-date=lt2027-01-01": {SOON},
        "user/Goal.rs?target-date=ge2027-01-01": {LATE},
        "user/Observation.rs user/Patient.rs": set(),
        "user/Goal.rs": {SOON, LATE},
    }.items():
        asker = world.asker(scopes, assessor)
        for path in world.ways_out():
            asker.ask("GET", path)
        asker.ask("GET", f"/Patient?_id={world.karin.id}&_revinclude=CarePlan:subject&_revinclude=Goal:subject")  # fmt: skip
        assert words_in(asker.sent, WORDS).keys() == wanted, scopes


def test_a_subscriber_hears_only_of_what_fits(world: World) -> None:
    token = world.token(f"user/Observation.rs?{VITAL} user/Goal.rs?target-date=lt2027-01-01")
    actor = actor_of_token(token, at=NOW, request_id="r")
    heard = set()
    for said, at in world.ids.items():
        kind, _slash, key = at.partition("/")
        try:
            reach().look(actor.asking(kind, "r"), kind, key)
            heard.add(said)
        except Problem:
            continue
    assert heard == {PULSE, BACK, SOON}


def test_an_export_holds_only_what_fits(world: World, settings: Any, tmp_path: Any) -> None:
    settings.SAMVERKA_BULK = tmp_path
    scopes = f"system/Observation.rs?{VITAL}"
    system = make_client(world.nurse.unit_id, kind="backend", roles=["integration"], scopes=scopes)
    asker = Asker(Client(), bearer(make_token(system, None, scopes)))
    begun = asker.ask("GET", "/$export?_type=Observation", None, Prefer="respond-async")
    assert begun.status == 202, begun.body
    exports.run(ROOMS.text)
    files = "".join(one.read_text() for one in tmp_path.rglob("*.ndjson"))
    assert {one for one in WORDS if one in files} == NOW_VITAL
