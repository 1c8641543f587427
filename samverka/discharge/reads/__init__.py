"""Every read of the room, through the gate."""

from samverka.discharge.reads.board import (
    CHOICE_WORDS,
    Board,
    BoardLine,
    Choice,
    board,
    changes,
)
from samverka.discharge.reads.cases import case
from samverka.discharge.reads.routes import Proposal
from samverka.discharge.reads.values import CaseDetail, CaseUnitDetail, CopyDetail, MessageDetail
from samverka.discharge.reads.views import (
    CaseView,
    case_and_receivers,
    case_view,
    copy_and_units,
    person_to_admit,
    suspicion,
)

__all__ = [
    "CHOICE_WORDS",
    "Board",
    "BoardLine",
    "CaseDetail",
    "CaseUnitDetail",
    "CaseView",
    "Choice",
    "CopyDetail",
    "MessageDetail",
    "Proposal",
    "board",
    "case",
    "case_and_receivers",
    "case_view",
    "changes",
    "copy_and_units",
    "person_to_admit",
    "suspicion",
]
