"""What pages and FHIR get of a case: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import CaseStatus, CloseReason, Part, Secrecy, Track
from samverka.discharge.rules.messages import MESSAGES, MessageKind
from samverka.discharge.rules.routing import Need
from samverka.discharge.rules.sending import SaidFact, said_fact
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonLine


@dataclass(frozen=True, slots=True)
class CopyDetail:
    """What became of a message at one receiver."""

    id: UUID
    unit_id: UUID
    unit_name: str
    part: Part
    fate: Fate
    sent_at: datetime
    receipted_at: datetime | None
    receipted_by: str
    ended_at: datetime | None
    ended_by: str
    reason: str
    forwarded_to: str
    escalated_at: datetime | None
    own: bool
    """The own unit's copy."""
    may_receipt: bool
    may_return: bool
    stands_in: bool
    """The own unit reads it in the receiver's place."""


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """One message, as one who sent it or got it sees it."""

    id: UUID
    kind: MessageKind
    unit_id: UUID
    unit_name: str
    part: Part
    body: Mapping[str, object]
    secrecy: Secrecy
    secrecy_note: str
    sent_at: datetime
    entered_at: datetime
    sent_by: str
    due_at: datetime | None
    late: bool
    corrects_id: UUID | None
    corrected: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str
    copies: tuple[CopyDetail, ...]
    own: bool
    """Sent by the own unit."""
    may_withdraw: bool
    may_correct: bool

    @property
    def must_open(self) -> bool:
        """The receivers must open it; else it is only good to know."""
        return MESSAGES[self.kind].must_open

    @property
    def facts(self) -> list[SaidFact]:
        """What it holds, days and times as such."""
        return [said_fact(name, value) for name, value in self.body.items()]


@dataclass(frozen=True, slots=True)
class CaseUnitDetail:
    """A unit that takes part."""

    unit: UnitDetail
    part: Part
    since: datetime
    planning_since: datetime | None


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case as the own unit sees it: its head, who takes part, and what the unit has sent or been given."""

    id: UUID
    number: str
    person: PersonLine
    person_id: UUID
    ward: UnitDetail
    status: CaseStatus
    version: int
    track: Track | None
    psychiatric: bool
    compulsory: bool
    municipality_code: str
    deciding_code: str
    sip_needed: bool | None
    refused_help: bool
    needs: tuple[Part, ...]
    needs_judged_at: datetime | None
    needs_judged_by: str
    admitted_at: datetime | None
    estimated_at: date | None
    ready_at: datetime | None
    ready_by: str
    ready_sent_at: datetime | None
    discharged_at: datetime | None
    goes_to: str
    closed_at: datetime | None
    close_reason: CloseReason | None
    plan_id: UUID | None
    readmission_of_id: UUID | None
    units: tuple[CaseUnitDetail, ...]
    messages: tuple[MessageDetail, ...]
    own_part: Part | None
    may_send: tuple[MessageKind, ...]
    may_close: tuple[CloseReason, ...]
    may_admit: bool
    may_mend: bool
    help_kinds: tuple[Need, ...]
    leave: tuple[datetime, datetime] | None
    """Home leave that goes on or is to come: from, to."""
