"""Cases on the way home ↔ FHIR R4: Encounter, Communication, Task and ServiceRequest.

Publish: what a read of the room shows → R4. Receive: Encounter of a record system → what it tells of a stay.
"""

from samverka.discharge.fhir.publishing import (
    call_request,
    communication,
    encounter,
    service_request,
    task,
)
from samverka.discharge.fhir.receiving import informed, is_stay, receive_stay, ward_references
from samverka.discharge.fhir.writing import (
    copy_step,
    is_in_case,
    item_answer,
    named,
    read_letter,
    stay_of,
)

__all__ = [
    "call_request",
    "communication",
    "copy_step",
    "encounter",
    "informed",
    "is_in_case",
    "is_stay",
    "item_answer",
    "named",
    "read_letter",
    "receive_stay",
    "service_request",
    "stay_of",
    "task",
    "ward_references",
]
