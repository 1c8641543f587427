"""Searching the shelf: a `Query` as one statement behind the gate."""

from samverka.resources.reads.searching.finding import (
    Asked,
    Hit,
    Part,
    count,
    for_rooms,
    kinds_about,
    note,
    page,
)
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.including import included
from samverka.resources.reads.searching.labels import labelled
from samverka.resources.reads.searching.order import Place, is_after, sort_key
from samverka.resources.reads.searching.prepared import TooCostly
from samverka.resources.reads.shown import action_for

__all__ = [
    "Asked",
    "Gates",
    "Hit",
    "Part",
    "Place",
    "TooCostly",
    "action_for",
    "count",
    "for_rooms",
    "included",
    "is_after",
    "kinds_about",
    "labelled",
    "note",
    "page",
    "sort_key",
]
