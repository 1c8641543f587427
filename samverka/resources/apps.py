"""The shelf as a Django app."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Room `resources`."""

    name = "samverka.resources"
    label = "resources"
