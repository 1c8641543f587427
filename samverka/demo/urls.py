"""The room's one address. It is included only in demo mode."""

from __future__ import annotations

from django.urls import path

from samverka.demo import pages

app_name = "demo"

urlpatterns = [path("demo/", pages.entrance, name="entrance")]
