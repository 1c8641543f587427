"""What the region owes the person when one of the two limits of 90 days has passed.

HSL 9:2 and PL 2:4: care at another provider, at no extra cost to the person. For the two parts in
primary care there is no such duty. PL 3:1–7: the person is to be told of the guarantee, in words that the
person can take in, in writing if needed or asked for. No section that we know says within how many days
either must be done, so no day is reckoned and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from samverka.guarantee.rules.clock import Clock, ClockStatus
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE
from samverka.kernel.parameters import Certainty
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class DutyStatus(StrEnum):
    """How it stands with the region's duty to see to care elsewhere."""

    NONE = "none"
    OWED = "owed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OVER = "over"


DUTY_WORDS: dict[DutyStatus, Text] = {
    DutyStatus.NONE: _("Inget att erbjuda än"),
    DutyStatus.OWED: _("Vård hos en annan vårdgivare ska erbjudas"),
    DutyStatus.OFFERED: _("Erbjuden vård hos en annan vårdgivare, svar väntas"),
    DutyStatus.ACCEPTED: _("Har tackat ja till vård hos en annan vårdgivare"),
    DutyStatus.DECLINED: _("Har tackat nej till vård hos en annan vårdgivare"),
    DutyStatus.OVER: _("Väntan är över"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty of the law during one time. `days` is None where the law gives no limit."""

    what: Text
    section: Text
    valid_from: date
    certainty: Certainty
    days: int | None = None
    valid_to: date | None = None


CARE_ELSEWHERE = Obligation(
    what=_("Regionen ska se till att personen får vård hos en annan vårdgivare."),
    section=_("hälso- och sjukvårdslagen 9 kap. 2 § och patientlagen 2 kap. 4 §"),
    valid_from=date(2017, 4, 1),
    certainty=Certainty.HIGH,
)

TELL = Obligation(
    what=_("Personen ska få veta om vårdgarantin, och kunna få det skriftligt."),
    section=_("patientlagen 3 kap. 1–7 §§"),
    valid_from=date(2015, 1, 1),
    certainty=Certainty.HIGH,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An offer of care at another provider. `accepted` is None until the person has answered."""

    offered_on: date
    care_on: date
    where: str
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What is owed, since when. A no is the person's right, and may be taken back: it is asked again."""

    status: DutyStatus
    since: date | None = None
    because: tuple[Text, ...] = ()


def judge_duty(clock: Clock, offers: Iterable[Elsewhere] = ()) -> Duty:
    """What the region owes on the day of the clock; the latest offer counts, also one made in good time."""
    if clock.part in IN_PRIMARY_CARE:
        return Duty(status=DutyStatus.NONE, because=(_NOT_IN_PRIMARY_CARE,))
    if clock.breached_on is None:
        return Duty(status=DutyStatus.NONE)
    if clock.status is not ClockStatus.BREACHED:
        return Duty(status=DutyStatus.OVER, since=clock.breached_on)
    made = [one for one in offers if one.offered_on <= clock.today]
    latest = max(made, key=lambda one: one.offered_on, default=None)
    return Duty(status=_answered(latest), since=clock.breached_on, because=_BECAUSE)


def _answered(offer: Elsewhere | None) -> DutyStatus:
    if offer is None:
        return DutyStatus.OWED
    if offer.accepted is None:
        return DutyStatus.OFFERED
    return DutyStatus.ACCEPTED if offer.accepted else DutyStatus.DECLINED


_NOT_IN_PRIMARY_CARE = _(
    "I primärvården ger lagen ingen rätt till vård hos en annan vårdgivare när tiden har gått ut."
)
_BECAUSE = (
    _(
        "%(what)s Det följer av %(section)s.",
        what=CARE_ELSEWHERE.what,
        section=CARE_ELSEWHERE.section,
    ),
    _("Det får inte kosta personen något extra."),
    _("%(what)s Det följer av %(section)s.", what=TELL.what, section=TELL.section),
    _("Lagen säger inte inom hur många dagar. Gör det genast."),
)


def extra_cost(here: Decimal, elsewhere: Decimal) -> Decimal:
    """What the region pays so that the person does not (kronor): the fees and journeys above those here.

    Which costs belong to the sums is not told by the section; the county says what it adds up.
    """
    return max(Decimal(0), elsewhere - here)
