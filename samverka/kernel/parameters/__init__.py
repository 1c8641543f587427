"""Numbers that the law, the agreements and practice give, as data with dates.

A rule asks for the value on the day it judges, so a case from last year is judged by last year's
number. Where no value is known for that day, the answer is a refusal in words, never a guess. A row
marked `county_setting` is not law: the county decides, and our value is only what it starts with.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samverka.kernel.parameters.discharge import DISCHARGE
from samverka.kernel.parameters.exchange import EXCHANGE
from samverka.kernel.parameters.guarantee import GUARANTEE
from samverka.kernel.parameters.kinds import Certainty, Key, LegalParameter, Unit
from samverka.kernel.parameters.liability import LIABILITY
from samverka.kernel.parameters.table import GENERAL
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _

__all__ = ["TABLE", "Certainty", "Key", "LegalParameter", "Unit", "at"]

TABLE: tuple[LegalParameter, ...] = (*GENERAL, *DISCHARGE, *LIABILITY, *GUARANTEE, *EXCHANGE)


def at(
    key: Key | str, on: date, *, table: Iterable[LegalParameter] | None = None
) -> LegalParameter:
    """Find the parameter that holds on a day.

    Args:
        table: the rows of a county with settings of its own; else ours.

    Raises:
        Invalid: there is no parameter of that name.
        NotNow: there is one, but no value is known for that day.
    """
    rows = [row for row in (TABLE if table is None else table) if row.key == key]
    if not rows:
        raise Invalid(_("Det finns ingen inställning som heter %(key)s.", key=str(key)))
    for row in rows:
        if row.holds(on):
            return row
    raise NotNow(
        _(
            "Vi vet inte vilket värde som gäller %(on)s för %(key)s.",
            on=on.isoformat(),
            key=str(key),
        ),
        mend=_("Lägg in värdet med källa och datum, eller välj en annan dag."),
    )
