"""Every change of plans and contacts."""

from samverka.careplans.operations.comments import comment_plan, handle_comment
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
    "activate_plan",
    "add_activity",
    "add_goal",
    "add_party",
    "appoint_contact",
    "comment_plan",
    "edit_activity",
    "edit_goal",
    "end_contact",
    "end_plan",
    "finish_activity",
    "follow_up_goal",
    "handle_comment",
    "receive_plan",
    "remove_party",
    "set_follow_up",
    "set_no_others",
    "set_responsible",
    "share_plan",
    "start_plan",
    "undo_change",
    "withdraw_sharing",
    "write_section",
]
