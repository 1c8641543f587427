"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.organisations import pages

app_name = "organisations"

urlpatterns = [
    path("valj-uppdrag/", pages.choose, name="choose"),
    path("lan/", pages.county, name="county"),
    path("lan/<str:key>/", pages.county_value, name="county_value"),
    path("enheter/", pages.units, name="units"),
    path("enheter/ny/", pages.new_unit, name="new_unit"),
    path("enheter/<uuid:unit_id>/", pages.unit, name="unit"),
    path("enheter/<uuid:unit_id>/andra/", pages.edit_unit, name="edit_unit"),
    path("enheter/<uuid:unit_id>/stang/", pages.close_unit, name="close_unit"),
    path("enheter/<uuid:unit_id>/personal/ny/", pages.new_staff, name="new_staff"),
    path("uppdrag/<uuid:assignment_id>/avsluta/", pages.end_assignment, name="end_assignment"),
]
