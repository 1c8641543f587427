"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.people import pages

app_name = "people"

urlpatterns = [
    path("sok/", pages.search, name="search"),
    path("personer/ny/", pages.register, name="register"),
    path("personer/<uuid:person_id>/uppgifter/", pages.edit, name="edit"),
    path("personer/<uuid:person_id>/narstaende/", pages.relatives, name="relatives"),
    path("personer/<uuid:person_id>/ombud/", pages.proxies, name="proxies"),
    path("personer/<uuid:person_id>/formaga/", pages.capacity, name="capacity"),
    path("personer/<uuid:person_id>/nummer/", pages.number, name="number"),
    path("personer/<uuid:person_id>/listning/", pages.listing, name="listing"),
    path("narstaende/<uuid:relative_id>/ta-bort/", pages.remove_relative, name="remove_relative"),
    path("ombud/<uuid:proxy_id>/avsluta/", pages.end_proxy, name="end_proxy"),
]
