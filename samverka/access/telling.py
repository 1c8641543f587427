"""Who asks, told to the database at the beginning of each transaction: the net under the gate."""

from __future__ import annotations

import json

from samverka.access.county import OWN_VALUES, hear
from samverka.access.lasting import left
from samverka.audit.trip import Call, Statement, trip
from samverka.kernel.actor import Actor, ActorKind

_EVERYONE = "*"


def set_row_security(actor: Actor) -> None:
    """Tell the database who asks, for this transaction: the net under the gate."""
    calls = who(actor)
    hear(json.loads(trip(*calls)[0][0][-1] or "[]"))


def who(actor: Actor) -> list[Call]:
    """What tells the database who asks. The last column of its first row is what `hear` is told."""
    own = str(actor.person_id or "")
    if actor.kind is not ActorKind.PERSON:
        return [Call(_WHO, (actor.id, own, _EVERYONE, left()))]
    acts_for = (own, actor.person_id, actor.at)
    return [Call(_WHO, (actor.id, own, own, left())), Call(_AND_THOSE_ACTED_FOR, acts_for)]


_WHO = Statement(
    "samverka_who",
    "SELECT set_config('samverka.actor', $1, true), "
    "set_config('samverka.self', $2, true), set_config('samverka.persons', $3, true), "
    "set_config('plan_cache_mode', 'force_generic_plan', true), "
    "set_config('statement_timeout', coalesce(nullif($4, '0'), current_setting('statement_timeout')), true), "
    f"{OWN_VALUES}",
)
_AND_THOSE_ACTED_FOR = Statement(  # it may see the rows only when the first one has said who asks
    "samverka_who_for",
    "SELECT set_config('samverka.persons', concat_ws(',', $1::text, ("
    "SELECT string_agg(person_id::text, ',') FROM access_proxy "
    "WHERE proxy_person_id = $2 AND since <= $3 AND (until IS NULL OR until > $3))), true)",
)
