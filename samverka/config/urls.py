"""Every address of the house. A room's own addresses live in the room."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from samverka.config.folders import PACKAGE

ROOMS = [
    "web",
    "audit",
    "access",
    "resources",
    "organisations",
    "people",
    "careplans",
    "contacts",
    "contract",
]


def _rooms() -> list[URLPattern | URLResolver]:
    rooms = [*ROOMS, *(["demo"] if settings.DEMO else [])]
    return [
        path("", include(f"samverka.{room}.urls"))
        for room in rooms
        if (PACKAGE / room / "urls.py").is_file()
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    *_rooms(),
    path("konto/", include("allauth.urls")),
]

handler400 = "samverka.web.pages.bad_request"
handler403 = "samverka.web.pages.permission_denied"
handler404 = "samverka.web.pages.not_found"
handler500 = "samverka.web.pages.server_error"
