"""Who owns which FHIR type: how the room shows it, and which operation each change becomes.

The rooms' `fhir` turn R4 into plain values; here those meet the operations. Beside it, `config.registry` says
who receives what comes from other systems. A type that is not named here can only be read.
"""

from __future__ import annotations

from collections.abc import Mapping

from samverka.config.owned.asking import ASKING
from samverka.config.owned.coming import COMING
from samverka.config.owned.leaving import LEAVING
from samverka.config.owned.organisations import ORGANISATIONS
from samverka.config.owned.persons import PERSONS
from samverka.config.owned.plans import PLANS
from samverka.config.owned.together import TOGETHER
from samverka.config.owned.told import TOLD
from samverka.config.owned.trail import TRAIL
from samverka.config.owned.values import Owned
from samverka.config.owned.waiting import WAITING

ALL: tuple[Owned, ...] = (
    *PERSONS,
    *ORGANISATIONS,
    *LEAVING,
    *PLANS,
    *ASKING,
    *TOGETHER,
    *COMING,
    *WAITING,
    *TOLD,
    *TRAIL,
)

OWNED: Mapping[str, tuple[Owned, ...]] = {
    kind: tuple(one for one in ALL if one.kind == kind) for kind in sorted({o.kind for o in ALL})
}
"""By type. Where several rooms own a sort each, the one that keeps the id is asked."""

__all__ = ["ALL", "OWNED", "Owned"]
