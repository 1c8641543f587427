"""The cast of the room: a system at the health centre that is told, Karin, her plan, and a receiver that listens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import msgspec
import pytest
from django.conf import settings

from samverka.access.models import Account
from samverka.access.roles import Role
from samverka.access.rules import ConsentForm, RelationKind
from samverka.careplans import operations as plans
from samverka.careplans import reads as plan_reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, Section, Term
from samverka.config import exchange
from samverka.config.subscribing import reach
from samverka.kernel.actor import Actor
from samverka.organisations import operations as organisations
from samverka.organisations.reads import staff_actor
from samverka.people.reads import PersonDetail
from samverka.subscriptions import jobs, operations
from samverka.subscriptions.jobs.posting import post
from samverka.subscriptions.reads import Reach
from samverka.subscriptions.rules import Topic
from tests.factories import cast as people
from tests.factories.cast import NOW, Cast, relate


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    """The county."""
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """A person of the health centre, whom the home health care also knows."""
    person = people.make_person(cast.region_nurse, identity=people.KARINS_NUMBER)
    people.relate(cast.municipal_nurse, person)
    return person


def connected(cast: Cast, unit: str, name: str = "system") -> Actor:
    """The assignment of another system at a unit: it reads as care does, and is told."""
    builder = people.system(NOW - timedelta(days=30))
    account = Account.objects.create_user(f"{name}-{unit}", name=f"Systemet {name}")
    staff = organisations.register_staff(
        builder, given_name="Systemet", family_name=name, account_id=account.id
    )
    assignment = organisations.give_assignment(
        builder,
        staff_id=staff.id,
        unit_id=cast.units[unit].id,
        profession="System",
        roles=(Role.CARE, Role.CONNECTED),
    )
    return staff_actor(assignment, account.id, NOW)


@pytest.fixture
def journal(cast: Cast) -> Actor:
    """The health centre's record system."""
    return connected(cast, "health_centre", "journal")


@pytest.fixture
def omsorg(cast: Cast) -> Actor:
    """The system of the municipality's needs assessment."""
    return connected(cast, "assessment", "omsorg")


@pytest.fixture
def plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    """Karin's SIP, with a goal and what the law asks for."""
    relate(cast.needs_assessor, karin, RelationKind.INVESTIGATION)
    nurse = cast.region_nurse
    made = plans.start_plan(
        nurse, person_id=karin.id, kind=PlanKind.SIP, title="Karins plan", what_matters="Hemma"
    )
    plans.add_goal(nurse, plan_id=made.id, words="Gå till affären själv", term=Term.SHORT)
    plans.add_activity(
        nurse,
        plan_id=made.id,
        what="Läkemedelsgenomgång",
        owner=plans.Owner(unit_id=cast.units["health_centre"].id),
        due_on=NOW.date() + timedelta(days=10),
    )
    plans.set_no_others(nurse, plan_id=made.id, nobody=True)
    plans.set_follow_up(nurse, plan_id=made.id, day=NOW.date() + timedelta(days=90))
    region = cast.units["health_centre"].organisation_id
    return plans.set_responsible(nurse, plan_id=made.id, organisation_id=region)


def share(cast: Cast, plan: PlanDetail) -> PlanDetail:
    """Given to the needs assessment on Karin's consent."""
    return plans.share_plan(
        cast.region_nurse,
        plan_id=plan.id,
        unit_ids=[cast.units["assessment"].id],
        consent=plans.ConsentGiven(given_by="Karin Åström", form=ConsentForm.ORAL),
    )


def write(cast: Cast, plan: PlanDetail, words: str, **passed: float) -> PlanDetail:
    """One new version of the plan."""
    nurse = cast.at(cast.region_nurse, **passed)
    now = plan_reads.plan(nurse, plan_id=plan.id)
    return plans.write_section(
        nurse, plan_id=plan.id, section=Section.WHAT_MATTERS, text=words, version=now.version
    )


def asked(topic: Topic | None = None, url: str = "", **more: Any) -> dict[str, Any]:
    """A Subscription as a client sends it."""
    criteria = more.pop("criteria", topic.url if topic else "")
    channel = {"type": "rest-hook", "endpoint": url, "payload": "application/fhir+json"}
    if not url:
        channel = {"type": "websocket", "payload": "application/fhir+json"}
    return {
        "resourceType": "Subscription",
        "status": "requested",
        "reason": "Hålla journalen aktuell",
        "criteria": criteria,
        "channel": channel | more.pop("channel", {}),
        **more,
    }


def subscribe(actor: Actor, sent: dict[str, Any]) -> dict[str, Any]:
    """Made by the API; what comes back."""
    made = exchange.create(actor, "Subscription", msgspec.json.encode(sent))
    found: dict[str, Any] = msgspec.json.decode(made.shown.text)
    return found


@dataclass
class Receiver:
    """A server that keeps what it is sent, and answers what it is told to."""

    url: str
    answers: list[int]
    got: list[dict[str, Any]]
    headers: list[dict[str, str]]
    bodies: list[bytes]

    @property
    def events(self) -> list[tuple[int, str]]:
        """Numbers and foci of what was told, in order."""
        return [one for bundle in self.got for one in events_of(bundle)]


def parameters(bundle: dict[str, Any]) -> dict[str, Any]:
    """The status at the head of a notification, by name."""
    found = {}
    for one in bundle["entry"][0]["resource"]["parameter"]:
        found[one["name"]] = next((v for k, v in one.items() if k != "name"), None)
    return found


def kind_of(bundle: dict[str, Any]) -> str:
    """Why it was sent."""
    return str(parameters(bundle)["type"])


def events_of(bundle: dict[str, Any]) -> list[tuple[int, str]]:
    """The events in one notification."""
    found = []
    for one in bundle["entry"][0]["resource"]["parameter"]:
        if one["name"] == "notification-event":
            parts = {each["name"]: each for each in one["part"]}
            focus = parts.get("focus", {}).get("valueReference", {}).get("reference", "")
            found.append((int(parts["event-number"]["valueString"]), focus.partition("/R4/")[2]))
    return found


@pytest.fixture
def receiver(cast: Cast) -> Iterator[Receiver]:
    """A receiver in a thread of its own, on a server that an administrator has allowed."""
    operations.allow_host(cast.administrator, name="localhost", reason="Testernas egen")
    kept = Receiver("", [], [], [], [])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = kept.answers.pop(0) if kept.answers else 200
            if status in range(200, 300):
                kept.bodies.append(body)
                kept.headers.append(dict(self.headers))
                if body:
                    kept.got.append(msgspec.json.decode(body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    kept.url = f"http://localhost:{server.server_address[1]}/take"
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _open_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    """The receiver of the tests speaks http, as the demo's may."""
    monkeypatch.setattr(settings, "DEMO", True)


@dataclass
class Teller:
    """The house's clock, in the test's hands."""

    reach: Reach
    at: Any = NOW

    def actor(self) -> Actor:
        return replace(jobs.teller(), at=self.at)

    def pass_(self, **time: float) -> Teller:
        self.at += timedelta(**time)
        return self

    def run(self) -> None:
        """One look of the clock: spread, greet, tell, show life."""
        jobs.spread(self.actor)
        jobs.greet(self.reach, self.actor, post)
        jobs.tell(self.reach, self.actor, post)
        jobs.live(self.reach, self.actor, post)


@pytest.fixture
def teller() -> Teller:
    """The clock stands where the county stands until the test moves it."""
    return Teller(reach())
