"""Sockets for subscribers: one small ASGI application, beside the pages.

A subscriber that has no server of its own opens a socket, binds it with a token from `$get-ws-binding-token`, and is
told there. The database's knocks wake it; what is told and to whom is decided by the same operations as for web hooks.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import django
import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverka.config.settings")
django.setup()

from django.db import close_old_connections, connection  # noqa: E402 (Django must stand first)

from samverka.config.knocks import place  # noqa: E402
from samverka.config.subscribing import reach  # noqa: E402
from samverka.kernel.problems import Problem  # noqa: E402
from samverka.subscriptions import fhir, operations  # noqa: E402
from samverka.subscriptions.fhir import Bell  # noqa: E402
from samverka.subscriptions.jobs import teller  # noqa: E402
from samverka.subscriptions.operations import Parcel  # noqa: E402
from samverka.subscriptions.reads import SubscriptionDetail  # noqa: E402
from samverka.subscriptions.rules import Channel  # noqa: E402

T = TypeVar("T")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/fhir/ws"
LONGEST = 8_000
"""Letters in a message to us: a token and a word."""

PATIENCE = 30.0
"""Seconds that a socket may be open before it is bound."""

LOOK_EVERY = 15.0
"""Seconds between looks without a knock: signs of life, and what was left by one who fell."""

MOST = 100
"""Subscriptions on one socket."""

_POLICY = 1008

log = logging.getLogger("samverka.sockets")


class Hub:
    """All sockets of this process, and the one thread in which the database is asked."""

    def __init__(self, *, patience: float = PATIENCE, look_every: float = LOOK_EVERY) -> None:
        self.patience, self.look_every = patience, look_every
        self._bells: dict[UUID, set[asyncio.Event]] = {}
        self._pool: ThreadPoolExecutor | None = None
        self._listener: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """ASGI: the process begins and ends, a socket, or something that has no place here."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket" and scope["path"] == PATH:
            await Socket(self, receive, send).run()
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY})
        else:
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def start(self) -> None:
        """Begin to listen for knocks."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="sockets")
            self._listener = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """End, and leave no connection open."""
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener
        if self._pool is not None:
            await asyncio.get_running_loop().run_in_executor(self._pool, _let_go)
            self._pool.shutdown()
        self._pool = self._listener = None

    async def asked(self, work: Callable[[], T]) -> T:
        """Something of the database, in its own thread."""
        self.start()  # a server that tells nothing of its own life
        assert self._pool is not None

        def fresh() -> T:
            close_old_connections()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._pool, fresh)

    def hear(self, subscription_id: UUID, bell: asyncio.Event) -> None:
        """Ring when the subscription has something to tell."""
        self._bells.setdefault(subscription_id, set()).add(bell)

    def leave(self, bell: asyncio.Event) -> None:
        """Ring no more."""
        for bells in self._bells.values():
            bells.discard(bell)
        self._bells = {one: bells for one, bells in self._bells.items() if bells}

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **place(), autocommit=True
                ) as link:
                    await link.execute(f"LISTEN {operations.WAITING}".encode())
                    self._ring_all()
                    async for knock in link.notifies():
                        self._ring(knock.payload)
            except psycopg.Error as fault:
                log.warning("the database does not knock: %s", type(fault).__name__)
                await asyncio.sleep(self.look_every)

    def _ring(self, payload: str) -> None:
        with suppress(ValueError):
            for bell in self._bells.get(UUID(payload), ()):
                bell.set()

    def _ring_all(self) -> None:
        for bells in self._bells.values():
            for bell in bells:
                bell.set()


class Socket:
    """One open socket and the subscriptions that it is bound to."""

    def __init__(self, hub: Hub, receive: Receive, send: Send) -> None:
        self._hub, self._receive, self._send = hub, receive, send
        self._bound: list[UUID] = []
        self._bell = asyncio.Event()

    async def run(self) -> None:
        """From opening to closing."""
        await self._receive()  # websocket.connect
        await self._send({"type": "websocket.accept"})
        telling = asyncio.create_task(self._tell())
        try:
            await self._read()
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
            self._hub.leave(self._bell)

    async def _read(self) -> None:
        while True:
            patience = None if self._bound else self._hub.patience
            try:
                message = await asyncio.wait_for(self._receive(), patience)
            except TimeoutError:
                return await self._close()
            if message["type"] == "websocket.disconnect":
                return None
            token = token_of(message.get("text") or "")
            if not token or not await self._bind(token):
                return await self._close()

    async def _close(self) -> None:
        await self._send({"type": "websocket.close", "code": _POLICY})

    async def _bind(self, token: str) -> bool:
        try:
            found = await self._hub.asked(
                lambda: operations.bind_socket(teller(), token=token, reach=reach())
            )
        except Problem:
            return False
        if not found or len(self._bound) + len(found) > MOST:
            return False
        for one in found:
            await self._text(_greeting(one))
            if one.id not in self._bound:
                self._bound.append(one.id)
            self._hub.hear(one.id, self._bell)
        self._bell.set()
        return True

    async def _text(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    async def _tell(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), self._hub.look_every)
            self._bell.clear()
            for one in list(self._bound):
                try:
                    await self._tell_one(one)
                except Exception as fault:  # the next look tries again; its words can name someone
                    log.error("telling failed: %s", type(fault).__name__)

    async def _tell_one(self, one: UUID) -> None:
        while parcel := await self._hub.asked(
            lambda: operations.take_notice(teller(), subscription_id=one, reach=reach())
        ):
            await self._text(_said(parcel))
            await self._hub.asked(partial(_note_sent, parcel))
        beat = await self._hub.asked(
            lambda: operations.take_heartbeat(
                teller(), reach=reach(), channel=Channel.WEBSOCKET, subscription_id=one
            )
        )
        if beat is not None:
            await self._text(_said(beat))


def _let_go() -> None:
    connection.close()  # that thread's own


def _note_sent(parcel: Parcel) -> None:
    assert parcel.notice_id is not None
    operations.note_sent(teller(), notice_id=parcel.notice_id)


def token_of(text: str) -> str:
    """The token in a message: `bind-with-token …`, or the same as JSON; "" for anything else."""
    if len(text) > LONGEST:
        return ""
    word, _space, rest = text.strip().partition(" ")
    if word == "bind-with-token":
        return rest.strip().strip('"')
    try:
        said = json.loads(text)
        if said["type"] == "bind-with-token":
            return str(said["payload"]["token"])
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return ""


def _greeting(one: SubscriptionDetail) -> str:
    """R4's own word, or the backport's handshake."""
    if one.topic is None and not one.media:
        return f"bound {one.id}"
    at = teller().at
    return fhir.notification(one, Bell.HANDSHAKE, at=at, base=reach().base).decode()


def _said(parcel: Parcel) -> str:
    """R4's own ping where nothing else is wanted, else the notification."""
    return f"ping {parcel.subscription_id}" if not parcel.body else parcel.body.decode()


application = Hub()
