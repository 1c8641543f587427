"""What happens next, the log in plain words, and checks of the log. Pure."""

from samverka.contract.rules.behalf import (
    BEHALF_WAY_WORDS,
    BEHALF_WORDS,
    BehalfKind,
    BehalfWay,
    Told,
    check_told,
)
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
from samverka.contract.rules.curve import Curve, Point, draw_curve
from samverka.contract.rules.log import OWN_WORDS, WHY_WORDS, LogDay, LogDeed, bare, told_by_day
from samverka.contract.rules.next import (
    Gathering,
    Happening,
    HappeningKind,
    Step,
    what_happens_next,
)
from samverka.contract.rules.relations import KINDS_OF_BRANCH, RELATION_WORDS
from samverka.contract.rules.suggestions import (
    ENOUGH,
    JUST_HOME,
    RECENT,
    WEIGHTS,
    Reason,
    Sign,
    Suggested,
    Touch,
    suggest,
)

__all__ = [
    "BEHALF_WAY_WORDS",
    "BEHALF_WORDS",
    "CHECK_MONTHS",
    "ENOUGH",
    "JUST_HOME",
    "KINDS_OF_BRANCH",
    "OUTCOME_WORDS",
    "OWN_WORDS",
    "RECENT",
    "RELATION_WORDS",
    "SAMPLE_SIZES",
    "WEIGHTS",
    "WHY_WORDS",
    "BehalfKind",
    "BehalfWay",
    "CheckKind",
    "CheckOutcome",
    "Curve",
    "Gathering",
    "Happening",
    "HappeningKind",
    "LogDay",
    "LogDeed",
    "Point",
    "Reason",
    "Sign",
    "Step",
    "Suggested",
    "Told",
    "Touch",
    "bare",
    "check_closing",
    "check_told",
    "draw_curve",
    "month_bounds",
    "months_back",
    "suggest",
    "told_by_day",
    "what_happens_next",
]
