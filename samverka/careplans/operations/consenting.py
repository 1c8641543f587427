"""Ask for consent to a plan, and note the answer: yes, no, not possible; guardians and the child; taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from samverka.access import operations as access
from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, ConsentForm, ConsentKind, Ground, Refusal
from samverka.careplans import rules
from samverka.careplans.models import ConsentAsk, ConsentVoice, Plan
from samverka.careplans.operations.answers import (
    AFTER_NO,
    AFTER_VOICE,
    AFTER_WITHDRAWAL,
    AFTER_YES,
    answered_row,
    check_child,
    consent_status,
    new_question,
    publish_consent,
)
from samverka.careplans.operations.live import settle_texts
from samverka.careplans.operations.writing import check_kept_here, finish, text_of
from samverka.careplans.reads.consented import (
    ConsentPage,
    answerers_of,
    voice_facts,
    voice_rows,
)
from samverka.careplans.reads.rows import holding_consents
from samverka.careplans.rules import (
    COVERS_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    ChangeKind,
    ConsentStatus,
    ConsentStepName,
    VoiceAnswer,
    VoiceKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.operations import tell_person
from samverka.organisations.reads import unit_names


def ask_consent(
    actor: Actor,
    *,
    plan_id: UUID,
    unit_ids: list[UUID],
    covers: str = "",
    not_covered: str = "",
    until: datetime | None = None,
) -> ConsentPage:
    """Ask the person on the own page whether the plan may be shared: which information, to whom, until when.

    A question that is open already is put anew, in the new words.
    """
    with act(actor, Action.PLAN_CONSENT_ASK) as this:
        plan = _plan(this, plan_id)
        status = consent_status(plan.id, actor.at)
        rules.check_consent_step(status, ConsentStepName.ASK, actor.side)
        _check_units(plan, unit_ids, until, actor.at)
        row = _question(actor, plan)
        row.units = list(dict.fromkeys(unit_ids))
        row.covers = text_of(covers, "covers", COVERS_LENGTH)
        row.not_covered = text_of(not_covered, "not_covered", COVERS_LENGTH)
        row.until = until
        row.save()
        words = _("%(unit)s frågar om de får dela din plan.", unit=plan.unit.name)
        tell_person(this, person_id=plan.person_id, sentence=words)
        return _done(this, plan)


def _plan(this: Act, plan_id: UUID) -> Plan:
    rows = Plan.objects.select_related("person", "unit__provider__organisation")
    plan: Plan = this.row(rows, lock=True, id=plan_id)
    check_kept_here(plan)
    return plan


def _question(actor: Actor, plan: Plan) -> ConsentAsk:
    found = ConsentAsk.objects.filter(plan=plan, status=ConsentStatus.ASKED).first()
    row = found or new_question(actor, plan)
    row.asked_at, row.asked_by, row.asked_unit = actor.at, actor.name, actor.unit_name
    return row


def _check_units(plan: Plan, unit_ids: list[UUID], until: datetime | None, at: datetime) -> None:
    found = unit_names(set(unit_ids))
    others = [one for one in found.values() if one.provider_id != plan.provider_id]
    if not others or len(found) != len(set(unit_ids)):
        raise Invalid(_("Välj minst en enhet hos någon annan som ska få planen."), where="units")
    if until is not None and until <= at:
        raise Invalid(_("Samtycket kan inte gälla till en tid som har passerat."), where="until")


def _done(this: Act, plan: Plan, step: Text | None = None, **noted: object) -> ConsentPage:
    made = publish_consent(this, plan, step)
    this.note(plan, consent=made.status.value, **noted)
    return made


# ── the person's own answer ──


def answer_consent(
    actor: Actor, *, plan_id: UUID, yes: bool, not_covered: str = "", words: str = ""
) -> ConsentPage:
    """Answer the question oneself, with one click; a guardian's answer is one voice of those that are needed.

    Args:
        not_covered: what the person wants to leave outside, added to what the question says.
        words: why not, if the person wants to say it.
    """
    with act(actor, Action.PLAN_CONSENT_ANSWER) as this:
        plan = _plan(this, plan_id)
        name = ConsentStepName.GIVE if yes else ConsentStepName.REFUSE
        row = _open_question(plan)
        rules.check_consent_step(consent_status(plan.id, actor.at), name, actor.side)
        if this.decide(plan).ground is Ground.GUARDIAN:
            return _guardian_answer(this, plan, yes=yes, words=words)
        _check_self(actor, plan)
        if yes:
            check_child(this, plan)
        row.answered_at, row.answered_by, row.written_by = actor.at, actor.name, actor.name
        row.form = ConsentForm.DIGITAL
        if not yes:
            return _refused(this, plan, row, words)
        extra = text_of(not_covered, "not_covered", COVERS_LENGTH)
        row.not_covered = rules.join_words(row.not_covered, extra)[:COVERS_LENGTH]
        return _said_yes(this, plan, row)


def _open_question(plan: Plan) -> ConsentAsk:
    row: ConsentAsk | None = ConsentAsk.objects.filter(
        plan=plan, status=ConsentStatus.ASKED
    ).first()
    if row is None:
        raise NotNow(_("Det finns ingen fråga att svara på just nu."))
    return row


def _check_self(actor: Actor, plan: Plan) -> None:
    if not actor.is_person or plan.person_id != actor.person_id:
        raise NotAllowed(REFUSAL_WORDS[Refusal.SCOPE])


def _guardian_answer(this: Act, plan: Plan, *, yes: bool, words: str) -> ConsentPage:
    _add_voice(
        this,
        plan,
        ConsentVoice(
            kind=VoiceKind.GUARDIAN,
            name=this.actor.name,
            answer=VoiceAnswer.YES if yes else VoiceAnswer.NO,
            view=text_of(words, "words", REASON_LENGTH),
            form=ConsentForm.DIGITAL,
        ),
    )
    return _done(this, plan, AFTER_VOICE, voice=VoiceKind.GUARDIAN.value)


def _said_yes(this: Act, plan: Plan, row: ConsentAsk) -> ConsentPage:
    """The legal row is the person's; the plan is handed out by those who keep it."""
    providers = {one.provider_id for one in unit_names(set(row.units)).values()}
    given = access.give_consent(
        this.actor,
        person_id=plan.person_id,
        kind=ConsentKind.PLAN,
        reader_providers=sorted(providers - {plan.provider_id}),
        form=ConsentForm.DIGITAL,
        given_by=this.actor.name,
        covers=row.covers or _("Planen, till dem som deltar i den."),
        not_covered=row.not_covered,
        plan_id=plan.id,
        until=row.until,
    )
    row.status, row.consent_id = ConsentStatus.GIVEN, given.id
    row.save()
    return _done(this, plan, AFTER_YES)


