"""Every read of the room, through the gate."""

from samverka.discharge.reads.after import (
    AfterLine,
    AfterView,
    Readmission,
    after_view,
    readmissions,
)
from samverka.discharge.reads.basis import bases, basis, objection
from samverka.discharge.reads.basis_values import (
    BasisBoard,
    BasisDetail,
    BasisHead,
    BasisLine,
    ObjectionDetail,
    RateLine,
)
from samverka.discharge.reads.board import (
    CHOICE_WORDS,
    Board,
    BoardLine,
    Choice,
    board,
    changes,
)
from samverka.discharge.reads.case_days import CaseDays, HindranceDetail, hindrance
from samverka.discharge.reads.cases import case, is_reached
from samverka.discharge.reads.figures import BedsLine, FiguresDetail, discharge_figures
from samverka.discharge.reads.going_round import RoundView, round_case, round_queue
from samverka.discharge.reads.items import GoingHomeView, ItemDetail, going_home
from samverka.discharge.reads.medicines import Medicines
from samverka.discharge.reads.person import (
    HomeUnit,
    KnownStay,
    WayHome,
    known_stay,
    way_home_of,
    way_home_parts,
)
from samverka.discharge.reads.planning import CasePlan, Uncounted, case_plan
from samverka.discharge.reads.preparing import (
    HomePage,
    PreparationView,
    home_page,
)
from samverka.discharge.reads.reserve import (
    ReserveDetail,
    reserve,
    reserve_file,
    units_with_reserve,
)
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
)

__all__ = [
    "CHOICE_WORDS",
    "AfterLine",
    "AfterView",
    "Answer",
    "BasisBoard",
    "BasisDetail",
    "BasisHead",
    "BasisLine",
    "BedsLine",
    "Board",
    "BoardLine",
    "CaseDays",
    "CaseDetail",
    "CasePlan",
    "CaseUnitDetail",
    "CaseView",
    "Choice",
    "CopyDetail",
    "FiguresDetail",
    "GoingHomeView",
    "HindranceDetail",
    "HomePage",
    "HomeUnit",
    "ItemDetail",
    "KnownStay",
    "LineView",
    "Medicines",
    "MessageDetail",
    "ObjectionDetail",
    "PersonStay",
    "PreparationView",
    "Proposal",
    "RateLine",
    "Readmission",
    "Receiver",
    "Receivers",
    "ReserveDetail",
    "RoundView",
    "RouteChoices",
    "RouteDetail",
    "TableView",
    "Uncounted",
    "WayHome",
    "after_view",
    "bases",
    "basis",
    "board",
    "case",
    "case_and_receivers",
    "case_plan",
    "case_view",
    "changes",
    "copy_and_units",
    "discharge_figures",
    "going_home",
    "hindrance",
    "home_page",
    "is_reached",
    "known_stay",
    "objection",
    "person_stay",
    "readmissions",
    "reserve",
    "reserve_file",
    "round_case",
    "round_queue",
    "route_choices",
    "route_line",
    "routing_table",
    "units_with_reserve",
    "wards",
    "way_home_of",
    "way_home_parts",
]
