"""Subscriptions as their subscriber sees them, as the one who looks after them does, and what may be told."""

from samverka.subscriptions.reads.subscriptions import (
    UNKNOWN,
    EventDetail,
    HostLine,
    Overview,
    Reach,
    Seen,
    Subscriber,
    SubscriptionDetail,
    SubscriptionLine,
    keeps_subscription,
    overview,
    subscription,
    subscriptions,
)
from samverka.subscriptions.reads.telling import Told, may_be_told, read_events, tells_all

__all__ = [
    "UNKNOWN",
    "EventDetail",
    "HostLine",
    "Overview",
    "Reach",
    "Seen",
    "Subscriber",
    "SubscriptionDetail",
    "SubscriptionLine",
    "Told",
    "keeps_subscription",
    "may_be_told",
    "overview",
    "read_events",
    "subscription",
    "subscriptions",
    "tells_all",
]
