"""An app and a system that are let in, for the house tests; built by operations."""

from __future__ import annotations

import json
from uuid import UUID

from joserfc.jwk import ECKey

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.roles import Role
from samverka.connections import operations, reads
from samverka.connections.models import Connection
from samverka.connections.operations import ClientFacts, Wish
from samverka.connections.rules.clients import ClientKind
from samverka.kernel.actor import Actor, Purpose
from tests.factories.cast import Cast

APP = ClientFacts(
    name="Vinden",
    kind=ClientKind.CONFIDENTIAL,
    scopes="launch launch/patient openid offline_access patient/*.rs user/*.rs",
    about="Visar planer i telefonen.",
    redirects=["https://app.example/svar"],
    launch_address="https://app.example/start",
)
KEYS = json.dumps(ECKey.generate_key("P-384", {"kid": "one"}, private=True).as_dict(private=False))
SYSTEM = ClientFacts(
    name="Hemmätaren",
    kind=ClientKind.BACKEND,
    scopes="system/*.rs",
    keys=KEYS,
    roles=[Role.INTEGRATION],
    purposes=[Purpose.TREAT],
)


def wish(client_id: UUID, scopes: str = "offline_access patient/*.rs", launch: str = "") -> Wish:
    """What the app asks for."""
    return Wish(client_id, scopes, "https://app.example/svar", "c" * 43, launch=launch)


def let_in(cast: Cast, patient: Actor) -> dict[str, UUID]:
    """The app has been let in by Karin; another is switched off, and one has only asked."""
    administrator, unit = cast.administrator, cast.administrator.unit_id
    assert unit is not None
    app = operations.register_client(administrator, unit_id=unit, facts=APP)
    off = operations.register_client(administrator, unit_id=unit, facts=APP)
    operations.switch_off(administrator, client_id=off.id)
    system = operations.register_client(administrator, unit_id=unit, facts=SYSTEM)
    operations.allow_app(patient, wish=wish(app.id), person_id=patient.person_id)
    connection = reads.my_apps(patient)[0].id
    return {
        "client_id": app.id, "off_client_id": off.id, "system_client_id": system.id, "connection_id": connection,
    }  # fmt: skip


def newest_connection(system: Actor) -> UUID:
    """The last yes that was given."""
    with act(system, Action.TOKEN_GIVE) as this:
        this.unchanged()
        found: UUID = Connection.objects.latest("given_at", "id").id
        return found
