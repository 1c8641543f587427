"""The parts of docs/reference/facts.md: one for each fact, out of the schema itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from samverka.indicators.warehouse.facts import COMMON, FACTS, Column, Fact
from samverka.indicators.warehouse.intake.columns import codes_of, names_of, needed_of

LEAD = (
    "One Parquet file for each county, year and source: `<fact>/county=23/year=2026/<source>.parquet`, sorted by "
    "person. Files that are read in have the columns below with `person` (identity number) in place of the "
    "pseudonym; a column `…_key` is what the thing is called in its source."
)

Table = Callable[[list[str], list[list[object]]], str]


def fact_parts(table: Table) -> Iterator[tuple[str, str]]:
    """Heading and text of each part. `table`: makes Markdown of a head and rows."""
    yield "Columns of every fact", _columns(COMMON, table)
    for one in FACTS.values():
        yield one.name, "\n\n".join(_fact(one, table))


def _fact(one: Fact, table: Table) -> Iterator[str]:
    yield one.words
    yield f"Its year is that of `{one.day}`."
    yield _columns(one.own, table)
    yield f"A file can have: {_listed(names_of(one))}."
    yield f"It must have: {_listed(needed_of(one))}."
    codes = ((name, codes_of(one, name)) for name in names_of(one))
    rows: list[list[object]] = [[f"`{name}`", ", ".join(sorted(of))] for name, of in codes if of]
    if rows:
        yield table(["column", "codes"], rows)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _columns(found: Iterable[Column], table: Table) -> str:
    return table(
        ["column", "kind", "what", "needed"],
        [[f"`{one.name}`", one.kind, one.words, "yes" if one.required else ""] for one in found],
    )
