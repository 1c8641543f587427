"""Django's handle on the room."""

from django.apps import AppConfig


class ContractConfig(AppConfig):
    """The room `contract`."""

    name = "samverka.contract"
    label = "contract"
