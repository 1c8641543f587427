"""What happens is written down in its own transaction, where somebody waits for it; then it cannot be lost."""

from __future__ import annotations

from collections.abc import Sequence

from samverka.access.act import Act
from samverka.access.guarded import demand_act
from samverka.audit.trip import Call, Statement, array, trip
from samverka.resources.rules.standing import How, Stood
from samverka.subscriptions.rules import Cause, Happened

HAPPENED = "samverka_happened"
"""The database's channel on which the house is woken."""


def tell(this: Act, happened: Sequence[Happened]) -> None:
    """Tell subscribers that something has happened to resources that do not lie on the shelf, or beside it."""
    demand_act("What has happened is written")
    if calls := _calls(happened):
        trip(*calls)


def hear_shelf(stood: Sequence[Stood]) -> list[Call]:
    """What writes down new versions on the shelf (named by `SAMVERKA_SHELF_HEARD`); sent with what writes them."""
    return _calls(
        [
            Happened(one.kind, one.address, one.person_id, _CAUSES[one.how], one.at, one.resource_id,
                     one.number)
            for one in stood
        ]
    )  # fmt: skip


_CAUSES = {How.WRITTEN: Cause.CHANGED, How.PLACED: Cause.PLACED, How.DELETED: Cause.DELETED}

_HAPPENED = Statement(
    "samverka_happened",
    f"""
    WITH heard AS (
      INSERT INTO subscriptions_happening
          (person_id, kind, key, resource_id, number, cause, providers, at)
      SELECT u.person, u.kind, u.key, u.resource, u.number, u.cause,
             string_to_array(u.providers, ',')::uuid[], u.at
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int4[], $6::text[], $7::text[],
                  $8::timestamptz[])
           WITH ORDINALITY u (person, kind, key, resource, number, cause, providers, at, place)
      WHERE EXISTS (SELECT FROM subscriptions_subscription s
                    WHERE s.state <> 'off' AND u.kind = ANY (s.kinds))
      ORDER BY u.place
      RETURNING 1)
    SELECT pg_notify('{HAPPENED}', '') FROM heard LIMIT 1
""",  # noqa: S608 (a constant)
)


def _calls(happened: Sequence[Happened]) -> list[Call]:
    """One statement; where nobody waits, nothing is written and nobody woken. The order is that of the transactions' ends."""
    if not happened:
        return []
    columns = (
        [one.person_id for one in happened],
        [one.kind for one in happened],
        [one.key for one in happened],
        [one.resource_id for one in happened],
        [one.number for one in happened],
        [one.cause.value for one in happened],
        [",".join(str(each) for each in one.providers) for one in happened],
        [one.at for one in happened],
    )
    return [Call(_HAPPENED, tuple(array(one) for one in columns))]
