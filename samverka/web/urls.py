"""Addresses of the pages that belong to no room."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from samverka.web import pages
from samverka.web.door import public
from samverka.web.fhir_http import addresses as fhir

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
    path("fhir/R4", fhir.base, name="fhir-base"),
    path("fhir/R4/", fhir.base, name="fhir-base-slash"),
    path("fhir/R4/metadata", fhir.metadata, name="fhir-metadata"),
    path("fhir/R4/openapi.json", fhir.openapi, name="fhir-openapi"),
    path("fhir/R4/<str:kind>", fhir.one_part, name="fhir-type"),
    path("fhir/R4/<str:kind>/<str:key>", fhir.two_parts, name="fhir"),
    path("fhir/R4/<str:kind>/<str:key>/<str:name>", fhir.three_parts, name="fhir-part"),
    path(
        "fhir/R4/<str:kind>/<str:key>/<str:name>/<str:last>", fhir.four_parts, name="fhir-version"
    ),
    path("sprak/", public(set_language), name="language"),
]
