"""What the clock and the database's knocks drive: receivers are greeted, told and shown a sign of life."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import connection

from samverka.access.jobs import clock_actor, unstopped
from samverka.kernel.actor import Actor
from samverka.subscriptions import operations
from samverka.subscriptions.jobs.posting import post
from samverka.subscriptions.operations import Failure, Parcel
from samverka.subscriptions.reads import Reach
from samverka.subscriptions.rules import Channel

TELLER = UUID("a2f0d0c4-0c4e-5a33-9b41-7d5f4c1f7a09")
"""Who tells subscribers, in the trail."""

WORKERS = 4
"""Receivers told at the same time: one that is slow does not hold up the others."""

MOST_AT_ONCE = 200
"""Notices to one receiver before the others get their turn."""

log = logging.getLogger("samverka.subscriptions")

Clock = Callable[[], Actor]
Send = Callable[[Parcel], Failure | None]


def teller() -> Actor:
    """The one who tells, now."""
    return clock_actor(TELLER)


def run(reach: Reach) -> None:
    """Do all that there is to do now. One part that fails does not stop the others."""
    unstopped("spread", lambda: spread(teller), log)
    unstopped("greet", lambda: greet(reach, teller, post), log)
    unstopped("tell", lambda: tell(reach, teller, post, workers=WORKERS), log)
    unstopped("live", lambda: live(reach, teller, post), log)
    unstopped("sweep", lambda: operations.sweep(teller()), log)


def spread(clock: Clock) -> int:
    """Make notices of all that has happened; returns how many things."""
    done = 0
    while found := operations.spread(clock()):
        done += found
    return done


def greet(reach: Reach, clock: Clock, send: Send) -> int:
    """Greet the receivers of new subscriptions; returns how many."""
    done = 0
    while parcel := operations.take_handshake(clock(), reach=reach):
        failure = send(parcel)
        operations.note_greeted(clock(), subscription_id=parcel.subscription_id, failure=failure)
        done += 1
    return done


def tell(reach: Reach, clock: Clock, send: Send, *, workers: int = 1) -> int:
    """Tell every receiver what waits for it, each in order; returns how many notices were taken."""
    found = operations.due_subscriptions(clock(), channel=Channel.REST_HOOK)
    if workers == 1 or len(found) < 2:
        return sum(tell_one(reach, clock, send, one) for one in found)
    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(lambda one: _beside(reach, clock, send, one), found))


def _beside(reach: Reach, clock: Clock, send: Send, subscription_id: UUID) -> int:
    try:
        return tell_one(reach, clock, send, subscription_id)
    finally:
        connection.close()  # this thread's own


def tell_one(reach: Reach, clock: Clock, send: Send, subscription_id: UUID) -> int:
    """Tell one receiver until nothing waits or one is not taken; returns how many were taken."""
    for done in range(MOST_AT_ONCE):
        parcel = operations.take_notice(clock(), subscription_id=subscription_id, reach=reach)
        if parcel is None or parcel.notice_id is None:
            return done
        failure = send(parcel)
        if failure is not None:
            operations.note_failed(clock(), notice_id=parcel.notice_id, failure=failure)
            return done
        operations.note_sent(clock(), notice_id=parcel.notice_id)
    return MOST_AT_ONCE


def live(reach: Reach, clock: Clock, send: Send) -> int:
    """Show a sign of life to those who wanted one and have heard nothing so long; returns to how many."""
    done = 0
    while parcel := operations.take_heartbeat(clock(), reach=reach, channel=Channel.REST_HOOK):
        failure = send(parcel)
        operations.note_heartbeat(clock(), subscription_id=parcel.subscription_id, failure=failure)
        done += 1
    return done
