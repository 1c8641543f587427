"""Rows of a file → what can be kept, and the faults in words with their row. The good part is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from samverka.kernel.areas import CEASED, counties, current_code, municipalities
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.balance import MovementKind

T = TypeVar("T")

Row = Mapping[str, str]
"""Heading (small letters) → what stands in the cell."""

KINDS = {
    "rekvirerat": MovementKind.DRAWN,
    "utbetalt": MovementKind.DRAWN,
    "använt": MovementKind.USED,
    "förbrukat": MovementKind.USED,
    "återbetalt": MovementKind.PAID_BACK,
}
"""What the file calls each kind."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row. `row` counts from 1 with the heading, as a spreadsheet does; 0: the whole."""

    row: int
    words: str


@dataclass(frozen=True)
class Read(Generic[T]):
    """What could be read, and what could not."""

    kept: tuple[T, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class AmountRow:
    """What one recipient was granted."""

    recipient: str
    area: str
    year: int
    kronor: int


@dataclass(frozen=True)
class MovementRow:
    """One movement, and of which grant."""

    recipient: str
    area: str
    year: int
    number: str
    kind: MovementKind
    on: date
    kronor: int
    undoes: str = ""
    said: str = ""
    row: int = field(default=0, compare=False)


class _Wrong(Exception):
    """A cell that cannot be used."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def people_of(rows: Iterable[Row], told_total: int | None = None) -> Read[tuple[str, int]]:
    """A population: the columns kod and antal.

    Codes that have ceased count under the code of today; unknown codes and rows twice are left out.
    """
    kept: dict[str, int] = {}
    faults: list[Fault] = []
    seen: set[str] = set()
    for place, row in enumerate(rows, 2):
        try:
            written = _needed(row, "kod")
            code = _area(written)
            if written in seen:
                raise _Wrong(
                    _("koden %(code)s står på flera rader: den första gäller", code=written)
                )
            persons = _whole(row, "antal")
        except _Wrong as wrong:
            faults.append(Fault(place, wrong.words))
            continue
        seen.add(written)
        if written in CEASED:
            faults.append(Fault(place, _(
                "koden %(code)s har upphört: räknas under %(now)s", code=written, now=code)))  # fmt: skip
        kept[code] = kept.get(code, 0) + persons
    total = sum(kept.values())
    if told_total is not None and told_total != total:
        faults.append(Fault(0, _(
            "raderna blir %(sum)s invånare, men totalen sägs vara %(told)s",
            sum=total, told=told_total)))  # fmt: skip
    return Read(tuple(sorted(kept.items())), tuple(faults))


def weights_of(rows: Iterable[tuple[int, Row]], *, most: int) -> Read[tuple[str, int]]:
    """Rows with their place: the columns kod and tal. A code twice is a fault: nobody knows which holds."""
    kept: dict[str, int] = {}
    faults = []
    for place, row in rows:
        try:
            code, weight = _area(_needed(row, "kod")), _whole(row, "tal")
            if code in kept:
                raise _Wrong(_("koden %(code)s står på flera rader", code=code))
            if weight > most:
                raise _Wrong(_("talet är för stort: %(said)s", said=row["tal"][:20]))
        except _Wrong as wrong:
            faults.append(Fault(place, wrong.words))
            continue
        kept[code] = weight
    return Read(tuple(sorted(kept.items())), tuple(faults))


def amounts_of(rows: Iterable[Row]) -> Read[AmountRow]:
    """Amounts: the columns kod, område, år and kronor."""
    kept: dict[tuple[str, str, int], AmountRow] = {}
    faults = []
    for place, row in enumerate(rows, 2):
        try:
            made = AmountRow(
                _area(_needed(row, "kod")),
                _needed(row, "område"),
                _year(row),
                _whole(row, "kronor"),
            )
            key = (made.recipient, made.area, made.year)
            if key in kept:
                raise _Wrong(_("mottagaren har redan en rad för området och året"))
        except _Wrong as wrong:
            faults.append(Fault(place, wrong.words))
            continue
        kept[key] = made
    return Read(tuple(kept.values()), tuple(faults))


def movements_of(rows: Iterable[Row]) -> Read[MovementRow]:
    """Movements: kod, område, år, verifikation, händelse, datum, kronor; rättar where one is undone, anmärkning."""
    kept: list[MovementRow] = []
    faults = []
    for place, row in enumerate(rows, 2):
        try:
            kept.append(_movement(row, place))
        except _Wrong as wrong:
            faults.append(Fault(place, wrong.words))
    return Read(tuple(kept), tuple(faults))


def _movement(row: Row, place: int) -> MovementRow:
    said = _needed(row, "händelse").lower()
    if said not in KINDS:
        raise _Wrong(
            _("händelsen “%(said)s” är inte rekvirerat, använt eller återbetalt", said=said)
        )
    try:
        on = date.fromisoformat(_needed(row, "datum")[:10])
    except ValueError:
        raise _Wrong(_("“%(said)s” är inget datum: skriv ÅÅÅÅ-MM-DD", said=row["datum"])) from None
    return MovementRow(
        _area(_needed(row, "kod")), _needed(row, "område"), _year(row),
        _needed(row, "verifikation"), KINDS[said], on, _whole(row, "kronor"),
        row.get("rättar", "").strip(), row.get("anmärkning", "").strip()[:300], place,
    )  # fmt: skip


def _needed(row: Row, heading: str) -> str:
    said = row.get(heading, "").strip()
    if not said:
        raise _Wrong(_("kolumnen %(heading)s är tom eller saknas", heading=heading))
    return said[:200]


def _area(written: str) -> str:
    code = current_code(written)
    if code not in counties() and code not in municipalities():
        raise _Wrong(_("ingen region eller kommun har koden %(code)s", code=written[:20]))
    return code


def _year(row: Row) -> int:
    said = _needed(row, "år")
    if not (said.isascii() and said.isdigit() and len(said) == 4):
        raise _Wrong(_("“%(said)s” är inget år", said=said[:20]))
    return int(said)


def _whole(row: Row, heading: str) -> int:
    plain = "".join(_needed(row, heading).split()).removesuffix("kr")
    if not (plain.isascii() and plain.isdigit()):
        raise _Wrong(_("“%(said)s” är inget helt tal, noll eller mer", said=row[heading][:20]))
    return int(plain)


def missing_columns(headings: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Columns that a file should have and has not."""
    return [one for one in wanted if one not in headings]
