"""Every change of the room."""

from samverka.discharge.operations.after import note_after, note_not_reached
from samverka.discharge.operations.basis import (
    contest_case,
    decide_objection,
    lock_basis,
    make_basis,
    set_rate,
)
from samverka.discharge.operations.beds import set_beds
from samverka.discharge.operations.before import BeforeDetail, tell_before
from samverka.discharge.operations.closing import close_case, close_dead
from samverka.discharge.operations.hearing import HeardDetail, hear_stay
from samverka.discharge.operations.hindrances import end_blocked, note_blocked
from samverka.discharge.operations.items import (
    ItemSaid,
    ItemWanted,
    answer_items,
    ask_items,
    hand_over_item,
)
from samverka.discharge.operations.judging import Judgement, judge_needs, tell_of_admission
from samverka.discharge.operations.mending import StayMended, mend_stay
from samverka.discharge.operations.opening import AdmissionFacts, open_case, take_over_case
from samverka.discharge.operations.planning import (
    hear_answer,
    hear_contact,
    hear_meeting,
    start_case_plan,
    tell_contact,
)
from samverka.discharge.operations.preparing import TickSaid, tell_who_go_home, tick_off
from samverka.discharge.operations.receipting import (
    forward_copy,
    receipt_copy,
    return_copy,
    withdraw_message,
)
from samverka.discharge.operations.reserve import (
    clear_reserve,
    set_reserve_password,
    write_reserve,
)
from samverka.discharge.operations.routing import end_route, keep_route
from samverka.discharge.operations.sending import Letter, send_message
from samverka.discharge.operations.watching import watch_copies

__all__ = [
    "AdmissionFacts",
    "BeforeDetail",
    "HeardDetail",
    "ItemSaid",
    "ItemWanted",
    "Judgement",
    "Letter",
    "StayMended",
    "TickSaid",
    "answer_items",
    "ask_items",
    "clear_reserve",
    "close_case",
    "close_dead",
    "contest_case",
    "decide_objection",
    "end_blocked",
    "end_route",
    "forward_copy",
    "hand_over_item",
    "hear_answer",
    "hear_contact",
    "hear_meeting",
    "hear_stay",
    "judge_needs",
    "keep_route",
    "lock_basis",
    "make_basis",
    "mend_stay",
    "note_after",
    "note_blocked",
    "note_not_reached",
    "open_case",
    "receipt_copy",
    "return_copy",
    "send_message",
    "set_beds",
    "set_rate",
    "set_reserve_password",
    "start_case_plan",
    "take_over_case",
    "tell_before",
    "tell_contact",
    "tell_of_admission",
    "tell_who_go_home",
    "tick_off",
    "watch_copies",
    "withdraw_message",
    "write_reserve",
]
