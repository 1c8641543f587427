"""What figures are reckoned from: one stay, and what was said and waited for in it. No names. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samverka.discharge.rules.kinds import MUNICIPAL, Part
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Care(StrEnum):
    """Psychiatric and somatic stays are reckoned together and apart."""

    ALL = "all"
    SOMATIC = "somatic"
    PSYCHIATRIC = "psychiatric"


CARE_WORDS: dict[Care, Text] = {
    Care.ALL: _("All vård"),
    Care.SOMATIC: _("Somatisk vård"),
    Care.PSYCHIATRIC: _("Psykiatrisk vård"),
}


class Party(StrEnum):
    """Who can be waited for."""

    HOSPITAL = "hospital"
    OPEN_CARE = "open-care"
    MUNICIPALITY = "municipality"


def party_of(part: Part) -> Party:
    """Municipal health care and social services are one municipality."""
    if part in MUNICIPAL:
        return Party.MUNICIPALITY
    return Party.OPEN_CARE if part is Part.OPEN_CARE else Party.HOSPITAL


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement that the person is ready (LUS 1:3), and how long it held."""

    judged_at: datetime
    sent_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentCopy:
    """One message at one of its receivers.

    Attributes:
        sent_at: from when the receiver could receipt it.
        done_at: when it was receipted, sent back, sent on or taken back; None while it waits.
    """

    party: Party
    sent_at: datetime
    done_at: datetime | None = None
    returned: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One message that stands (not one that was taken back).

    Attributes:
        late: it was due before it was sent.
        timed: it has a deadline at all.
        counts: for a call: it came from the region's fast vårdkontakt (LUS 4:3).
    """

    kind: MessageKind
    sent_at: datetime
    late: bool = False
    timed: bool = False
    counts: bool = True
    copies: tuple[SentCopy, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that one party was to do, from a moment on."""

    party: Party
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One by which figures can be divided: a ward, a hospital, a municipality."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class StayRecord:
    """One stay in hospital.

    Attributes:
        person: an opaque name of the person: only to count persons.
        municipality: its code; empty if unknown.
        ended_at: when the stay ended: the discharge, or a case closed without one (someone has died).
        judged: every judgement, oldest first.
        waits: what was asked of the parties: lines of the list, planning, hindrances (LUS 5:5).
        planning_at: when the first of them began to plan (LUS 2:6).
        met_at: when the first meeting about the stay's plan began.
        planned_at: when that plan was established.
        contact_at: when someone first heard how it went at home.
        again_at: when the person was next admitted; `met_between`: whether anyone met the person before.
    """

    person: str
    ward: Place
    hospital: Place
    municipality: str
    psychiatric: bool
    admitted_at: datetime
    discharged_at: datetime | None = None
    ended_at: datetime | None = None
    judged: tuple[Judged, ...] = ()
    said: tuple[Said, ...] = ()
    waits: tuple[Wait, ...] = ()
    others: bool = True
    sip_needed: bool | None = None
    compulsory: bool = False
    planning_at: datetime | None = None
    met_at: datetime | None = None
    planned_at: datetime | None = None
    contact_at: datetime | None = None
    again_at: datetime | None = None
    met_between: bool | None = None

    def first_said(self, *kinds: MessageKind) -> datetime | None:
        """When a message of these kinds was first sent; of calls only those that count."""
        return min((one.sent_at for one in self.said if one.kind in kinds and one.counts),
                   default=None)  # fmt: skip

    @property
    def asks_for_sip(self) -> bool:
        """A SIP is to be made: help from both sides, and no compulsory care (LUS 4:1)."""
        return bool(self.sip_needed) and not self.compulsory


def as_put_right(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Judgements of one and the same notice are one, put right: the one that stood last holds."""
    by_age = sorted(
        judged, key=lambda one: (one.withdrawn_at is None, one.withdrawn_at or one.sent_at)
    )
    holds = {one.sent_at: one for one in by_age}
    return tuple(holds[moment] for moment in sorted(holds))
