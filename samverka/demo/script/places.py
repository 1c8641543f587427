"""Principals, care providers, units, staff and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverka.access.rules import Protection
from samverka.kernel.actor import Branch, Side
from samverka.kernel.identity import Sex
from samverka.organisations.rules import UnitKind


@dataclass(frozen=True, slots=True)
class Principal:
    """A huvudman: the region or a municipality.

    Attributes:
        code: county or municipality code as text with its leading zeros.
    """

    key: str
    name: str
    code: str
    side: Side
    organisation_number: str
    seat: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A care provider (vårdgivare, omsorgsgivare): one independent branch of a huvudman (OSL 8:2)."""

    key: str
    principal: str
    name: str
    branch: Branch
    hsa_id: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A care unit in a real town."""

    key: str
    provider: str
    name: str
    kind: UnitKind
    town: str
    postcode: str
    hsa_id: str
    phone: str
    phone_hours: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A medarbetaruppdrag: staff act for one unit at a time. `roles` are codes of `access.roles`."""

    unit: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One who works somewhere. `key` is unique among staff and people of the stories."""

    key: str
    given: str
    family: str
    profession: str
    hsa_id: str
    assignments: tuple[Assignment, ...]

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where one lives; `town` is the postal town."""

    street: str
    postcode: str
    town: str
    municipality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in a story.

    Attributes:
        age: whole years on the day of building.
        born: month and day of birth.
        language: BCP 47 code of the mother tongue.
        care_language: the language the person wants care in, where the law gives a right to ask
            (lagen 2009:724 om nationella minoriteter: Sami `sma`, Finnish `fi`) or an interpreter helps.
        listed: unit key of the health centre.
    """

    key: str
    given: str
    family: str
    sex: Sex
    age: int
    born: tuple[int, int]
    address: Address | None
    phone: str = ""
    listed: str = ""
    language: str = "sv"
    care_language: str = ""
    interpreter: bool = False
    protection: Protection = Protection.NONE

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"

    def birth_date(self, today: date) -> date:
        """The birth date that gives the age on the day of building."""
        month, number = self.born
        had_birthday = (month, number) <= (today.month, today.day)
        return date(today.year - self.age - (0 if had_birthday else 1), month, number)
