"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.subscriptions import pages

app_name = "subscriptions"

urlpatterns = [
    path("prenumerationer/", pages.subscriptions, name="list"),
    path("prenumerationer/<uuid:subscription_id>/igen/", pages.again, name="again"),
    path("prenumerationer/<uuid:subscription_id>/avsluta/", pages.stop, name="stop"),
    path("prenumerationer/servrar/", pages.allow, name="allow"),
    path("prenumerationer/servrar/bort/", pages.forbid, name="forbid"),
]
