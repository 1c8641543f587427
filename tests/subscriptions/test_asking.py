"""A subscription by the API: what comes back, what it may not say, how it ends; and the page of those who look after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from samverka.access.operations import set_county_value
from samverka.config import exchange
from samverka.config.exchange.operating import ROOMS
from samverka.config.invoked.calling import call
from samverka.kernel.actor import Actor
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow, Problem
from samverka.resources.rules.validation import validate
from samverka.subscriptions import operations, reads
from samverka.subscriptions.fhir import codes
from samverka.subscriptions.models import Subscription
from samverka.subscriptions.rules import SubscriptionState, Topic
from samverka.web.exchange import Call, Shown, Wish
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast
from tests.subscriptions.conftest import (
    Receiver,
    Teller,
    asked,
    connected,
    events_of,
    kind_of,
    subscribe,
    write,
)

pytestmark = pytest.mark.django_db

FULL = {"_payload": {"extension": [{"url": codes.CONTENT, "valueCode": "full-resource"}]}}


def read(actor: Actor, made: dict[str, Any]) -> tuple[dict[str, Any], str]:
    shown: Shown = exchange.read(actor, "Subscription", made["id"], lambda _shown: False)
    return msgspec.json.decode(shown.text), shown.version


def put(actor: Actor, sent: dict[str, Any], version: str) -> dict[str, Any]:
    text = msgspec.json.encode(sent)
    made = exchange.update(actor, "Subscription", sent["id"], text, Wish(version=version))
    found: dict[str, Any] = msgspec.json.decode(made.shown.text)
    return found


def ask(actor: Actor, code: str, key: str = "", **given: str) -> dict[str, Any]:
    one = Call(
        "GET",
        kind="Subscription",
        key=key,
        name=f"${code}",
        given=tuple(given.items()),
        base="https://x/fhir/R4",
    )
    answer = call(actor, ROOMS, one)
    found: dict[str, Any] = msgspec.json.decode(answer.body())
    return found


def test_it_is_right_r4_and_says_what_holds(journal: Actor, receiver: Receiver) -> None:
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    assert not validate(made, "Subscription")
    assert made["status"] == "requested"
    [content] = made["channel"]["_payload"]["extension"]
    assert content["valueCode"] == "id-only", "Secrecy by default, and it says so."
    again, _version = read(journal, made)
    assert again == made


def test_an_unchanged_put_leaves_no_version(journal: Actor, receiver: Receiver) -> None:
    secret = {"header": ["Authorization: Bearer hemlig"]}
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url, channel=secret))
    _again, version = read(journal, made)
    assert put(journal, made, version) == made
    assert read(journal, made)[1] == version


def test_it_is_changed_and_keeps_its_secret(
    journal: Actor, receiver: Receiver, teller: Teller
) -> None:
    secret = {"header": ["Authorization: Bearer hemlig"]}
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url, channel=secret))
    _again, version = read(journal, made)
    wanted = {**made, "criteria": Topic.TASK_ASSIGNED.url}
    assert put(journal, wanted, version)["criteria"] == Topic.TASK_ASSIGNED.url
    teller.run()
    assert receiver.headers[-1]["Authorization"] == "Bearer hemlig"


def test_off_ends_it(journal: Actor, receiver: Receiver) -> None:
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    _again, version = read(journal, made)
    assert put(journal, {**made, "status": "off"}, version)["status"] == "off"
    _again, version = read(journal, made)
    with pytest.raises(NotNow):
        put(journal, {**made, "criteria": "Task?status=requested"}, version)


def test_it_is_taken_away(journal: Actor, receiver: Receiver) -> None:
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    exchange.delete(journal, "Subscription", made["id"])
    assert not Subscription.objects.exists()
    with pytest.raises(NotFound):
        read(journal, made)


@pytest.mark.parametrize(
    "more",
    [
        {"channel": {"type": "email"}}, {"criteria": "Task?owner.name=x"}, {"criteria": "https://x/topic"},
        {"status": "active-ish"}, {"status": "off"}, {"contact": [{"value": "x"}]},
        {"channel": {"header": ["Host: x"]}}, {"channel": {"payload": "application/fhir+xml"}},
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(journal: Actor, more: dict[str, Any]) -> None:
    with pytest.raises(Problem):
        subscribe(journal, asked(Topic.PLAN_CHANGED, **more))
    assert not Subscription.objects.exists()


def test_an_address_inside_our_walls_is_refused(journal: Actor) -> None:
    for url in ("http://localhost/x", "http://127.0.0.1:5432/", "http://169.254.169.254/latest"):
        with pytest.raises(Invalid):
            subscribe(journal, asked(Topic.PLAN_CHANGED, url))


def test_a_name_that_leads_inwards_is_not_called(
    cast: Cast, journal: Actor, receiver: Receiver, teller: Teller
) -> None:
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    operations.forbid_host(cast.administrator, name="localhost")
    teller.run()
    assert receiver.got == []
    assert Subscription.objects.get(id=made["id"]).state == SubscriptionState.ERROR


def test_only_one_who_has_been_let_subscribes(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        subscribe(cast.region_nurse, asked(Topic.PLAN_CHANGED))


def test_whole_resources_need_the_countys_word(
    cast: Cast, journal: Actor, plan: Any, receiver: Receiver, teller: Teller
) -> None:
    sent = asked(Topic.PLAN_CHANGED, receiver.url, channel=FULL)
    with pytest.raises(NotAllowed):
        subscribe(journal, sent)
    set_county_value(
        cast.administrator,
        key=Key.SUBSCRIPTION_FULL,
        value=1,
        valid_from=NOW.date(),
        reason="Styrgruppen",
    )
    subscribe(journal, sent)
    teller.run()
    write(cast, plan, "Att sova i egen säng", minutes=1)
    teller.pass_(minutes=1).run()
    told = [one for one in receiver.got if kind_of(one) == "event-notification"][-1]
    assert told["entry"][1]["resource"]["description"] == "Att sova i egen säng"


def test_what_is_anothers_is_not_there(cast: Cast, journal: Actor, receiver: Receiver) -> None:
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    other = connected(cast, "health_centre", "annan")
    with pytest.raises(NotFound):
        read(other, made)
    with pytest.raises(NotFound):
        ask(other, "status", made["id"])
    assert ask(other, "status")["total"] == 0


# ── operations ──


def test_status_and_topics(journal: Actor, receiver: Receiver, teller: Teller) -> None:
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    teller.run()
    found = ask(journal, "status", made["id"])
    assert (found["type"], found["total"]) == ("searchset", 1)
    assert kind_of(found) == "query-status"
    assert ask(journal, "status", status="off")["total"] == 0
    assert [one["fullUrl"] for one in ask(journal, "topics")["entry"]] == [one.url for one in Topic]
    for one in ask(journal, "topics")["entry"]:
        assert not validate(one["resource"], "Basic")


def test_events_are_paged_by_number(
    cast: Cast, journal: Actor, plan: Any, receiver: Receiver, teller: Teller
) -> None:
    made = subscribe(
        journal, asked(criteria=f"CarePlan?subject=Patient/{plan.person_id}", url=receiver.url)
    )
    teller.run()
    for number in range(1, 6):
        write(cast, plan, f"Version {number}", minutes=number)
    teller.pass_(minutes=6).run()
    seen: list[int] = []
    while page := events_of(
        ask(
            journal, "events", made["id"], eventsSinceNumber=str(len(seen) + 1),
            eventsUntilNumber=str(len(seen) + 2),
        )
    ):  # fmt: skip
        seen += [number for number, _focus in page]
    assert seen == [1, 2, 3, 4, 5]
    assert events_of(ask(journal, "events", made["id"], content="empty"))[0] == (1, "")
    with pytest.raises(NotAllowed):
        ask(journal, "events", made["id"], content="full-resource")


def test_a_token_is_for_ones_own_sockets(cast: Cast, journal: Actor, receiver: Receiver) -> None:
    hook = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    with pytest.raises(Invalid):
        ask(journal, "get-ws-binding-token", hook["id"])
    socket = subscribe(journal, asked(Topic.PLAN_CHANGED))
    found = {one["name"] for one in ask(journal, "get-ws-binding-token")["parameter"]}
    assert found == {"token", "expiration", "subscription", "websocket-url"}
    other = connected(cast, "health_centre", "annan")
    with pytest.raises(Invalid):
        ask(other, "get-ws-binding-token", id=socket["id"])


# ── the page ──


def test_the_page_tells_what_stands_still_and_why(
    cast: Cast, journal: Actor, receiver: Receiver, teller: Teller
) -> None:
    receiver.answers[:] = [404]
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    teller.run()
    browser = log_in(cast.administrator)
    text = browser.get("/prenumerationer/").content.decode()
    assert "Mottagaren svarade 404." in text
    assert "En plan har ändrats" in text
    assert "localhost" in text
    answer = browser.post(f"/prenumerationer/{made['id']}/igen/", follow=True)
    assert answer.status_code == 200
    teller.run()
    assert Subscription.objects.get().state == SubscriptionState.ACTIVE
    browser.post(f"/prenumerationer/{made['id']}/avsluta/")
    found = reads.subscription(journal, subscription_id=UUID(made["id"]))
    assert (found.state, str(found.fault)) == ("off", "Avslutad av en administratör.")


def test_the_page_never_tells_whom_it_is_about(
    cast: Cast, journal: Actor, plan: Any, receiver: Receiver
) -> None:
    subscribe(
        journal, asked(criteria=f"CarePlan?subject=Patient/{plan.person_id}", url=receiver.url)
    )
    text = log_in(cast.administrator).get("/prenumerationer/").content.decode()
    assert str(plan.person_id) not in text
    assert log_in(cast.region_nurse).get("/prenumerationer/").status_code == 403


def test_a_server_is_allowed_with_a_reason(cast: Cast) -> None:
    browser = log_in(cast.administrator)
    refused = browser.post("/prenumerationer/servrar/", {"name": "https://x", "reason": "y"})
    assert refused.status_code == 422
    browser.post("/prenumerationer/servrar/", {"name": "Notis.Krokom.se", "reason": "Kommunens"})
    assert [one.name for one in reads.overview(cast.administrator).hosts] == ["notis.krokom.se"]
    browser.post("/prenumerationer/servrar/bort/", {"name": "notis.krokom.se"})
    assert not reads.overview(cast.administrator).hosts
