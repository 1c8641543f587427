"""Subscriptions, pure: their states, the topics, what a filter lets through, when to try again, which addresses."""

from samverka.subscriptions.rules.addresses import check_address, is_public, split_address
from samverka.subscriptions.rules.asking import (
    Wanted,
    check_wanted,
    header_name,
)
from samverka.subscriptions.rules.filters import (
    Filter,
    check_filters,
    fits,
    kind_of_criteria,
    read_filters,
)
from samverka.subscriptions.rules.kinds import (
    SENDS,
    STATE_WORDS,
    Cause,
    Channel,
    Happened,
    Level,
    NoticeState,
    SubscriptionState,
)
from samverka.subscriptions.rules.topics import TOPICS, Topic, TopicSpec, is_about, topic_of
from samverka.subscriptions.rules.waits import (
    KEPT,
    LEASE,
    LONGEST_ANSWER,
    TOKEN_LASTS,
    WAITS,
    wait_after,
)

__all__ = [
    "KEPT",
    "LEASE",
    "LONGEST_ANSWER",
    "SENDS",
    "STATE_WORDS",
    "TOKEN_LASTS",
    "TOPICS",
    "WAITS",
    "Cause",
    "Channel",
    "Filter",
    "Happened",
    "Level",
    "NoticeState",
    "SubscriptionState",
    "Topic",
    "TopicSpec",
    "Wanted",
    "check_address",
    "check_filters",
    "check_wanted",
    "fits",
    "header_name",
    "is_about",
    "is_public",
    "kind_of_criteria",
    "read_filters",
    "split_address",
    "topic_of",
    "wait_after",
]
