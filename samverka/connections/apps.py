"""Django's handle on the room."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """The room `connections`."""

    name = "samverka.connections"
    label = "connections"
