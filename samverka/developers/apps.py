"""Django's handle on the room."""

from django.apps import AppConfig


class DevelopersConfig(AppConfig):
    """The room `developers`."""

    name = "samverka.developers"
    label = "developers"
