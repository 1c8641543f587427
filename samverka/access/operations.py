"""Every change of relations, consents, blocks, openings and proxies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from samverka.access import models
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.reads import (
    BlockDetail,
    ConsentDetail,
    OpeningDetail,
    ProxyDetail,
    RelationDetail,
    SubjectDetail,
    block_detail,
    consent_detail,
    opening_detail,
    proxy_detail,
    relation_detail,
    subject_detail,
)
from samverka.access.rules import (
    REFUSAL_WORDS,
    BlockKind,
    Capacity,
    ConsentForm,
    ConsentKind,
    OpeningKind,
    Protection,
    ProxyKind,
    Refusal,
    RelationKind,
    svod_relation,
)
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _

REASON_AT_LEAST = 10
"""Characters: an emergency opening's reason must say something."""

PROXY_SCOPES = frozenset({"read", "write"})
GUARDIAN_SCOPES = frozenset({"read", "write", "guardian"})


# ── log-in accounts ──


def open_account(
    actor: Actor,
    *,
    username: str,
    name: str,
    email: str = "",
    password: str | None = None,
    person_id: UUID | None = None,
    only_new: bool = False,
) -> UUID:
    """Open a log-in for one of the staff or a person; the same name again gives the same account.

    `only_new`: refuse a name that is taken instead.

    Without a password only a passkey, or the demo's log-in page, opens it.
    """
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        account = models.Account.objects.filter(username=username).first()
        if account is not None and only_new:
            raise Invalid(_("Användarnamnet är upptaget. Välj ett annat."), where="username")
        if account is None:
            account = models.Account.objects.create_user(
                username, password, name=name, email=email, person_id=person_id
            )
        this.note_general("Account", id=str(account.id))
        found: UUID = account.id
        return found


# ── who the gate knows ──


def introduce_subject(
    actor: Actor,
    *,
    person_id: UUID,
    birth_date: date | None,
    protection: Protection = Protection.NONE,
    capacity: Capacity = Capacity.CAPABLE,
    attitude_known: bool = False,
    assessed_by: str = "",
    reason: str = "",
) -> SubjectDetail:
    """Tell the gate what it must know about a new person; called by `people`, in its act."""
    with act(actor, Action.PERSON_REGISTER) as this:
        this.require_permission()
        row = models.Subject(
            person_id=person_id,
            birth_date=birth_date,
            protection=protection,
            capacity=capacity,
            attitude_known=attitude_known,
            capacity_assessed_by=assessed_by,
            capacity_reason=reason,
        )
        row.save(force_insert=True)
        this.note_person(person_id, "Subject")
        return subject_detail(row)


def open_relation(
    actor: Actor,
    *,
    person_id: UUID,
    kind: RelationKind,
    reason: str = "",
    unit_id: UUID | None = None,
    provider_id: UUID | None = None,
) -> RelationDetail:
    """Begin a care relation between a unit and a person. Beginning it again changes nothing.

    Staff open one for the own unit only; a system actor (import, the person's listing) names the unit.
    """
    with act(actor, Action.RELATION_OPEN) as this:
        this.require_permission()
        unit, provider = _own_unit(actor, unit_id, provider_id)
        row = models.Relation(
            person_id=person_id,
            unit_id=unit,
            provider_id=provider,
            kind=kind,
            since=actor.at,
            reason=reason,
        )
        # Two who begin it at the same moment: the second insert finds the first and does nothing.
        models.Relation.objects.bulk_create([row], ignore_conflicts=True)
        this.forget_standing(person_id)
        this.note_person(person_id, "Relation", kind=str(kind), reason=reason)
        return relation_detail(_open_relation(person_id, unit, kind))


def _open_relation(person_id: UUID, unit: UUID, kind: RelationKind) -> models.Relation:
    found: models.Relation = models.Relation.objects.get(
        person_id=person_id, unit_id=unit, kind=kind, until=None
    )
    return found


def _own_unit(actor: Actor, unit: UUID | None, provider: UUID | None) -> tuple[UUID, UUID]:
    if actor.is_staff and unit not in (None, actor.unit_id):
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    unit, provider = unit or actor.unit_id, provider or actor.provider_id
    if unit is None or provider is None:
        raise Invalid(_("Ange vilken enhet som har vårdrelationen."), where="unit")
    return unit, provider