def _refused(this: Act, plan: Plan, row: ConsentAsk, words: str) -> ConsentPage:
    row.status = ConsentStatus.REFUSED
    row.reason = text_of(words, "words", REASON_LENGTH)
    row.save()
    return _done(this, plan, AFTER_NO)


# ── noted by staff ──


def note_refusal(
    actor: Actor,
    *,
    plan_id: UUID,
    said_by: str,
    form: ConsentForm = ConsentForm.ORAL,
    reason: str = "",
) -> ConsentPage:
    """Note that the person has said no: the plan is not shared, and each side plans for itself."""
    with act(actor, Action.PLAN_CONSENT_ANSWER) as this:
        plan = _plan(this, plan_id)
        missing = _("Skriv vem som har sagt nej.")
        name = text_of(said_by, "said_by", NAME_LENGTH, missing)
        row = answered_row(this, plan, ConsentStepName.REFUSE)
        row.status, row.answered_by, row.form = ConsentStatus.REFUSED, name, form
        row.reason = text_of(reason, "reason", REASON_LENGTH)
        row.save()
        return _done(this, plan)


def note_unable(actor: Actor, *, plan_id: UUID, decided_by: str, reason: str) -> ConsentPage:
    """Note that the person cannot consent: who has judged it, and on what ground."""
    with act(actor, Action.PLAN_CONSENT_ANSWER) as this:
        plan = _plan(this, plan_id)
        rules.check_not_possible(decided_by=decided_by, ground=reason)
        row = answered_row(this, plan, ConsentStepName.NOTE_NOT_POSSIBLE)
        row.status = ConsentStatus.NOT_POSSIBLE
        row.decided_by = text_of(decided_by, "decided_by", NAME_LENGTH)
        row.reason = text_of(reason, "reason", REASON_LENGTH)
        row.answered_by = row.decided_by
        row.save()
        return _done(this, plan)


