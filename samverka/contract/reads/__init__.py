"""Gated fetches that put many rooms' reads together."""

from samverka.contract.reads.checks import (
    LogCheckDetail,
    LogCheckPage,
    LogChecks,
    ReviewPage,
    check_detail,
    list_log_checks,
    log_check,
    review,
)
from samverka.contract.reads.mine import my_facts, my_news, my_page, my_person, my_times
from samverka.contract.reads.notices import Board, unit_board
from samverka.contract.reads.overview import Openings, PersonOverview, person_overview
from samverka.contract.reads.rights import (
    BlocksPage,
    ConsentsPage,
    NamedBlock,
    NamedConsent,
    RelationsPage,
    blocks_page,
    consents_page,
    relations_page,
)
from samverka.contract.reads.shelf import (
    ReceivedPage,
    ReceivedResource,
    received_page,
    received_resource,
)
from samverka.contract.reads.staff import behalf_detail, staff_contract
from samverka.contract.reads.start import PERSONS_SHOWN, unit_persons
from samverka.contract.reads.suggestions import (
    AnsweredPerson,
    SuggestedPerson,
    Suggestions,
    suggested_persons,
)
from samverka.contract.reads.values import (
    BehalfLine,
    Measured,
    Medicine,
    MyActivity,
    MyGoal,
    MyPage,
    OwnerDoes,
    PersonChoice,
    Said,
    StaffContract,
)

__all__ = [
    "PERSONS_SHOWN",
    "AnsweredPerson",
    "BehalfLine",
    "BlocksPage",
    "Board",
    "ConsentsPage",
    "LogCheckDetail",
    "LogCheckPage",
    "LogChecks",
    "Measured",
    "Medicine",
    "MyActivity",
    "MyGoal",
    "MyPage",
    "NamedBlock",
    "NamedConsent",
    "Openings",
    "OwnerDoes",
    "PersonChoice",
    "PersonOverview",
    "ReceivedPage",
    "ReceivedResource",
    "RelationsPage",
    "ReviewPage",
    "Said",
    "StaffContract",
    "SuggestedPerson",
    "Suggestions",
    "behalf_detail",
    "blocks_page",
    "check_detail",
    "consents_page",
    "list_log_checks",
    "log_check",
    "my_facts",
    "my_news",
    "my_page",
    "my_person",
    "my_times",
    "person_overview",
    "received_page",
    "received_resource",
    "relations_page",
    "review",
    "staff_contract",
    "suggested_persons",
    "unit_board",
    "unit_persons",
]
