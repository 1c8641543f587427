"""Gated fetches: who has to do with a person, consents, blocks, proxies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from samverka.access import gate, models
from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.county import age_limits
from samverka.access.rules import (
    BlockKind,
    Capacity,
    ConsentForm,
    ConsentKind,
    Ground,
    OpeningKind,
    Protection,
    ProxyKind,
    RelationKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date


@dataclass(frozen=True, slots=True)
class RelationDetail:
    """A unit that has, or had, to do with the person."""

    id: UUID
    person_id: UUID
    provider_id: UUID
    unit_id: UUID
    kind: RelationKind
    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ConsentDetail:
    """A consent as given, and whether it holds."""

    id: UUID
    person_id: UUID
    kind: ConsentKind
    reader_providers: tuple[UUID, ...]
    plan_id: UUID | None
    covers: str
    not_covered: str
    form: ConsentForm
    given_by: str
    taken_by: str
    since: datetime
    until: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str
    holds: bool


@dataclass(frozen=True, slots=True)
class BlockDetail:
    """A block that the person has asked for."""

    id: UUID
    person_id: UUID
    kind: BlockKind
    provider_id: UUID
    unit_id: UUID | None
    since: datetime
    until: datetime | None
    asked_by: str


@dataclass(frozen=True, slots=True)
class OpeningDetail:
    """A reader's own opening, and until when."""

    id: UUID
    kind: OpeningKind
    person_id: UUID
    target_unit_id: UUID | None
    reason: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ProxyDetail:
    """Someone who acts for the person."""

    id: UUID
    person_id: UUID
    proxy_person_id: UUID
    proxy_name: str
    kind: ProxyKind
    scopes: tuple[str, ...]
    since: datetime
    until: datetime | None
    granted_by: str
    withheld: bool


@dataclass(frozen=True, slots=True)
class SubjectDetail:
    """What the gate knows of a person."""

    person_id: UUID
    birth_date: date | None
    protection: Protection
    capacity: Capacity
    attitude_known: bool


def relation_detail(row: models.Relation) -> RelationDetail:
    """Row → plain value."""
    return RelationDetail(
        id=row.id,
        person_id=row.person_id,
        provider_id=row.provider_id,
        unit_id=row.unit_id,
        kind=RelationKind(row.kind),
        since=row.since,
        until=row.until,
        reason=row.reason,
    )


def consent_detail(row: models.Consent, at: datetime) -> ConsentDetail:
    """Row → plain value."""
    ended = row.withdrawn_at is not None or (row.until is not None and row.until <= at)
    return ConsentDetail(
        id=row.id,
        person_id=row.person_id,
        kind=ConsentKind(row.kind),
        reader_providers=tuple(row.reader_providers),
        plan_id=row.plan_id,
        covers=row.covers,
        not_covered=row.not_covered,
        form=ConsentForm(row.form),
        given_by=row.given_by,
        taken_by=row.taken_by,
        since=row.since,
        until=row.until,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        holds=not ended and row.since <= at,
    )


def block_detail(row: models.Block) -> BlockDetail:
    """Row → plain value."""
    return BlockDetail(
        id=row.id,
        person_id=row.person_id,
        kind=BlockKind(row.kind),
        provider_id=row.provider_id,
        unit_id=row.unit_id,
        since=row.since,
        until=row.until,
        asked_by=row.asked_by,
    )


def opening_detail(row: models.Opening) -> OpeningDetail:
    """Row → plain value."""
    return OpeningDetail(
        id=row.id,
        kind=OpeningKind(row.kind),
        person_id=row.person_id,
        target_unit_id=row.target_unit_id,
        reason=row.reason,
        since=row.since,
        until=row.until,
    )


def proxy_detail(row: models.Proxy) -> ProxyDetail:
    """Row → plain value."""
    return ProxyDetail(
        id=row.id,
        person_id=row.person_id,
        proxy_person_id=row.proxy_person_id,
        proxy_name=row.proxy_name,
        kind=ProxyKind(row.kind),
        scopes=tuple(row.scopes),
        since=row.since,
        until=row.until,
        granted_by=row.granted_by,
        withheld=bool(row.withheld_reason),
    )


def subject_detail(row: models.Subject) -> SubjectDetail:
    """Row → plain value."""
    return SubjectDetail(
        person_id=row.person_id,
        birth_date=row.birth_date,
        protection=Protection(row.protection),
        capacity=Capacity(row.capacity),
        attitude_known=row.attitude_known,
    )


