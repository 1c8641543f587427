"""Who likely needs a plan: a score with its reasons in words. Decision support, never a decision. Pure.

The weights are practice, not law: HSL (2017:30) 16:4 asks for a plan when someone needs measures of both
health care and social services.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samverka.kernel.actor import Side
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Sign(StrEnum):
    """Something that speaks for a plan."""

    IN_HOSPITAL = "in-hospital"
    CAME_HOME = "came-home"
    BOTH_SIDES = "both-sides"
    MANY_UNITS = "many-units"
    MANY_VISITS = "many-visits"
    OFTEN_IN_HOSPITAL = "often-in-hospital"


WEIGHTS: dict[Sign, int] = {
    Sign.IN_HOSPITAL: 3,
    Sign.CAME_HOME: 2,
    Sign.BOTH_SIDES: 3,
    Sign.MANY_UNITS: 2,
    Sign.MANY_VISITS: 1,
    Sign.OFTEN_IN_HOSPITAL: 2,
}
"""How much each sign weighs (points)."""

ENOUGH = 3
"""From so many points on, the person is suggested."""

RECENT = timedelta(days=183)
"""Contacts within this time count (days)."""

JUST_HOME = timedelta(days=30)
"""A stay that has ended within this time counts as lately (days)."""

MANY_UNITS = 3
MANY_VISITS = 6
MANY_STAYS = 2
"""From so many on, within `RECENT`."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact with care or social services: the unit, its side, the days.

    Attributes:
        stay: in hospital.
        meeting: a visit or a time; False for what a unit does without one.
    """

    unit: str
    side: Side
    begins: date
    ends: date | None = None
    stay: bool = False
    meeting: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign that was found, in words that name what was seen."""

    sign: Sign
    words: Text


@dataclass(frozen=True, slots=True)
class Suggested:
    """The score and what it was built of, the heaviest first."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def enough(self) -> bool:
        """Whether the person is suggested."""
        return self.score >= ENOUGH


def suggest(touches: Iterable[Touch], own_side: Side | None, today: date) -> Suggested:
    """What speaks for a plan, by the contacts that the reader may see.

    Args:
        own_side: the side of the reader's unit, which has to do with the person.
    """
    found = [one for one in touches if _counts(one, today)]
    reasons = [
        *_stays([one for one in found if one.stay], today),
        *_sides({one.side for one in found} | ({own_side} if own_side else set())),
        *_contacts(found),
    ]
    reasons.sort(key=lambda one: -WEIGHTS[one.sign])
    return Suggested(sum(WEIGHTS[one.sign] for one in reasons), tuple(reasons))


def _counts(one: Touch, today: date) -> bool:
    going_on = one.stay and one.ends is None
    return one.begins <= today and (going_on or (one.ends or one.begins) >= today - RECENT)


def _stays(stays: list[Touch], today: date) -> list[Reason]:
    found: list[Reason] = []
    for one in stays:
        if one.ends is None or one.ends > today:
            found.append(Reason(Sign.IN_HOSPITAL, _("Är inskriven på %(unit)s.", unit=one.unit)))
            break
    home = [one.ends for one in stays if one.ends and today - JUST_HOME <= one.ends <= today]
    if home and not found:
        days = (today - max(home)).days
        found.append(
            Reason(Sign.CAME_HOME, _("Kom hem från sjukhus för %(days)d dagar sedan.", days=days))
            if days > 1
            else Reason(Sign.CAME_HOME, _("Har just kommit hem från sjukhus."))
        )
    if len(stays) >= MANY_STAYS:
        words = _("Har varit inskriven %(times)d gånger på ett halvår.", times=len(stays))
        found.append(Reason(Sign.OFTEN_IN_HOSPITAL, words))
    return found


_HUVUDMAN = frozenset({Side.REGION, Side.MUNICIPALITY})


def _sides(sides: set[Side]) -> list[Reason]:
    if not sides >= _HUVUDMAN:
        return []
    return [Reason(Sign.BOTH_SIDES, _("Har hjälp av både regionen och kommunen."))]


def _contacts(found: list[Touch]) -> list[Reason]:
    units = {one.unit for one in found}
    visits = sum(1 for one in found if one.meeting and not one.stay)
    reasons: list[Reason] = []
    if len(units) >= MANY_UNITS:
        words = _("Har träffat %(count)d enheter på ett halvår.", count=len(units))
        reasons.append(Reason(Sign.MANY_UNITS, words))
    if visits >= MANY_VISITS:
        words = _("Har haft %(count)d besök eller tider på ett halvår.", count=visits)
        reasons.append(Reason(Sign.MANY_VISITS, words))
    return reasons
