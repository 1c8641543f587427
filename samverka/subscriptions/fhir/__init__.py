"""Subscriptions ↔ FHIR R4 Subscription, and what is told: the R5 backport's notifications (STU 1.1) in R4's form."""

from samverka.subscriptions.fhir.reading import read_subscription, wanted_state
from samverka.subscriptions.fhir.showing import HIDDEN, resource, topic_resource
from samverka.subscriptions.fhir.telling import Bell, notification, status_of

__all__ = [
    "HIDDEN",
    "Bell",
    "notification",
    "read_subscription",
    "resource",
    "status_of",
    "topic_resource",
    "wanted_state",
]
