"""Django's handle on the room."""

from django.apps import AppConfig


class GuaranteeConfig(AppConfig):
    """The room `guarantee`."""

    name = "samverka.guarantee"
    label = "guarantee"
