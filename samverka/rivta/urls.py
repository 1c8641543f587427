"""Addresses of the contracts."""

from __future__ import annotations

from django.urls import path

from samverka.rivta import pages

app_name = "rivta"

urlpatterns = [
    path("rivta/GetCarePlans/2/rivtabp21", pages.plans, name="care-plans"),
    path("rivta/GetCareContacts/3/rivtabp21", pages.contacts, name="care-contacts"),
]
