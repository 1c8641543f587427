"""What the pages of grants are given: plain values, and how rows become them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from samverka.transition.rules.grants import (
    Balance,
    Comparison,
    Grant,
    GrantState,
    Held,
    KeyKind,
    MovementKind,
)
from samverka.transition.rules.grants.choosing import Choice, DistributionStatus, Receiver


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement in the list. `added`: the sum of its pots."""

    id: UUID
    name: str
    first_year: int
    last_year: int
    told: int | None
    added: int
    invented: bool
    source: str
    fixed: int | None
    region_percent: int | None

    @property
    def gap(self) -> int:
        """The sum of the text minus the sum of the pots; 0 when none was told."""
        return 0 if self.told is None else self.told - self.added

    @property
    def municipal_percent(self) -> int:
        """The municipalities' part of the fixed part."""
        return 100 - (self.region_percent or 0)

    @property
    def years(self) -> str:
        """ "2024", or "2021–2027"."""
        one = self.first_year == self.last_year
        return str(self.first_year) if one else f"{self.first_year}–{self.last_year}"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of an agreement."""

    id: UUID
    title: str
    link: str
    dated: date | None
    said: str


@dataclass(frozen=True, slots=True)
class PotLine:
    """One pot, and the distribution that holds for it."""

    id: UUID
    agreement_id: UUID
    agreement: str
    year: int
    area: str
    receiver: Receiver
    kronor: int
    source: str
    distribution_id: UUID | None = None
    drafts: int = 0
    draft_id: UUID | None = None
    """The newest draft."""

    @property
    def shareable(self) -> bool:
        """For regions or municipalities, not for joint work."""
        return self.receiver is not Receiver.SHARED

    @property
    def untouched(self) -> bool:
        """Nobody has begun to share it out: its kronor may still be changed."""
        return self.distribution_id is None and not self.drafts


@dataclass(frozen=True, slots=True)
class AgreementDetail:
    """An agreement with its pots, year by year, and its documents."""

    head: AgreementLine
    pots: tuple[PotLine, ...]
    documents: tuple[DocumentLine, ...]
    may_edit: bool

    @property
    def keyless(self) -> tuple[Receiver, ...]:
        """Sides without a pot that is shared out: their fixed part has no key yet."""
        if self.head.fixed is None:
            return ()
        keyed = {one.receiver for one in self.pots if one.distribution_id is not None}
        return tuple(one for one in (Receiver.REGION, Receiver.MUNICIPALITY) if one not in keyed)


@dataclass(frozen=True, slots=True)
class PotDetail:
    """A pot to be shared out, and the populations that its key can be reckoned on."""

    pot: PotLine
    populations: tuple[PopulationLine, ...]


@dataclass(frozen=True, slots=True)
class PopulationLine:
    """One version of a count of inhabitants."""

    id: UUID
    name: str
    version: str
    counted_on: date
    total: int
    told_total: int | None
    source: str
    municipal: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareLine:
    """What one recipient gets, and how the kronor came about.

    Attributes:
        weight: persons, or the weight that was decided.
        exact: the share before rounding; `by_rounding`: what rounding and residual gave or took.
        published: of the published table; None where there is none.
    """

    code: str
    name: str
    weight: Fraction
    part: Fraction
    exact: Fraction
    kronor: int
    held: Held
    each: Fraction | None
    published: int | None

    @property
    def by_rounding(self) -> Fraction:
        """Kronor above (or below) the exact share."""
        return self.kronor - self.exact

    @property
    def off(self) -> int:
        """Kronor that ours differs from the published."""
        return 0 if self.published is None else self.kronor - self.published


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a pot's distribution, in the list of them."""

    id: UUID
    number: int
    status: DistributionStatus
    why: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class DistributionDetail:
    """How one pot is shared out, to the krona."""

    id: UUID
    pot: PotLine
    number: int
    status: DistributionStatus
    kronor: int
    choice: Choice
    population: PopulationLine | None
    lines: tuple[ShareLine, ...]
    comparison: Comparison | None
    published_source: str
    told: int | None
    why: str
    made_at: datetime
    made_by: str
    versions: tuple[VersionLine, ...]
    may_edit: bool
    may_decide: bool
    may_lay_down: bool
    awarded: int
    """Recipients that have been granted their share."""
    own: str
    """Code of the reader's own region or municipality; empty for others."""

    @property
    def may_award(self) -> bool:
        """Whether its amounts may be granted: only of one that holds."""
        return self.may_lay_down and self.status is DistributionStatus.CURRENT

    @property
    def published_sum(self) -> int:
        """The sum of the published table's rows."""
        return sum(line.published or 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class TriedLine:
    """One recipient as it is and as it would be."""

    code: str
    name: str
    before: int
    after: int
    persons: int | None

    @property
    def difference(self) -> int:
        """Kronor more (above zero) or less."""
        return self.after - self.before

    @property
    def each(self) -> Fraction | None:
        """The difference for each inhabitant."""
        return Fraction(self.difference, self.persons) if self.persons else None


@dataclass(frozen=True, slots=True)
class TriedDetail:
    """A distribution tried with another key, share, floor or population. Nothing has been kept."""

    of: DistributionDetail
    kind: KeyKind
    kronor: int
    lines: tuple[TriedLine, ...]
    populations: tuple[PopulationLine, ...]
    other_side: int
    """Kronor of the other side's pot for the same area and year; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class MovementLine:
    """Drawn, used or paid back."""

    number: str
    kind: MovementKind
    on: date
    kronor: int
    undoes: str
    said: str
    made_by: str


@dataclass(frozen=True, slots=True)
class AwardLine:
    """A grant to one recipient, where its money is, and what is to be done when.

    Attributes:
        balance, state: None where the reader sees public amounts only.
    """

    id: UUID
    agreement_id: UUID
    agreement: str
    year: int
    area: str
    recipient: str
    name: str
    grant: Grant
    source: str
    invented: bool
    movements: tuple[MovementLine, ...] = ()
    balance: Balance | None = None
    state: GrantState | None = None
    distribution_id: UUID | None = None
    of_period: bool = False
    """Reckoned from an agreement with a fixed part: the page of its period shows how."""

    @property
    def draw_by(self) -> date:
        """The last day to draw."""
        return self.grant.draw_until

    @property
    def use_by(self) -> date:
        """The last day to use what was drawn."""
        return self.grant.use_until

    @property
    def to_pay_back(self) -> int:
        """Drawn and not used when the time to use it is over; 0 before."""
        late = self.state in (GrantState.SETTLING, GrantState.OVERDUE)
        return self.balance.unused if self.balance is not None and late else 0


@dataclass(frozen=True, slots=True)
class SumLine:
    """The sums of several awards."""

    granted: int
    drawn: int
    used: int
    paid_back: int
    unused: int
    to_pay_back: int


@dataclass(frozen=True, slots=True)
class RecipientDetail:
    """What one region or municipality has got and used, grant by grant."""

    code: str
    name: str
    year: int | None
    years: tuple[int, ...]
    lines: tuple[AwardLine, ...]
    sums: SumLine
    persons: int | None
    public_only: bool
    may_edit: bool
    on: date


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """One recipient of the county, with its sums; None where only the granted is public."""

    code: str
    name: str
    granted: int
    sums: SumLine | None
    late: int
    own: bool


@dataclass(frozen=True, slots=True)
class OwnDetail:
    """What the reader's own region or municipality got and used: a year grant by grant, and every year.

    Attributes:
        by_year: (year, its sums, kronor that should have been paid back by now), the newest first.
    """

    code: str
    name: str
    year: int | None
    lines: tuple[AwardLine, ...]
    sums: SumLine
    by_year: tuple[tuple[int, SumLine, int], ...]
    public_only: bool = False


@dataclass(frozen=True, slots=True)
class OverviewDetail:
    """The start of the grants: own area, the county's recipients, the agreements, the populations."""

    own: str
    mine: OwnDetail | None
    year: int | None
    years: tuple[int, ...]
    agreements: tuple[AgreementLine, ...]
    recipients: tuple[RecipientLine, ...]
    populations: tuple[PopulationLine, ...]
    may_edit: bool
    may_lay_down: bool

    @property
    def sees_others(self) -> bool:
        """Whether the reader sees what each of the county's recipients has used."""
        return all(one.sums is not None for one in self.recipients)


@dataclass(frozen=True, slots=True)
class PeriodDetail:
    """An agreement of a fixed part and areas: what each recipient gets, year by year."""

    head: AgreementLine
    year: int
    areas: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    years: tuple[tuple[int, int, int], ...]
    """(year, fixed, varied) of the period."""
    own: str = ""
    """Code of the reader's own region or municipality."""
    may_award: bool = False

    @property
    def near(self) -> tuple[tuple[str, str, tuple[int, ...], int], ...]:
        """The rows of the reader's own county; all of them for a reader of none."""
        return tuple(one for one in self.rows if one[0].startswith(self.own[:2]))


@dataclass(frozen=True, slots=True)
class ImportedDetail:
    """What became of a file's rows."""

    kept: int
    same: int
    faults: tuple[tuple[int, str], ...]
