"""The gate's decision: may this actor do this with this record, on what legal ground, said in words.

Pure: plain values in, a `Decision` out. The same law is written once more as a database filter in
`gate.visible`; a property test over random worlds holds the two together.

Sources: PDL (2008:355) 4 chap., SVOD (2022:913) 2–3 chap., OSL (2009:400) 8, 10, 12, 25, 26 chap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from samverka.access.actions import ActionSpec, Mode, Reach
from samverka.kernel.actor import Actor, ActorKind, Branch, Permission
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class RelationKind(StrEnum):
    """Why a unit has to do with a person."""

    LISTED = "listed"  # listning at a health centre
    CARE = "care"  # vårdrelation: a visit, a stay, home health care
    SOCIAL_SERVICE = "social-service"  # has the social services' insatser (SVOD 3:2)
    INVESTIGATION = "investigation"  # utredning of a need (SVOD 3:2)
    SCHOOL = "school"  # pupil health


class ConsentKind(StrEnum):
    """What a consent opens."""

    SVOD = "svod"  # reading by another care provider (SVOD 3:1–2)
    PLAN = "plan"  # coordination: disclosure of a plan to its parties (OSL 10:1)


class ConsentForm(StrEnum):
    """How consent was given."""

    ORAL = "oral"
    WRITTEN = "written"
    DIGITAL = "digital"


class BlockKind(StrEnum):
    """Inner block: other units of the same care provider. Outer block: other care providers."""

    INNER = "inner"  # PDL 4:4
    OUTER = "outer"  # SVOD 2:3


class OpeningKind(StrEnum):
    """A reader's own, logged opening for a limited time."""

    CHOICE = "choice"  # active choice to read other units' records (HSLF-FS 2016:40 4 chap.)
    EMERGENCY = "emergency"  # SVOD 3:6
    LIFT = "lift"  # an inner block lifted by an authorised officer (PDL 4:5)


class Capacity(StrEnum):
    """Ability to consent, as documented."""

    CAPABLE = "capable"
    CHILD_UNABLE = "child-unable"  # SVOD 3:1 st. 3
    LASTING = "lasting"  # not only temporarily unable (SVOD 3:3–4)
    TEMPORARY = "temporary"


class Protection(StrEnum):
    """Protected identity (FOL 16–17 §§, OSL 21:3, 22:1)."""

    NONE = "none"
    SECRECY_MARK = "secrecy-mark"  # sekretessmarkering: a warning, the test is made each time
    PROTECTED = "protected"  # skyddad folkbokföring


class ProxyKind(StrEnum):
    """Who acts for the person."""

    GUARDIAN = "guardian"  # vårdnadshavare
    REPRESENTATIVE = "representative"  # ombud chosen by the person
    TRUSTEE = "trustee"  # god man, förvaltare


class Ground(StrEnum):
    """The legal ground of an allowed access; the code is stored on the line of the trail."""

    OWN = "own"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    CARE_RELATION = "care-relation"
    OWN_CASE = "own-case"
    OTHER_UNIT = "other-unit"
    BLOCK_LIFTED = "block-lifted"
    DISCLOSED = "disclosed"
    CONSENT = "consent"
    CHILD = "child"
    LASTING_INCAPACITY = "lasting-incapacity"
    EMERGENCY = "emergency"
    OFFICE = "office"
    SYSTEM = "system"


GROUND_WORDS: dict[Ground, Text] = {
    Ground.OWN: _("Du läser dina egna uppgifter (5 kap. 5 § patientdatalagen)."),
    Ground.GUARDIAN: _("Vårdnadshavare för barnet (12 kap. 3 § OSL, 6 kap. 11 § FB)."),
    Ground.REPRESENTATIVE: _("Ombud som personen själv har valt (12 kap. 2 § OSL)."),
    Ground.CARE_RELATION: _("Deltar i vården av personen (4 kap. 1 § patientdatalagen)."),
    Ground.OWN_CASE: _("Handlägger eller utför insatsen (26 kap. 1 § OSL)."),
    Ground.OTHER_UNIT: _(
        "Valde att läsa en annan enhets uppgifter hos samma vårdgivare "
        "(4 kap. 1 § patientdatalagen, HSLF-FS 2016:40 4 kap.)."
    ),
    Ground.BLOCK_LIFTED: _("Spärren är tillfälligt hävd (4 kap. 5 § patientdatalagen)."),
    Ground.DISCLOSED: _(
        "Utlämnat med personens samtycke (10 kap. 1 § OSL, 3 kap. 11 § patientdatalagen)."
    ),
    Ground.CONSENT: _("Sammanhållen dokumentation med samtycke (3 kap. 1–2 §§ lagen 2022:913)."),
    Ground.CHILD: _("Barn som inte själv kan samtycka (3 kap. 1–2 §§ lagen 2022:913)."),
    Ground.LASTING_INCAPACITY: _(
        "Personen kan inte annat än tillfälligt samtycka (3 kap. 3–4 §§ lagen 2022:913)."
    ),
    Ground.EMERGENCY: _("Nödöppning vid fara för liv eller hälsa (3 kap. 6 § lagen 2022:913)."),
    Ground.OFFICE: _("Tjänsteuppgift: spärrar eller loggkontroll (4 kap. patientdatalagen)."),
    Ground.SYSTEM: _("Automatiskt steg i systemet."),
}


