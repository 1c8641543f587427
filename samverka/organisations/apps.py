"""Django's handle on the room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The room `organisations`."""

    name = "samverka.organisations"
    label = "organisations"
