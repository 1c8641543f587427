"""Addresses of the room: two lists, so that each half is read by itself."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "transition"

REPORTS: list[URLPattern] = []
"""Rounds, reports, their coding and summary; targets and actions."""

GRANTS: list[URLPattern] = []
"""Government grants."""

urlpatterns = [*REPORTS, *GRANTS]
