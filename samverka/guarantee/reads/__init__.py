"""Gated fetches of waits: the list, one wait, a person's own."""

from samverka.guarantee.reads.exported import (
    ExportedCall,
    ExportedWait,
    exported_calls,
    exported_waits,
    standing_waits,
)
from samverka.guarantee.reads.figures import WaitFigures, wait_figures
from samverka.guarantee.reads.letters import letter_words
from samverka.guarantee.reads.lists import (
    CHOICE_WORDS,
    Choice,
    WaitList,
    asked_waits,
    my_waits,
    wait,
    wait_list,
    wait_to_edit,
    waiting_person,
    waits_of,
)
from samverka.guarantee.reads.published import Published, is_published, wait_of_offer
from samverka.guarantee.reads.rows import (
    full_waits,
    rule_pause,
    start_rule,
    wait_detail,
    wait_parts,
)
from samverka.guarantee.reads.values import (
    ENDINGS,
    ChangeDetail,
    ContactDetail,
    LetterDetail,
    MyWait,
    OfferDetail,
    PauseDetail,
    WaitDetail,
    my_wait,
)

__all__ = [
    "CHOICE_WORDS",
    "ENDINGS",
    "ChangeDetail",
    "Choice",
    "ContactDetail",
    "ExportedCall",
    "ExportedWait",
    "LetterDetail",
    "MyWait",
    "OfferDetail",
    "PauseDetail",
    "Published",
    "WaitDetail",
    "WaitFigures",
    "WaitList",
    "asked_waits",
    "exported_calls",
    "exported_waits",
    "full_waits",
    "is_published",
    "letter_words",
    "my_wait",
    "my_waits",
    "rule_pause",
    "standing_waits",
    "start_rule",
    "wait",
    "wait_detail",
    "wait_figures",
    "wait_list",
    "wait_of_offer",
    "wait_parts",
    "wait_to_edit",
    "waiting_person",
    "waits_of",
]
