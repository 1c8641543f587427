"""An agreement over several years, as the commission proposed it: a fixed part and areas that vary.

God och nära vård (SOU 2020:19) asked the state to gather its agreements for 2021–2027 in one: a
general grant for the change (omställningsbidrag) to regions and municipalities by a key, whose size
stands for the whole period; and areas that are laid down from the start, while what each holds and
how much may vary from year to year and between regions and municipalities, by need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.keys import Key
from samverka.transition.rules.grants.kronor import check_whole
from samverka.transition.rules.grants.limits import NO_LIMITS, Limits
from samverka.transition.rules.grants.rounding import Rounding
from samverka.transition.rules.grants.sharing import Distribution, Part, Pot, share_out, split

FIXED = "omstallning"
"""The code of the fixed part among the areas: “omställningsbidraget”."""

FIXED_NAME = _("Omställningsbidrag")
"""What the fixed part is called where it is granted."""

SIDES = (Side.REGION, Side.MUNICIPALITY)
"""Who can be a recipient."""


@dataclass(frozen=True)
class Area:
    """A variable part: laid down from the start, with its kronor by year and side.

    Attributes:
        years: year → side → kronor; a year that is not there is not decided yet.
    """

    code: str
    name: str
    years: Mapping[int, Mapping[Side, int]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Agreement:
    """What stands for the whole period, and the areas.

    Attributes:
        fixed: kronor a year, the same every year.
        parts: how the fixed part is split between sides (codes of `SIDES`).
        keys: the key of each side.
        limits: floor and ceiling of the fixed part, by side.
    """

    name: str
    first_year: int
    last_year: int
    fixed: int
    parts: tuple[Part, ...]
    keys: Mapping[Side, Key] = field(hash=False)
    rounding: Rounding
    areas: tuple[Area, ...] = ()
    limits: Mapping[Side, Limits] = field(default_factory=dict, hash=False)

    @property
    def years(self) -> range:
        """The years of the period."""
        return range(self.first_year, self.last_year + 1)


def check_agreement(agreement: Agreement) -> None:
    """Refuse an agreement that cannot be shared out.

    Raises:
        Invalid: a period that ends before it begins, an area twice, a year outside the period, a
            side that cannot receive or has no key, or sums that do not hold.
    """
    if not agreement.years:
        raise Invalid(_("Överenskommelsen slutar innan den börjar."), where="last_year")
    check_whole(agreement.fixed, FIXED)
    codes = [area.code for area in agreement.areas]
    if len(set(codes)) < len(codes) or FIXED in codes:
        raise Invalid(_("Två områden har samma kod."), where="areas")
    for area in agreement.areas:
        _check_area(agreement, area)
    for code in (part.code for part in agreement.parts):
        _check_side(agreement, code, FIXED)
    _by_side(agreement)


def _check_area(agreement: Agreement, area: Area) -> None:
    for year, amounts in area.years.items():
        if year not in agreement.years:
            raise Invalid(
                _("%(area)s har pengar för %(year)s, som ligger utanför perioden.",
                  area=area.name, year=year), where=area.code,
            )  # fmt: skip
        for side, kronor in amounts.items():
            check_whole(kronor, area.name)
            _check_side(agreement, side, area.code)


def _check_side(agreement: Agreement, code: str, where: str) -> None:
    if code not in SIDES:
        raise Invalid(_("Pengarna går till regioner eller kommuner, inga andra."), where=where)
    if Side(code) not in agreement.keys:
        raise Invalid(
            _("Det saknas en fördelningsnyckel för den som ska få pengarna."),
            where=where,
            mend=_("Lägg till en nyckel för regionerna eller kommunerna."),
        )


def _by_side(agreement: Agreement) -> dict[str, int]:
    return split(agreement.fixed, agreement.parts, agreement.rounding)


def pots_of(agreement: Agreement, year: int) -> tuple[tuple[str, Side, Pot], ...]:
    """The year's pots: (area or `FIXED`, side, pot). The fixed ones are the same every year.

    Raises:
        NotNow: the year is outside the period.
    """
    if year not in agreement.years:
        raise NotNow(_("Året %(year)s ligger utanför överenskommelsens tid.", year=year))
    fixed = [(FIXED, Side(code), kronor) for code, kronor in _by_side(agreement).items()]
    varied = [
        (area.code, side, kronor)
        for area in agreement.areas
        for side, kronor in area.years.get(year, {}).items()
    ]
    return tuple((code, side, _pot(agreement, code, side, n)) for code, side, n in fixed + varied)


def _pot(agreement: Agreement, code: str, side: Side, kronor: int) -> Pot:
    limits = agreement.limits.get(side, NO_LIMITS) if code == FIXED else NO_LIMITS
    return Pot(code, kronor, agreement.keys[side], agreement.rounding, limits)


@dataclass(frozen=True)
class YearShares:
    """One year shared out: every pot, and each recipient's sum."""

    year: int
    pots: tuple[tuple[str, Side, Distribution], ...]

    @property
    def total(self) -> int:
        """The year's money: the sum of its pots."""
        return sum(shared.total for _code, _side, shared in self.pots)

    @property
    def by_recipient(self) -> dict[str, int]:
        """Code → kronor over all pots."""
        sums: dict[str, int] = {}
        for _code, _side, shared in self.pots:
            for code, kronor in shared.amounts.items():
                sums[code] = sums.get(code, 0) + kronor
        return dict(sorted(sums.items()))


def share_year(agreement: Agreement, year: int) -> YearShares:
    """Share one year of an agreement out, area by area."""
    check_agreement(agreement)
    return YearShares(
        year, tuple((code, side, share_out(pot)) for code, side, pot in pots_of(agreement, year))
    )


def check_next_version(old: Agreement, new: Agreement, *, decided: Sequence[int]) -> None:
    """What may change while an agreement runs: an area's kronor in a year that is not decided.

    Raises:
        NotNow: the period, the fixed part, its split, keys, rounding or the areas would change, or
            a year that has been decided.
        Invalid: as `check_agreement`.
    """
    check_agreement(new)
    if _laid_down(old) != _laid_down(new):
        raise NotNow(
            _("Omställningsbidraget och nyckeln ligger fast under överenskommelsens tid."),
            mend=_("Gör en ny överenskommelse för nästa period."),
        )
    if [(area.code, area.name) for area in old.areas] != [(a.code, a.name) for a in new.areas]:
        raise NotNow(
            _("Områdena slogs fast från start. Bara beloppen får ändras."),
            mend=_("Sätt beloppet till noll för ett område som inte ska få mer."),
        )
    for before, after in zip(old.areas, new.areas, strict=True):
        for year in decided:
            if before.years.get(year) != after.years.get(year):
                raise NotNow(
                    _("%(area)s är redan beslutat för %(year)s.", area=after.name, year=year),
                    where=after.code,
                )


def _laid_down(agreement: Agreement) -> tuple[object, ...]:
    return (
        agreement.first_year, agreement.last_year, agreement.fixed, agreement.parts,
        dict(agreement.keys), agreement.rounding, dict(agreement.limits),
    )  # fmt: skip
