"""FHIR search over everything: what lies on the shelf by its index, and what only a room can show."""

from samverka.config.searching.paging import find, search

__all__ = ["find", "search"]
