"""Consent and disclosure (SVOD 3:1–2, OSL 10:1, PDL 3:11)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from samverka.access import models
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads import (
    ConsentDetail,
    consent_detail,
)
from samverka.access.rules import (
    ConsentForm,
    ConsentKind,
    RelationKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _


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
    """Note that a consent is withdrawn: nothing more is shared from now; the note itself stays.

    What has been given stays with those who were given it.
    """
    with act(actor, Action.CONSENT_WITHDRAW) as this:
        row = this.row(models.Consent.objects, lock=True, id=consent_id)
        if row.withdrawn_at is not None:
            raise NotNow(_("Samtycket är redan återkallat."))
        row.withdrawn_at, row.withdrawn_by = actor.at, by or actor.name
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        models.Disclosure.objects.filter(consent_id=row.id, stopped_at__isnull=True).update(
            stopped_at=actor.at
        )
        if row.kind == ConsentKind.PLAN:
            _end_parts(row, actor.at)
        this.note(row)
        this.forget_standing(row.person_id)
        return consent_detail(row, actor.at)


def invite_unit(
    actor: Actor, *, person_id: UUID, unit_id: UUID, provider_id: UUID, consent_id: UUID | None
) -> None:
    """Let a unit that takes part in a plan know who the person is, on the consent that covers it.

    The relation opens what has been disclosed to the unit's care provider, and nothing else.

    Args:
        consent_id: None only for a unit of the own care provider.
    """
    with act(actor, Action.PLAN_SHARE) as this:
        this.require_permission()
        if consent_id is not None:
            consent = this.row(models.Consent.objects, id=consent_id)
            _check_disclosure(consent, person_id, provider_id, actor.at)
        elif provider_id != actor.provider_id:
            raise NotNow(_("Det finns inget samtycke som gäller den enheten. Fråga personen."))
        row = models.Relation(
            person_id=person_id,
            unit_id=unit_id,
            provider_id=provider_id,
            kind=RelationKind.PLAN,
            since=actor.at,
        )
        models.Relation.objects.bulk_create([row], ignore_conflicts=True)
        this.forget_standing(person_id)
        this.note_person(person_id, "Relation", kind=str(RelationKind.PLAN), unit=str(unit_id))


def _end_parts(consent: models.Consent, at: datetime) -> None:
    """Those who were let in but never given anything need not know of the person any longer.

    Those who were given something keep it, and find it by the person.
    """
    kept = models.Disclosure.objects.filter(
        person_id=consent.person_id, provider_id=OuterRef("provider_id")
    )
    parts = models.Relation.objects.filter(
        ~Exists(kept),
        provider_id__in=consent.reader_providers,
        person_id=consent.person_id,
        kind=RelationKind.PLAN,
        until__isnull=True,
    )
    parts.update(until=at)


def _check_disclosure(
    consent: models.Consent, person_id: UUID, provider_id: UUID, at: datetime
) -> None:
    holds = consent_detail(consent, at).holds
    if consent.person_id != person_id or not holds:
        raise NotNow(_("Samtycket gäller inte längre. Fråga personen igen innan du lämnar ut."))
    if provider_id not in consent.reader_providers:
        raise NotNow(_("Samtycket omfattar inte den organisation som du vill lämna ut till."))
