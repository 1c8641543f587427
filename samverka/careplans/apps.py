"""Django's handle on the room."""

from django.apps import AppConfig


class CareplansConfig(AppConfig):
    """The room `careplans`."""

    name = "samverka.careplans"
    label = "careplans"
