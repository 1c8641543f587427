"""The gate's decision: may this actor do this with this record, on what legal ground, said in words.

Pure: plain values in, a `Decision` out. The same law is written once more as a database filter in
`gate.visible`; a property test over random worlds holds the two together.

Sources: PDL (2008:355) 4 chap., SVOD (2022:913) 2–3 chap., OSL (2009:400) 8, 10, 12, 25, 26 chap.
"""

from samverka.access.rules.county import check_county_value
from samverka.access.rules.deciding import (
    CHILD_AGE,
    OFFICE_PERMISSIONS,
    SVOD_RELATIONS,
    birth_date_limit,
    decide,
    is_child,
    keeps_only,
    knows,
    masks,
    own_access,
    proxy_access,
    svod_relation,
)
from samverka.access.rules.values import (
    AgeLimits,
    Block,
    Decision,
    Holding,
    Proxy,
    Relation,
    Standing,
)
from samverka.access.rules.words import (
    GROUND_WORDS,
    HIDDEN,
    PERSON_REFUSAL_WORDS,
    REFUSAL_WORDS,
    BlockKind,
    Capacity,
    ConsentForm,
    ConsentKind,
    Ground,
    OpeningKind,
    Protection,
    ProxyKind,
    Refusal,
    RelationKind,
    refusal_words,
)

__all__ = [
    "CHILD_AGE",
    "GROUND_WORDS",
    "HIDDEN",
    "OFFICE_PERMISSIONS",
    "PERSON_REFUSAL_WORDS",
    "REFUSAL_WORDS",
    "SVOD_RELATIONS",
    "AgeLimits",
    "Block",
    "BlockKind",
    "Capacity",
    "ConsentForm",
    "ConsentKind",
    "Decision",
    "Ground",
    "Holding",
    "OpeningKind",
    "Protection",
    "Proxy",
    "ProxyKind",
    "Refusal",
    "Relation",
    "RelationKind",
    "Standing",
    "birth_date_limit",
    "check_county_value",
    "decide",
    "is_child",
    "keeps_only",
    "knows",
    "masks",
    "own_access",
    "proxy_access",
    "refusal_words",
    "svod_relation",
]
