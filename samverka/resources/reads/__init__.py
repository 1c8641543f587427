"""Gated fetches of the shelf: what has been received about a person, and how imports went."""

from samverka.resources.reads.exported import (
    ExportedResource,
    exported_resources,
    standing_resources,
)
from samverka.resources.reads.imports import RunSummary, import_report, list_imports
from samverka.resources.reads.received import (
    PAGE,
    KindLine,
    MedicineLine,
    PersonShelf,
    Reading,
    ShelfDetail,
    ShelfLine,
    VersionLine,
    person_kinds,
    person_resources,
    person_shelf,
    resource,
)
from samverka.resources.reads.standing import (
    PastPage,
    PastWanted,
    Place,
    Stored,
    past,
    place_of,
    stored,
)

__all__ = [
    "PAGE",
    "ExportedResource",
    "KindLine",
    "MedicineLine",
    "PastPage",
    "PastWanted",
    "PersonShelf",
    "Place",
    "Reading",
    "RunSummary",
    "ShelfDetail",
    "ShelfLine",
    "Stored",
    "VersionLine",
    "exported_resources",
    "import_report",
    "list_imports",
    "past",
    "person_kinds",
    "person_resources",
    "person_shelf",
    "place_of",
    "resource",
    "standing_resources",
    "stored",
]
