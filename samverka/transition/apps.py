"""Django's handle on the room."""

from django.apps import AppConfig


class TransitionConfig(AppConfig):
    """The room `transition`."""

    name = "samverka.transition"
    label = "transition"
