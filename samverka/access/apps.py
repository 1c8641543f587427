"""Django's handle on the room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The gate."""

    name = "samverka.access"
    label = "access"
