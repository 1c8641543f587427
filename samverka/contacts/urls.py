"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.contacts import pages

app_name = "contacts"

urlpatterns = [
    path("personer/<uuid:person_id>/tider/", pages.times, name="list"),
    path("personer/<uuid:person_id>/tider/ny/", pages.book, name="book"),
    path("tider/<uuid:booking_id>/avboka/", pages.cancel, name="cancel"),
    path("tider/<uuid:booking_id>/angra-avbokning/", pages.restore, name="restore"),
]
