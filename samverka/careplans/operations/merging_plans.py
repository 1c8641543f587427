"""Let two plans of one person become one: asked by those who keep the one, answered by the others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.careplans import rules
from samverka.careplans.models import (
    Activity,
    Comment,
    Goal,
    MergeAsk,
    Party,
    Plan,
    WithheldPart,
)
from samverka.careplans.operations.ending import close_meetings
from samverka.careplans.operations.joining import bring_party, bring_tasks
from samverka.careplans.operations.writing import finish, open_plan, text_of
from samverka.careplans.reads.disclosing import content_of, withheld_of
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans, holding_consents
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import (
    SECTION_LENGTH,
    SECTION_WORDS,
    WHY_LENGTH,
    ChangeKind,
    PartyRole,
    PlanStatus,
    Section,
)
from samverka.careplans.rules.disclosing import PartKind, given
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted


def merge_plans(
    actor: Actor, *, plan_id: UUID, other_id: UUID, why: str, person_wants: bool
) -> PlanDetail:
    """Let another of the person's plans become part of this one, which stays.

    If the own unit keeps both it is done at once. Else those who keep the other are asked, and it is
    done when they say yes. The other plan is ended and stays readable, with a link to this one.

    Args:
        person_wants: the person has been asked, and wants it.

    Raises:
        NotNow: the plans cannot become one; the sentence says why.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        plan = open_plan(this, plan_id)
        other: Plan = this.row(Plan.objects, lock=True, id=other_id)
        words = text_of(why, "why", WHY_LENGTH, _("Skriv varför planerna ska bli en."))
        _check_pair(this, plan, other, person_wants)
        if other.unit_id == actor.unit_id == plan.unit_id:
            return _merge(this, plan, other, words)
        if plan.unit_id != actor.unit_id:
            raise NotAllowed(_("Den enhet som håller i planen frågar om planerna ska bli en."))
        _ask(this, plan, other, words)
        this.note(plan, merge_asked=True)
        return detail_of(this, full_plans(actor).get(id=plan.id))


def _check_pair(this: Act, plan: Plan, other: Plan, person_wants: bool) -> None:
    if plan.id == other.id:
        raise Invalid(_("Välj en annan plan än den här."), where="other")
    if plan.person_id != other.person_id:
        raise NotNow(_("Planerna hör till olika personer."))
    if other.source:
        raise NotNow(rules.KEPT_ELSEWHERE)
    rules.check_open(PlanStatus(other.status))
    if not rules.may_merge(plan.kind, other.kind):
        raise NotNow(
            _("Planerna är av olika slag och följer olika lagar. De kan inte bli en plan.")
        )
    if not person_wants:
        raise Invalid(
            _("Fråga personen först, och kryssa i att personen vill."), where="person_wants"
        )
    _check_readers(this, plan, other)


def _check_readers(this: Act, plan: Plan, other: Plan) -> None:
    """Those who keep the other plan must be able to read what it becomes part of."""
    covered = {one for consent in holding_consents(this.actor, plan.id)
               for one in consent.reader_providers}  # fmt: skip
    if other.provider_id != plan.provider_id and other.provider_id not in covered:
        raise NotNow(
            _("De som håller i den andra planen har inte fått den här. Dela den med dem först.")
        )


# ── ask and answer ──


def _ask(this: Act, plan: Plan, other: Plan, why: str) -> None:
    found = MergeAsk.objects.filter(plan=plan, other=other, answered_at__isnull=True)
    if found.exists():
        raise NotNow(_("Ni har redan frågat. De som håller i den andra planen har inte svarat än."))
    row = MergeAsk(
        plan=plan,
        other=other,
        person_id=plan.person_id,
        why=why,
        asked_at=this.actor.at,
        asked_by=this.actor.name,
    )
    row.save(force_insert=True)
    keep_tasks(this, about=_about(row), wanted=[_wanted(row)])


def _about(row: MergeAsk) -> About:
    return About(
        "MergeAsk", row.id, row.person_id, reverse("careplans:merge_answer", args=[row.id])
    )


def _wanted(row: MergeAsk) -> TaskWanted:
    verb = _("svara om två planer ska bli en")
    unit, provider = row.other.unit_id, row.other.provider_id
    return TaskWanted("merge", TaskKind.CHANGE, unit, provider, verb)


def answer_merge(actor: Actor, *, ask_id: UUID, agreed: bool, answer: str = "") -> PlanDetail:
    """Say yes or no to letting the plan that one keeps become part of another; yes does it at once."""
    with act(actor, Action.PLAN_EDIT) as this:
        row: MergeAsk = this.row(MergeAsk.objects, lock=True, id=ask_id)
        other = open_plan(this, row.other_id)
        if row.answered_at is not None:
            raise NotNow(_("%(name)s har redan svarat.", name=row.answered_by))
        if other.unit_id != actor.unit_id:
            raise NotAllowed(_("Den enhet som håller i planen svarar."))
        missing = "" if agreed else _("Skriv varför planerna inte ska bli en.")
        row.answer = text_of(answer, "answer", WHY_LENGTH, missing)
        row.agreed, row.answered_at, row.answered_by = agreed, actor.at, actor.name
        row.save()
        keep_tasks(this, about=_about(row), wanted=[])
        if not agreed:
            this.note(other, merge=False)
            return detail_of(this, full_plans(actor).get(id=other.id))
        return _merge(this, open_plan(this, row.plan_id), other, row.why)


# ── do it ──


