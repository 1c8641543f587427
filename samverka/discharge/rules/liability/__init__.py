"""When a municipality pays for a person who is ready to go home, day by day with the reason. Pure.

Lagen (2017:612) om samverkan vid utskrivning från sluten hälso- och sjukvård, 5 kap. (LUS), and what
region and municipalities may agree on instead (4 kap. 5 §).

`judge_stay` judges one stay, `settle` a month or quarter of many; `take_snapshot` keeps what it was
settled by, so that `recompute` gives the same answer later.
"""

from samverka.discharge.rules.liability.clock import (
    ADMISSION_NOTICE_HOURS,
    Clock,
    admission_notice_due,
    call_due,
    clock_for,
    liable_from,
)
from samverka.discharge.rules.liability.days import Basis, DayVerdict
from samverka.discharge.rules.liability.facts import (
    Call,
    Debtor,
    Leave,
    Ready,
    Sent,
    Span,
    StayFacts,
    check_facts,
    debtor_of,
)
from samverka.discharge.rules.liability.notes import Note, NoteKind
from samverka.discharge.rules.liability.periods import (
    Average,
    MunicipalityBasis,
    Period,
    Settlement,
    StayLine,
    average_excess,
    period_of,
    settle,
)
from samverka.discharge.rules.liability.presets import PRESETS, Preset
from samverka.discharge.rules.liability.rates import (
    KNOWN_RATES,
    SUGGESTED_RATES,
    Amount,
    AmountLine,
    Rate,
    check_rates,
    price_days,
    with_own,
)
from samverka.discharge.rules.liability.reasons import SECTIONS, Reason
from samverka.discharge.rules.liability.settings import KEYS, defaults, terms_from, values_of
from samverka.discharge.rules.liability.snapshot import (
    RULES_VERSION,
    holds_good,
    recompute,
    take_snapshot,
)
from samverka.discharge.rules.liability.stays import (
    DayRun,
    StayVerdict,
    judge_stay,
    price_stay,
    runs,
    tell_stay,
)
from samverka.discharge.rules.liability.telling import tell_terms
from samverka.discharge.rules.liability.terms import (
    Attribution,
    HolidayRule,
    LateEffect,
    Model,
    NoonRule,
    OutsideRule,
    PeriodKind,
    PsychiatryRule,
    Terms,
    check_terms,
)

__all__ = [
    "ADMISSION_NOTICE_HOURS",
    "KEYS",
    "KNOWN_RATES",
    "PRESETS",
    "RULES_VERSION",
    "SECTIONS",
    "SUGGESTED_RATES",
    "Amount",
    "AmountLine",
    "Attribution",
    "Average",
    "Basis",
    "Call",
    "Clock",
    "DayRun",
    "DayVerdict",
    "Debtor",
    "HolidayRule",
    "LateEffect",
    "Leave",
    "Model",
    "MunicipalityBasis",
    "NoonRule",
    "Note",
    "NoteKind",
    "OutsideRule",
    "Period",
    "PeriodKind",
    "Preset",
    "PsychiatryRule",
    "Rate",
    "Ready",
    "Reason",
    "Sent",
    "Settlement",
    "Span",
    "StayFacts",
    "StayLine",
    "StayVerdict",
    "Terms",
    "admission_notice_due",
    "average_excess",
    "call_due",
    "check_facts",
    "check_rates",
    "check_terms",
    "clock_for",
    "debtor_of",
    "defaults",
    "holds_good",
    "judge_stay",
    "liable_from",
    "period_of",
    "price_days",
    "price_stay",
    "recompute",
    "runs",
    "settle",
    "take_snapshot",
    "tell_stay",
    "tell_terms",
    "terms_from",
    "values_of",
    "with_own",
]
