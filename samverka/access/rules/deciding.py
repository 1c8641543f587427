"""The decision itself, in the order of the law."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from samverka.access.actions import ActionSpec, Mode, Reach
from samverka.access.rules.values import (
    AgeLimits,
    Decision,
    Holding,
    Proxy,
    Standing,
)
from samverka.access.rules.words import (
    BlockKind,
    Capacity,
    Ground,
    Protection,
    ProxyKind,
    Refusal,
    RelationKind,
)
from samverka.kernel.actor import Actor, ActorKind, Branch, Permission


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
    return Decision(
        allowed=True,
        ground=found,
        masked=masks(actor, standing.protection) or keeps_only(actor, standing),
    )


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


def keeps_only(actor: Actor, standing: Standing) -> bool:
    """The own unit knows of the person only by a copy that it was given before: nothing newer is told.

    Where the person lives now is newer, so places are left out as for a protected person.
    """
    own = {one.kind for one in standing.relations if one.unit_id == actor.unit_id}
    takes_part = bool(standing.disclosed or standing.granted or standing.lawful)
    return own == {RelationKind.PLAN} and bool(standing.kept) and not takes_part


def _staff_ground(
    action: ActionSpec, actor: Actor, holding: Holding, standing: Standing
) -> Ground | Refusal:
    if holding.directory:
        return _directory_ground(actor, standing)
    if holding.object_id in standing.lawful and action.reach is not Reach.OWN:
        return Ground.BY_LAW
    if holding.provider_id == actor.provider_id:
        return _own_provider(action, actor, holding, standing)
    if holding.object_id in standing.disclosed:
        return Ground.DISCLOSED if action.reach is not Reach.OWN else Refusal.NOT_OWN
    found = _svod(actor, holding, standing)
    reads = action.mode is Mode.READ and action.reach is Reach.LAWFUL
    if holding.object_id in standing.kept:
        if not (isinstance(found, Ground) and _in_danger(actor, standing)):
            return _kept(holding, reads, found)
        found = Ground.EMERGENCY  # stands whatever else would have opened a record that is not kept
    if isinstance(found, Ground):
        return found if reads else Refusal.NOT_OWN
    return found


def _kept(holding: Holding, reads: bool, found: Ground | Refusal) -> Ground | Refusal:
    """What was given is read, and nothing newer: a yes to SVOD does not bring back what was taken back."""
    if holding.part:
        return found if isinstance(found, Refusal) else Refusal.KEPT
    return Ground.KEPT if reads else Refusal.KEPT


def _directory_ground(actor: Actor, standing: Standing) -> Ground:
    if not any(relation.unit_id == actor.unit_id for relation in standing.relations):
        return Ground.OFFICE
    return Ground.OWN_CASE if actor.branch in _SOCIAL else Ground.CARE_RELATION


_SOCIAL = frozenset({Branch.SOCIAL, Branch.IFO})
_HEALTH = frozenset({Branch.HEALTH, Branch.SCHOOL_HEALTH})


def _own_provider(
    action: ActionSpec, actor: Actor, holding: Holding, standing: Standing
) -> Ground | Refusal:
    """Inside the own care provider: PDL 4 chap.; for social services the own case."""
    if holding.unit_id == actor.unit_id:
        return Ground.OWN_CASE if holding.branch in _SOCIAL else Ground.CARE_RELATION
    if holding.branch is Branch.IFO:
        return Refusal.IFO
    if holding.object_id in standing.granted and action.reach is not Reach.OWN:
        return _granted(holding, standing)
    if not takes_part(actor, standing):
        return Refusal.NO_RELATION
    if _inner_blocked(holding, standing):
        return _lifted(holding, standing)
    if holding.branch is Branch.SOCIAL:
        return Ground.OWN_CASE
    return Ground.OTHER_UNIT if standing.choice else Refusal.NEEDS_CHOICE


def _granted(holding: Holding, standing: Standing) -> Ground | Refusal:
    """The own unit takes part in the care that this record is about: no active choice is needed.

    The choice is about other units' records that one goes looking for (HSLF-FS 2016:40 4 chap.).
    A block stands all the same (PDL 4:4).
    """
    if _inner_blocked(holding, standing):
        return _lifted(holding, standing)
    return Ground.TAKES_PART


def takes_part(actor: Actor, standing: Standing) -> bool:
    """Whether the own unit takes part in the care, and not only in a plan that it was invited to."""
    return any(
        relation.unit_id == actor.unit_id and relation.kind is not RelationKind.PLAN
        for relation in standing.relations
    )


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
    if not holding.handed:
        ground = _without_danger(actor, holding, standing)
        if ground is not None:
            return ground
    return Ground.EMERGENCY if _in_danger(actor, standing) else Refusal.NO_CONSENT


def _in_danger(actor: Actor, standing: Standing) -> bool:
    """Only vårdgivare have the emergency right (SVOD 3:6)."""
    return actor.branch in _HEALTH and standing.emergency


def _without_danger(actor: Actor, holding: Holding, standing: Standing) -> Ground | None:
    if standing.consent:
        return Ground.CONSENT
    # Omsorg staff reach only omsorg data without consent (3:2 st. 2, 3:4), and have no
    # emergency right (3:5–6 speak of vårdgivare only).
    if actor.branch in _HEALTH or holding.branch is Branch.SOCIAL:
        if standing.capacity is Capacity.CHILD_UNABLE and is_child(standing.age):
            return Ground.CHILD
        if standing.capacity is Capacity.LASTING and standing.attitude_known:
            return Ground.LASTING_INCAPACITY
    return None


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
