"""Published tables: do ours agree to the krona, and which population lies behind them?

The agreements on women's health between the state and SKR (Swedish Association of Local
Authorities and Regions) publish kronor per region, “utifrån befolkningsmängd”, but neither the
population, its day, nor the rounding. They were found so:

1. If a region's amount is pot times persons divided by all persons, then amount times all persons
   divided by the pot must be a whole number of persons, within what half a krona can blur. One
   person is worth some 130 kr, so a wrong total meets that in one region by chance once in some
   130 times, and in 21 regions never.
2. All totals in a wide range were tried (`populations_behind`). Exactly one remains each year, and
   the persons it gives add up to it:

   ==== ============= ============ ======================================================
   year pot, kr       all persons  population
   ==== ============= ============ ======================================================
   2019 1 590 000 000 10 230 185   SCB 31 December 2018: total and eight counties checked
   2020   937 000 000 10 230 185   the same
   2022 1 382 000 000 10 443 100   autumn 2021, probably 1 November (not confirmed)
   2023 1 437 000 000 10 514 719   autumn 2022, probably 1 November (not confirmed)
   2024 1 367 000 000 10 557 682   autumn 2023, probably 1 November (not confirmed)
   ==== ============= ============ ======================================================

   That the method finds SCB's own published total for 31 December 2018, twice and out of different
   amounts, shows that it finds real populations. 1 November is the day of the equalisation system.
3. Rounding, by trying the rules on the populations found:

   * 2024: half up adds up by itself; every rule gives 21 of 21.
   * 2023: half up is 1 kr too much, and Stockholm, the largest, bears it: `LARGEST` gives 21 of 21,
     `REMAINDERS` and `DIVISOR` 19.
   * 2022: half up is 2 kr too much; `REMAINDERS` gives 21 of 21, `LARGEST` 18.
   * 2020: not reproduced by one rounding: 19 of 21, Skåne and Västernorrland have 1 kr more than
     half up gives. 2019: 13 of 21; eight regions differ by 1 kr, and by up to 0.94 kr from their
     exact share. Such differences come from several pots that are rounded each and added, and how
     those were cut is not published.

So no rule is everybody's: a pot names its own. The rural part (150 million kr a year) follows no
population that has been found: keep it as published weights (`keys.by_weights`), which gives the
table back but explains nothing. For God och nära vård itself only sums by level and area are
published, no table by region, so there is nothing to reproduce but that the sums add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.kronor import check_whole, tell
from samverka.transition.rules.grants.sharing import Change, side_by_side


@dataclass(frozen=True)
class Comparison:
    """Ours against the published.

    Attributes:
        lines: every recipient: `before` published, `after` ours.
    """

    lines: tuple[Change, ...]

    @property
    def off(self) -> tuple[Change, ...]:
        """The recipients where they differ."""
        return tuple(line for line in self.lines if line.difference)

    @property
    def equal(self) -> int:
        """How many are equal to the krona."""
        return len(self.lines) - len(self.off)

    def __str__(self) -> str:
        return _("%(equal)s av %(all)s på kronan.", equal=self.equal, all=len(self.lines))


def compare(published: Mapping[str, int], ours: Mapping[str, int]) -> Comparison:
    """Ours against the published, recipient by recipient."""
    return Comparison(side_by_side(published, ours))


def check_told(told: int, table: Mapping[str, int]) -> None:
    """The sum in a text against the sum of its table: SKR's text of 2024 says 10 million less.

    Raises:
        Invalid: they differ.
    """
    added = sum(table.values())
    if added != told:
        raise Invalid(
            _("Texten säger %(told)s, men tabellens rader blir %(added)s.",
              told=tell(told), added=tell(added)),
            mend=_("Kontrollera med den som har gett ut tabellen. Räkna på raderna så länge."),
        )  # fmt: skip


def populations_behind(
    kronor: int, table: Mapping[str, int], totals: range, *, blur: int = 1
) -> tuple[dict[str, int], ...]:
    """Every population that the table can have been made from, among these totals.

    Each amount must be pot × persons ÷ total within `blur` half kronor (1: rounded half up, 2: down
    or with a residual), and the persons must add up to the total. The largest may also bear a
    residual: half a krona for each recipient.

    Raises:
        Invalid: amounts that are not whole kronor.
    """
    for code, amount in table.items():
        check_whole(amount, code)
    order = sorted(table, key=lambda code: (table[code], code))
    found = []
    for total in totals:
        people = _people(kronor, table, order, total, blur)
        if people is not None and sum(people.values()) == total:
            found.append(people)
    return tuple(found)


def _people(
    kronor: int, table: Mapping[str, int], order: list[str], total: int, blur: int
) -> dict[str, int] | None:
    people = {}
    for code in order:
        persons = (2 * table[code] * total + kronor) // (2 * kronor)
        allowed = max(blur, len(order)) if code == order[-1] else blur
        if 2 * abs(table[code] * total - persons * kronor) > allowed * total:
            return None
        people[code] = persons
    return dict(sorted(people.items()))