def end_relation(actor: Actor, *, relation_id: UUID) -> RelationDetail:
    """End a care relation: the unit no longer has to do with the person."""
    with act(actor, Action.RELATION_END) as this:
        row = this.row(models.Relation.objects, lock=True, id=relation_id)
        if actor.is_staff and row.unit_id != actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.until is not None:
            raise NotNow(_("Vårdrelationen är redan avslutad."))
        row.until = actor.at
        row.save(update_fields=["until"])
        this.note(row)
        this.forget_standing(row.person_id)
        return relation_detail(row)


# ── consent ──


def give_consent(
    actor: Actor,
    *,
    person_id: UUID,
    kind: ConsentKind,
    reader_providers: list[UUID],
    form: ConsentForm,
    given_by: str,
    covers: str = "",
    not_covered: str = "",
    plan_id: UUID | None = None,
    until: datetime | None = None,
) -> ConsentDetail:
    """Note a consent: to whom, for what, what it does not cover, until when.

    Social services' IFO is never a reader by SVOD; the gate refuses it whatever is noted here.
    """
    with act(actor, Action.CONSENT_GIVE) as this:
        _check_consent(actor, reader_providers, given_by, until)
        row = models.Consent(
            person_id=person_id,
            kind=kind,
            reader_providers=reader_providers,
            plan_id=plan_id,
            covers=covers,
            not_covered=not_covered,
            form=form,
            given_by=given_by,
            taken_by=actor.name,
            taken_at_provider_id=actor.provider_id,
            since=actor.at,
            until=until,
        )
        this.add(row)
        this.note(row, kind=str(kind))
        this.forget_standing(person_id)
        return consent_detail(row, actor.at)


def _check_consent(
    actor: Actor, readers: list[UUID], given_by: str, until: datetime | None
) -> None:
    if not readers:
        raise Invalid(_("Välj minst en organisation som samtycket gäller."), where="readers")
    if not given_by.strip():
        raise Invalid(_("Skriv vem som har samtyckt."), where="given_by")
    if until is not None and until <= actor.at:
        raise Invalid(_("Samtycket kan inte gälla till en tid som har passerat."), where="until")


def withdraw_consent(actor: Actor, *, consent_id: UUID, by: str) -> ConsentDetail:
    """Note that a consent is withdrawn: nothing more is shared from now; the note itself stays."""
    with act(actor, Action.CONSENT_WITHDRAW) as this:
        row = this.row(models.Consent.objects, lock=True, id=consent_id)
        if row.withdrawn_at is not None:
            raise NotNow(_("Samtycket är redan återkallat."))
        row.withdrawn_at, row.withdrawn_by = actor.at, by or actor.name
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        models.Disclosure.objects.filter(consent_id=row.id, stopped_at__isnull=True).update(
            stopped_at=actor.at
        )
        this.note(row)
        this.forget_standing(row.person_id)
        return consent_detail(row, actor.at)


def disclose(
    actor: Actor,
    *,
    person_id: UUID,
    object_id: UUID,
    object_type: str,
    version: int,
    provider_id: UUID,
    consent_id: UUID,
) -> None:
    """Note that a record has been given to another care provider (PDL 3:11). Once per version."""
    with act(actor, Action.PLAN_SHARE) as this:
        consent = this.row(models.Consent.objects, id=consent_id)
        _check_disclosure(consent, person_id, provider_id, actor.at)
        models.Disclosure.objects.get_or_create(
            object_id=object_id,
            provider_id=provider_id,
            version=version,
            defaults={
                "person_id": person_id,
                "object_type": object_type,
                "consent_id": consent_id,
                "at": actor.at,
                "by": actor.name,
            },
        )
        this.note(consent, to=str(provider_id), version=version)
        this.forget_standing(person_id)


def _check_disclosure(
    consent: models.Consent, person_id: UUID, provider_id: UUID, at: datetime
) -> None:
    holds = consent_detail(consent, at).holds
    if consent.person_id != person_id or not holds:
        raise NotNow(_("Samtycket gäller inte längre. Fråga personen igen innan du lämnar ut."))
    if provider_id not in consent.reader_providers:
        raise NotNow(_("Samtycket omfattar inte den organisation som du vill lämna ut till."))


