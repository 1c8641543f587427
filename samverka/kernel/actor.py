"""Who does something, from where, and why: the one value that every read and operation takes first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samverka.kernel.narrowing import Narrowing


class ActorKind(StrEnum):
    """What sort of being acts."""

    STAFF = "staff"
    PERSON = "person"  # the patient, or one who acts for the patient
    SYSTEM = "system"  # a job: the clock, an import


class Side(StrEnum):
    """The side of a process that the actor stands on: whose turn it is."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    PRIVATE = "private"
    PERSON = "person"
    SYSTEM = "system"


class Branch(StrEnum):
    """Independent branch inside an authority; secrecy applies between them (OSL 8:2)."""

    HEALTH = "health"  # hälso- och sjukvård: a vårdgivare
    SCHOOL_HEALTH = "school-health"  # elevhälsans medicinska del: also a vårdgivare
    SOCIAL = "social"  # omsorg for older and disabled people: an omsorgsgivare (SVOD 1:1)
    IFO = "ifo"  # individ- och familjeomsorg: never part of SVOD


class Purpose(StrEnum):
    """Purpose of use on every audit line (codes of HL7 v3 ActReason, as IHE BALP asks for)."""

    TREAT = "TREAT"
    ETREAT = "ETREAT"  # emergency opening
    COORDINATION = "COC"  # coordination of care, and social services' own tasks
    PATIENT_REQUEST = "PATRQT"
    OPERATIONS = "HOPERAT"  # follow-up of logs, administration
    SYSTEM = "SYSADMIN"


class Permission(StrEnum):
    """What a role may do at all. Short stable codes: they are stored."""

    PERSON_READ = "person.read"
    PERSON_REGISTER = "person.register"
    PERSON_EDIT = "person.edit"
    PERSON_PROTECTED = "person.protected"  # see the address of a person with protected identity
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    CONTACT_READ = "contact.read"
    CONTACT_EDIT = "contact.edit"
    CONTACT_APPOINT = "contact.appoint"  # fast vårdkontakt and fast läkarkontakt (HSF 4:1)
    CONSENT_EDIT = "consent.edit"
    BLOCK_EDIT = "block.edit"
    BLOCK_LIFT = "block.lift"  # authorised officer (PDL 4:5)
    EMERGENCY = "emergency"  # emergency opening (SVOD 3:6)
    DISCHARGE_READ = "discharge.read"
    DISCHARGE_EDIT = "discharge.edit"
    FIGURES_READ = "figures.read"  # numbers of the county, never a person
    FIGURES_EDIT = "figures.edit"  # measures, notes on a curve, sets of figures; what is published
    GUARANTEE_READ = "guarantee.read"  # waiting times of persons under the waiting-time guarantee
    GUARANTEE_EDIT = "guarantee.edit"
    REPORT_READ = "report.read"  # status reports, targets, strategies: never a person
    REPORT_EDIT = "report.edit"
    REPORT_SIGN = "report.sign"  # sign and lock the organisation's report; decide on targets
    GRANT_READ = "grant.read"  # government grants: pots, shares, what has been used
    GRANT_EDIT = "grant.edit"
    LIABILITY_READ = "liability.read"  # the basis for invoices, by case number
    LIABILITY_EDIT = "liability.edit"
    SHELF_READ = "shelf.read"
    SHELF_WRITE = "shelf.write"  # what no room owns, through the FHIR API
    IMPORT = "import"
    EXPORT = "export"  # all that the own gate lets through, as files (FHIR bulk data)
    AUDIT_REVIEW = "audit.review"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_EDIT = "organisation.edit"
    CONNECTION_EDIT = "connection.edit"  # which apps and systems are let in
    COUNTY_EDIT = "county.edit"  # the county's own values where the law leaves a question open
    SUBSCRIBE = "subscribe"  # be told by machine when something changes that one may read
    OWN_READ = "own.read"  # the person's own page, log and plan
    OWN_EDIT = "own.edit"  # the person's own words, consents, blocks and representatives


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts, fixed for one request.

    Attributes:
        at: time of the request (aware). Operations take their time from here, never from the clock.
        person_id: for a person, who that is in `people`; None for staff and system.
        provider_id: the care provider (vårdgivare/omsorgsgivare) in whose name staff act.
        branch: the provider's independent branch (OSL 8:2).
        narrowing: what the client behind a token has been let do of it; None for one who is logged in. Two actors who
            differ in it alone are the same one.
    """

    kind: ActorKind
    id: UUID
    name: str
    at: datetime
    side: Side
    person_id: UUID | None = None
    staff_id: UUID | None = None
    assignment_id: UUID | None = None
    unit_id: UUID | None = None
    unit_name: str = ""
    provider_id: UUID | None = None
    provider_name: str = ""
    profession: str = ""
    branch: Branch | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    purpose: Purpose = Purpose.TREAT
    request_id: str = ""
    narrowing: Narrowing | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("Actor.at must be an aware time")

    @property
    def is_staff(self) -> bool:
        """True for staff acting under an assignment."""
        return self.kind is ActorKind.STAFF

    @property
    def is_person(self) -> bool:
        """True for the patient or one who acts for the patient."""
        return self.kind is ActorKind.PERSON

    def asking(self, kind: str, letters: str) -> Actor:
        """The same actor for one question of a client: those letters (c r u d s) with that type.

        Raises:
            NotAllowed: the client has not been let do that.
        """
        if self.narrowing is None:
            return self
        return replace(self, narrowing=self.narrowing.asking(kind, letters))

    def may(self, permission: Permission) -> bool:
        """Whether the role gives this permission at all (the gate decides on the record)."""
        return permission in self.permissions
