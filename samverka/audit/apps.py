"""Django's handle on the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail."""

    name = "samverka.audit"
    label = "audit"
