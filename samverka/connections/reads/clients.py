"""Clients: as the administrator sees them, and as the protocol asks for them."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import NOBODY, act, permits
from samverka.access.actions import Action
from samverka.access.roles import Role
from samverka.connections.models import Client
from samverka.connections.rules.clients import ClientKind, ClientStatus
from samverka.connections.rules.keys import key_names
from samverka.connections.rules.secrets import digest
from samverka.kernel.actor import Actor, Purpose
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class ClientDetail:
    """A client.

    Attributes:
        scopes: what it may ask for at most.
        keys: its public keys, a JWK set; {} for none.
        key_names: what to call them in a list.
        connections: yeses that hold now; 0 where nobody has counted.
    """

    id: UUID
    name: str
    about: str
    maker: str
    contact: str
    kind: ClientKind
    status: ClientStatus
    unit_id: UUID | None
    unit_name: str
    provider_name: str
    organisation_id: UUID | None
    redirects: tuple[str, ...]
    launch_address: str
    scopes: str
    keys: dict[str, Any]
    key_names: tuple[str, ...]
    has_secret: bool
    roles: tuple[Role, ...]
    purposes: tuple[Purpose, ...]
    registered_at: datetime
    registered_by: str
    last_used_at: datetime | None

    @property
    def is_active(self) -> bool:
        """Whether it is let in."""
        return self.status is ClientStatus.ACTIVE


def client_detail(row: Client) -> ClientDetail:
    """Row → plain value; `unit__provider` must be selected."""
    unit = row.unit
    return ClientDetail(
        id=row.id,
        name=row.name,
        about=row.about,
        maker=row.maker,
        contact=row.contact,
        kind=ClientKind(row.kind),
        status=ClientStatus(row.status),
        unit_id=row.unit_id,
        unit_name=unit.name if unit else "",
        provider_name=unit.provider.name if unit else "",
        organisation_id=unit.provider.organisation_id if unit else None,
        redirects=tuple(row.redirects),
        launch_address=row.launch_address,
        scopes=row.scopes,
        keys=row.keys,
        key_names=tuple(key_names(row.keys)),
        has_secret=bool(row.secret_digest),
        roles=tuple(Role(one) for one in row.roles),
        purposes=tuple(Purpose(one) for one in row.purposes),
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        last_used_at=row.last_used_at,
    )


def clients() -> QuerySet[Any]:
    """Clients with what a detail needs."""
    found: QuerySet[Any] = Client.objects.select_related("unit__provider")
    return found


def own_clients(actor: Actor) -> QuerySet[Any]:
    """Those of the own organisation, and requests that nobody has answered."""
    asked = Q(status=ClientStatus.REQUESTED, unit=None)
    found: QuerySet[Any] = clients().filter(of_organisation(actor) | asked)
    return found


def of_organisation(actor: Actor) -> Q:
    """Those that are registered by the actor's own organisation."""
    return Q(unit__provider__organisation__provider=actor.provider_id or NOBODY)


def list_clients(actor: Actor) -> list[ClientDetail]:
    """The own organisation's clients and unanswered requests, by name."""
    with act(actor, Action.CLIENT_READ) as this:
        this.require_permission()
        rows = own_clients(actor).order_by("name", "id")
        this.note_general("Client")
        return [client_detail(row) for row in rows]


def client(actor: Actor, *, client_id: UUID) -> ClientDetail:
    """One of them."""
    with act(actor, Action.CLIENT_READ) as this:
        this.require_permission()
        row = own_clients(actor).filter(id=client_id).first()
        if row is None:
            raise NotFound(_("Appen finns inte."))
        this.note_general("Client", id=str(client_id))
        return client_detail(row)


def apps_to_open(actor: Actor) -> list[ClientDetail]:
    """Apps that can be opened from a person's page by staff of the organisation, by name."""
    if not permits(actor, Action.APP_OPEN):
        return []
    found = clients().filter(of_organisation(actor), status=ClientStatus.ACTIVE)
    return [client_detail(row) for row in found.exclude(launch_address="").order_by("name", "id")]


# ── asked by the protocol, before there is an actor ──


def known_client(client_id: str) -> ClientDetail | None:
    """The client of that `client_id`, if it is let in."""
    try:
        one = UUID(client_id)
    except ValueError:
        return None
    row = clients().filter(id=one, status=ClientStatus.ACTIVE).first()
    return client_detail(row) if row else None


def is_secret_of(client_id: UUID, secret: str) -> bool:
    """Whether it is the client's secret; it takes the same time however much of it is right."""
    kept = Client.objects.filter(id=client_id).values_list("secret_digest", flat=True).first()
    return bool(kept) and hmac.compare_digest(str(kept), digest(secret))
