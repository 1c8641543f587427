"""What the county may decide itself. Pure."""

from __future__ import annotations

from datetime import date

from samverka.kernel.actor import Side
from samverka.kernel.parameters import Key, Unit, at
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _

HIGHEST: dict[Unit, int] = {
    Unit.YEARS: 100,
    Unit.MONTHS: 120,
    Unit.DAYS: 366,
    Unit.HOURS: 24 * 31,
    Unit.MINUTES: 24 * 60,
    Unit.TIMES: 100,
    Unit.YES_NO: 1,
    Unit.TENTHS_OF_DAYS: 10 * 31,
    Unit.KRONOR: 100_000,
}
"""More than this is a slip of the hand, in each unit. A choice has its own number of them."""


def check_county_value(
    side: Side, key: Key, value: int, valid_from: date, reason: str, *, today: date
) -> None:
    """Raise unless the county may decide the value from that day.

    Never backwards: what has been judged by a value must come out the same when it is judged again.
    """
    if side not in (Side.REGION, Side.SYSTEM):
        raise NotAllowed(_("Länets inställningar ändras av regionens systemadministratör."))
    row = at(key, max(valid_from, today))
    if not row.county_setting:
        raise NotNow(_("Värdet är satt i lag och kan inte ändras här."), where="value")
    lowest, highest = row.lowest, len(row.choices) or HIGHEST[row.unit]
    if not lowest <= value <= highest:
        raise Invalid(
            _(
                "Skriv ett tal mellan %(lowest)d och %(highest)d.",
                lowest=lowest,
                highest=highest,
            ),
            where="value",
        )
    if valid_from < today:
        raise Invalid(_("Dagen har redan passerat. Välj en dag framåt."), where="valid_from")
    if not reason.strip():
        raise Invalid(_("Skriv vem som har bestämt och varför."), where="reason")
