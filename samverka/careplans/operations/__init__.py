"""Every change of plans and contacts."""

from samverka.careplans.operations.asking import (
    accept_request,
    answer_suggestion,
    ask_for_plan,
    refuse_request,
    withdraw_request,
)
from samverka.careplans.operations.comments import comment_plan, handle_comment
from samverka.careplans.operations.consenting import (
    answer_consent,
    ask_consent,
    note_refusal,
    note_unable,
    note_voice,
    take_back_consent,
)
from samverka.careplans.operations.contacts import appoint_contact, end_contact
from samverka.careplans.operations.parts import (
    Owner,
    add_activity,
    add_goal,
    edit_activity,
    edit_goal,
    finish_activity,
    follow_up_goal,
)
from samverka.careplans.operations.plans import (
    activate_plan,
    end_plan,
    set_follow_up,
    set_no_others,
    set_responsible,
    start_plan,
    undo_change,
    write_section,
)
from samverka.careplans.operations.preparing import (
    read_preparation,
    send_preparation,
    take_words,
    write_preparation,
)
from samverka.careplans.operations.received import receive_plan
from samverka.careplans.operations.sharing import (
    ConsentGiven,
    add_party,
    remove_party,
    share_plan,
    withdraw_sharing,
)

__all__ = [
    "ConsentGiven",
    "Owner",
    "accept_request",
    "activate_plan",
    "add_activity",
    "add_goal",
    "add_party",
    "answer_consent",
    "answer_suggestion",
    "appoint_contact",
    "ask_consent",
    "ask_for_plan",
    "comment_plan",
    "edit_activity",
    "edit_goal",
    "end_contact",
    "end_plan",
    "finish_activity",
    "follow_up_goal",
    "handle_comment",
    "note_refusal",
    "note_unable",
    "note_voice",
    "read_preparation",
    "receive_plan",
    "refuse_request",
    "remove_party",
    "send_preparation",
    "set_follow_up",
    "set_no_others",
    "set_responsible",
    "share_plan",
    "start_plan",
    "take_back_consent",
    "take_words",
    "undo_change",
    "withdraw_request",
    "withdraw_sharing",
    "write_preparation",
    "write_section",
]
