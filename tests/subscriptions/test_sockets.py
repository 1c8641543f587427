"""Sockets: the real application, bound with a real token, woken by the database's own knock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samverka.config.sockets import PATH, Hub, Message, token_of
from samverka.kernel.actor import Actor
from samverka.subscriptions import jobs, operations
from samverka.subscriptions.models import Subscription
from samverka.subscriptions.rules import Topic
from tests.factories.cast import Cast
from tests.subscriptions.conftest import asked, events_of, kind_of, subscribe, write

pytestmark = pytest.mark.django_db(transaction=True)

LIMIT = 20
"""Seconds after which a test that waits for something has failed; nothing waits so long that goes well."""


class Phone:
    """One end of a socket."""

    def __init__(self, hub: Hub, path: str = PATH) -> None:
        self._in: asyncio.Queue[Message] = asyncio.Queue()
        self._out: asyncio.Queue[Message] = asyncio.Queue()
        scope: Message = {"type": "websocket", "path": path}
        self._in.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(hub(scope, self._in.get, self._out.put))

    async def heard(self) -> Message:
        return await asyncio.wait_for(self._out.get(), LIMIT)

    async def text(self) -> str:
        found = await self.heard()
        assert found["type"] == "websocket.send", found
        return str(found["text"])

    def say(self, text: str) -> None:
        self._in.put_nowait({"type": "websocket.receive", "text": text})

    async def hang_up(self) -> None:
        self._in.put_nowait({"type": "websocket.disconnect"})
        await asyncio.wait_for(self._task, LIMIT)


def played(scene: Callable[[Hub], Awaitable[None]], **given: float) -> None:
    """A scene with a hub of its own, from the beginning of the process to its end."""

    async def whole() -> None:
        hub = Hub(**given)
        hub.start()
        try:
            await scene(hub)
        finally:
            await hub.stop()

    asyncio.run(whole())


def token(actor: Actor) -> str:
    return operations.make_token(replace(actor, at=datetime.now(UTC))).text


def changed(cast: Cast, plan: Any, words: str, **passed: float) -> None:
    write(cast, plan, words, **passed)
    jobs.spread(jobs.teller)


@pytest.fixture
def bound(transactional_db: None, journal: Actor, plan: Any) -> dict[str, Any]:
    return subscribe(journal, asked(criteria=f"CarePlan?subject=Patient/{plan.person_id}"))


def test_it_is_bound_greeted_and_told(
    bound: dict[str, Any], journal: Actor, cast: Cast, plan: Any
) -> None:
    key = token(journal)
    changed(cast, plan, "Före", minutes=1)

    async def scene(hub: Hub) -> None:
        phone = Phone(hub)
        assert (await phone.heard())["type"] == "websocket.accept"
        phone.say(f"bind-with-token {key}")
        assert kind_of(json.loads(await phone.text())) == "handshake"
        first = json.loads(await phone.text())
        assert events_of(first) == [(1, f"CarePlan/{plan.id}")]
        await asyncio.to_thread(_elsewhere, lambda: changed(cast, plan, "Efter", minutes=2))
        assert events_of(json.loads(await phone.text())) == [(2, f"CarePlan/{plan.id}")]
        await phone.hang_up()

    # Longer than the test may take between looks: only the database's knock can wake it.
    played(scene, look_every=LIMIT * 10)
    assert Subscription.objects.get().events == 2


def _elsewhere(work: Callable[[], None]) -> None:
    from django.db import connection

    try:
        work()
    finally:
        connection.close()


def test_r4s_own_way_is_a_ping(
    transactional_db: None, journal: Actor, cast: Cast, plan: Any
) -> None:
    sent = asked(criteria=f"CarePlan?subject=Patient/{plan.person_id}")
    del sent["channel"]["payload"]
    made = subscribe(journal, sent)
    key = token(journal)
    changed(cast, plan, "Nytt", minutes=1)

    async def scene(hub: Hub) -> None:
        phone = Phone(hub)
        await phone.heard()
        phone.say(json.dumps({"type": "bind-with-token", "payload": {"token": key}}))
        assert await phone.text() == f"bound {made['id']}"
        assert await phone.text() == f"ping {made['id']}"
        await phone.hang_up()

    played(scene)


@pytest.mark.parametrize("said", ["bind-with-token fel", "hej", "x" * 9000, '{"type": 1}', "[[[["])
def test_what_is_no_token_closes_it(transactional_db: None, said: str) -> None:
    async def scene(hub: Hub) -> None:
        phone = Phone(hub)
        await phone.heard()
        phone.say(said)
        assert (await phone.heard())["type"] == "websocket.close"

    played(scene)


def test_a_token_runs_out(bound: dict[str, Any], journal: Actor) -> None:
    old = replace(journal, at=datetime.now(UTC) - timedelta(hours=1))
    key = operations.make_token(old).text

    async def scene(hub: Hub) -> None:
        phone = Phone(hub)
        await phone.heard()
        phone.say(f"bind-with-token {key}")
        assert (await phone.heard())["type"] == "websocket.close"

    played(scene)


def test_nobody_holds_a_socket_open_without_binding_it(transactional_db: None) -> None:
    async def scene(hub: Hub) -> None:
        phone = Phone(hub)
        await phone.heard()
        assert (await phone.heard())["type"] == "websocket.close"
        stray = Phone(hub, "/annat")
        assert (await stray.heard())["type"] == "websocket.close"

    played(scene, patience=0.01)


def test_what_is_left_by_a_broken_socket_comes_again_under_its_number(
    bound: dict[str, Any], journal: Actor, cast: Cast, plan: Any
) -> None:
    changed(cast, plan, "Nytt", minutes=1)
    row = Subscription.objects.get()
    taken = operations.take_notice(jobs.teller(), subscription_id=row.id, reach=_reach())
    assert taken is not None  # and the line broke
    later = replace(jobs.teller(), at=datetime.now(UTC) + timedelta(minutes=3))
    again = operations.take_notice(later, subscription_id=row.id, reach=_reach())
    assert again is not None
    assert (taken.number, again.number) == (1, 1)


def _reach() -> Any:
    from samverka.config.subscribing import reach

    return reach()


def test_a_message_is_read_carefully() -> None:
    assert token_of("bind-with-token abc") == "abc"
    assert token_of('bind-with-token "abc"') == "abc"
    assert token_of("bind abc") == ""


def test_topics_come_by_socket_too(
    transactional_db: None, journal: Actor, cast: Cast, plan: Any
) -> None:
    subscribe(journal, asked(Topic.PLAN_CHANGED))
    key = token(journal)
    changed(cast, plan, "Nytt", minutes=1)

    async def scene(hub: Hub) -> None:
        phone = Phone(hub)
        await phone.heard()
        phone.say(f"bind-with-token {key}")
        assert kind_of(json.loads(await phone.text())) == "handshake"
        assert kind_of(json.loads(await phone.text())) == "event-notification"
        await phone.hang_up()

    played(scene)
