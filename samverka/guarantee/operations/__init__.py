"""Every change of a wait."""

from samverka.guarantee.operations.hearing import hear_booking, hear_contact, hear_referral
from samverka.guarantee.operations.meeting import (
    PartKind,
    judge_contact,
    note_contact,
    withdraw_part,
)
from samverka.guarantee.operations.offering import (
    answer_offer,
    end_pause,
    offer_time,
    pause_wait,
    write_letter,
)
from samverka.guarantee.operations.starting import (
    correct_wait,
    end_wait,
    judge_need,
    reopen_wait,
    start_wait,
)
from samverka.guarantee.operations.watching import watch_waits

__all__ = [
    "PartKind",
    "answer_offer",
    "correct_wait",
    "end_pause",
    "end_wait",
    "hear_booking",
    "hear_contact",
    "hear_referral",
    "judge_contact",
    "judge_need",
    "note_contact",
    "offer_time",
    "pause_wait",
    "reopen_wait",
    "start_wait",
    "watch_waits",
    "withdraw_part",
    "write_letter",
]
