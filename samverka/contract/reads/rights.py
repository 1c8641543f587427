"""Consents, blocks and relations of one person with the names of whom they concern, in one act each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads import (
    BlockDetail,
    ConsentDetail,
    RelationDetail,
    latest_disclosures,
    list_blocks,
    list_consents,
    list_relations,
)
from samverka.kernel.actor import Actor, Branch
from samverka.organisations.reads import (
    ProviderDetail,
    UnitDetail,
    list_units,
    provider_names,
    reading_providers,
    unit_names,
)
from samverka.people.reads import PersonDetail, person_card


@dataclass(frozen=True, slots=True)
class NamedConsent:
    """A consent with the names of those who may read."""

    consent: ConsentDetail
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenPlan:
    """A care provider that has been given a plan, and keeps it. `goes_on`: it is given what is new too."""

    plan_id: UUID
    receiver: str
    version: int
    at: datetime
    goes_on: bool


@dataclass(frozen=True, slots=True)
class NamedBlock:
    """A block with the names of what is closed."""

    block: BlockDetail
    unit: str
    provider: str


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """`near`: care providers that have to do with the person now; `others`: the rest that may read.

    `given`: who has been given which plan; staff see what their own care provider has been given.
    """

    person: PersonDetail
    holding: tuple[NamedConsent, ...]
    ended: tuple[NamedConsent, ...]
    given: tuple[GivenPlan, ...]
    near: tuple[ProviderDetail, ...]
    others: tuple[ProviderDetail, ...]


@dataclass(frozen=True, slots=True)
class BlocksPage:
    """`closable`: units whose records the actor can block."""

    person: PersonDetail
    blocks: tuple[NamedBlock, ...]
    closable: tuple[UnitDetail, ...]


@dataclass(frozen=True, slots=True)
class RelationsPage:
    """Why the own unit has to do with the person."""

    person: PersonDetail
    relations: tuple[RelationDetail, ...]


def consents_page(actor: Actor, *, person_id: UUID) -> ConsentsPage:
    """What the person has said yes to, and to whom yes can be said."""
    with act(actor, Action.CONSENT_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Consent")
        found = list_consents(actor, person_id=person_id)
        related = {one.provider_id for one in _relations(actor, person_id)}
        providers = reading_providers()
        named = _named(found, providers)
        return ConsentsPage(
            person=card.person,
            holding=tuple(one for one in named if one.consent.holds),
            ended=tuple(one for one in named if not one.consent.holds),
            given=_given(actor, person_id, found, providers),
            near=tuple(one for one in providers if one.id in related),
            others=tuple(one for one in providers if one.id not in related),
        )


def _given(
    actor: Actor,
    person_id: UUID,
    consents: list[ConsentDetail],
    known: Iterable[ProviderDetail],
) -> tuple[GivenPlan, ...]:
    """What those who keep the plan were given by others is theirs already, and is not told again."""
    lines = latest_disclosures(actor, person_id=person_id)
    receivers = {one for consent in consents for one in consent.reader_providers}
    lines = [one for one in lines if one.object_type == "Plan" and one.provider_id in receivers]
    names = {one.id: one.name for one in known}
    unnamed = {one.provider_id for one in lines} - names.keys()
    if unnamed:
        names |= {key: one.name for key, one in provider_names(unnamed).items()}
    holding = {one.id for one in consents if one.holds}
    return tuple(
        GivenPlan(
            plan_id=one.object_id,
            receiver=names.get(one.provider_id, ""),
            version=one.version,
            at=one.at,
            goes_on=one.stopped_at is None and one.consent_id in holding,
        )
        for one in lines
    )


def _relations(actor: Actor, person_id: UUID) -> list[RelationDetail]:
    """Only the person sees all units that have to do with the person; staff know their own."""
    found = list_relations(actor, person_id=person_id)
    if actor.is_person:
        return found
    return [one for one in found if one.unit_id == actor.unit_id]


def _named(found: list[ConsentDetail], known: Iterable[ProviderDetail]) -> list[NamedConsent]:
    names = {one.id: one.name for one in known}
    unnamed = {key for one in found for key in one.reader_providers if key not in names}
    if unnamed:
        names |= {key: one.name for key, one in provider_names(unnamed).items()}
    return [
        NamedConsent(one, tuple(names[key] for key in one.reader_providers if key in names))
        for one in found
    ]


def blocks_page(actor: Actor, *, person_id: UUID) -> BlocksPage:
    """What is closed, as far as the actor may know, and what more can be."""
    with act(actor, Action.CONSENT_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Block")
        blocks = list_blocks(actor, person_id=person_id)
        units = _closable(actor, person_id)
        return BlocksPage(card.person, _named_blocks(blocks, units), units)


def _closable(actor: Actor, person_id: UUID) -> tuple[UnitDetail, ...]:
    """The person: units that one has to do with. Staff: units of the own care provider.

    IFO's records are never shared, so there is nothing to block (SVOD 1:1).
    """
    if actor.is_staff:
        own = [unit for unit in list_units(actor) if unit.provider_id == actor.provider_id]
        return tuple(sorted(own, key=lambda unit: (unit.id != actor.unit_id, unit.name)))
    related = {one.unit_id for one in _relations(actor, person_id)}
    found = [unit for unit in unit_names(related).values() if unit.branch is not Branch.IFO]
    return tuple(sorted(found, key=lambda unit: unit.name))


def _named_blocks(blocks: list[BlockDetail], known: Iterable[UnitDetail]) -> tuple[NamedBlock, ...]:
    units = {unit.id: unit for unit in known}
    unnamed = {one.unit_id for one in blocks if one.unit_id and one.unit_id not in units}
    if unnamed:
        units |= unit_names(unnamed)
    providers = {unit.provider_id: unit.provider_name for unit in units.values()}
    lacking = {one.provider_id for one in blocks} - providers.keys()
    if lacking:
        providers |= {key: one.name for key, one in provider_names(lacking).items()}
    return tuple(
        NamedBlock(
            one,
            units[one.unit_id].name if one.unit_id in units else "",
            providers.get(one.provider_id, ""),
        )
        for one in blocks
    )


def relations_page(actor: Actor, *, person_id: UUID) -> RelationsPage:
    """Why the own unit has to do with the person, since when."""
    with act(actor, Action.PERSON_READ) as this:
        card = person_card(this, person_id)
        this.note_person(person_id, "Relation")
        return RelationsPage(card.person, tuple(_relations(actor, person_id)))
