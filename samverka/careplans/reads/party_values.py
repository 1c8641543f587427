"""Those who take part in a plan, and what each has been given of it: plain values for pages and FHIR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.careplans.rules import APPROVAL_WORDS, ApprovalStatus, PartyRole
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.actor import Side
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PartyDetail:
    """A unit that the plan is for.

    Attributes:
        shared: the plan has been disclosed to it and still is.
        joined_at: since when it takes part; None while it has not said yes to what it was asked.
        left_at: when the last that it had said yes to was over.
    """

    id: UUID
    unit_id: UUID
    name: str
    hsa_id: str
    provider_id: UUID
    provider_name: str
    organisation_id: UUID
    organisation_name: str
    side: Side
    phone: str
    phone_hours: str
    role: PartyRole
    role_words: Text
    since: datetime
    until: datetime | None
    shared: bool
    joined_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApprovalDetail:
    """What a unit has said of the plan as it reads now. `may_answer`: it is the reader's own unit's."""

    id: UUID
    unit_id: UUID
    name: str
    side: Side
    status: ApprovalStatus
    words: str
    version: int
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    answered_by: str
    may_answer: bool

    @property
    def status_words(self) -> Text:
        """What it has said, in words."""
        return APPROVAL_WORDS[self.status]


@dataclass(frozen=True, slots=True)
class GivenDetail:
    """What the reader's care provider has been given of a plan that another keeps.

    Attributes:
        since: when the first version was given.
        consent_by: who consented to it.
        live: it is still given; else it is a copy that is kept, and the plan may have changed.
        newest: nothing of what is given has changed since.
    """

    version: int
    at: datetime
    by: str
    since: datetime
    consent_by: str
    live: bool
    newest: bool


@dataclass(frozen=True, slots=True)
class ReceiverDetail:
    """A care provider that has been given the plan, and keeps it.

    Attributes:
        live: it is still given.
        unsent: changes that it has not been given.
        held_back: what it is not given, in words.
    """

    provider_id: UUID
    name: str
    version: int
    at: datetime
    live: bool
    unsent: int
    held_back: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WithheldDetail:
    """A part that is not given out. `receivers` empty: to no other."""

    id: UUID
    part: PartKind
    key: str
    words: Text
    receivers: tuple[UUID, ...]
    receiver_names: tuple[str, ...]
    reason: str
    by: str
    since: datetime
