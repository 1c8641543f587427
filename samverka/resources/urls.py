"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.resources import pages

app_name = "resources"

urlpatterns = [
    path("importera/", pages.imports, name="imports"),
    path("importera/<uuid:run_id>/", pages.report, name="report"),
]
