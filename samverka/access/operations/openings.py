"""A reader's own openings: active choice, emergency, a lifted block."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samverka.access import models
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.access.reads import (
    OpeningDetail,
    opening_detail,
)
from samverka.access.rules import (
    REFUSAL_WORDS,
    BlockKind,
    OpeningKind,
    Refusal,
    svod_relation,
)
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _

REASON_AT_LEAST = 10
"""Characters: an emergency opening's reason must say something."""


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
