"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "transition"

urlpatterns: list[URLPattern] = []
