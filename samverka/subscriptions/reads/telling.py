"""What a subscriber may be told just now: asked of the gate as the subscriber, each time anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.transaction import TransactionManagementError

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotAllowed, Problem
from samverka.kernel.text import text as _
from samverka.resources.rules.canonical import decode
from samverka.subscriptions.reads.subscriptions import (
    EventDetail,
    Reach,
    Seen,
    SubscriptionDetail,
    detail,
    numbered_events,
    own_row,
)
from samverka.subscriptions.rules import Cause, Level, fits, read_filters


def may_be_told(whom: Actor, row: Any, notice: Any, reach: Reach) -> Seen | None:
    """What the subscriber may be told of it now; None for nothing. Leaves the subscriber's line in the trail."""
    try:
        asking = whom.asking(notice.kind, "r")
    except NotAllowed:  # its client has not been let read the type
        return None
    with act(asking, Action.SUBSCRIPTION_TELL) as telling:
        telling.unchanged()
        telling.require_permission()
        seen = _look(asking, notice, reach)
        if seen is None or not (_may_hear(whom, notice, seen) and _fits(row, seen, reach, whom.at)):
            return None
        what = {
            "subscription": str(row.id),
            "of": f"{notice.kind}/{notice.key}",
            "level": str(row.level),
        }
        if notice.person_id:
            telling.note_person(notice.person_id, "Subscription", **what)
        else:
            telling.note_general("Subscription", **what)
        return seen


def _look(whom: Actor, notice: Any, reach: Reach) -> Seen | None:
    """The resource as the subscriber may read it. The line of what is told says it all: the look leaves none."""
    try:
        with transaction.atomic(), act(whom, Action.SHELF_READ) as reading:
            reading.unchanged()
            seen = reach.look(whom, notice.kind, notice.key)
            reading.nothing_shown()
            return seen
    except (Problem, TransactionManagementError):  # after a refusal it may have gone on to say why
        return None


def _may_hear(whom: Actor, notice: Any, seen: Seen) -> bool:
    """One who has a plan as it was given hears of what is given; never that others have written since.

    Of what is gone by now only that: what it became before is told no more.
    """
    if seen.gone and notice.cause != Cause.DELETED:
        return False
    if notice.cause == Cause.GIVEN:
        return seen.given and seen.live and whom.provider_id in notice.providers
    return not seen.given


def _fits(row: Any, seen: Seen, reach: Reach, at: datetime) -> bool:
    content = decode(seen.text)
    filters = read_filters(tuple(row.kinds), row.filters, at)
    return isinstance(content, dict) and fits(content, filters, reach.base)


def tells_all(at: datetime) -> bool:
    """Whether the county lets whole resources leave in notices."""
    return bool(county_value(Key.SUBSCRIPTION_FULL, local_date(at)))


# ── what has been told ──


@dataclass(frozen=True, slots=True)
class Told:
    """A subscription, and what of it has been told."""

    subscription: SubscriptionDetail
    events: tuple[EventDetail, ...]


def read_events(
    actor: Actor,
    *,
    subscription_id: UUID,
    since: int | None,
    until: int | None,
    level: Level | None,
    reach: Reach,
) -> Told:
    """Ask again for what a subscription has told, by number. The gate is asked anew of each.

    Args:
        since, until: numbers, both included; None for the first, and as many as an answer holds.
        level: less than the subscription's own; never more.

    Raises:
        NotFound: it is not the actor's own.
        NotAllowed: more is asked for than the subscription tells.
    """
    with act(actor, Action.SUBSCRIPTION_READ) as this:
        row = own_row(this, subscription_id)
        shown = _level(Level(row.level), level)
        row.level = shown.value
        found = numbered_events(this, row, since=since, until=until)
        told = [each for one, notice in found if (each := _again(actor, row, one, notice, reach))]
        this.note_general("Subscription", id=str(row.id), shown=len(told))
        return Told(detail(row), tuple(told))


_ORDER = (Level.EMPTY, Level.ID_ONLY, Level.FULL)


def _level(own: Level, asked: Level | None) -> Level:
    if asked is None:
        return own
    if _ORDER.index(asked) > _ORDER.index(own):
        raise NotAllowed(_("Prenumerationen har inte så mycket innehåll."), where="content")
    return asked


def _again(
    actor: Actor, row: Any, one: EventDetail, notice: Any, reach: Reach
) -> EventDetail | None:
    seen = may_be_told(actor, row, notice, reach)
    if seen is None:
        return None
    if row.level == Level.FULL and tells_all(actor.at) and not one.gone:
        return replace(one, content=seen.text)
    return one
