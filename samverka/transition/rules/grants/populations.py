"""Populations: how many lived where, on which day, by which version of the statistics.

From reference year 2025 Statistics Sweden (SCB) perturbs its tables with the cell key method, so
the parts of a table need not add up to its published total. A key therefore always divides by the
sum of its own recipients, and a published total is only kept to tell the gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

COUNTY_DIGITS = 2
MUNICIPALITY_DIGITS = 4
"""SCB's codes: two digits for a county (and its region), four for a municipality. Always text."""


@dataclass(frozen=True)
class Population:
    """One version of a count.

    Attributes:
        name: what it is called: “SCB, kommunvis folkmängd”.
        version: which edition: a revised table is another version, never the same one changed.
        counted_on: the day that the figures describe.
        people: code → persons.
        told_total: the publisher's own total, if there is one; may differ from the sum.
    """

    name: str
    version: str
    counted_on: date
    people: Mapping[str, int] = field(hash=False)
    told_total: int | None = None

    @property
    def total(self) -> int:
        """The sum of the parts: what a key divides by."""
        return sum(self.people.values())

    @property
    def gap(self) -> int:
        """The publisher's total minus the sum of the parts; 0 when none was told."""
        return 0 if self.told_total is None else self.told_total - self.total


def side_of(code: str) -> Side:
    """Whose a code is: two digits a region, four a municipality.

    Gotland is region 09 and municipality 0980: the same people, so a key holds one of them.

    Raises:
        Invalid: no such code.
    """
    if code.isascii() and code.isdigit():
        if len(code) == COUNTY_DIGITS:
            return Side.REGION
        if len(code) == MUNICIPALITY_DIGITS:
            return Side.MUNICIPALITY
    raise Invalid(
        _("“%(code)s” är ingen läns- eller kommunkod.", code=code[:20]),
        where=code[:20],
        mend=_("Länets kod har två siffror, kommunens fyra. Behåll nollan först."),
    )


def check_population(population: Population) -> None:
    """Refuse a count that cannot be a key.

    Raises:
        Invalid: empty, regions and municipalities mixed, not whole, below zero, or nobody at all.
    """
    if not population.people:
        raise Invalid(_("Befolkningen har inga rader."))
    if len({side_of(code) for code in population.people}) > 1:
        raise Invalid(
            _(
                "Befolkningen blandar regioner och kommuner. Samma invånare skulle räknas två gånger."
            ),
            mend=_("Gör en nyckel för regionerna och en för kommunerna."),
        )
    for code, people in population.people.items():
        if type(people) is not int or people < 0:
            raise Invalid(
                _("Befolkningen för %(code)s är inget helt tal, noll eller mer.", code=code),
                where=code,
            )
    if not population.total:
        raise Invalid(_("Befolkningen är noll överallt."))


def read_rows(
    rows: Iterable[tuple[str, int]], *, name: str, version: str, counted_on: date,
    told_total: int | None = None,
) -> Population:  # fmt: skip
    """A count from the rows of a file.

    Raises:
        Invalid: a code twice, or anything that `check_population` refuses.
    """
    kept = list(rows)
    twice = sorted(code for code, times in Counter(code for code, _n in kept).items() if times > 1)
    if twice:
        raise Invalid(
            _("Koden %(code)s står på flera rader.", code=twice[0]),
            where=twice[0],
            mend=_("Behåll en rad för varje kod."),
        )
    made = Population(name, version, counted_on, dict(sorted(kept)), told_total)
    check_population(made)
    return made


def by_county(municipalities: Population) -> Population:
    """The counties of a count of municipalities: the first two digits of each code."""
    check_population(municipalities)
    people: Counter[str] = Counter()
    for code, count in municipalities.people.items():
        people[code[:COUNTY_DIGITS]] += count
    return replace(municipalities, people=dict(sorted(people.items())))


def recode(population: Population, changes: Mapping[str, str]) -> Population:
    """The same count under today's codes: old code → new code. Two that became one are added.

    Heby changed county, and with it code, from 1917 to 0331 on 1 January 2007.
    """
    people: Counter[str] = Counter()
    for code, count in population.people.items():
        people[changes.get(code, code)] += count
    made = replace(population, people=dict(sorted(people.items())))
    check_population(made)
    return made
