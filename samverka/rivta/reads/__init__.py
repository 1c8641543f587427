"""Gated fetches of what the contracts ask for: through the reads of the rooms that keep it."""

from samverka.rivta.reads.asking import require_contract
from samverka.rivta.reads.contacts import contacts_of
from samverka.rivta.reads.index import engagement_of
from samverka.rivta.reads.plans import person_asked_for, places, plans_of

__all__ = [
    "contacts_of",
    "engagement_of",
    "person_asked_for",
    "places",
    "plans_of",
    "require_contract",
]
