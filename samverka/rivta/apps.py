"""RIV-TA as a Django app."""

from django.apps import AppConfig


class RivtaConfig(AppConfig):
    """Room `rivta`."""

    name = "samverka.rivta"
    label = "rivta"
