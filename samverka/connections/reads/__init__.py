"""Who stands behind a token; clients, and what has been let."""

from samverka.connections.reads.clients import (
    ClientDetail,
    apps_to_open,
    client,
    is_secret_of,
    known_client,
    list_clients,
)
from samverka.connections.reads.letting import (
    AppLine,
    launched_person,
    my_apps,
    person_to_open,
    whom_to_open,
)
from samverka.connections.reads.tokens import actor_of_client, actor_of_token

__all__ = [
    "AppLine",
    "ClientDetail",
    "actor_of_client",
    "actor_of_token",
    "apps_to_open",
    "client",
    "is_secret_of",
    "known_client",
    "launched_person",
    "list_clients",
    "my_apps",
    "person_to_open",
    "whom_to_open",
]
