"""Addresses of the pages that belong to no room."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from samverka.web import pages
from samverka.web.door import public

app_name = "web"

urlpatterns = [
    path("hjalp/", pages.help_page, name="help"),
    path("tillganglighet/", pages.accessibility, name="accessibility"),
    path("komponenter/", pages.gallery, name="gallery"),
    path("installningar/", pages.preference, name="preference"),
    path("sprak/", public(set_language), name="language"),
]