def may_open(actor: Actor, *, action: Action) -> None:
    """Refuse a page or a form to one whose role could never use it. Shows nothing, so logs nothing."""
    if permits(actor, action):  # asks the database nothing: the refusal alone needs an act
        return
    with act(actor, action) as this:
        this.require_permission()


def subject(actor: Actor, *, person_id: UUID) -> SubjectDetail:
    """What the gate knows of one person, for correcting it."""
    with act(actor, Action.PERSON_READ) as this:
        row = this.row(models.Subject.objects, person_id=person_id)
        this.note(row)
        return subject_detail(row)


def list_relations(actor: Actor, *, person_id: UUID) -> list[RelationDetail]:
    """The units that have to do with the person now."""
    with act(actor, Action.PERSON_READ) as this:
        found = models.Relation.objects.current(actor.at).filter(person_id=person_id)
        rows = this.rows(found.order_by("since"))
        this.note_list(rows)
        return [relation_detail(row) for row in rows]


def list_consents(actor: Actor, *, person_id: UUID) -> list[ConsentDetail]:
    """The person's consents, those that have ended too, newest first.

    Staff see those that their care provider has taken or may read by; of the latter not who else may
    read: it would tell with whom the person has to do (OSL 25:1, 26:1).
    """
    with act(actor, Action.CONSENT_READ) as this:
        found = models.Consent.objects.filter(person_id=person_id).order_by("-since")
        rows = [row for row in this.rows(found) if _concerns(actor, row)]
        if rows:
            this.note_list(rows)
        else:
            this.note_person(person_id, "Consent", shown=0)
        return [_consent_for(actor, row) for row in rows]


def _concerns(actor: Actor, row: models.Consent) -> bool:
    own = actor.provider_id
    return not actor.is_staff or own in row.reader_providers or own == row.taken_at_provider_id


def _consent_for(actor: Actor, row: models.Consent) -> ConsentDetail:
    made = consent_detail(row, actor.at)
    if not actor.is_staff or row.taken_at_provider_id == actor.provider_id:
        return made
    own = tuple(one for one in made.reader_providers if one == actor.provider_id)
    return replace(made, reader_providers=own)


def list_blocks(actor: Actor, *, person_id: UUID) -> list[BlockDetail]:
    """The blocks in force that the actor may know of.

    The person sees all. Staff see those of the own care provider (PDL 4:4 st. 3); that another care
    provider has blocked is shown to nobody here (SVOD 2:5 opens it only in an emergency).
    """
    with act(actor, Action.CONSENT_READ) as this:
        found = models.Block.objects.current(actor.at).filter(person_id=person_id)
        if actor.is_staff:
            found = found.filter(provider_id=actor.provider_id)
        rows = this.rows(found.order_by("since"))
        this.note_list(rows)
        return [block_detail(row) for row in rows]


def list_proxies(actor: Actor, *, person_id: UUID) -> list[ProxyDetail]:
    """Those who act for the person now."""
    with act(actor, Action.PROXY_READ) as this:
        found = models.Proxy.objects.current(actor.at).filter(person_id=person_id)
        rows = this.rows(found.order_by("since"))
        this.note_list(rows)
        return [proxy_detail(row) for row in rows]


def list_represented(actor: Actor) -> dict[UUID, Ground]:
    """The persons whose page this person may open: oneself first, then those one acts for."""
    return gate.reachable_persons(actor, "read", age_limits(local_date(actor.at)))


def accounts_named(usernames: frozenset[str]) -> dict[str, models.Account]:
    """Log-in accounts by name; for the door, before there is an actor. One query."""
    found = models.Account.objects.filter(username__in=usernames, is_active=True)
    return {account.username: account for account in found}


def has_inner_block(actor: Actor, *, person_id: UUID, unit_id: UUID) -> bool:
    """Whether what a unit knows of the person is closed to the provider's others, so that none is told.

    Asked inside an act that leaves its line; it shows nothing to the one who acts.
    """
    blocks = models.Block.objects.current(actor.at).filter(
        person_id=person_id, unit_id=unit_id, kind=BlockKind.INNER
    )
    found: bool = blocks.exists()
    return found


def has_account(person_id: UUID) -> bool:
    """Whether a person can open the own page, inside another room's act."""
    return models.Account.objects.filter(person_id=person_id, is_active=True).exists()


def is_open_account(account_id: UUID) -> bool:
    """Whether a log-in is open, for what goes on after the one who asked for it has left."""
    return models.Account.objects.filter(id=account_id, is_active=True).exists()


def has_mail(this: Act) -> bool:
    """Whether the one logged in gets mail when there is something new, inside another read's act."""
    own = models.Account.objects.filter(person_id=this.actor.person_id)
    return own.exclude(email="").exists()
