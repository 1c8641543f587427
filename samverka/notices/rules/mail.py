"""Mail: who gets one today, and what was claimed. Never with anything about a person. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samverka.kernel.calendar import local, local_date
from samverka.notices.rules.hours import Week, hours_of
from samverka.notices.rules.tasks import TaskKind

DIGEST_HOUR = 7
"""When the digest goes if the unit has said nothing else (hour of the Swedish clock)."""

MOST_TRIES = 3
"""How often a mail that the mail server refused is tried in one day."""

RETRY_AFTER = timedelta(minutes=15)
"""How long to wait before a mail is tried again."""


class MailState(StrEnum):
    """How far a mail has come. A claimed one is on its way, and nobody else sends it."""

    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of the day's mail to a receiver."""

    state: MailState
    tries: int
    claimed_at: datetime


def digest_is_due(at: datetime, *, hour: int | None, week: Week) -> bool:
    """Whether a unit's digest is to go now: the hour has come, on a day when the unit is open."""
    if hour is None or local(at).hour < hour:
        return False
    return not week or hours_of(week, local_date(at)) is not None


def may_send(claim: Claim | None, at: datetime) -> bool:
    """Whether the day's mail may be sent: not yet tried, or refused a while ago and not too often.

    What was claimed and never answered is left: once too few is better than twice.
    """
    if claim is None:
        return True
    if claim.state is not MailState.FAILED or claim.tries >= MOST_TRIES:
        return False
    return at - claim.claimed_at >= RETRY_AFTER


@dataclass(frozen=True, slots=True)
class Digest:
    """One unit's mail of today: how many tasks of which kind wait, and nothing about anyone."""

    mailing_id: UUID
    unit_name: str
    receivers: tuple[str, ...]
    counts: Mapping[TaskKind, int]


@dataclass(frozen=True, slots=True)
class Word:
    """One person's mail of today: that there is something new, and nothing more."""

    mailing_id: UUID
    receiver: str
    language: str