class Refusal(StrEnum):
    """Why the gate says no."""

    UNKNOWN = "unknown"  # may not know whether it exists
    NO_PERMISSION = "no-permission"
    NO_RELATION = "no-relation"
    NEEDS_CHOICE = "needs-choice"
    INNER_BLOCK = "inner-block"
    OUTER_BLOCK = "outer-block"
    IFO = "ifo"
    NO_CONSENT = "no-consent"
    NOT_OWN = "not-own"
    CHILD_AGE = "child-age"
    SCOPE = "scope"


REFUSAL_WORDS: dict[Refusal, Text] = {
    Refusal.UNKNOWN: _("Sidan finns inte, eller så får du inte se den."),
    Refusal.NO_PERMISSION: _("Ditt uppdrag ger inte rätt att göra detta. Fråga din chef."),
    Refusal.NO_RELATION: _(
        "Din enhet har ingen pågående vårdrelation med personen. Börja en om personen söker er."
    ),
    Refusal.NEEDS_CHOICE: _(
        "Uppgifterna finns hos en annan enhet. Välj först att läsa andra enheters uppgifter."
    ),
    Refusal.INNER_BLOCK: _(
        "Uppgifterna är spärrade. En behörig befattningshavare hos vårdgivaren kan häva spärren."
    ),
    Refusal.OUTER_BLOCK: _(
        "Uppgifterna är spärrade av en annan vårdgivare. Bara den vårdgivaren kan häva spärren."
    ),
    Refusal.IFO: _(
        "Individ- och familjeomsorgens uppgifter ingår inte i sammanhållen dokumentation."
    ),
    Refusal.NO_CONSENT: _(
        "Det finns inget samtycke som gäller för din organisation. Fråga personen."
    ),
    Refusal.NOT_OWN: _("Uppgiften tillhör en annan organisation och kan bara ändras där."),
    Refusal.CHILD_AGE: _(
        "Åldersgränsen för direkt åtkomst gäller här. Kontakta mottagningen, så prövar de frågan."
    ),
    Refusal.SCOPE: _("Ombudets uppdrag omfattar inte detta. Den du företräder kan ändra det."),
}

