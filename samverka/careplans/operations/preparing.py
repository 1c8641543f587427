"""Before the meeting: write, send, and take the person's words into the plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import Plan, Preparation, PreparationWords
from samverka.careplans.operations.parts import add_goal
from samverka.careplans.operations.plans import write_section
from samverka.careplans.operations.writing import check_kept_here, conflict, text_of
from samverka.careplans.reads.prepared import PreparationPage, open_draft, preparation_page
from samverka.careplans.rules import (
    LINE_LENGTH,
    PART_LENGTH,
    PREP_PARTS,
    SECTION_LENGTH,
    PrepPart,
    Section,
    Term,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.people.reads import person_card


def write_preparation(
    actor: Actor, *, plan_id: UUID, part: PrepPart, words: str, seen_at: datetime | None = None
) -> PreparationPage:
    """Write one answer of the preparation; a draft until it is sent.

    Args:
        seen_at: when the text that the writer began from was written; None: there was none.

    Raises:
        Conflict: someone else has written in the same answer meanwhile; both texts are kept.
    """
    with act(actor, Action.PREPARATION_WRITE) as this:
        plan = _open(this, plan_id)
        text = text_of(words, "words", PART_LENGTH)
        draft = _draft(this, plan)
        row = PreparationWords.objects.filter(preparation=draft, part=part).first()
        _check_seen(actor, row, text, seen_at)
        _put(this, plan, draft, row or _new_words(plan, draft, part), text)
        return _shown(this, plan)


def _open(this: Act, plan_id: UUID) -> Plan:
    rows = Plan.objects.select_related("unit")
    plan: Plan = this.row(rows, lock=True, id=plan_id)
    check_kept_here(plan)
    rules.check_open(rules.PlanStatus(plan.status))
    return plan


def _draft(this: Act, plan: Plan) -> Preparation:
    found = open_draft(plan.id, for_staff=this.actor.is_staff)
    if found is not None:
        return found
    made = Preparation(
        plan=plan,
        person_id=plan.person_id,
        for_staff=this.actor.is_staff,
        begun_at=this.actor.at,
    )
    made.save(force_insert=True)
    return made


def _check_seen(
    actor: Actor, row: PreparationWords | None, text: str, seen_at: datetime | None
) -> None:
    """Two who write in the same draft: the second sees both texts, and nothing is lost."""
    if row is None or row.words in ("", text) or row.by_id == actor.id:
        return
    if seen_at != row.written_at:
        raise conflict({"words": text}, {"words": row.words})


def _new_words(plan: Plan, draft: Preparation, part: PrepPart) -> PreparationWords:
    return PreparationWords(preparation=draft, plan=plan, person_id=plan.person_id, part=part)


def _put(this: Act, plan: Plan, draft: Preparation, row: PreparationWords, text: str) -> None:
    actor = this.actor
    row.words, row.written_at = text, actor.at
    row.by, row.by_id = actor.name, actor.id
    if actor.is_staff or plan.person_id != actor.person_id:
        row.on_behalf_of = person_card(this, plan.person_id).person.name
    row.save()


def _shown(this: Act, plan: Any) -> PreparationPage:
    this.note(plan, preparation=True)
    return preparation_page(this, plan)


def send_preparation(actor: Actor, *, plan_id: UUID) -> PreparationPage:
    """Send what has been written to those who keep the plan. It is not changed afterwards.

    Raises:
        NotNow: nothing has been written.
    """
    with act(actor, Action.PREPARATION_WRITE) as this:
        plan = _open(this, plan_id)
        draft = open_draft(plan.id, for_staff=actor.is_staff)
        if draft is None or not draft.words.exclude(words="").exists():
            raise NotNow(_("Skriv något först. Ett svar räcker."))
        draft.sent_at, draft.sent_by = actor.at, actor.name
        draft.save(update_fields=["sent_at", "sent_by"])
        if not actor.is_staff:
            _keep_reading(this, plan, draft)
        return _shown(this, plan)


def _keep_reading(this: Act, plan: Plan, draft: Preparation) -> None:
    wanted = TaskWanted(
        key="read",
        kind=TaskKind.COMMENT,
        unit_id=plan.unit_id,
        provider_id=plan.provider_id,
        verb=_("läsa vad personen har skrivit inför mötet"),
    )
    keep_tasks(this, about=_about(plan, draft), wanted=[wanted])


def _about(plan: Plan, draft: Preparation) -> About:
    address = reverse("careplans:preparation", args=[plan.id])
    return About("Preparation", draft.id, plan.person_id, address, plan.not_for_patient)


# ── into the plan ──


def take_words(actor: Actor, *, words_id: UUID) -> PreparationPage:
    """Take the person's words into the plan as they stand: after what is there, or as a goal."""
    with act(actor, Action.PLAN_EDIT) as this:
        found = PreparationWords.objects.select_related("preparation", "plan__unit")
        row: PreparationWords = this.row(found, id=words_id)
        plan = row.plan
        check_kept_here(plan)
        _check_takeable(row)
        row.taken_version = _taken(actor, plan, row)
        row.taken_at, row.taken_by = actor.at, actor.name
        row.save(update_fields=["taken_at", "taken_by", "taken_version"])
        _close_when_read(this, plan, row.preparation)
        return _shown(this, plan)


def _check_takeable(row: PreparationWords) -> None:
    if row.preparation.sent_at is None:
        raise NotNow(_("Det är inte skickat än."))
    if row.taken_at is not None:
        raise NotNow(_("%(name)s har redan tagit in det i planen.", name=row.taken_by))


def _taken(actor: Actor, plan: Plan, row: PreparationWords) -> int:
    spec = PREP_PARTS[PrepPart(row.part)]
    if spec.goal:
        return _as_goal(actor, plan, row)
    if spec.section is None:
        raise NotNow(_("Det hör till inbjudan och står inte i planen."))
    return _in_section(actor, plan, row, spec.section)


def _as_goal(actor: Actor, plan: Plan, row: PreparationWords) -> int:
    if len(row.words) > LINE_LENGTH:
        raise Invalid(
            _("Texten är för lång för ett mål. Skriv målen i planen tillsammans med personen.")
        )
    return add_goal(actor, plan_id=plan.id, words=row.words, term=Term.SHORT).version


def _in_section(actor: Actor, plan: Plan, row: PreparationWords, section: Section) -> int:
    text = rules.join_words(getattr(plan, section.value), row.words)
    if len(text) > SECTION_LENGTH[section]:
        raise Invalid(_("Texten får inte plats i planen. Korta det som redan står där först."))
    made = write_section(actor, plan_id=plan.id, section=section, text=text, version=plan.version)
    return made.version


def read_preparation(actor: Actor, *, preparation_of: UUID) -> PreparationPage:
    """Say that what the person sent has been read, also where nothing is taken into the plan."""
    with act(actor, Action.PLAN_EDIT) as this:
        plan: Plan = this.row(Plan.objects.select_related("unit"), id=preparation_of)
        for draft in Preparation.objects.filter(plan=plan, sent_at__isnull=False):
            keep_tasks(this, about=_about(plan, draft), wanted=[])
        return _shown(this, plan)


def _close_when_read(this: Act, plan: Plan, draft: Preparation) -> None:
    takeable = [part for part, spec in PREP_PARTS.items() if spec.section or spec.goal]
    left = draft.words.filter(part__in=takeable, taken_at__isnull=True).exclude(words="")
    if not left.exists():
        keep_tasks(this, about=_about(plan, draft), wanted=[])
