"""Token → Actor: asked at each request of a client, so it is one statement and no row objects."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from samverka.access.roles import PERSON_PERMISSIONS, permissions_of
from samverka.connections.rules.scopes import narrowing
from samverka.connections.rules.secrets import digest
from samverka.kernel.actor import Actor, ActorKind, Branch, Purpose, Side
from samverka.kernel.narrowing import Narrowing
from samverka.organisations.rules import SIDE_OF, OrganisationKind

LONGEST = 200
"""Longer than any token of ours; longer ones are not even looked for."""


def actor_of_token(token: str, *, at: datetime, request_id: str) -> Actor | None:
    """The actor that a client acts as with an access token, narrowed to the token's scopes; None if it lets nobody in.

    One round trip says whether all of it still holds: the token, the connection, the client, the account, and for
    staff the assignment and its unit.
    """
    if not token or len(token) > LONGEST:
        return None
    found = _remembered(digest(token), at)
    return _actor(found, at, request_id) if found else None


_SEE_ALL = "SELECT set_config('samverka.persons', '*', true)"
"""There is no actor yet, so row security is told for this statement alone that the door asks."""

_COLUMNS = (
    "scopes", "purpose", "person", "client", "client_name", "roles", "account", "account_name", "own_person",
    "assignment", "profession", "assigned", "staff", "given", "family", "unit", "unit_name", "provider",
    "provider_name", "branch", "organisation_kind",
)  # fmt: skip

_FACTS = """
       link.person_id, client.id, client.name, client.roles,
       account.id, account.name, account.person_id,
       duty.id, duty.profession, duty.roles, staff.id, staff.given_name, staff.family_name,
       unit.id, unit.name, provider.id, provider.name, provider.branch, owner.kind
"""

_AROUND = """
  JOIN connections_client client ON client.id = link.client_id
  LEFT JOIN access_account account ON account.id = link.account_id
  LEFT JOIN organisations_assignment duty ON duty.id = link.assignment_id
  LEFT JOIN organisations_staff staff ON staff.id = duty.staff_id
  LEFT JOIN organisations_unit unit
    ON unit.id = COALESCE(duty.unit_id, CASE WHEN account.id IS NULL THEN client.unit_id END)
  LEFT JOIN organisations_provider provider ON provider.id = unit.provider_id
  LEFT JOIN organisations_organisation owner ON owner.id = provider.organisation_id
"""

_HOLDS = """
   link.ended_at IS NULL AND (link.until IS NULL OR link.until > %(at)s)
   AND client.status = 'active'
   AND CASE
         WHEN link.account_id IS NULL THEN client.kind = 'backend' AND NOT unit.closed
         WHEN NOT account.is_active THEN false
         WHEN link.assignment_id IS NULL THEN account.person_id IS NOT NULL
         ELSE duty.since <= %(at)s AND (duty.until IS NULL OR duty.until > %(at)s)
              AND staff.account_id = account.id AND NOT unit.closed
       END
"""

_SQL = f"""
SELECT token.scopes, token.purpose, {_FACTS}
  FROM connections_token token
  JOIN connections_connection link ON link.id = token.connection_id {_AROUND}
 WHERE token.digest = %(digest)s AND NOT token.refreshes AND token.ended_at IS NULL
   AND token.made_at <= %(at)s AND token.expires_at > %(at)s AND {_HOLDS}
"""  # noqa: S608 (our own names)

_OF_CLIENT = f"""
SELECT %(scopes)s, %(purpose)s, {_FACTS}
  FROM connections_connection link {_AROUND}
 WHERE link.client_id = %(client)s AND link.account_id IS NOT DISTINCT FROM %(account)s::uuid
   AND link.assignment_id IS NOT DISTINCT FROM %(assignment)s::uuid AND {_HOLDS}
 ORDER BY link.given_at DESC LIMIT 1
"""  # noqa: S608


def actor_of_client(
    kept: Narrowing, account_id: UUID, assignment_id: UUID | None, purpose: Purpose, *, at: datetime
) -> Actor | None:
    """Whom a client acts as in work that goes on after its request, inside an act; None when it is let in no more.

    Args:
        kept: what it had been let do when it asked for the work.
        account_id: who it was for; the client's own id where it is a system without a user.
    """
    values = {
        "scopes": kept.scopes, "purpose": purpose.value, "client": kept.client_id,
        "account": None if account_id == kept.client_id else account_id,
        "assignment": assignment_id, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OF_CLIENT, values)
        row = cursor.fetchone()
    if row is None:
        return None
    return replace(_actor(dict(zip(_COLUMNS, row, strict=True)), at, ""), narrowing=kept)


_kept: dict[str, tuple[float, datetime, dict[str, Any]]] = {}
_MOST = 5_000


def _remembered(token_digest: str, at: datetime) -> dict[str, Any] | None:
    """What was found a moment ago still holds: so long a token that is taken back may go on (`SAMVERKA_TOKEN_SECONDS`)."""
    now, kept = time.monotonic(), _kept.get(token_digest)
    if kept is not None and now < kept[0] and kept[1] <= at:
        return kept[2]
    found = _found(token_digest, at)
    if len(_kept) > _MOST:
        _kept.clear()
    if found is not None and settings.SAMVERKA_TOKEN_SECONDS:
        _kept[token_digest] = (now + settings.SAMVERKA_TOKEN_SECONDS, at, found)
    else:
        _kept.pop(token_digest, None)
    return found


def forget_tokens() -> None:
    """What this process remembers of tokens: one has been taken back."""
    _kept.clear()


def _found(token_digest: str, at: datetime) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(f"{_SEE_ALL}; {_SQL}", {"digest": token_digest, "at": at})
        cursor.nextset()
        row = cursor.fetchone()
    return dict(zip(_COLUMNS, row, strict=True)) if row else None


def _actor(found: dict[str, Any], at: datetime, request_id: str) -> Actor:
    narrowed = narrowing(
        found["scopes"],
        client_id=found["client"],
        client_name=found["client_name"],
        person_id=found["person"],
    )
    whole: dict[str, Any] = {"at": at, "request_id": request_id, "narrowing": narrowed}
    purpose = Purpose(found["purpose"])
    if found["account"] is None:
        return Actor(
            kind=ActorKind.STAFF,
            id=found["client"],
            name=found["client_name"],
            permissions=permissions_of(found["roles"]),
            profession="system",
            purpose=purpose,
            **_placed(found),
            **whole,
        )
    if found["assignment"] is None:
        return Actor(
            kind=ActorKind.PERSON,
            id=found["account"],
            name=found["account_name"],
            side=Side.PERSON,
            person_id=found["own_person"],
            permissions=PERSON_PERMISSIONS,
            purpose=purpose,
            **whole,
        )
    return Actor(
        kind=ActorKind.STAFF,
        id=found["account"],
        name=f"{found['given']} {found['family']}",
        staff_id=found["staff"],
        assignment_id=found["assignment"],
        profession=found["profession"],
        permissions=permissions_of(found["assigned"]),
        purpose=purpose,
        **_placed(found),
        **whole,
    )


def _placed(found: dict[str, Any]) -> dict[str, Any]:
    unit_id: UUID = found["unit"]
    return {
        "side": SIDE_OF[OrganisationKind(found["organisation_kind"])],
        "unit_id": unit_id,
        "unit_name": found["unit_name"],
        "provider_id": found["provider"],
        "provider_name": found["provider_name"],
        "branch": Branch(found["branch"]),
    }
