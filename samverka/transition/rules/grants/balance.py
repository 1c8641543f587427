"""A grant after the decision: drawn, used, paid back. A pure balance over dated movements.

Nothing is changed afterwards: a movement that was wrong is undone by a movement that names it.
After every movement these hold, on each day of the past too:

    0 ≤ drawn ≤ granted        0 ≤ used + paid back ≤ drawn
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverka.kernel.calendar import said_date
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.transition.rules.grants.kronor import check_whole, tell


class MovementKind(StrEnum):
    """What happened to the money."""

    DRAWN = "drawn"  # rekvirerat och utbetalt
    USED = "used"  # förbrukat
    PAID_BACK = "paid-back"  # återbetalt


class GrantState(StrEnum):
    """How far a grant has come."""

    WAITING = "waiting"
    OPEN = "open"
    SETTLING = "settling"
    OVERDUE = "overdue"
    SETTLED = "settled"


STATE_WORDS = {
    GrantState.WAITING: _("Kan inte rekvireras än"),
    GrantState.OPEN: _("Pågår"),
    GrantState.SETTLING: _("Ska slutredovisas"),
    GrantState.OVERDUE: _("Skulle ha betalats tillbaka"),
    GrantState.SETTLED: _("Avslutat"),
}


@dataclass(frozen=True)
class Grant:
    """What one recipient was granted for one area, and its days (all inclusive)."""

    recipient: str
    area: str
    kronor: int
    draw_from: date
    draw_until: date
    use_until: date
    pay_back_by: date


@dataclass(frozen=True)
class Movement:
    """One event. `number` is its voucher; `undoes` the number of a movement that was wrong."""

    number: str
    kind: MovementKind
    on: date
    kronor: int
    undoes: str = ""


@dataclass(frozen=True)
class Balance:
    """Where the money of a grant is, in kronor."""

    granted: int
    drawn: int = 0
    used: int = 0
    paid_back: int = 0

    @property
    def left_to_draw(self) -> int:
        """Granted and not drawn."""
        return self.granted - self.drawn

    @property
    def unused(self) -> int:
        """Drawn, neither used nor paid back: to be paid back if it is not used in time."""
        return self.drawn - self.used - self.paid_back


def check_grant(grant: Grant) -> None:
    """Refuse a grant whose days cannot be kept.

    Raises:
        Invalid: not whole kronor, or the days in the wrong order.
    """
    check_whole(grant.kronor, grant.area)
    if not grant.draw_from <= grant.draw_until <= grant.use_until <= grant.pay_back_by:
        raise Invalid(
            _("Dagarna för rekvisition, användning och återbetalning står i fel ordning."),
            mend=_("Rekvirera först, använd sedan och betala tillbaka sist."),
        )


def balance_of(grant: Grant, movements: Iterable[Movement]) -> Balance:
    """The balance after all movements; those of one day in the order given.

    Raises:
        Invalid, NotNow: as `add_movement`, about the first movement that cannot be.
    """
    check_grant(grant)
    kept: list[Movement] = []
    for movement in sorted(movements, key=lambda one: one.on):
        kept = _with(grant, kept, movement)
    return _sum(grant, kept)


def add_movement(grant: Grant, movements: Sequence[Movement], new: Movement) -> Balance:
    """The balance with one movement more, wherever in time it falls.

    Raises:
        Invalid: not whole kronor above zero, or a number that is used or not there.
        NotNow: outside the days, more than is left, or undoing what later movements stand on.
    """
    return balance_of(grant, [*movements, new])


def _with(grant: Grant, before: Sequence[Movement], new: Movement) -> list[Movement]:
    check_whole(new.kronor, new.number)
    if not new.kronor:
        raise Invalid(_("Beloppet är noll kronor."), where=new.number)
    if any(one.number == new.number for one in before):
        raise Invalid(
            _("Verifikation %(number)s finns redan.", number=new.number), where=new.number
        )
    after = [*before, new]
    if new.undoes:
        _check_undoing(before, new)
        _check_sums(_sum(grant, before), _sum(grant, after), new)
    else:
        _check_days(grant, new)
        _check_room(_sum(grant, before), new)
    return after


def _check_undoing(before: Sequence[Movement], new: Movement) -> None:
    wrong = next((one for one in before if one.number == new.undoes and not one.undoes), None)
    if wrong is None:
        raise Invalid(
            _("Det finns ingen verifikation %(number)s att rätta.", number=new.undoes),
            where=new.number,
        )
    if any(one.undoes == new.undoes for one in before):
        raise Invalid(
            _("Verifikation %(number)s är redan rättad.", number=new.undoes), where=new.number
        )
    if (wrong.kind, wrong.kronor) != (new.kind, new.kronor):
        raise Invalid(
            _("En rättelse tar bort hela verifikation %(number)s.", number=new.undoes),
            where=new.number,
            mend=_("Bokför det rätta beloppet för sig."),
        )


def _check_sums(before: Balance, after: Balance, new: Movement) -> None:
    if after.unused < 0 or after.left_to_draw < 0:
        raise NotNow(
            _("%(kronor)s av rekvisitionen är redan använda eller återbetalda.",
              kronor=tell(before.used + before.paid_back)),
            where=new.number,
            mend=_("Rätta först det som bokfördes senare."),
        )  # fmt: skip


def _check_days(grant: Grant, new: Movement) -> None:
    last = grant.draw_until if new.kind is MovementKind.DRAWN else grant.use_until
    if new.on < grant.draw_from:
        raise NotNow(
            _("Bidraget börjar %(day)s.", day=said_date(grant.draw_from)), where=new.number
        )
    if new.on <= last or new.kind is MovementKind.PAID_BACK:
        return  # late money back is late, but never refused
    if new.kind is MovementKind.DRAWN:
        raise NotNow(
            _("Sista dagen att rekvirera var %(day)s.", day=said_date(last)), where=new.number
        )
    raise NotNow(
        _("Sista dagen att använda pengarna var %(day)s.", day=said_date(last)),
        where=new.number,
        mend=_("Det som inte är använt betalas tillbaka."),
    )


def _check_room(before: Balance, new: Movement) -> None:
    if new.kind is MovementKind.DRAWN:
        if new.kronor > before.left_to_draw:
            raise NotNow(
                _("Det finns %(left)s kvar att rekvirera.", left=tell(before.left_to_draw)),
                where=new.number,
            )
        return
    if new.kronor <= before.unused:
        return
    if new.kind is MovementKind.USED:
        raise NotNow(
            _("Det finns %(left)s rekvirerade som inte är använda.", left=tell(before.unused)),
            where=new.number,
            mend=_("Rekvirera mer först, eller bokför resten som egen kostnad."),
        )
    raise NotNow(
        _("Det finns %(left)s att betala tillbaka.", left=tell(before.unused)), where=new.number
    )


def _sum(grant: Grant, movements: Iterable[Movement]) -> Balance:
    sums = dict.fromkeys(MovementKind, 0)
    for one in movements:
        sums[one.kind] += -one.kronor if one.undoes else one.kronor
    return Balance(
        grant.kronor, sums[MovementKind.DRAWN], sums[MovementKind.USED],
        sums[MovementKind.PAID_BACK],
    )  # fmt: skip


def state_of(grant: Grant, balance: Balance, today: date) -> GrantState:
    """How far the grant has come on a day.

    Money that was never drawn asks for nothing: it stays with the giver.
    """
    if today < grant.draw_from:
        return GrantState.WAITING
    if today <= grant.use_until:
        return GrantState.OPEN
    if not balance.unused:
        return GrantState.SETTLED
    return GrantState.SETTLING if today <= grant.pay_back_by else GrantState.OVERDUE
