"""What each answer about consent leaves: a row that stays, a task for the unit, the R4 form."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from samverka.access.act import Act
from samverka.access.rules import ConsentForm
from samverka.careplans import fhir, rules
from samverka.careplans.models import ConsentAsk, Plan
from samverka.careplans.reads.consented import (
    ConsentPage,
    answerers_of,
    consent_page,
    consent_rows,
    legal_rows,
    status_of,
    voice_facts,
    voice_rows,
)
from samverka.careplans.rules import ConsentStatus, ConsentStepName
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted


def consent_status(plan_id: UUID, at: datetime) -> ConsentStatus:
    """Where the consent to a plan stands; inside an act that has passed the plan."""
    asks = consent_rows(plan_id)
    newest = asks[0] if asks else None
    given = next(iter(legal_rows(asks[:1]).values()), None)
    return status_of(newest, given, at)


def check_child(this: Act, plan: Plan) -> None:
    """Raise, saying who, unless those who must answer for a child have."""
    asked = answerers_of(this, plan.person_id)
    if asked.child:
        rules.check_voices(asked, voice_facts(voice_rows(plan.id)))


def answered_row(this: Act, plan: Plan, name: ConsentStepName) -> ConsentAsk:
    """The row that the answer is written on: the open question, else a new one asked and answered at once."""
    actor = this.actor
    rules.check_consent_step(consent_status(plan.id, actor.at), name, actor.side)
    row = ConsentAsk.objects.filter(plan=plan, status=ConsentStatus.ASKED).first()
    if row is None:
        row = new_question(actor, plan)
    row.answered_at, row.written_by = actor.at, actor.name
    return row


def new_question(actor: Actor, plan: Plan) -> ConsentAsk:
    """A question as the actor puts it now; not saved."""
    return ConsentAsk(
        plan=plan,
        person_id=plan.person_id,
        number=ConsentAsk.objects.filter(plan=plan).count() + 1,
        status=ConsentStatus.ASKED,
        asked_at=actor.at,
        asked_by=actor.name,
        asked_unit=actor.unit_name,
    )


def note_given(
    this: Act,
    plan: Plan,
    *,
    consent_id: UUID,
    units: list[UUID],
    given_by: str,
    form: ConsentForm,
    covers: str = "",
    not_covered: str = "",
    until: datetime | None = None,
) -> None:
    """Keep the yes with what was asked; called where the legal row is made."""
    row = answered_row(this, plan, ConsentStepName.GIVE)
    row.status, row.consent_id = ConsentStatus.GIVEN, consent_id
    row.units, row.covers, row.not_covered = units, covers, not_covered
    row.until, row.form, row.answered_by = until, form, given_by
    row.save()
    publish_consent(this, plan)


def publish_consent(this: Act, plan: Any, step: Text | None = None) -> ConsentPage:
    """The R4 form of where the consent stands, and the unit's task if there is one (`step`)."""
    made = consent_page(this, plan)
    if made.current is not None:
        this.publish(fhir.plan_consent(made, made.current), plan)
        keep_tasks(
            this,
            about=_about(plan, made.current.id),
            wanted=[_wanted(plan, step)] if step else [],
        )
    return made


def _about(plan: Plan, ask_id: UUID) -> About:
    address = reverse("careplans:consent", args=[plan.id])
    return About("ConsentAsk", ask_id, plan.person_id, address, plan.not_for_patient)


def _wanted(plan: Plan, step: Text) -> TaskWanted:
    return TaskWanted(
        key="consent",
        kind=TaskKind.CONSENT,
        unit_id=plan.unit_id,
        provider_id=plan.provider_id,
        verb=Text(step.msgid, {"plan": plan.title}),
    )


AFTER_YES = _("lämna ut ”%(plan)s”: personen har sagt ja")
AFTER_NO = _("läsa personens nej till att dela ”%(plan)s”, och planera var för sig")
AFTER_WITHDRAWAL = _("läsa att samtycket till ”%(plan)s” är återkallat, och planera var för sig")
AFTER_VOICE = _("läsa vårdnadshavarens svar om ”%(plan)s”")
