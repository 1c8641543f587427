"""Every change of the room."""

from samverka.discharge.operations.opening import AdmissionFacts, open_case, take_over_case
from samverka.discharge.operations.receipting import (
    forward_copy,
    receipt_copy,
    return_copy,
    withdraw_message,
)
from samverka.discharge.operations.routing import end_route, keep_route
from samverka.discharge.operations.sending import Letter, send_message

__all__ = [
    "AdmissionFacts",
    "Letter",
    "end_route",
    "forward_copy",
    "keep_route",
    "open_case",
    "receipt_copy",
    "return_copy",
    "send_message",
    "take_over_case",
    "withdraw_message",
]