# ── blocks ──


def set_block(
    actor: Actor,
    *,
    person_id: UUID,
    kind: BlockKind,
    provider_id: UUID,
    unit_id: UUID | None = None,
    asked_by: str = "",
) -> BlockDetail:
    """Block at once, because the person asks for it (PDL 4:4, SVOD 2:3). A guardian may not.

    Staff can block only what the own care provider holds.
    """
    with act(actor, Action.BLOCK_SET) as this:
        if actor.is_staff and provider_id != actor.provider_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if kind is BlockKind.INNER and unit_id is None:
            raise Invalid(_("Välj vilken enhets uppgifter som ska spärras."), where="unit")
        row = models.Block(
            person_id=person_id,
            kind=kind,
            provider_id=provider_id,
            unit_id=unit_id,
            since=actor.at,
            asked_by=asked_by or actor.name,
        )
        this.require(row)
        existing = _same_block(row, actor.at)
        if existing is None:
            row.save(force_insert=True)
        this.note(row, kind=str(kind))
        this.forget_standing(person_id)
        return block_detail(existing or row)


def _same_block(row: models.Block, at: datetime) -> models.Block | None:
    found: models.Block | None = (
        models.Block.objects.current(at)
        .filter(
            person_id=row.person_id,
            kind=row.kind,
            provider_id=row.provider_id,
            unit_id=row.unit_id,
        )
        .first()
    )
    return found


def remove_block(actor: Actor, *, block_id: UUID) -> BlockDetail:
    """Take a block away because the person asks for it; only where it was set (SVOD 2:3)."""
    with act(actor, Action.BLOCK_REMOVE) as this:
        row = this.row(models.Block.objects, lock=True, id=block_id)
        if actor.is_staff and row.provider_id != actor.provider_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.OUTER_BLOCK])
        if row.until is not None:
            raise NotNow(_("Spärren är redan borttagen."))
        row.until, row.removed_by = actor.at, actor.name
        row.save(update_fields=["until", "removed_by"])
        this.note(row)
        this.forget_standing(row.person_id)
        return block_detail(row)


# ── openings ──


def make_choice(actor: Actor, *, person_id: UUID) -> OpeningDetail:
    """Choose to read other units' records within the own care provider: logged, for a limited time."""
    with act(actor, Action.CHOICE_OPEN) as this:
        row = _opening(this, OpeningKind.CHOICE, person_id, Key.ACTIVE_CHOICE)
        this.add(row)
        this.note(row)
        this.forget_standing(person_id)
        return opening_detail(row)


def open_emergency(actor: Actor, *, person_id: UUID, reason: str) -> OpeningDetail:
    """Open other care providers' unblocked records: danger to life or health, no consent to be had.

    Only a vårdgivare has this right (SVOD 3:6), and only with a current patient relation. A block set
    by another care provider stays closed (SVOD 3:5).
    """
    with act(actor, Action.EMERGENCY_OPEN) as this:
        if actor.branch not in (Branch.HEALTH, Branch.SCHOOL_HEALTH):
            raise NotAllowed(
                _("Bara hälso- och sjukvården får nödöppna (3 kap. 6 § lagen 2022:913).")
            )
        if len(reason.strip()) < REASON_AT_LEAST:
            raise Invalid(
                _("Skriv varför faran gör att du måste läsa nu, minst tio tecken."), where="reason"
            )
        row = _opening(this, OpeningKind.EMERGENCY, person_id, Key.EMERGENCY_OPENING)
        row.reason = reason.strip()
        this.require(row)
        if not svod_relation(actor, this.standing(person_id)):
            raise NotAllowed(REFUSAL_WORDS[Refusal.NO_RELATION])
        row.save(force_insert=True)
        this.note(row, reason=row.reason)
        this.forget_standing(person_id)
        return opening_detail(row)


