"""Every address of the house. A room's own addresses live in the room."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    "connections",
    "web",
    "resources",
    "subscriptions",
    "organisations",
    "people",
    "careplans",
    "contacts",
    "discharge",
    "guarantee",
    "contract",
    "indicators",
    "transition",
    "rivta",
    "developers",
]
if settings.DEMO:
    ROOMS.append("demo")

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"samverka.{room}.urls")) for room in ROOMS),
    path("konto/", include("allauth.urls")),
]

handler400 = "samverka.web.pages.bad_request"
handler403 = "samverka.web.pages.permission_denied"
handler404 = "samverka.web.pages.not_found"
handler500 = "samverka.web.pages.server_error"
