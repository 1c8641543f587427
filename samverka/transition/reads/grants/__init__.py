"""Gated fetches of grants. No person: the permission decides, and whose money it is."""

from samverka.transition.reads.grants.agreements import (
    grant_agreement,
    grant_period,
    grant_population,
)
from samverka.transition.reads.grants.distributions import (
    Wish,
    grant_distribution,
    grant_pot,
    try_distribution,
)
from samverka.transition.reads.grants.own import may_open_laying_down
from samverka.transition.reads.grants.recipients import (
    grant_award,
    grant_overview,
    grant_recipient,
)
from samverka.transition.reads.grants.values import (
    AgreementDetail,
    AwardLine,
    DistributionDetail,
    ImportedDetail,
    OverviewDetail,
    OwnDetail,
    PeriodDetail,
    PopulationLine,
    PotDetail,
    PotLine,
    RecipientDetail,
    TriedDetail,
)

__all__ = [
    "AgreementDetail",
    "AwardLine",
    "DistributionDetail",
    "ImportedDetail",
    "OverviewDetail",
    "OwnDetail",
    "PeriodDetail",
    "PopulationLine",
    "PotDetail",
    "PotLine",
    "RecipientDetail",
    "TriedDetail",
    "Wish",
    "grant_agreement",
    "grant_award",
    "grant_distribution",
    "grant_overview",
    "grant_period",
    "grant_population",
    "grant_pot",
    "grant_recipient",
    "may_open_laying_down",
    "try_distribution",
]
