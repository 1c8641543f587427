"""Tables as files: a workbook, and a plain table. What someone has typed is never taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be reckoned by a spreadsheet."""

Cell = str | int | Decimal | date | None
Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        headed: the first row is a head that stays where it is.
        widths: of the columns (characters).
    """

    name: str
    rows: Rows
    headed: bool
    widths: tuple[int, ...]


def plain(cell: Cell) -> str:
    """A cell of a plain table; a text can never be taken for a formula."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    said = "" if cell is None else str(cell)
    return f"'{said}" if isinstance(cell, str) and said.startswith(FORMULA) else said


def sent(body: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep; no one between us and the reader does."""
    made = HttpResponse(body, content_type=kind)
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    made["Cache-Control"] = "no-store"
    return made


def sent_table(rows: Rows, name: str) -> HttpResponse:
    """A plain table, so that spreadsheets read å, ä and ö."""
    made = sent(b"", PLAIN, name)
    made.write("\ufeff")
    csv.writer(made, delimiter=";").writerows([[plain(one) for one in row] for row in rows])
    return made


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one workbook."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        for one in sheets:
            page = book.add_worksheet(one.name)
            for number, row in enumerate(one.rows):
                heads = bold if one.headed and not number else None
                for place, cell in enumerate(row):
                    _write(page, number, place, cell, dated, heads)
            for place, width in enumerate(one.widths):
                page.set_column(place, place, width)
            if one.headed:
                page.freeze_panes(1, 1)
    return made.getvalue()


def _write(
    page: object, row: int, column: int, cell: Cell, dated: object, bold: object | None
) -> None:
    write = getattr(page, f"write_{_kind(cell)}")
    value = float(cell) if isinstance(cell, Decimal) else cell
    if isinstance(cell, date):
        write(row, column, value, dated)
    elif cell is None:
        write(row, column, "")
    else:
        write(row, column, value, bold)


def _kind(cell: Cell) -> str:
    """Text is always written as text."""
    if isinstance(cell, date):
        return "datetime"
    if isinstance(cell, int | Decimal):
        return "number"
    return "string"
