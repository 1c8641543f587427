"""Django's handle on the room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room `demo`: installed only in demo mode."""

    name = "samverka.demo"
    label = "demo"
