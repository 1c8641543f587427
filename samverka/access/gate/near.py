"""What holds of a unit's own record, asked along with the row: enough for that, and for nothing else.

Of a record that the own unit keeps, about a person whom it has in its care, the gate asks only for the unit's relation,
for protected identity, and whether the law has given it the record: blocks, consents, grants and what has been given stand between units and care providers. So a row of
the own unit needs a seventh of the questions. Where anything else could count, nothing is said here, and all of it is asked (`standings`).
A property test over random worlds holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samverka.access import rules
from samverka.access.rules import Holding, Protection, Relation, RelationKind, Standing
from samverka.kernel.actor import Actor, ActorKind

COLUMNS = """
       (SELECT g.protection FROM access_subject g WHERE g.person_id = {person}),
       (SELECT string_agg(DISTINCT g.kind, ',') FROM access_relation g
         WHERE g.person_id = {person} AND g.provider_id = {provider} AND g.unit_id = {unit}
           AND g.since <= {at} AND (g.until IS NULL OR g.until > {at})),
       EXISTS (SELECT 1 FROM access_grant g
                WHERE g.person_id = {person} AND g.unit_id = {unit} AND g.provider_id = {provider}
                  AND g.object_id::text IN ({objects})
                  AND g.since <= {at} AND (g.until IS NULL OR g.until > {at}))
"""
"""The three columns of a row that `standing_near` reads; the caller says where person, provider, unit and time stand,
and the names (as text) that the record may have been granted by."""

COUNT = 3


def standing_near(
    actor: Actor, holding: Holding, told: Sequence[str | None], ages: rules.AgeLimits
) -> Standing | None:
    """What holds, if the own unit's relation decides alone; None where more has to be asked."""
    protection, kinds, granted = told
    near = holding.directory or (
        holding.unit_id == actor.unit_id and holding.provider_id == actor.provider_id
    )
    if actor.kind is not ActorKind.STAFF or actor.unit_id is None or not near:
        return None
    if granted != "f" and not holding.directory:
        return None
    relations = tuple(_relations(actor.unit_id, kinds or ""))
    if all(one.kind is RelationKind.PLAN for one in relations):
        return None  # none, or known only by a plan: then it counts what has been given
    return Standing(
        person_id=holding.person_id,
        relations=relations,
        protection=Protection(protection or Protection.NONE),
        ages=ages,
    )


def _relations(unit_id: UUID, kinds: str) -> list[Relation]:
    return [Relation(unit_id, RelationKind(one)) for one in kinds.split(",") if one]