def note_voice(
    actor: Actor,
    *,
    plan_id: UUID,
    kind: VoiceKind,
    name: str,
    answer: VoiceAnswer,
    view: str = "",
    judgement: str = "",
    form: ConsentForm = ConsentForm.ORAL,
) -> ConsentPage:
    """Note what a guardian has answered, or the child's own view and how it was weighed (PL 4:3, FB 6:11)."""
    with act(actor, Action.PLAN_CONSENT_ANSWER) as this:
        plan = _plan(this, plan_id)
        rules.check_voice(kind, view=view, judgement=judgement)
        voice = ConsentVoice(
            kind=kind,
            name=text_of(name, "name", NAME_LENGTH, _("Skriv vem som har svarat.")),
            answer=answer,
            view=text_of(view, "view", REASON_LENGTH),
            judgement=text_of(judgement, "judgement", REASON_LENGTH),
            form=form,
        )
        _add_voice(this, plan, voice)
        return _done(this, plan, voice=kind.value)


def _add_voice(this: Act, plan: Plan, voice: ConsentVoice) -> None:
    voice.plan, voice.person_id = plan, plan.person_id
    voice.at, voice.written_by = this.actor.at, this.actor.name
    voice.save(force_insert=True)


# ── taken back ──


def take_back_consent(actor: Actor, *, plan_id: UUID, by: str = "") -> ConsentPage:
    """Take the consent back, at any time: nothing more is shared. That it was given stays readable.

    A guardian takes back one's own yes for a child; what then holds follows the same rule as the consent.

    Args:
        by: who has taken it back, when staff note it on behalf of the person.
    """
    with act(actor, Action.PLAN_CONSENT_ANSWER) as this:
        plan = _plan(this, plan_id)
        consents = holding_consents(actor, plan.id)
        if not consents:
            raise NotNow(_("Det finns inget samtycke att återkalla."))
        name = text_of(by or actor.name, "by", NAME_LENGTH)
        if this.decide(plan).ground is Ground.GUARDIAN and _holds_still(this, plan):
            return _done(this, plan, AFTER_VOICE, voice=VoiceKind.GUARDIAN.value)
        if settle_texts(actor, plan_id):  # what was given while it was written is theirs to keep
            plan = _plan(this, plan_id)
        for consent in consents:
            access.withdraw_consent(actor, consent_id=consent.id, by=name)
        finish(this, plan, ChangeKind.WITHDRAW)
        return _done(this, _again(plan), AFTER_WITHDRAWAL if actor.is_person else None)


def _holds_still(this: Act, plan: Plan) -> bool:
    """The guardian's no is kept as a voice; whether another guardian's yes is enough."""
    asked, said = answerers_of(this, plan.person_id), voice_facts(voice_rows(plan.id))
    name = this.actor.name
    voice = ConsentVoice(
        kind=VoiceKind.GUARDIAN, name=name, answer=VoiceAnswer.NO, form=ConsentForm.DIGITAL
    )
    _add_voice(this, plan, voice)
    return rules.holds_after_no(asked, said, name)


def _again(plan: Plan) -> Any:
    return Plan.objects.select_related("person", "unit__provider__organisation").get(id=plan.id)
