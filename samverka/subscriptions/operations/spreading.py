"""From what has happened to what each subscriber may have to be told: one notice for each, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.resources.operations.telling import texts_of
from samverka.resources.rules.receiving import Content
from samverka.subscriptions.models import Happening, Notice, Subscription
from samverka.subscriptions.rules import (
    TOPICS,
    Cause,
    Channel,
    NoticeState,
    SubscriptionState,
    Topic,
    is_about,
)

BATCH = 500
"""Happenings in one transaction."""

WAITING = "samverka_notice"
"""The database's channel on which sockets hear that a subscription has something to tell; its id comes along."""

_ONE_AT_A_TIME = 0x53756273
"""Name of the database's lock: two who spread at once could tell things in the wrong order."""

Texts = dict[tuple[UUID, int], Content]


def spread(actor: Actor) -> int:
    """Make a notice of each thing that has happened for each subscriber that it concerns; returns how many things.

    Whether the subscriber may know of it is asked when it is told, not here.
    """
    with act(actor, Action.SUBSCRIPTION_RUN) as this:
        this.require_system()
        this.unchanged()
        if not _alone():
            return 0
        happened = list(Happening.objects.order_by("id")[:BATCH])
        if not happened:
            return 0
        waiting = list(
            Subscription.objects.exclude(state=SubscriptionState.OFF).order_by("made_at", "id")
        )
        texts = _texts(this, happened, waiting)
        made = [
            _notice(row, one)
            for one in happened
            for row in waiting
            if one.kind in row.kinds and _concerns(row, one, texts)
        ]
        Notice.objects.bulk_create(made)
        Happening.objects.filter(id__in=[one.id for one in happened]).delete()
        sockets = {row.id for row in waiting if row.channel == Channel.WEBSOCKET}
        _wake({one.subscription_id for one in made} & sockets)
        return len(happened)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])


def _concerns(row: Any, one: Any, texts: Texts) -> bool:
    if one.at < row.made_at:
        return False
    if not row.topic:
        return True
    now = texts.get((one.resource_id, one.number))
    before = texts.get((one.resource_id, one.number - 1))
    return is_about(Topic(row.topic), one.kind, Cause(one.cause), now, before)


_WRITTEN = (Cause.CHANGED, Cause.PLACED)

_JUDGED = (Topic.TASK_ASSIGNED, Topic.ALERT_RAISED)
"""Topics that look at what the resource says, and said before."""


def _texts(this: Act, happened: Iterable[Any], waiting: Iterable[Any]) -> Texts:
    topics = {row.topic for row in waiting}
    kinds = {kind for topic in _JUDGED if topic in topics for kind in TOPICS[topic].kinds}
    wanted = [
        (one.resource_id, number)
        for one in happened
        if one.kind in kinds and one.resource_id is not None and one.cause in _WRITTEN
        for number in (one.number - 1, one.number)
        if number > 0
    ]
    return texts_of(this, wanted) if wanted else {}


def _notice(row: Any, one: Any) -> Notice:
    return Notice(
        subscription=row,
        person_id=one.person_id,
        kind=one.kind,
        key=one.key,
        cause=one.cause,
        providers=one.providers,
        at=one.at,
        state=NoticeState.WAITING,
    )


def _wake(subscriptions: Sequence[UUID] | set[UUID]) -> None:
    with connection.cursor() as cursor:
        for one in sorted(subscriptions, key=str):
            cursor.execute("SELECT pg_notify(%s, %s)", [WAITING, str(one)])
