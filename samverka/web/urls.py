"""Addresses of the pages that belong to no room."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from samverka.web import fhir_http, pages
from samverka.web.door import public

app_name = "web"

urlpatterns = [
    path("hjalp/", pages.help_page, name="help"),
    path("tillganglighet/", pages.accessibility, name="accessibility"),
    path("komponenter/", pages.gallery, name="gallery"),
    path("installningar/", pages.preference, name="preference"),
    path("utkast/", pages.drafts, name="drafts"),
    path("utkast/<uuid:draft_id>/kasta/", pages.throw_draft, name="throw-draft"),
    path("session/", pages.session_left, name="session"),
    path("session/fortsatt/", pages.session_go_on, name="session-go-on"),
    path("halsa/lever", pages.alive, name="alive"),
    path("halsa/redo", pages.ready, name="ready"),
    path("fhir/R4", fhir_http.base, name="fhir-base"),
    path("fhir/R4/<str:fhir_type>", fhir_http.resource_type, name="fhir-type"),
    path("fhir/R4/<str:fhir_type>/<str:fhir_id>", fhir_http.resource, name="fhir"),
    path("sprak/", public(set_language), name="language"),
]
