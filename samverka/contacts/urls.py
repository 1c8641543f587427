"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.contacts import pages

app_name = "contacts"

urlpatterns = [
    path("personer/<uuid:person_id>/tider/", pages.times, name="list"),
    path("personer/<uuid:person_id>/tider/ny/", pages.book, name="book"),
    path("personer/<uuid:person_id>/tider/lova/", pages.promise, name="promise"),
    path("lovade-tider/<uuid:promise_id>/boka/", pages.book_promised, name="book_promised"),
    path("lovade-tider/<uuid:promise_id>/hallen/", pages.keep, name="keep"),
    path("lovade-tider/<uuid:promise_id>/ta-tillbaka/", pages.withdraw, name="withdraw"),
    path("lovade-tider/<uuid:promise_id>/galler-igen/", pages.promise_again, name="promise_again"),
    path("tider/<uuid:booking_id>/avboka/", pages.cancel, name="cancel"),
    path("tider/<uuid:booking_id>/angra-avbokning/", pages.restore, name="restore"),
]
