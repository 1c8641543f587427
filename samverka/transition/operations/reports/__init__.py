"""Every change of rounds, reports and their coding."""

from samverka.transition.operations.reports.answering import (
    choose_text,
    comment_question,
    handle_comment,
    keep_last,
    save_answers,
)
from samverka.transition.operations.reports.coding import (
    adopt_codebook,
    code_answer,
    resolve_coding,
)
from samverka.transition.operations.reports.reminding import claim_reminders, remind_reports
from samverka.transition.operations.reports.rounds import (
    add_outsider,
    adopt_form,
    make_round,
    move_round,
    open_round,
    publish_round,
)
from samverka.transition.operations.reports.stepping import take_step

__all__ = [
    "add_outsider",
    "adopt_codebook",
    "adopt_form",
    "choose_text",
    "claim_reminders",
    "code_answer",
    "comment_question",
    "handle_comment",
    "keep_last",
    "make_round",
    "move_round",
    "open_round",
    "publish_round",
    "remind_reports",
    "resolve_coding",
    "save_answers",
    "take_step",
]
