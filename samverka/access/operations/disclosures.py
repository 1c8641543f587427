"""What has been given to whom on which consent (PDL 3:11, OSL 10:1), and who takes part in a record's care."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access import models
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.reads import consent_detail
from samverka.access.rules import RelationKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one care provider is given of one version.

    Attributes:
        digest: SHA-256 of the content in canonical JSON.
        content: what was given; None: the whole version as it stands.
        keeper: the provider keeps the record: others' writing is given to it on the same consent.
    """

    provider_id: UUID
    consent_id: UUID
    digest: str
    content: Mapping[str, Any] | None = None
    keeper: bool = False


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Which record, about whom, in which version."""

    person_id: UUID
    object_id: UUID
    object_type: str
    version: int


def disclose(actor: Actor, *, of: Disclosed, receipts: Sequence[Receipt]) -> list[UUID]:
    """Note what of a record has been given to other care providers (PDL 3:11).

    Where nothing of what a provider is given has changed, nothing new is given and noted.

    Returns:
        the care providers that were given something new.

    Raises:
        NotNow: the consent does not hold, or does not cover the provider.
    """
    with act(actor, Action.PLAN_DISCLOSE) as this:
        this.require_permission()
        wanted = {one.consent_id for one in receipts}
        consents = {row.id: row for row in models.Consent.objects.filter(id__in=wanted)}
        for row in consents.values():
            this.require(row)
        for one in receipts:
            _check_covered(consents.get(one.consent_id), of.person_id, one, actor.at)
        last = _last(of.object_id)
        same = [one for one in receipts if _is_same(last.get(one.provider_id), one)]
        _carry_on(of, [last[one.provider_id] for one in same])
        new = [one for one in receipts if one not in same]
        models.Disclosure.objects.bulk_create([_row(actor, of, one) for one in new])
        for one in new:
            this.note(consents[one.consent_id], to=str(one.provider_id), version=of.version)
        if not new:
            this.unchanged()
        this.forget_standing(of.person_id)
        return [one.provider_id for one in new]


def _check_covered(
    consent: models.Consent | None, person_id: UUID, one: Receipt, at: datetime
) -> None:
    if consent is None or consent.person_id != person_id or not consent_detail(consent, at).holds:
        raise NotNow(_("Samtycket gäller inte längre. Fråga personen igen innan du lämnar ut."))
    if one.provider_id not in consent.reader_providers and not one.keeper:
        raise NotNow(_("Samtycket omfattar inte den organisation som du vill lämna ut till."))


def _last(object_id: UUID) -> dict[UUID, models.Disclosure]:
    rows = models.Disclosure.objects.filter(object_id=object_id).defer("content")
    newest = rows.order_by("provider_id", "-version").distinct("provider_id")
    return {row.provider_id: row for row in newest}


def _is_same(last: models.Disclosure | None, one: Receipt) -> bool:
    if last is None or last.stopped_at is not None or last.consent_id != one.consent_id:
        return False
    return bool(last.digest == one.digest)


def _carry_on(of: Disclosed, rows: Iterable[models.Disclosure]) -> None:
    """What they have is still what the newest version gives them."""
    ids = [row.id for row in rows if row.through < of.version]
    if ids:
        models.Disclosure.objects.filter(id__in=ids).update(through=of.version)


def _row(actor: Actor, of: Disclosed, one: Receipt) -> models.Disclosure:
    return models.Disclosure(
        person_id=of.person_id,
        object_id=of.object_id,
        object_type=of.object_type,
        version=of.version,
        through=of.version,
        content=one.content,
        digest=one.digest,
        provider_id=one.provider_id,
        consent_id=one.consent_id,
        at=actor.at,
        by=actor.name,
    )


# ── who takes part ──


def settle_parts(
    actor: Actor,
    *,
    of: Disclosed,
    provider_id: UUID,
    units: frozenset[UUID],
    receivers: frozenset[UUID],
    reason: str = "party",
) -> None:
    """Bring the gate up to date with who takes part in a record: called by the room that keeps it.

    Units of the same care provider take part in that care (PDL 4:1) as long as the room says so. A care
    provider of which nobody takes part is given nothing more; it keeps what it has.

    Args:
        provider_id: the care provider that keeps the record.
        units: its other units that take part now, for this reason.
        receivers: the other care providers of which some unit takes part now.
    """
    with act(actor, Action.PLAN_DISCLOSE) as this:
        this.require_permission()
        open_ones = models.Grant.objects.filter(
            object_id=of.object_id, reason=reason, until__isnull=True
        )
        known = {row.unit_id: row for row in open_ones}
        ended = [row for key, row in known.items() if key not in units]
        _begin(this, of, provider_id, units - known.keys(), reason)
        _end(this, of, provider_id, ended)
        stopped = models.Disclosure.objects.filter(object_id=of.object_id, stopped_at__isnull=True)
        stopped = stopped.exclude(provider_id__in=[*receivers, provider_id])
        if not (stopped.update(stopped_at=actor.at) or ended or units - known.keys()):
            this.unchanged()
            return
        this.forget_standing(of.person_id)
        this.note_person(of.person_id, "Grant", record=str(of.object_id), reason=reason)


def let_take_part(
    actor: Actor, *, of: Disclosed, provider_id: UUID, unit_id: UUID, reason: str
) -> None:
    """Let one more unit of the same care provider take part in a record's care, for a reason of its own."""
    with act(actor, Action.PLAN_DISCLOSE) as this:
        this.require_permission()
        _begin(this, of, provider_id, frozenset({unit_id}), reason)
        this.forget_standing(of.person_id)
        this.note_person(of.person_id, "Grant", record=str(of.object_id), reason=reason)


