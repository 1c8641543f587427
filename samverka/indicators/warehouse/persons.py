"""Who a fact is about: a pseudonym, and what nearly every measure asks of the person on that day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samverka.kernel.areas import current_code, municipalities


@dataclass(frozen=True, slots=True)
class Who:
    """A person in the facts.

    Attributes:
        hidden: protected identity. Where the person lives, and which unit it is, would tell; the county
            and the side stay. So the person counts for the county and for no smaller area (OSL 21:3).
    """

    key: int
    sex: str | None
    born: date | None
    municipality: str | None
    hidden: bool = False

    def on(self, day: date) -> dict[str, object]:
        """The columns of every fact that tell of the person on a day."""
        return {
            "person_key": self.key,
            "sex": self.sex,
            "age": years_old(self.born, day),
            "municipality": None if self.hidden else self.municipality,
        }


def years_old(born: date | None, day: date) -> int | None:
    """Full years on a day; None if not known, or before the birth.

    Who is born on 29 February is a year older on 1 March, as statistics count (SCB): the day of the
    birth has then passed. An age by law is counted otherwise (`kernel.identity.age`).
    """
    if born is None or day < born:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def known_municipality(code: str) -> str | None:
    """The code that holds today; None for one that no municipality has or has had."""
    now = current_code(code)
    return now if now in municipalities() else None


def months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """First and last day of every month that lies from the first day's month to the last day's."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield date(year, month, 1), date(year, month, monthrange(year, month)[1])
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
