"""Messages of RIV-TA BP 2.1: read, and made. Pure: XML and plain values, no Django, no clock."""

from samverka.rivta.rules.asked import Asked, read_request
from samverka.rivta.rules.contacts import CONTACTS, ContactFacts, ContactType, care_contacts
from samverka.rivta.rules.index import Engagement, index_update, taken_by_index
from samverka.rivta.rules.plans import PLANS, PlanFacts, care_plans
from samverka.rivta.rules.soap import MOST_BYTES, BadXml, WrongRequest, fault
from samverka.rivta.rules.values import Contract, Place, Result, stamp, waits

__all__ = [
    "CONTACTS",
    "MOST_BYTES",
    "PLANS",
    "Asked",
    "BadXml",
    "ContactFacts",
    "ContactType",
    "Contract",
    "Engagement",
    "Place",
    "PlanFacts",
    "Result",
    "WrongRequest",
    "care_contacts",
    "care_plans",
    "fault",
    "index_update",
    "read_request",
    "stamp",
    "taken_by_index",
    "waits",
]
