"""What happens next, the log in plain words, and checks of the log. Pure."""

from samverka.contract.rules.checks import (
    CHECK_MONTHS,
    OUTCOME_WORDS,
    SAMPLE_SIZES,
    CheckKind,
    CheckOutcome,
    check_closing,
    month_bounds,
    months_back,
)
from samverka.contract.rules.log import OWN_WORDS, WHY_WORDS, LogDay, LogDeed, bare, told_by_day
from samverka.contract.rules.next import (
    Happening,
    HappeningKind,
    Step,
    what_happens_next,
)
from samverka.contract.rules.relations import KINDS_OF_BRANCH, RELATION_WORDS

__all__ = [
    "CHECK_MONTHS",
    "KINDS_OF_BRANCH",
    "OUTCOME_WORDS",
    "OWN_WORDS",
    "RELATION_WORDS",
    "SAMPLE_SIZES",
    "WHY_WORDS",
    "CheckKind",
    "CheckOutcome",
    "Happening",
    "HappeningKind",
    "LogDay",
    "LogDeed",
    "Step",
    "bare",
    "check_closing",
    "month_bounds",
    "months_back",
    "told_by_day",
    "what_happens_next",
]
