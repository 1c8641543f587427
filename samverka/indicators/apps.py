"""Django's handle on the room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The room `indicators`."""

    name = "samverka.indicators"
    label = "indicators"
