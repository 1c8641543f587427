"""What pages and files get of the basis for invoices: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from samverka.discharge.rules import liability
from samverka.discharge.rules.invoicing import BasisStatus
from samverka.discharge.rules.liability import Average, DayRun, DayVerdict, Period, Rate
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ObjectionDetail:
    """What the municipality says about a case, and the region's answer."""

    id: UUID
    case_id: UUID
    number: str
    reason: str
    raised_at: datetime
    raised_by: str
    upheld: bool | None
    words: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class BasisLine:
    """One stay of a basis, by its number.

    Attributes:
        name: empty for one who may not read the case itself.
        paid: the days that are paid for by themselves in this period; `kronor` what they cost, None where
            the year's amount is unknown.
        averaged: days that go into the municipality's average; None for a stay that is not in it.
        runs: days in a row with the same reason.
    """

    case_id: UUID
    number: str
    name: str
    admitted_on: date
    told_on: date | None
    discharged_on: date | None
    paid: int
    kronor: Decimal | None
    averaged: int | None
    said: Text
    why_debtor: Text
    days: tuple[DayVerdict, ...]
    runs: tuple[DayRun, ...]
    notes: tuple[Text, ...]
    objections: tuple[ObjectionDetail, ...]
    may_contest: bool


@dataclass(frozen=True, slots=True)
class BasisHead:
    """A basis without its stays."""

    id: UUID
    municipality_code: str
    municipality: str
    period: Period
    number: int
    status: BasisStatus
    days: Decimal
    kronor: Decimal | None
    made_at: datetime
    made_by: str
    locked_at: datetime | None
    locked_by: str


@dataclass(frozen=True, slots=True)
class BasisDetail:
    """A basis whole.

    Attributes:
        refusal: why there are no kronor.
        terms: what it was reckoned by, in words; `notes`: what is uncertain in law.
        holds: the same facts give the same answer when they are reckoned again now; None if the rules
            of that time are no longer here.
        former: the sum of the basis that this one puts right.
        preliminary: the period is not over.
    """

    head: BasisHead
    refusal: Text | None
    average: Average | None
    amounts: tuple[liability.AmountLine, ...]
    terms: tuple[Text, ...]
    notes: tuple[Text, ...]
    lines: tuple[BasisLine, ...]
    holds: bool | None
    former: BasisHead | None
    preliminary: bool
    may_edit: bool


@dataclass(frozen=True, slots=True)
class RateLine:
    """The amount of a year, and who entered it; by nobody: known from the regulation."""

    rate: Rate
    set_by: str
    set_at: datetime | None


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One municipality in the overview: a basis, or None, for each month."""

    code: str
    name: str
    cells: tuple[tuple[date, BasisHead | None], ...]


@dataclass(frozen=True, slots=True)
class BasisBoard:
    """Months and municipalities, with the sums.

    Attributes:
        presets: known terms: name, what they say, and what the sources leave uncertain.
        earlier, later: a month of the year before and after; None where there is none.
    """

    months: tuple[date, ...]
    rows: tuple[BasisRow, ...]
    rates: tuple[RateLine, ...]
    suggested: tuple[Rate, ...]
    presets: tuple[tuple[Text, tuple[Text, ...], Text], ...]
    earlier: date | None
    later: date | None
    municipalities: tuple[tuple[str, str], ...]
    may_edit: bool
