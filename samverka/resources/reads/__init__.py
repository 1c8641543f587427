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
    Stamp,
    VersionLine,
    person_kinds,
    person_resources,
    person_shelf,
    published_stamp,
    resource,
)

__all__ = [
    "PAGE",
    "ExportedResource",
    "KindLine",
    "MedicineLine",
    "PersonShelf",
    "Reading",
    "RunSummary",
    "ShelfDetail",
    "ShelfLine",
    "Stamp",
    "VersionLine",
    "exported_resources",
    "import_report",
    "list_imports",
    "person_kinds",
    "person_resources",
    "person_shelf",
    "published_stamp",
    "resource",
    "standing_resources",
]
