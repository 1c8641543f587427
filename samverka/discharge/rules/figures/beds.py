"""Places of wards, and what days they come to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from samverka.discharge.rules.liability import Period
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.kernel.text import text as _

MOST_BEDS: Final = 200
"""More than this in one ward is a slip of the hand."""

FIRST_DAY: Final = date(2018, 1, 1)
"""The law's first day: no figures before it."""


@dataclass(frozen=True, slots=True)
class Places:
    """So many places in a ward from a day on."""

    since: date
    beds: int


Beds = Mapping[str, Sequence[Places]]
"""Ward → its places, in any order."""


def bed_days(wards: Iterable[str], beds: Beds, period: Period, today: date) -> int | None:
    """Places x days of these wards in the part of the period that has come.

    Returns:
        None if the places of some ward are unknown for some day.
    """
    last = min(period.last, today)
    found = [_of_ward(beds.get(one, ()), period.first, last) for one in wards]
    if not found or None in found:
        return None
    return sum(one for one in found if one is not None)


def _of_ward(places: Sequence[Places], first: date, last: date) -> int | None:
    ordered = sorted(places, key=lambda one: one.since)
    if not ordered or ordered[0].since > first:
        return None
    ends = [*(one.since - timedelta(days=1) for one in ordered[1:]), last]
    return sum(
        one.beds * max(0, (min(end, last) - max(one.since, first)).days + 1)
        for one, end in zip(ordered, ends, strict=True)
    )


def check_beds(side: Side, beds: int, since: date, *, today: date) -> None:
    """Raise unless the region enters a number that can be true.

    Raises:
        NotAllowed: someone else than the region.
        Invalid: too many places, or a day that cannot be.
    """
    if side not in (Side.REGION, Side.SYSTEM):
        raise NotAllowed(_("Vårdplatser läggs in av regionen."))
    if not 0 <= beds <= MOST_BEDS:
        raise Invalid(
            _("Skriv ett antal mellan 0 och %(most)d.", most=MOST_BEDS),
            where="beds",
            mend=_("Räkna de vårdplatser som är öppna på avdelningen."),
        )
    if not FIRST_DAY <= since <= today:
        raise Invalid(
            _("Välj en dag från 1 januari 2018 till i dag."),
            where="since",
            mend=_("Skriv från vilken dag antalet gäller."),
        )
