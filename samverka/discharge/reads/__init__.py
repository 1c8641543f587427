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
from samverka.discharge.reads.stays import PersonStay, person_stay, wards
from samverka.discharge.reads.table import (
    Answer,
    LineView,
    RouteChoices,
    RouteDetail,
    TableView,
    route_choices,
    route_line,
    routing_table,
)
from samverka.discharge.reads.values import CaseDetail, CaseUnitDetail, CopyDetail, MessageDetail
from samverka.discharge.reads.views import (
    CaseView,
    Receiver,
    Receivers,
    case_and_receivers,
    case_view,
    copy_and_units,
    person_to_admit,
)

__all__ = [
    "CHOICE_WORDS",
    "Answer",
    "Board",
    "BoardLine",
    "CaseDetail",
    "CaseUnitDetail",
    "CaseView",
    "Choice",
    "CopyDetail",
    "LineView",
    "MessageDetail",
    "PersonStay",
    "Proposal",
    "Receiver",
    "Receivers",
    "RouteChoices",
    "RouteDetail",
    "TableView",
    "board",
    "case",
    "case_and_receivers",
    "case_view",
    "changes",
    "copy_and_units",
    "person_stay",
    "person_to_admit",
    "route_choices",
    "route_line",
    "routing_table",
    "wards",
]
