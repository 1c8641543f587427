"""Every change of the room."""

from samverka.discharge.operations.before import BeforeDetail, tell_before
from samverka.discharge.operations.closing import close_case, close_dead
from samverka.discharge.operations.judging import Judgement, judge_needs, tell_of_admission
from samverka.discharge.operations.opening import AdmissionFacts, open_case, take_over_case
from samverka.discharge.operations.receipting import (
    forward_copy,
    receipt_copy,
    return_copy,
    withdraw_message,
)
from samverka.discharge.operations.routing import end_route, keep_route
from samverka.discharge.operations.sending import Letter, send_message
from samverka.discharge.operations.watching import watch_copies

__all__ = [
    "AdmissionFacts",
    "BeforeDetail",
    "Judgement",
    "Letter",
    "close_case",
    "close_dead",
    "end_route",
    "forward_copy",
    "judge_needs",
    "keep_route",
    "open_case",
    "receipt_copy",
    "return_copy",
    "send_message",
    "take_over_case",
    "tell_before",
    "tell_of_admission",
    "watch_copies",
    "withdraw_message",
]
