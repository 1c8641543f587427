"""Pages: the list of who waits, one wait and its forms, letters, the person's own wait."""

from samverka.guarantee.pages.figures import figures, figures_table, figures_workbook
from samverka.guarantee.pages.forms import (
    answer,
    contact,
    correct,
    end,
    judge,
    need,
    offer,
    offer_elsewhere,
    pause,
    pause_end,
    reopen,
    start,
    withdraw_contact,
    withdraw_offer,
    withdraw_pause,
)
from samverka.guarantee.pages.letters import letter_paper, write_letter
from samverka.guarantee.pages.lists import mine, table, wait, waits, workbook

__all__ = [
    "answer",
    "contact",
    "correct",
    "end",
    "figures",
    "figures_table",
    "figures_workbook",
    "judge",
    "letter_paper",
    "mine",
    "need",
    "offer",
    "offer_elsewhere",
    "pause",
    "pause_end",
    "reopen",
    "start",
    "table",
    "wait",
    "waits",
    "withdraw_contact",
    "withdraw_offer",
    "withdraw_pause",
    "workbook",
    "write_letter",
]