_HIDDEN = frozenset(Refusal) - {
    Refusal.NO_PERMISSION,
    Refusal.NOT_OWN,
    Refusal.CHILD_AGE,
    Refusal.SCOPE,
}
"""Refusals of which the actor may not even learn that something is there: the answer is 404."""


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
        directory: the row only says who the person is (name, birth date, address).
        published: made available by SVOD 2:4 (the care provider is connected).
        not_for_patient: withheld from the person with reason (OSL 25:6–7).
    """

    person_id: UUID
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    branch: Branch | None = None
    object_id: UUID | None = None
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
    """All that holds between one reader and one person at one time."""

    person_id: UUID
    relations: tuple[Relation, ...] = ()
    consent: bool = False
    blocks: tuple[Block, ...] = ()
    choice: bool = False
    emergency: bool = False
    lifted_units: frozenset[UUID] = frozenset()
    disclosed: frozenset[UUID] = frozenset()
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
        return not self.allowed and self.refusal in _HIDDEN


def _no(refusal: Refusal) -> Decision:
    return Decision(allowed=False, refusal=refusal)


def decide(action: ActionSpec, actor: Actor, holding: Holding, standing: Standing) -> Decision:
    """Whether the actor may do the action with the record."""
    deciders: dict[ActorKind, Callable[..., Decision]] = {
        ActorKind.STAFF: _decide_staff,
        ActorKind.PERSON: _decide_person,
        ActorKind.SYSTEM: _decide_system,
    }
    return deciders[actor.kind](action, actor, holding, standing)


def _decide_system(action: ActionSpec, actor: Actor, *_rest: object) -> Decision:
    if action.staff is not None and action.staff in actor.permissions:
        return Decision(allowed=True, ground=Ground.SYSTEM)
    return _no(Refusal.NO_PERMISSION)


# ── the person and those who act for the person ──


def _decide_person(
    action: ActionSpec, actor: Actor, holding: Holding, standing: Standing
) -> Decision:
    ground = _person_ground(actor, holding, standing)
    if isinstance(ground, Refusal):
        return _no(ground)
    if holding.not_for_patient:
        return _no(Refusal.UNKNOWN)
    if action.person is None or action.person not in actor.permissions:
        return _no(Refusal.NO_PERMISSION)
    if ground is not Ground.OWN and not _in_scope(action, standing.proxy):
        return _no(Refusal.SCOPE)
    return Decision(allowed=True, ground=ground)


def _person_ground(actor: Actor, holding: Holding, standing: Standing) -> Ground | Refusal:
    if holding.person_id == actor.person_id:
        return own_access(standing.age, standing.ages)
    return proxy_access(standing.proxy, standing.age, standing.ages)


def own_access(age: int | None, ages: AgeLimits) -> Ground | Refusal:
    """The person alone: from the county's age; an unknown age is taken as grown up."""
    return Refusal.CHILD_AGE if age is not None and age < ages.own_from else Ground.OWN


def proxy_access(proxy: Proxy | None, age: int | None, ages: AgeLimits) -> Ground | Refusal:
    """One who acts for the person. A guardian sees until the county's age (OSL 12:3)."""
    if proxy is None or proxy.withheld:
        return Refusal.UNKNOWN
    if proxy.kind is not ProxyKind.GUARDIAN:
        return Ground.REPRESENTATIVE
    return Ground.GUARDIAN if age is not None and age < ages.guardian_until else Refusal.CHILD_AGE


def _in_scope(action: ActionSpec, proxy: Proxy | None) -> bool:
    return proxy is not None and action.scope is not None and action.scope in proxy.scopes


# ── staff ──


def _decide_staff(
    action: ActionSpec, actor: Actor, holding: Holding, standing: Standing
) -> Decision:
    if not knows(actor, standing):
        return _no(Refusal.NO_RELATION)
    found = _staff_ground(action, actor, holding, standing)
    if isinstance(found, Refusal):
        return _no(found)
    if action.staff is None or action.staff not in actor.permissions:
        return _no(Refusal.NO_PERMISSION)
    return Decision(allowed=True, ground=found, masked=masks(actor, standing.protection))


def knows(actor: Actor, standing: Standing) -> bool:
    """Whether the actor may know of the person: the own unit has a relation.

    Officers for blocks and log reviewers may know of all persons of their care provider.
    """
    if actor.permissions & OFFICE_PERMISSIONS:
        return bool(standing.relations)
    return any(relation.unit_id == actor.unit_id for relation in standing.relations)


OFFICE_PERMISSIONS = frozenset({Permission.BLOCK_LIFT, Permission.AUDIT_REVIEW})


def masks(actor: Actor, protection: Protection) -> bool:
    """Whether places and addresses are left out (OSL 21:3–3 a)."""
    hidden = protection is not Protection.NONE
    return hidden and Permission.PERSON_PROTECTED not in actor.permissions


def _staff_ground(
    action: ActionSpec, actor: Actor, holding: Holding, standing: Standing
) -> Ground | Refusal:
    if holding.directory:
        return _directory_ground(actor, standing)
    if holding.provider_id == actor.provider_id:
        return _own_provider(actor, holding, standing)
    if holding.object_id in standing.disclosed:
        return Ground.DISCLOSED if action.reach is not Reach.OWN else Refusal.NOT_OWN
    found = _svod(actor, holding, standing)
    if action.mode is not Mode.READ or action.reach is not Reach.LAWFUL:
        return found if isinstance(found, Refusal) else Refusal.NOT_OWN
    return found


def _directory_ground(actor: Actor, standing: Standing) -> Ground:
    if not any(relation.unit_id == actor.unit_id for relation in standing.relations):
        return Ground.OFFICE
    return Ground.OWN_CASE if actor.branch in _SOCIAL else Ground.CARE_RELATION


