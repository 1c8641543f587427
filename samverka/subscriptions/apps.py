"""Subscriptions as a Django app."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """Room `subscriptions`."""

    name = "samverka.subscriptions"
    label = "subscriptions"
