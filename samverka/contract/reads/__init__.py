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
from samverka.contract.reads.mine import (
    MyPage,
    OwnerDoes,
    PersonChoice,
    my_page,
    my_times,
)
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
from samverka.contract.reads.start import PERSONS_SHOWN, Worklist, unit_persons, unit_worklist

__all__ = [
    "PERSONS_SHOWN",
    "BlocksPage",
    "ConsentsPage",
    "LogCheckDetail",
    "LogCheckPage",
    "LogChecks",
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
    "Worklist",
    "blocks_page",
    "check_detail",
    "consents_page",
    "list_log_checks",
    "log_check",
    "my_page",
    "my_times",
    "person_overview",
    "received_page",
    "received_resource",
    "relations_page",
    "review",
    "unit_persons",
    "unit_worklist",
]
