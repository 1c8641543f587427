"""What happens is written down in its own transaction, where somebody waits for it; then it cannot be lost."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from samverka.access.act import Act
from samverka.access.guarded import demand_act
from samverka.resources.rules.standing import Stood
from samverka.subscriptions.rules import Cause, Happened

HAPPENED = "samverka_happened"
"""The database's channel on which the house is woken."""


def tell(this: Act, happened: Sequence[Happened]) -> None:
    """Tell subscribers that something has happened to resources that do not lie on the shelf, or beside it."""
    _write(happened)


def hear_shelf(stood: Sequence[Stood]) -> None:
    """New versions on the shelf (named by `SAMVERKA_SHELF_HEARD`)."""
    _write(
        [
            Happened(one.kind, one.address, one.person_id, Cause.CHANGED, one.at, one.resource_id,
                     one.number)
            for one in stood
        ]
    )  # fmt: skip


_INSERT = """
    INSERT INTO subscriptions_happening
        (person_id, kind, key, resource_id, number, cause, providers, at)
    SELECT u.person, u.kind, u.key, u.resource, u.number, u.cause,
           string_to_array(u.providers, ',')::uuid[], u.at
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::int4[], %s::text[], %s::text[],
                %s::timestamptz[])
         WITH ORDINALITY u (person, kind, key, resource, number, cause, providers, at, place)
    WHERE EXISTS (SELECT FROM subscriptions_subscription s
                  WHERE s.state <> 'off' AND u.kind = ANY (s.kinds))
    ORDER BY u.place
"""


def _write(happened: Sequence[Happened]) -> None:
    """One statement; where nobody waits, nothing is written. The order is that of the transactions' ends."""
    if not happened:
        return
    demand_act("What has happened is written")
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                [one.person_id for one in happened],
                [one.kind for one in happened],
                [one.key for one in happened],
                [one.resource_id for one in happened],
                [one.number for one in happened],
                [one.cause.value for one in happened],
                [",".join(str(each) for each in one.providers) for one in happened],
                [one.at for one in happened],
            ],
        )
        if cursor.rowcount > 0:
            cursor.execute("SELECT pg_notify(%s, '')", [HAPPENED])
