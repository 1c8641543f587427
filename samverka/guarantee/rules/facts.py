"""What a clock is reckoned from: plain values, as the record systems and the staff have told them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samverka.contacts.rules import Way
from samverka.guarantee.rules.limits import Part
from samverka.guarantee.rules.professions import Profession
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Level(StrEnum):
    """Who gives the care."""

    PRIMARY = "primary"
    SPECIALIST = "specialist"
    MUNICIPAL = "municipal"


class Matter(StrEnum):
    """What the person waits for. Only a new need is named in the guarantee (HSF 6:1)."""

    NEW_NEED = "new-need"
    RETURN_VISIT = "return-visit"
    INVESTIGATION = "investigation"
    MUNICIPAL_CARE = "municipal-care"


class Purpose(StrEnum):
    """What a contact was for."""

    CONTACT = "contact"
    ASSESSMENT = "assessment"
    FIRST_VISIT = "first-visit"
    RETURN_VISIT = "return-visit"
    INVESTIGATION = "investigation"
    TREATMENT = "treatment"


PURPOSE_WORDS: dict[Purpose, Text] = {
    Purpose.FIRST_VISIT: _("Första besök för det nya behovet"),
    Purpose.TREATMENT: _("Vården som var beslutad"),
    Purpose.ASSESSMENT: _("Medicinsk bedömning"),
    Purpose.CONTACT: _("Kontakt, till exempel råd i telefon"),
    Purpose.RETURN_VISIT: _("Återbesök"),
    Purpose.INVESTIGATION: _("Undersökning"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact between the person and care.

    Attributes:
        way: None when it was in writing.
        unit: id of the unit, as in `Wait.sought_unit`.
        instead_of_visit: a call, a letter or a group that took the place of a visit.
        answered: a human being answered; a machine or a place in a queue is no contact.
        held: it took place; False when it was cancelled or the person did not come.
    """

    at: datetime
    level: Level
    purpose: Purpose
    way: Way | None = Way.CLINIC
    profession: Profession | None = None
    unit: str = ""
    instead_of_visit: bool = False
    answered: bool = True
    held: bool = True


class Reason(StrEnum):
    """Why days are not counted (HSF 6:2)."""

    MEDICAL = "medical"
    OTHER_REGION = "other-region"
    ABSTAINS = "abstains"


REASON_WORDS: dict[Reason, Text] = {
    Reason.MEDICAL: _("medicinska skäl"),
    Reason.OTHER_REGION: _("personen har valt vård i en annan region"),
    Reason.ABSTAINS: _("personen har avstått från en tid inom garantin"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A time that the person was offered, at whatever provider: when it was offered, when the care would be."""

    made_on: date
    care_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days that someone says shall not count.

    Attributes:
        last: the last of the days, None while it goes on.
        informed_on: when the person was told of the guarantee.
        offer: the time that the person said no to.
        declined_on: when the person told the care provider so.

    The three last are the conditions for abstaining (HSF 6:2 st. 2) and belong to no other reason.
    """

    reason: Reason
    first: date
    last: date | None = None
    informed_on: date | None = None
    offer: Offer | None = None
    declined_on: date | None = None


class Ending(StrEnum):
    """Why nobody waits any more though no care was given."""

    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not-needed"
    DIED = "died"
    MISTAKE = "mistake"


ENDING_WORDS: dict[Ending, Text] = {
    Ending.WITHDRAWN: _("personen vill inte längre ha vården"),
    Ending.NOT_NEEDED: _("vården behövs inte längre"),
    Ending.DIED: _("personen har dött"),
    Ending.MISTAKE: _("väntan var felregistrerad"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """That the wait is over without care."""

    on: date
    why: Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One person's wait for one part of the guarantee.

    Attributes:
        sought_at: when the person sought contact, with primary care or, where no referral is
            needed, with specialised care.
        referral_issued_at: when the referral was written; what counts (HSF 6:1 p. 3).
        referral_received_at: when it came; told, never counted from.
        decided_at: when the care provider decided that the person shall have the care.
        sought_unit: where the person sought contact; `listed_unit`: where the person is listed.
        in_choice_system: the unit is one that people choose by listing (HSL 7:3).
        assessment_needed: the provider's judgement; None before it is made.
        judged_at: when that judgement was made. The national measure counts from it, the law does not.
        possible_at_once: the assessment could be made at the first contact.
        of_region: the region offers the person care (HSL 8:1–2), so its guarantee holds; see `scope`.
        target_on: until when the care is needed, where the guarantee sets no limit; see `planned`.
    """

    part: Part
    matter: Matter = Matter.NEW_NEED
    sought_at: datetime | None = None
    referral_issued_at: datetime | None = None
    referral_received_at: datetime | None = None
    decided_at: datetime | None = None
    sought_unit: str = ""
    listed_unit: str = ""
    in_choice_system: bool = True
    assessment_needed: bool | None = None
    judged_at: datetime | None = None
    possible_at_once: bool = False
    of_region: bool = True
    target_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    pauses: tuple[Pause, ...] = ()
    ended: Ended | None = None


class Origin(StrEnum):
    """What the time counts from."""

    SOUGHT = "sought"
    REFERRAL = "referral"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Start:
    """The moment from which a time counts, and what it was."""

    origin: Origin
    at: datetime

    @property
    def on(self) -> date:
        """Day 0, on the Swedish calendar."""
        return local_date(self.at)


def start_of(wait: Wait) -> Start | None:
    """From what the time counts (HSF 6:1); None while it has not happened."""
    if wait.part is Part.TREATMENT:
        return Start(Origin.DECISION, wait.decided_at) if wait.decided_at else None
    if wait.part is Part.VISIT and wait.referral_issued_at:
        return Start(Origin.REFERRAL, wait.referral_issued_at)
    return Start(Origin.SOUGHT, wait.sought_at) if wait.sought_at else None


def check_wait(wait: Wait, at: datetime) -> None:
    """Refuse facts that cannot be: what has not happened yet, and what ends before it begins.

    Raises:
        Invalid: with what is wrong and where.
    """
    start = start_of(wait)
    if start and start.at > at:
        raise Invalid(_("Väntan börjar i framtiden."), where="start", mend=_("Rätta dagen."))
    if start and wait.ended and wait.ended.on < start.on:
        raise Invalid(_("Väntan slutar innan den börjar."), where="ended")
    issued, received = wait.referral_issued_at, wait.referral_received_at
    if issued and received and received < issued:
        raise Invalid(_("Remissen kom fram innan den skrevs."), where="referral_received_at")
    for pause in wait.pauses:
        _check_pause(pause, local_date(at))


def _check_pause(pause: Pause, today: date) -> None:
    if pause.last is not None and pause.last < pause.first:
        raise Invalid(_("Uppehållet slutar innan det börjar."), where="pauses")
    if pause.offer and pause.offer.care_on < pause.offer.made_on:
        raise Invalid(_("Den erbjudna tiden ligger före dagen för erbjudandet."), where="pauses")
    said = (pause.informed_on, pause.declined_on, pause.offer and pause.offer.made_on)
    if any(one > today for one in said if one):
        raise Invalid(
            _("Ett besked eller ett erbjudande ligger i framtiden."),
            where="pauses",
            mend=_("Skriv den dag då det gavs."),
        )
