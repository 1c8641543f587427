"""One identity number as a value that does not give itself away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverka.kernel.identity.age import age
from samverka.kernel.identity.checkdigit import ends_right
from samverka.kernel.identity.kinds import PERSON_KINDS, SYSTEMS, IdentityKind, Sex
from samverka.kernel.identity.reserve import ReserveFacts, read_local, read_national

_CIVIL = (IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNINGSNUMMER)
_WITH_DASH = (*_CIVIL, IdentityKind.NATIONAL_RESERVE, IdentityKind.LOCAL_RESERVE)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IdentityNumber:
    """A number and its kind. Make it with `parse_identity`; this constructor tests nothing.

    `str()` and `repr()` mask numbers of persons, so that a number cannot reach a log by accident.
    Whoever needs the number asks for `value` or `formatted()`.

    Attributes:
        value: canonical: 12 characters without separator for persons, 10 digits for
            organisations, the case that the catalogue holds for HSA-id.
        domain: OID of the issuer of a local reserve number; else empty.
    """

    kind: IdentityKind
    value: str
    domain: str = ""

    @property
    def key(self) -> tuple[IdentityKind, str, str]:
        """What two equal numbers share. HSA-id is compared without regard to case (HSA-4)."""
        return self.kind, self.domain, self.value.upper()

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, IdentityNumber) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return self.masked()

    def __repr__(self) -> str:
        return f"<IdentityNumber {self.kind.value} {self.masked()}>"

    @property
    def system(self) -> str:
        """FHIR `Identifier.system`."""
        if self.kind is IdentityKind.LOCAL_RESERVE:
            return f"urn:oid:{self.domain}"
        return SYSTEMS[self.kind].system

    @property
    def oid(self) -> str:
        """OID for RIV-TA contracts; empty for LMA numbers, which have none that we know."""
        return self.domain or SYSTEMS[self.kind].oid

    @property
    def names_person(self) -> bool:
        """Whether the number names a patient and must be handled as such."""
        return self.kind in PERSON_KINDS

    @property
    def birth_date(self) -> date | None:
        """Birth date that the number carries, or None.

        The day may be a nearby day of the month when the numbers of the true day were used up (FOL
        18 §), so a birth date in the population register goes before this one.
        """
        if self.kind in _CIVIL:
            return self._civil_birth_date()
        return self._reserve_facts().birth_date

    @property
    def sex(self) -> Sex | None:
        """Legal sex that the number tells, or None: odd is man, even is woman (FOL 18 §)."""
        if self.kind in _CIVIL:
            return Sex.MALE if int(self.value[10]) % 2 else Sex.FEMALE
        return self._reserve_facts().sex

    def age(self, on: date) -> int | None:
        """Whole years on a day, or None where the number carries no birth date (AGE-3).

        Raises:
            ValueError: the day is before the birth.
        """
        return age(self.birth_date, on) if self.birth_date else None

    @property
    def check_digit_is_right(self) -> bool | None:
        """Whether the check digit is right; None for kinds without one that we can test.

        A few old personnummer were given with a wrong one and are right all the same (PN-8).
        """
        if self.kind in _CIVIL:
            return ends_right(self.value[2:])
        return ends_right(self.value) if self.kind is IdentityKind.ORGANISATION_NUMBER else None

    def masked(self, *, year_only: bool = False) -> str:
        """Show who it may be without the last four: "19120212-****", or only the first four
        characters.

        Numbers of staff and organisations are not masked.
        """
        if not self.names_person:
            return self.formatted()
        if self.kind is IdentityKind.LMA:
            return "****"
        return self.value[:4] if year_only else f"{self.value[:8]}-****"

    def formatted(self) -> str:
        """Write the number as people read it: "19120212-1212", "232100-0214"."""
        if self.kind in _WITH_DASH:
            return f"{self.value[:8]}-{self.value[8:]}"
        if self.kind is IdentityKind.ORGANISATION_NUMBER:
            return f"{self.value[:6]}-{self.value[6:]}"
        return self.value

    def _civil_birth_date(self) -> date | None:
        day = int(self.value[6:8])
        if self.kind is IdentityKind.SAMORDNINGSNUMMER:
            day -= 60  # SamL 2 kap. 8 §
        try:
            return date(int(self.value[:4]), int(self.value[4:6]), day)
        except ValueError:
            return None  # a samordningsnummer for one whose month or day of birth is unknown

    def _reserve_facts(self) -> ReserveFacts:
        if self.kind is IdentityKind.NATIONAL_RESERVE:
            return read_national(self.value) or ReserveFacts()
        if self.kind is IdentityKind.LOCAL_RESERVE:
            return read_local(self.domain, self.value) or ReserveFacts()
        return ReserveFacts()
