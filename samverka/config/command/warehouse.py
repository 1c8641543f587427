"""`samverka warehouse …`: facts out of the database, facts in from files, and whether they are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samverka.config.command.language import said
from samverka.config.command.language import words as _
from samverka.config.command.progress import bar
from samverka.kernel.calendar import SWEDEN, local_date
from samverka.kernel.problems import Invalid

if TYPE_CHECKING:
    from samverka.indicators.operations import ImportDetail
    from samverka.indicators.warehouse.checking import FactSum
    from samverka.indicators.warehouse.merging import Written
    from samverka.indicators.warehouse.quality import Fault

REFUSED, SAME_SHOWN = "refused", 3
REFUSED_CODE = 3
"""Exit code when something was refused; the rest went in."""

WRONG_CODE = 4
"""Exit code when figures cannot be counted from the facts as they are."""


def export(*, since: datetime | None, full: bool, reckon: bool) -> None:
    """Write what has happened to the warehouse, and reckon the figures.

    Raises:
        NotNow: someone else is writing.
    """
    from samverka.config import warehouse
    from samverka.indicators import jobs

    from_then = since.replace(tzinfo=SWEDEN) if since else None
    with bar(_("Skriver fakta")) as step:
        done = jobs.export(
            warehouse.folder(),
            warehouse.keys(),
            name="samverka warehouse export",
            since=from_then,
            full=full,
            progress=step,
        )
    _say_written(done.written)
    _say_faults(done.snapshot.faults)
    click.echo(_("Uttaget heter %(name)s.", name=done.snapshot.id))
    if reckon:
        _reckon(done.snapshot.id)
    if any(one.serious for one in done.snapshot.faults):
        raise SystemExit(WRONG_CODE)


def reckon(*, snapshot: str, engine: str) -> None:
    """Reckon the figures of an export once more; of the last whole one if none is named.

    Raises:
        NotFound: there is no such export.
        NotNow: the pages show a later one.
        Invalid: there is no such engine.
    """
    from samverka.indicators import jobs

    _reckon(snapshot or jobs.newest(), engine)


def _reckon(snapshot: str, engine: str = "duckdb") -> None:
    from samverka.config import warehouse
    from samverka.indicators import jobs

    with bar(_("Räknar siffrorna")) as step:
        done = jobs.reckon(warehouse.folder(), snapshot, engine=engine, progress=step)
    if done is None:
        click.echo(_("Det finns inga personmånader, så det finns inga siffror att räkna."))
    else:
        click.echo(
            _(
                "%(measures)s mått räknade, %(curves)s kurvor är nya eller ändrade.",
                measures=done.measures,
                curves=done.written,
            )
        )


def import_files(
    files: Sequence[Path], *, source: str, fact: str, county: str, months: str
) -> None:
    """Take in files; exit code 3 where rows were refused: the rest went in.

    Raises:
        Problem: nothing could be read as it stands; then nothing has gone in.
    """
    from samverka.config import warehouse
    from samverka.indicators import jobs

    with bar(_("Läser in")) as step:
        done = jobs.import_files(
            warehouse.folder(),
            warehouse.keys(),
            files,
            name="samverka warehouse import",
            source=source,
            fact=fact,
            county=county,
            spell=_months(months),
            progress=step,
        )
    _say_written(done.written)
    _say_faults([one for one in done.snapshot.faults if one.kind != REFUSED])
    for kind, many in sorted(done.passed_over.items()):
        click.echo(
            _("%(many)s %(kind)s säger inget som blir fakta.", many=_many(many), kind=kind)
            + (" " + _("Skriv --months om de är befolkningen.") if kind == "Patient" else "")
        )
    click.echo(
        _(
            "%(read)s rader lästa, %(refused)s nekade.",
            read=_many(done.read),
            refused=_many(done.refused),
        )
    )
    if done.refused:
        _say_refused(done)
        raise SystemExit(REFUSED_CODE)


def _say_refused(done: ImportDetail) -> None:
    """Of the same fault only the first few, and then how many more; last where all of them are."""
    seen = Counter[tuple[str, str]]()
    for one in done.refusals:
        kind = (one.column, str(one.why))
        seen[kind] += 1
        if seen[kind] <= SAME_SHOWN:
            place = f"{one.file}:{one.row} {one.column}".rstrip()
            click.echo(f"  {place}: {said(one.why)} {said(one.mend)}".rstrip(), err=True)
    for (column, why), times in seen.items():
        if times > SAME_SHOWN:
            more = times - SAME_SHOWN
            click.echo(
                "  "
                + _("… %(more)s till i %(column)s: %(why)s", more=more, column=column, why=why),
                err=True,
            )
    for path in done.kept:
        click.echo(
            _("Alla nekade rader står i %(path)s. Rätta dem och läs in den filen.", path=path)
        )


def _months(words: str) -> tuple[date, date] | None:
    """ "2024-01:2024-12" → first days of the first and the last month.

    Raises:
        Invalid: it is not written so.
    """
    if not words:
        return None
    try:
        first, last = (date.fromisoformat(f"{part.strip()}-01") for part in words.split(":"))
    except ValueError as fault:
        raise Invalid(
            _("Månaderna går inte att läsa."),
            mend=_("Skriv till exempel --months 2024-01:2024-12."),
        ) from fault
    if last < first:
        raise Invalid(_("Den sista månaden ligger före den första."))
    return first, last


def check() -> None:
    """Read all facts and say what is wrong; exit code 4 where figures would be wrong."""
    from samverka.config import warehouse
    from samverka.indicators.warehouse.checking import check as run

    with bar(_("Läser fakta")) as step:
        found = run(warehouse.folder(), today=local_date(datetime.now(UTC)), progress=step)
    _table(_sums(found.sums))
    _say_faults(found.faults)
    if not found.right:
        raise SystemExit(WRONG_CODE)
    click.echo(_("Inget gör siffrorna fel."))


# ── what is said ──


def _say_written(written: dict[str, Written]) -> None:
    if not any(one.rewritten for one in written.values()):
        click.echo(_("Inget har ändrats sedan förra gången. Alla filer står som de stod."))
    head = (_("Fakta"), _("lästa"), _("nya"), _("ändrade"), _("lika"), _("borta"), _("dubbla"))
    rows = [
        (fact, *map(_many, (one.given, one.new, one.changed, one.same, one.gone, one.doubles)))
        for fact, one in written.items()
    ]
    _table([head, *rows])


def _sums(sums: Iterable[FactSum]) -> Iterator[tuple[str, ...]]:
    yield (
        _("Fakta"),
        _("rader"),
        _("från"),
        _("till"),
        _("utan kommun"),
        _("utan kön"),
        _("utan ålder"),
    )
    for one in sums:
        days = (one.first, one.last)
        unknown = (one.no_municipality, one.no_sex, one.no_age)
        yield (
            one.fact,
            _many(one.rows),
            *(day.isoformat() if day else "·" for day in days),
            *(f"{share:.1%}".replace(".", ",") if one.rows else "·" for share in unknown),
        )


def _say_faults(faults: Sequence[Fault]) -> None:
    """Those that make figures wrong first; then what is only good to know, one line for each kind."""
    from samverka.indicators.warehouse.quality import FAULTS

    for serious, title in ((True, _("Måste åtgärdas:")), (False, _("Bra att veta:"))):
        found = [one for one in faults if one.serious is serious]
        kinds = dict.fromkeys(one.kind for one in found)
        if kinds:
            click.echo(title, err=serious)
        for kind in kinds:
            same = [one for one in found if one.kind is kind]
            words, mend = said(FAULTS[kind].words), said(FAULTS[kind].mend)
            click.echo(f"  {words} ({_where(same)}). {mend}", err=serious)


def _where(faults: Sequence[Fault]) -> str:
    return ", ".join(
        " ".join(
            filter(None, (f"{one.fact}:", _many(one.count), one.example and f"[{one.example}]"))
        )
        for one in faults
    )


def _table(rows: Iterable[tuple[str, ...]]) -> None:
    """The first column to the left, the numbers to the right."""
    lines = list(rows)
    widths = [max(len(row[place]) for row in lines) for place in range(len(lines[0]))]
    for first, *rest in lines:
        cells = [word.rjust(width) for word, width in zip(rest, widths[1:], strict=True)]
        click.echo("  ".join([first.ljust(widths[0]), *cells]))


def _many(number: int) -> str:
    """With thin spaces between thousands, as people write in Sweden; a dot for none."""
    return f"{number:,}".replace(",", "\u00a0") if number else "·"
