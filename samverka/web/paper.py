"""A page on paper: a PDF that a screen reader can read too (PDF/UA-1). Rooms give the finished words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any

import typst
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

TEMPLATE = "templates/web/paper.typ"

SIZE, LARGE = 10.5, 13.0
"""Points of the text, and of large text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, with what stands under it."""

    title: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """A list, under a heading of its own where it needs one."""

    items: list[Entry]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head; `widths`: the columns' shares."""

    head: list[str]
    rows: list[list[str]]
    widths: list[int]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    title: str
    paras: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    table: Table | None = None

    @property
    def empty(self) -> bool:
        """Nothing stands in it."""
        return not (self.paras or self.groups or self.table)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands first, in a frame."""

    title: str
    main: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its heading, the sentence under it, the card, and what follows."""

    title: str
    heading: str
    lead: str
    card: Card
    sections: list[Section]


def is_large(request: HttpRequest) -> bool:
    """Whether the reader has chosen large text."""
    return request.COOKIES.get("text_size") == "large"


def as_pdf(sheet: Sheet, *, on: date, large: bool, name: str) -> HttpResponse:
    """The sheet as a file to keep; `name` never says who it is about."""
    made = HttpResponse(
        typeset("samverka.web", TEMPLATE, _told(sheet, on, large)), content_type="application/pdf"
    )
    made["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    made["Cache-Control"] = "no-store"
    return made


def _told(sheet: Sheet, on: date, large: bool) -> dict[str, object]:
    return {
        "title": sheet.title,
        "heading": sheet.heading,
        "lang": (get_language() or "sv")[:2],
        "date": [on.year, on.month, on.day],
        "size": LARGE if large else SIZE,
        "lead": sheet.lead,
        "card": asdict(sheet.card),
        "sections": list(_filled(sheet.sections)),
        "foot": _("Samverka · Råd om vård, dygnet runt: 1177 · Fara för liv: 112"),
    }


def _filled(sections: Iterable[Section]) -> Iterable[dict[str, object]]:
    return (asdict(one) for one in sections if not one.empty)


def typeset(package: str, template: str, told: Mapping[str, object], *, ppi: int = 0) -> bytes:
    """The finished words in a room's template → PDF/UA-1, or a picture (PNG) where `ppi` says how sharp.

    The fonts come with the library: every computer makes the same.
    """
    how: dict[str, Any] = {"format": "pdf", "pdf_standards": ["ua-1"]}
    if ppi:
        how = {"format": "png", "ppi": ppi}
    made: Any = typst.compile(
        files(package).joinpath(template).read_bytes(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told)},
        **how,
    )
    return bytes(made)
