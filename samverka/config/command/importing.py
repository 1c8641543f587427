"""`samverka import`: FHIR R4 from files, with a table of what happened to each type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samverka.config.command.language import said
from samverka.config.command.language import words as _
from samverka.config.command.progress import bar
from samverka.kernel.problems import Problem

if TYPE_CHECKING:
    from samverka.resources.rules.lines import Line
    from samverka.resources.rules.report import ImportReport, ReportRow

KINDS = {".json", ".ndjson"}
SAME_SHOWN = 3
REFUSED_CODE = 3
"""Exit code when something was refused; the rest went in."""


def run(paths: Sequence[Path], *, source: str, unit: str, base: str) -> None:
    """Take the files in and say how it went.

    Args:
        unit: HSA-id of the unit whose records these become; "" for none.

    Raises:
        Problem: a folder without files, or a unit that is not known.
    """
    from samverka.config.jobs import import_files

    files = list(_files(paths))
    with bar(_("Läser in")) as step:
        report = import_files(files, source=source, unit_hsa_id=unit, base=base, progress=step)
    _say(report)
    if report.total.refused:
        raise SystemExit(REFUSED_CODE)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files themselves; of a folder those that can be FHIR."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in KINDS)
        if not inside:
            raise Problem(_("Mappen %(path)s har inga filer med .json eller .ndjson.", path=path))
        yield from inside


def _say(report: ImportReport) -> None:
    if report.nothing_changed:
        click.echo(_("Allt fanns redan. Inget har ändrats."))
    for line in _table(report):
        click.echo(line)
    for words in _lines(report):
        click.echo(words, err=True)


def _lines(report: ImportReport) -> Iterator[str]:
    """Each line of the report; of the same sentence only the first few, and then how many more."""
    seen = Counter[str]()
    for one in report.lines:
        seen[one.message] += 1
        if seen[one.message] <= SAME_SHOWN:
            yield _line(one)
    for message, times in seen.items():
        if times > SAME_SHOWN:
            yield _(
                "… på %(more)s ställen till: %(words)s",
                more=times - SAME_SHOWN,
                words=said(message),
            )
    if (more := report.line_count - len(report.lines)) > 0:
        yield _("… och %(more)s rader till.", more=more)


def _table(report: ImportReport) -> Iterator[str]:
    """Types down, what happened across."""
    head = (
        _("Typ"),
        _("nya"),
        _("ändrade"),
        _("lika"),
        _("äldre"),
        _("nekade"),
        _("använda"),
        _("sparade"),
    )
    rows = [head, *(_cells(row) for row in report.rows), _cells(report.total, _("Summa"))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    for row in rows:
        first, *numbers = (
            cell.ljust(widths[0]) if not place else cell.rjust(widths[place])
            for place, cell in enumerate(row)
        )
        yield "  ".join([first, *numbers])


def _cells(row: ReportRow, name: str = "") -> tuple[str, ...]:
    numbers = (
        row.new,
        row.changed,
        row.unchanged,
        row.older,
        row.refused,
        row.received,
        row.kept,
    )
    return (name or row.kind, *(str(number) if number else "·" for number in numbers))


def _line(line: Line) -> str:
    """file:entry path: what is wrong, and what to do."""
    place = " ".join(part for part in (f"{line.file}:{line.entry}", line.path or line.kind) if part)
    return f"{place}: {said(line.message)} {said(line.mend) if line.mend else ''}".rstrip()
