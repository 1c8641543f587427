"""Searching the shelf: a `Query` as one statement behind the gate."""

from samverka.resources.reads.searching import whose
from samverka.resources.reads.searching.finding import (
    MOST_BY_ROOM,
    Asked,
    Hit,
    Part,
    count,
    kinds_about,
    note,
    of_rooms,
    page_of,
    read,
    rooms_of,
)
from samverka.resources.reads.searching.gates import Gates
from samverka.resources.reads.searching.including import included
from samverka.resources.reads.searching.labels import labelled
from samverka.resources.reads.searching.order import Place, is_after, sort_key
from samverka.resources.reads.searching.prepared import TooCostly, bounded, prepared, rows
from samverka.resources.reads.shown import action_for

__all__ = [
    "MOST_BY_ROOM",
    "Asked",
    "Gates",
    "Hit",
    "Part",
    "Place",
    "TooCostly",
    "action_for",
    "bounded",
    "count",
    "included",
    "is_after",
    "kinds_about",
    "labelled",
    "note",
    "of_rooms",
    "page_of",
    "prepared",
    "read",
    "rooms_of",
    "rows",
    "sort_key",
    "whose",
]
