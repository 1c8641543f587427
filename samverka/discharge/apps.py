"""Django's handle on the room."""

from django.apps import AppConfig


class DischargeConfig(AppConfig):
    """The room `discharge`."""

    name = "samverka.discharge"
    label = "discharge"
