"""Fast vårdkontakt and fast läkarkontakt: stand-ins, handing over, who ought to have one. Pure.

Sources: PL (2014:821) 6:2–3; HSF (2017:80) 4:1; LUS (2017:612) 2:5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samverka.careplans.rules.kinds import ContactKind
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

LONGEST_ABSENCE_DAYS = 366
"""A longer absence is no absence: the person gets another contact (days); practice, not law."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both with."""

    since: date
    until: date

    def holds(self, on: date) -> bool:
        """Whether the day is one of them."""
        return self.since <= on <= self.until

    def meets(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        return self.since <= other.until and other.since <= self.until


def check_absence(period: Period, today: date, others: Iterable[Period] = ()) -> None:
    """Raise unless someone can be away so: the last day not before the first, not all passed, once."""
    if period.until < period.since:
        raise Invalid(_("Sista dagen är före den första. Byt plats på dem."), where="until")
    if period.until < today:
        raise Invalid(_("Tiden har redan passerat. Välj dagar framåt."), where="until")
    if (period.until - period.since).days > LONGEST_ABSENCE_DAYS:
        raise Invalid(
            _("Den som är borta mer än ett år behöver en efterträdare. Lämna över i stället."),
            where="until",
        )
    if any(period.meets(one) for one in others):
        raise NotNow(
            _(
                "Någon står redan in under en del av tiden. Avsluta det först, eller välj andra dagar."
            )
        )


def check_stand_in(contact_staff: UUID, stand_in: UUID | None) -> None:
    """Raise if someone would stand in for themself."""
    if stand_in == contact_staff:
        raise Invalid(_("Ingen kan vara sin egen ersättare. Välj en kollega."), where="assignment")


def check_hand_over(
    count: int, from_staff: Iterable[UUID], to_staff: UUID, on: date, today: date
) -> None:
    """Raise unless the contacts can be handed to the colleague that day."""
    if count == 0:
        raise Invalid(_("Välj minst en person att lämna över."), where="contacts")
    if to_staff in set(from_staff):
        raise Invalid(
            _("Kollegan har redan några av dem. Välj en annan kollega eller färre personer."),
            where="assignment",
        )
    if on < today:
        raise Invalid(_("Dagen har redan passerat. Välj i dag eller en dag framåt."), where="on")


# ── who may appoint (HSF 4:1) ──


def check_appointer(head_only: bool, is_head: bool) -> None:
    """Raise unless the one who acts may appoint (HSF 4:1: verksamhetschefen)."""
    if head_only and not is_head:
        raise NotAllowed(_("Hos er utser verksamhetschefen fasta kontakter. Be chefen göra det."))


# ── the person's wish ──

WISH_LENGTH = 1000
"""Longest wish and answer (characters)."""


def check_answer(kind: ContactKind, granted: bool, has_one: bool) -> None:
    """Raise if a wish is declined that the law says must be met (PL 6:2: whoever asks gets one)."""
    if granted or has_one or kind is not ContactKind.FAST_VARDKONTAKT:
        return
    raise NotNow(
        _("Den som ber om en fast vårdkontakt ska få en (6 kap. 2 § patientlagen). Utse någon.")
    )


# ── nobody is without ──


class Need(StrEnum):
    """Why someone ought to have a fast vårdkontakt."""

    ASKED = "asked"  # PL 6:2: the person has asked for one
    DISCHARGE = "discharge"  # LUS 2:5: notice of admission has come to the unit
    PLAN = "plan"  # the county's rule: has a plan that region and municipality share
    LEFT = "left"  # the one who was has left the unit
    AWAY = "away"  # the one who is has no stand-in while away


NEED_WORDS: dict[Need, Text] = {
    Need.ASKED: _("Har bett om en fast kontakt"),
    Need.DISCHARGE: _("Är inskriven och ska få en fast vårdkontakt före utskrivning"),
    Need.PLAN: _("Har en gemensam plan men ingen fast vårdkontakt"),
    Need.LEFT: _("Kontakten arbetar inte kvar"),
    Need.AWAY: _("Kontakten är borta utan ersättare"),
}

NEED_LAW: dict[Need, Text] = {
    Need.ASKED: _("6 kap. 2 § patientlagen"),
    Need.DISCHARGE: _("2 kap. 5 § lagen om samverkan vid utskrivning"),
    Need.PLAN: _("länets egen regel"),
    Need.LEFT: _("6 kap. 2 § patientlagen"),
    Need.AWAY: _("länets egen regel"),
}


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What the rules must know of a person to say if someone is missing.

    Attributes:
        has_one: someone is the person's fast vårdkontakt now.
        asked: the person has asked, and nobody has answered.
        admitted: the unit has been told that the person is admitted (LUS 2:1).
        shared_plan: has a plan that region and municipality share.
        left: the one who is has no assignment at the unit any more.
        away: the one who is away has no stand-in.
    """

    has_one: bool = False
    asked: bool = False
    admitted: bool = False
    shared_plan: bool = False
    left: bool = False
    away: bool = False


def list_needs(person: ContactFacts, *, plan_rule: bool) -> tuple[Need, ...]:
    """Why someone must be appointed now, the law's reasons first; empty if nobody is missing.

    Args:
        plan_rule: the county holds that everyone with a shared plan has a fast vårdkontakt.
    """
    grounds = {
        Need.ASKED: person.asked,
        Need.DISCHARGE: person.admitted and not person.has_one,
        Need.LEFT: person.left,
        Need.PLAN: plan_rule and person.shared_plan and not person.has_one,
        Need.AWAY: person.away,
    }
    return tuple(one for one, holds in grounds.items() if holds)