def _merge(this: Act, plan: Plan, other: Plan, why: str) -> PlanDetail:
    rows = {row.id: row for row in full_plans(this.actor).filter(id__in=[plan.id, other.id])}
    conflicts = rules.list_conflicts(*(_open_to_all(rows[one.id]) for one in (plan, other)))
    _join_texts(plan, other)
    _join_facts(plan, other)
    goals = _bring_goals(plan, other)
    activities = _bring_activities(plan, other, goals)
    _bring_kept_back(plan, other, goals | activities)
    _bring_words(plan, other)
    for party in Party.objects.filter(plan=other, until__isnull=True):
        role = PartyRole(party.role)
        bring_party(this, plan, party, _LOWER.get(role, role))
    bring_tasks(plan, other, activities)
    _end_merged(this, plan, other, why)
    return finish(this, plan, ChangeKind.MERGE, " ".join([why, *conflicts])[:WHY_LENGTH])


def _open_to_all(row: Any) -> rules.Snapshot:
    """What no party keeps back: the reason for a change is read by all."""
    return given(content_of(row), withheld_of(row), None)


_LOWER = {PartyRole.HOLDER: PartyRole.PARTICIPANT}
"""A plan has one keeper: that of the plan which stays."""

_TEXTS = (
    Section.WHAT_MATTERS,
    Section.STRENGTHS,
    Section.NEEDS,
    Section.ATTITUDE,
    Section.IF_WORSE,
)


def _join_texts(plan: Plan, other: Plan) -> None:
    for section in _TEXTS:
        name = section.value
        joined = rules.join_texts(getattr(plan, name), getattr(other, name))
        if len(joined) > SECTION_LENGTH[section]:
            raise NotNow(
                _(
                    "Texterna ”%(section)s” blir för långa tillsammans. Korta en av dem först.",
                    section=SECTION_WORDS[section],
                )
            )
        setattr(plan, name, joined)


def _join_facts(plan: Plan, other: Plan) -> None:
    plan.responsible_id = plan.responsible_id or other.responsible_id
    plan.no_others = plan.no_others and other.no_others
    days = [day for day in (plan.follow_up_on, other.follow_up_on) if day]
    plan.follow_up_on = min(days, default=None)


def _bring_goals(plan: Plan, other: Plan) -> dict[UUID, UUID]:
    """The other's goals, each with the one that it came from; the same words come once."""
    own = list(Goal.objects.filter(plan=plan))
    place = max((goal.place for goal in own), default=0)
    became: dict[UUID, UUID] = {}
    for goal in Goal.objects.filter(plan=other).order_by("place"):
        twin = next((one for one in own if rules.same_words(one.words, goal.words)), None)
        if twin is None:
            place += 1
            twin = _copied(goal, plan, place)
        became[goal.id] = twin.id
    return became


def _copied(row: Any, plan: Plan, place: int, **values: Any) -> Any:
    """The row once more in another plan; its own stays where it was, with all its versions."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in ("id", "plan_id", "came_from_id")
    }
    made = type(row)(**kept | {"plan_id": plan.id, "came_from_id": row.id, "place": place} | values)
    made.save(force_insert=True)
    return made


def _bring_activities(plan: Plan, other: Plan, goals: dict[UUID, UUID]) -> dict[UUID, UUID]:
    """The other's activities, each with the one that it came from; the same once."""
    own = list(Activity.objects.filter(plan=plan))
    place = max((one.place for one in own), default=0)
    became: dict[UUID, UUID] = {}
    for row in Activity.objects.filter(plan=other).order_by("place"):
        if any(_is_same(one, row) for one in own):
            continue
        place += 1
        became[row.id] = _copied(row, plan, place, goal_id=goals.get(row.goal_id)).id
    return became


def _bring_kept_back(plan: Plan, other: Plan, became: dict[UUID, UUID]) -> None:
    """What was not given out stays so where it comes to; a joined text is as closed as its parts."""
    for row in WithheldPart.objects.filter(plan=other, until__isnull=True):
        key = row.key
        if row.part in (PartKind.GOAL, PartKind.ACTIVITY):
            found = became.get(UUID(key))
            if found is None:
                continue
            key = str(found)
        WithheldPart.objects.get_or_create(
            plan_id=plan.id,
            part=row.part,
            key=key,
            provider_id=row.provider_id,
            until=None,
            defaults={
                "person_id": plan.person_id,
                "receivers": row.receivers,
                "reason": row.reason,
                "since": row.since,
                "by": row.by,
            },
        )


def _is_same(one: Activity, other: Activity) -> bool:
    owner = (one.owner_kind, one.owner_unit_id, one.owner_text)
    same = owner == (other.owner_kind, other.owner_unit_id, other.owner_text)
    return same and one.status == other.status and rules.same_words(one.what, other.what)


def _bring_words(plan: Plan, other: Plan) -> None:
    """What the person has written, and nobody has read, waits in the plan that stays."""
    for row in Comment.objects.filter(plan=other, by_person=True, handled_at__isnull=True):
        kept = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.attname not in ("id", "plan_id", "goal_id", "activity_id")
        }
        Comment(**kept | {"plan_id": plan.id}).save(force_insert=True)


def _end_merged(this: Act, plan: Plan, other: Plan, why: str) -> None:
    actor = this.actor
    other.status = PlanStatus.ENDED
    other.merged_into = plan
    other.end_reason = why
    other.end_next = _("Planen är nu en del av en annan plan.")
    other.end_to = plan.title
    other.ended_at, other.ended_by = actor.at, actor.name
    finish(this, other, ChangeKind.END)
    close_meetings(this, other)
