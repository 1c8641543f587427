"""What the decision is made from, and what it is: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from samverka.access.rules.words import (
    GROUND_WORDS,
    HIDDEN,
    REFUSAL_WORDS,
    BlockKind,
    Capacity,
    Ground,
    Protection,
    ProxyKind,
    Refusal,
    RelationKind,
)
from samverka.kernel.actor import Branch
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """County settings for direct access online: practice, not law (ages in years).

    Attributes:
        guardian_until: a guardian sees until the child has this age.
        own_from: the person sees alone from this age.
    """

    guardian_until: int = 13
    own_from: int = 16


@dataclass(frozen=True, slots=True)
class Holding:
    """Whose record it is: what the gate must know about one row.

    Attributes:
        part: the row is a part of the record, or a record of its own that follows it.
        handed: other care providers have it only as it was disclosed to them; SVOD opens it in an
            emergency (3:6), and else not.
        directory: the row only says who the person is (name, birth date, address).
        published: made available by SVOD 2:4 (the care provider is connected).
        not_for_patient: withheld from the person with reason (OSL 25:6–7).
    """

    person_id: UUID
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    branch: Branch | None = None
    object_id: UUID | None = None
    part: bool = False
    handed: bool = False
    directory: bool = False
    published: bool = True
    not_for_patient: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A current relation between the person and a unit of the reader's care provider."""

    unit_id: UUID
    kind: RelationKind


@dataclass(frozen=True, slots=True)
class Block:
    """A block in force. For an outer block, `unit_id` None means all of the care provider."""

    kind: BlockKind
    provider_id: UUID
    unit_id: UUID | None


@dataclass(frozen=True, slots=True)
class Proxy:
    """The reader acts for the person."""

    kind: ProxyKind
    scopes: frozenset[str]
    withheld: bool = False  # OSL 12:3: the child would suffer harm


@dataclass(frozen=True, slots=True)
class Standing:
    """All that holds between one reader and one person at one time.

    Attributes:
        granted: records in whose care the own unit takes part (PDL 4:1), other units' of the own provider.
        lawful: records that the own unit has been given because the law says so, whoever keeps them.
        disclosed: records that are given to the own care provider now, each new version too.
        kept: records of which the own care provider has been given some version, now or before.
    """

    person_id: UUID
    relations: tuple[Relation, ...] = ()
    consent: bool = False
    blocks: tuple[Block, ...] = ()
    choice: bool = False
    emergency: bool = False
    lifted_units: frozenset[UUID] = frozenset()
    granted: frozenset[UUID] = frozenset()
    lawful: frozenset[UUID] = frozenset()
    disclosed: frozenset[UUID] = frozenset()
    kept: frozenset[UUID] = frozenset()
    capacity: Capacity = Capacity.CAPABLE
    attitude_known: bool = False
    age: int | None = None
    protection: Protection = Protection.NONE
    proxy: Proxy | None = None
    ages: AgeLimits = field(default_factory=AgeLimits)


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer. `masked`: address and places of a protected person are left out."""

    allowed: bool
    ground: Ground | None = None
    refusal: Refusal | None = None
    masked: bool = False

    @property
    def sentence(self) -> Text:
        """The answer in one Swedish sentence."""
        if self.ground is not None:
            return GROUND_WORDS[self.ground]
        return REFUSAL_WORDS[self.refusal or Refusal.UNKNOWN]

    @property
    def hidden(self) -> bool:
        """True where the refusal may not even tell that something is there."""
        return not self.allowed and self.refusal in HIDDEN
