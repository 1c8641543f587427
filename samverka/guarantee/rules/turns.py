"""Whose turn it is in a wait, and what is to be done next: one step, one owner, one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverka.guarantee.rules.clock import STILL_WAITING, Clock, ClockStatus
from samverka.guarantee.rules.duty import Duty, DutyStatus
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE, Part
from samverka.kernel.calendar import days_between, said_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Doing(StrEnum):
    """What the next step is. Each has its own form."""

    JUDGE_CONTACT = "judge-contact"
    NEED = "need"
    CALL = "call"
    OFFER = "offer"
    ELSEWHERE = "elsewhere"
    ANSWER = "answer"
    MEET = "meet"
    REST = "rest"


BUTTONS: dict[Doing, Text] = {
    Doing.JUDGE_CONTACT: _("Bedöm besöket"),
    Doing.NEED: _("Bedöm behovet"),
    Doing.CALL: _("Skriv in kontakten"),
    Doing.OFFER: _("Erbjud tid"),
    Doing.ELSEWHERE: _("Erbjud annan vårdgivare"),
    Doing.ANSWER: _("Skriv in svaret"),
    Doing.MEET: _("Skriv in besöket"),
    Doing.REST: _("Öppna"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A time that has been offered and still stands. `accepted`: None until the person has answered."""

    care_on: date
    elsewhere: bool = False
    accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The next step.

    Attributes:
        of_person: the person is to do it; else the unit.
        due_on: the last day that keeps the guarantee; once it has passed, the day when it did.
        late: the legal limit has passed: the only thing that is red.
        soon: the limit is near.
    """

    doing: Doing
    verb: Text
    due_on: date | None
    of_person: bool = False
    late: bool = False
    soon: bool = False


def next_step(
    clock: Clock, duty: Duty, given: Iterable[Given], *, unjudged: date | None, near: int
) -> Step | None:
    """What is to be done next; None when nobody waits.

    Args:
        given: the offers that still stand.
        unjudged: day of a visit of which nobody has said what it was for.
        near: so many counted days before the limit it is near (days).
    """
    goes_on = clock.status in STILL_WAITING or clock.status is ClockStatus.PLANNED
    if unjudged is not None and goes_on:
        verb = _("säg om besöket %(day)s var det som personen väntade på", day=said_date(unjudged))
        return _step(clock, near, Doing.JUDGE_CONTACT, verb)
    if clock.status is ClockStatus.NOT_STARTED and clock.part is Part.ASSESSMENT:
        return Step(Doing.NEED, _("säg om personen behöver en medicinsk bedömning"), None)
    if not goes_on:
        return None
    standing = [one for one in given if one.accepted is not False]
    if clock.target is not None:
        return _before(clock, clock.target, standing, near)
    if clock.part in IN_PRIMARY_CARE:
        return _step(clock, near, Doing.CALL, _PRIMARY[clock.part])
    if clock.status is ClockStatus.BREACHED:
        return _after(clock, duty, standing, near)
    if clock.last_day is None:
        return _step(clock, near, Doing.REST, _("säg när dagarna ska räknas igen"))
    return _before(clock, clock.last_day, standing, near)


_PRIMARY: dict[Part, Text] = {
    Part.CONTACT: _("ta kontakt med personen"),
    Part.ASSESSMENT: _("gör den medicinska bedömningen"),
}


def _before(clock: Clock, last: date, standing: list[Given], near: int) -> Step:
    """While there is time: offer one that keeps the guarantee, get the answer, meet."""
    in_time = [one for one in standing if one.care_on <= last]
    if not in_time:
        if standing:
            day = said_date(min(one.care_on for one in standing))
            verb = _("erbjud en tidigare tid, den erbjudna är %(day)s", day=day)
            return _step(clock, near, Doing.OFFER, verb)
        return _step(clock, near, Doing.OFFER, _("erbjud en tid"))
    return _meeting(clock, in_time, near)


def _after(clock: Clock, duty: Duty, standing: list[Given], near: int) -> Step:
    """The limit has passed (HSL 9:2): care at another provider, and a time all the same."""
    if duty.status is DutyStatus.OWED:
        verb = _("erbjud vård hos en annan vårdgivare")
        return _step(clock, near, Doing.ELSEWHERE, verb)
    ahead = [one for one in standing if one.care_on >= clock.today]
    if ahead:
        return _meeting(clock, ahead, near)
    return _step(clock, near, Doing.OFFER, _("erbjud en tid"))


def _meeting(clock: Clock, standing: list[Given], near: int) -> Step:
    first = min(standing, key=lambda one: (one.accepted is not True, one.care_on))
    day = said_date(first.care_on)
    if first.accepted is None:
        verb = _("svara på tiden %(day)s", day=day)
        return _step(clock, near, Doing.ANSWER, verb, of_person=True)
    verb = _("ta emot personen %(day)s", day=day)
    if first.care_on < clock.today:
        verb = _("skriv in om vården blev av %(day)s", day=day)
    return _step(clock, near, Doing.MEET, verb)


def _step(clock: Clock, near: int, doing: Doing, verb: Text, *, of_person: bool = False) -> Step:
    if clock.target is not None:  # a target date is no limit: near or passed, it is never red
        near_it = days_between(clock.today, clock.target) <= near
        return Step(doing, verb, clock.target, of_person, soon=near_it)
    late = clock.status is ClockStatus.BREACHED
    soon = not late and clock.left is not None and clock.left <= near
    return Step(doing, verb, clock.last_day, of_person, late, soon and clock.last_day is not None)


def reminds(step: Step | None) -> bool:
    """Whether the unit has it on its list of tasks: the limit is near or has passed, or it must judge."""
    if step is None or step.of_person:
        return False
    if step.doing in (Doing.JUDGE_CONTACT, Doing.NEED) or step.late:
        return True
    return step.soon and step.doing is not Doing.MEET


PRIMARY_NEAR = 1
"""In primary care the limits are of hours and days: what is left is always near."""


def near_days(part: Part, county: int) -> int:
    """From when a limit is near (days): the county's own value for those of 90 days."""
    return PRIMARY_NEAR if part in IN_PRIMARY_CARE else county
