"""A client with a token, for measuring: what the authorisation server leaves behind when a nurse has said yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bench.fhir_county import Known


def token(known: Known) -> str:
    """A token with all the rights of the one whose county it is, for a day."""
    from django.db import connections

    from samverka.connections.rules.secrets import digest, new_secret

    made, now, client, link = new_secret(), datetime.now(UTC), uuid4(), uuid4()
    scopes = "user/*.cruds"
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', false)")
        cursor.execute(
            "INSERT INTO connections_client (id, name, about, maker, contact, kind, status, redirects, "
            "launch_address, scopes, keys, secret_digest, roles, purposes, registered_at, registered_by) "
            "VALUES (%s, 'bench', '', '', '', 'public', 'active', '{}', '', %s, '{}', '', '{}', '{}', %s, '')",
            [client, scopes, now],
        )
        cursor.execute(
            "INSERT INTO connections_connection (id, client_id, account_id, assignment_id, scopes, purpose, given_at, ended) "
            "VALUES (%s, %s, %s, %s, %s, 'TREAT', %s, '')",
            [link, client, known.account, known.assignment, scopes, now],
        )
        cursor.execute(
            "INSERT INTO connections_token (digest, connection_id, refreshes, scopes, purpose, made_at, expires_at) "
            "VALUES (%s, %s, false, %s, 'TREAT', %s, %s)",
            [digest(made), link, scopes, now, now + timedelta(days=1)],
        )
    return made
