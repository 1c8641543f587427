"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.developers.pages import told, trying

app_name = "developers"

urlpatterns = [
    path("utvecklare/", told.start, name="start"),
    path("utvecklare/prova/", trying.try_it, name="try"),
    path("utvecklare/prova/skicka/", trying.send, name="send"),
    path("utvecklare/typer/", told.types, name="types"),
    path("utvecklare/typer/<str:name>/", told.kind, name="kind"),
    path("utvecklare/atkomst/", told.access, name="access"),
    path("utvecklare/granser/", told.limits, name="limits"),
]
