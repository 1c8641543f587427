"""Published figures of other regions and of the country, read from a file. Pure.

The file has a heading and a line for each figure, with semicolons between:

    code;area;period;value;low;high;numerator;denominator
    telefon-samma-dag;14;2025-01-01;91,2;90,9;91,5;;

`area` is a county's two digits, or 00 for the country. What is not published is left empty.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from samverka.indicators.rules.kept import NATION
from samverka.indicators.rules.reckoning.points import KeptPoint, PointStatus
from samverka.kernel.areas import counties
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

HEADING: Final = ("code", "area", "period", "value", "low", "high", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class PublishedCurve:
    """What is published of one measure for one area, oldest first."""

    code: str
    area: str
    points: tuple[KeptPoint, ...]


def read_published(lines: Iterable[str]) -> tuple[PublishedCurve, ...]:
    """The curves of a file.

    Raises:
        Invalid: another heading, an area that is none, something that is no number or no day; with the line.
    """
    rows = csv.DictReader(lines, delimiter=";")
    if tuple(rows.fieldnames or ()) != HEADING:
        raise Invalid(
            _("Filen har andra kolumner än publicerade siffror har."),
            mend=_("Första raden ska vara: %(heading)s", heading=";".join(HEADING)),
        )
    found: dict[tuple[str, str], dict[date, KeptPoint]] = defaultdict(dict)
    for number, row in enumerate(rows, 2):
        point = _point(row, number)
        points = found[row["code"], _area(row["area"], number)]
        if point.period in points:
            raise Invalid(_("Rad %(line)s: samma siffra finns två gånger.", line=number))
        points[point.period] = point
    return tuple(
        PublishedCurve(code, area, tuple(points[at] for at in sorted(points)))
        for (code, area), points in found.items()
    )


def write_published(curves: Sequence[PublishedCurve]) -> str:
    """The file of some curves."""
    lines = [";".join(HEADING)]
    for one in curves:
        for at in one.points:
            numbers = (at.value, at.low, at.high, at.numerator or "", at.denominator or "")
            lines.append(";".join((one.code, one.area, at.period.isoformat(), *map(str, numbers))))
    return "\n".join(lines) + "\n"


def _area(code: str, line: int) -> str:
    if code != NATION and code not in counties():
        raise Invalid(
            _("Rad %(line)s: %(code)s är inget län.", line=line, code=code),
            mend=_("Skriv länets två siffror, eller 00 för riket."),
        )
    return code


def _point(row: Mapping[str, str], line: int) -> KeptPoint:
    try:
        return KeptPoint(
            date.fromisoformat(row["period"]),
            PointStatus.SHOWN,
            int(row["numerator"] or 0),
            int(row["denominator"] or 0),
            _number(row["value"]),
            _number(row["low"]) if row["low"] else "",
            _number(row["high"]) if row["high"] else "",
        )
    except (ValueError, TypeError, AttributeError, InvalidOperation) as fault:
        raise Invalid(
            _("Rad %(line)s går inte att läsa.", line=line),
            mend=_("Skriv dagar som 2025-01-01 och tal som 91,2."),
        ) from fault


def _number(written: str) -> str:
    number = Decimal(written.replace(",", "."))
    if not number.is_finite():
        raise ValueError(written)
    return format(number, "f")