def end_part(actor: Actor, *, of: Disclosed, provider_id: UUID, unit_id: UUID, reason: str) -> None:
    """Take back that a unit takes part in a record's care for a reason of its own."""
    with act(actor, Action.PLAN_DISCLOSE) as this:
        this.require_permission()
        ended = models.Grant.objects.filter(
            object_id=of.object_id, unit_id=unit_id, reason=reason, until__isnull=True
        )
        _end(this, of, provider_id, list(ended))
        this.forget_standing(of.person_id)
        this.note_person(of.person_id, "Grant", record=str(of.object_id), ended=reason)


def give_by_law(
    actor: Actor, *, of: Disclosed, provider_id: UUID, unit_id: UUID, section: str, reason: str
) -> None:
    """Give a record to a unit because the law says that it is to have it, whoever keeps it.

    Args:
        provider_id: the care provider of the unit.
        section: "2 kap. 1 § lagen (2017:612)": noted with the act, and what makes it pass a block.
    """
    with act(actor, Action.CASE_GIVE) as this:
        this.require_permission()
        _begin(this, of, provider_id, frozenset({unit_id}), reason, section)
        this.forget_standing(of.person_id)
        this.note_person(
            of.person_id, "Grant", record=str(of.object_id), to=str(unit_id), section=section
        )


def _begin(
    this: Act,
    of: Disclosed,
    provider_id: UUID,
    units: Iterable[UUID],
    reason: str,
    section: str = "",
) -> None:
    """The units may read the record, and know whom it is about."""
    units, at = list(units), this.actor.at
    if not units:
        return
    grants = [
        models.Grant(
            person_id=of.person_id,
            provider_id=provider_id,
            unit_id=unit,
            object_id=of.object_id,
            object_type=of.object_type,
            reason=reason,
            section=section,
            since=at,
        )
        for unit in units
    ]
    models.Grant.objects.bulk_create(grants, ignore_conflicts=True)
    relations = [
        models.Relation(
            person_id=of.person_id,
            unit_id=unit,
            provider_id=provider_id,
            kind=RelationKind.PLAN,
            since=at,
        )
        for unit in units
    ]
    models.Relation.objects.bulk_create(relations, ignore_conflicts=True)


def _end(this: Act, of: Disclosed, provider_id: UUID, ended: Sequence[models.Grant]) -> None:
    """The units take part no more; what opened the person's name for this alone ends too."""
    if not ended:
        return
    at, units = this.actor.at, {row.unit_id for row in ended}
    models.Grant.objects.filter(id__in=[row.id for row in ended]).update(until=at)
    others = models.Grant.objects.filter(
        person_id=of.person_id, unit_id__in=units, until__isnull=True
    )
    still = set(others.values_list("unit_id", flat=True))
    given = models.Disclosure.objects.filter(person_id=of.person_id, provider_id=provider_id)
    if not given.exists():
        models.Relation.objects.filter(
            person_id=of.person_id,
            unit_id__in=units - still,
            kind=RelationKind.PLAN,
            until__isnull=True,
        ).update(until=at)
