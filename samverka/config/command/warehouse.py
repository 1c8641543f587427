"""`samverka warehouse …`: facts out of the database, facts in from files, and whether they are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from samverka.config.command.language import said
from samverka.config.command.language import words as _
from samverka.config.command.progress import bar
from samverka.kernel.calendar import SWEDEN, local_date

if TYPE_CHECKING:
    from samverka.indicators.warehouse.checking import FactSum
    from samverka.indicators.warehouse.merging import Written
    from samverka.indicators.warehouse.quality import Fault

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


def _reckon(snapshot: str) -> None:
    from samverka.config import warehouse
    from samverka.indicators import jobs

    click.echo(_("Räknar siffrorna …"))
    done = jobs.reckon(warehouse.folder(), snapshot)
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