def lift_block(
    actor: Actor,
    *,
    person_id: UUID,
    target_unit_id: UUID,
    for_account_id: UUID,
    for_unit_id: UUID,
    reason: str,
) -> OpeningDetail:
    """An authorised officer lifts an inner block for one reader for a limited time (PDL 4:5)."""
    with act(actor, Action.BLOCK_LIFT) as this:
        if len(reason.strip()) < REASON_AT_LEAST:
            raise Invalid(
                _("Skriv vilket skäl lagen ger, minst tio tecken (4 kap. 5 § patientdatalagen)."),
                where="reason",
            )
        row = _opening(this, OpeningKind.LIFT, person_id, Key.EMERGENCY_OPENING)
        row.account_id, row.unit_id = for_account_id, for_unit_id
        row.target_unit_id, row.reason = target_unit_id, reason.strip()
        this.require(row)
        _check_own_block(actor, person_id, target_unit_id)
        row.save(force_insert=True)
        this.note(row, reason=row.reason)
        return opening_detail(row)


def _check_own_block(actor: Actor, person_id: UUID, unit_id: UUID) -> None:
    own = models.Block.objects.current(actor.at).filter(
        kind=BlockKind.INNER, person_id=person_id, provider_id=actor.provider_id, unit_id=unit_id
    )
    if not own.exists():
        raise NotNow(_("Det finns ingen inre spärr för den enheten hos er."))


def _opening(this: Act, kind: OpeningKind, person_id: UUID, length: Key) -> models.Opening:
    actor = this.actor
    if actor.unit_id is None:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])
    return models.Opening(
        kind=kind,
        person_id=person_id,
        account_id=actor.id,
        unit_id=actor.unit_id,
        since=actor.at,
        until=actor.at + timedelta(hours=county_value(length, local_date(actor.at))),
    )


# ── those who act for the person ──


def grant_proxy(
    actor: Actor,
    *,
    person_id: UUID,
    proxy_person_id: UUID,
    kind: ProxyKind,
    scopes: frozenset[str] = frozenset({"read"}),
    until: datetime | None = None,
    proxy_name: str = "",
) -> ProxyDetail:
    """Let someone act for the person, with a scope and an end. The person can end it at any time."""
    with act(actor, Action.PROXY_GRANT) as this:
        _check_proxy(actor, person_id, proxy_person_id, kind, scopes, until)
        row = models.Proxy(
            person_id=person_id,
            proxy_person_id=proxy_person_id,
            proxy_name=proxy_name.strip(),
            kind=kind,
            scopes=sorted(scopes),
            since=actor.at,
            until=until,
            granted_by=actor.name,
        )
        this.require(row)
        _end_same(row, actor)
        row.save(force_insert=True)
        this.note(row, kind=str(kind), scopes=sorted(scopes))
        return proxy_detail(row)


def _end_same(row: models.Proxy, actor: Actor) -> None:
    """A new scope replaces the old one; the old one stays readable as ended."""
    models.Proxy.objects.current(actor.at).filter(
        person_id=row.person_id, proxy_person_id=row.proxy_person_id, kind=row.kind
    ).update(until=actor.at, ended_by=actor.name)


def _check_proxy(
    actor: Actor,
    person_id: UUID,
    proxy: UUID,
    kind: ProxyKind,
    scopes: frozenset[str],
    until: datetime | None,
) -> None:
    if person_id == proxy:
        raise Invalid(_("Ingen kan vara ombud för sig själv."), where="proxy")
    known = GUARDIAN_SCOPES if kind is ProxyKind.GUARDIAN else PROXY_SCOPES
    if not scopes or not scopes <= known:
        raise Invalid(_("Välj vad ombudet får göra."), where="scopes")
    if until is not None and until <= actor.at:
        raise Invalid(_("Slutdagen måste ligga framåt i tiden."), where="until")
    if actor.is_person and kind is not ProxyKind.REPRESENTATIVE:
        raise NotAllowed(_("Vårdnadshavare och god man registreras av personalen."))


def end_proxy(actor: Actor, *, proxy_id: UUID) -> ProxyDetail:
    """End someone's right to act for the person, at once."""
    with act(actor, Action.PROXY_END) as this:
        row = this.row(models.Proxy.objects, lock=True, id=proxy_id)
        if row.until is not None and row.until <= actor.at:
            raise NotNow(_("Åtkomsten är redan avslutad."))
        row.until, row.ended_by = actor.at, actor.name
        row.save(update_fields=["until", "ended_by"])
        this.note(row)
        return proxy_detail(row)
