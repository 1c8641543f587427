"""Django's handle on the room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room `notices`."""

    name = "samverka.notices"
    label = "notices"