_SOCIAL = frozenset({Branch.SOCIAL, Branch.IFO})
_HEALTH = frozenset({Branch.HEALTH, Branch.SCHOOL_HEALTH})


def _own_provider(actor: Actor, holding: Holding, standing: Standing) -> Ground | Refusal:
    """Inside the own care provider: PDL 4 chap.; for social services the own case."""
    if holding.unit_id == actor.unit_id:
        return Ground.OWN_CASE if holding.branch in _SOCIAL else Ground.CARE_RELATION
    if holding.branch is Branch.IFO:
        return Refusal.IFO
    if _inner_blocked(holding, standing):
        return _lifted(holding, standing)
    if holding.branch is Branch.SOCIAL:
        return Ground.OWN_CASE
    return Ground.OTHER_UNIT if standing.choice else Refusal.NEEDS_CHOICE


def _inner_blocked(holding: Holding, standing: Standing) -> bool:
    return any(
        block.kind is BlockKind.INNER
        and block.provider_id == holding.provider_id
        and block.unit_id == holding.unit_id
        for block in standing.blocks
    )


def _lifted(holding: Holding, standing: Standing) -> Ground | Refusal:
    lifted = holding.unit_id in standing.lifted_units
    return Ground.BLOCK_LIFTED if lifted else Refusal.INNER_BLOCK


def _svod(actor: Actor, holding: Holding, standing: Standing) -> Ground | Refusal:
    """Across care providers: only what SVOD opens; the act is exhaustive (3:7)."""
    if Branch.IFO in (holding.branch, actor.branch) or holding.branch is None:
        return Refusal.IFO
    if not holding.published:
        return Refusal.NO_CONSENT
    if _outer_blocked(holding, standing):
        return Refusal.OUTER_BLOCK
    if not svod_relation(actor, standing):
        return Refusal.NO_RELATION
    return _svod_ground(actor, holding, standing)


def _outer_blocked(holding: Holding, standing: Standing) -> bool:
    return any(
        block.kind is BlockKind.OUTER
        and block.provider_id == holding.provider_id
        and block.unit_id in (None, holding.unit_id)
        for block in standing.blocks
    )


SVOD_RELATIONS = {
    True: frozenset({RelationKind.CARE, RelationKind.SCHOOL}),
    False: frozenset({RelationKind.SOCIAL_SERVICE, RelationKind.INVESTIGATION}),
}
"""The relation that SVOD asks for: a patient relation (3:1), or insatser or investigation (3:2)."""


def svod_relation(actor: Actor, standing: Standing) -> bool:
    """A patient relation of the own unit, or for social services an own insats or investigation."""
    wanted = SVOD_RELATIONS[actor.branch in _HEALTH]
    return any(
        relation.unit_id == actor.unit_id and relation.kind in wanted
        for relation in standing.relations
    )


CHILD_AGE = 18
"""Under this age one is a child: SoL (2001:453) 1:2, unchanged in SoL (2025:400)."""


def _svod_ground(actor: Actor, holding: Holding, standing: Standing) -> Ground | Refusal:
    if standing.consent:
        return Ground.CONSENT
    # Omsorg staff reach only omsorg data without consent (3:2 st. 2, 3:4), and have no
    # emergency right (3:5–6 speak of vårdgivare only).
    health_reader = actor.branch in _HEALTH
    if health_reader or holding.branch is Branch.SOCIAL:
        if standing.capacity is Capacity.CHILD_UNABLE and is_child(standing.age):
            return Ground.CHILD
        if standing.capacity is Capacity.LASTING and standing.attitude_known:
            return Ground.LASTING_INCAPACITY
    if health_reader and standing.emergency:
        return Ground.EMERGENCY
    return Refusal.NO_CONSENT


def is_child(age: int | None) -> bool:
    """Under 18; an unknown age is not taken as a child's."""
    return age is not None and age < CHILD_AGE


def birth_date_limit(on: date, years: int) -> date:
    """The last birth date with which one has turned `years` on the day `on`.

    Born on 29 February counts as turning a year older on 28 February in common years
    (lag 1930:173), so the limit moves to 29 February where that day exists in the birth year.
    """
    try:
        limit = on.replace(year=on.year - years)
    except ValueError:  # 29 February, and the birth year is a common year
        return date(on.year - years, 2, 28)
    if (on.month, on.day) == (2, 28) and not _leap(on.year) and _leap(limit.year):
        return date(limit.year, 2, 29)
    return limit


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
