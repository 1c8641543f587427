"""Django's handle on the room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """The room `contacts`."""

    name = "samverka.contacts"
    label = "contacts"
