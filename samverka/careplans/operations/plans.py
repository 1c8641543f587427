"""Begin, write, establish and end a plan; take the last change back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import ProtectedError

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import rules
from samverka.careplans.models import Activity, Goal, Party, Plan, PlanVersion
from samverka.careplans.operations.approving import ask_approvals, kept
from samverka.careplans.operations.disclosing import check_given_part
from samverka.careplans.operations.joining import forget_asks, invite, is_own, undo_deeds
from samverka.careplans.operations.live import open_settled
from samverka.careplans.operations.writing import conflict, finish, open_plan, text_of
from samverka.careplans.reads.facts import plan_facts
from samverka.careplans.reads.plan_parts import ACTIVITY_FIELDS, GOAL_FIELDS
from samverka.careplans.reads.plans import detail_of
from samverka.careplans.reads.rows import full_plans
from samverka.careplans.reads.values import PlanDetail
from samverka.careplans.rules import (
    HUVUDMAN,
    KINDS,
    SECTION_LENGTH,
    ApprovalStatus,
    ChangeKind,
    Group,
    PartyRole,
    PlanKind,
    PlanStatus,
    Section,
    StepName,
)
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import list_units


def start_plan(
    actor: Actor,
    *,
    person_id: UUID,
    kind: PlanKind,
    title: str = "",
    what_matters: str = "",
    asked_by: str = "",
    template: Group | None = None,
) -> PlanDetail:
    """Begin a plan together with the person. The own unit keeps it.

    Args:
        title: the plan's name; the kind's own name if empty.
        asked_by: who saw or asked for the need, in words.
        template: the group whose questions are to be at hand; nothing is written into the plan.

    Raises:
        NotNow: a plan of that kind is begun by others; the sentence says by whom.
    """
    with act(actor, Action.PLAN_START) as this:
        if actor.unit_id is None or actor.provider_id is None or actor.branch is None:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])
        rules.check_start(kind, actor.side, actor.branch)
        rules.check_template(kind, template)
        row = Plan(
            person_id=person_id,
            provider_id=actor.provider_id,
            unit_id=actor.unit_id,
            branch=actor.branch,
            kind=kind,
            title=_section_text(Section.TITLE, title or KINDS[kind].words),
            what_matters=_section_text(Section.WHAT_MATTERS, what_matters),
            asked_by=text_of(asked_by, "asked_by", 200),
            template=template or "",
            created_at=actor.at,
            created_by=actor.name,
            updated_at=actor.at,
            updated_by=actor.name,
        )
        this.add(row)
        add_party_row(this, row, actor.unit_id, PartyRole.HOLDER)
        return finish(this, row, ChangeKind.START)


def add_party_row(this: Act, plan: Plan, unit_id: UUID, role: PartyRole) -> bool:
    """Make the plan a unit's too from now, unless it is already; whether it was new.

    Units of those who keep the plan take part at once, and so does the unit that acts. Another is asked: one that is to
    do something by its undertaking, one that is only to be there by an invitation.
    """
    if Party.objects.filter(plan=plan, unit_id=unit_id, until__isnull=True).exists():
        return False
    at = this.actor.at
    own = is_own(this, plan, unit_id)
    row = Party(
        plan=plan,
        person_id=plan.person_id,
        unit_id=unit_id,
        role=role,
        since=at,
        joined_at=at if own else None,
    )
    row.save(force_insert=True)
    if not own and role is PartyRole.PARTICIPANT:
        invite(this, plan, unit_id)
    return True


# ── the plan's own texts and facts ──


def write_section(
    actor: Actor, *, plan_id: UUID, section: Section, text: str, version: int, why: str = ""
) -> PlanDetail:
    """Write one of the plan's texts. Others may write in other parts meanwhile.

    Args:
        version: the version of the plan that the writer began from.
        why: the reason for the change, kept with the version.

    Raises:
        Conflict: someone has written in the same part since then.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_plan(this, plan_id)
        check_given_part(this, row, PartKind.SECTION, section.value)
        words, now = _section_text(section, text), getattr(row, section.value)
        if now not in (words, _as_it_was(row, section, version)):
            raise conflict({section.value: words}, {section.value: now})
        if now == words:
            return _unchanged(this, row)
        setattr(row, section.value, words)
        return finish(this, row, ChangeKind.SECTION, why)


def _section_text(section: Section, text: str) -> str:
    missing = _("Planen behöver ett namn.") if section is Section.TITLE else ""
    return text_of(text, section.value, SECTION_LENGTH[section], missing)


def _as_it_was(row: Plan, section: Section, version: int) -> str | None:
    if version == row.version:
        now: str = getattr(row, section.value)
        return now
    kept = PlanVersion.objects.filter(plan=row, number=version).first()
    return str(kept.content.get(section.value, "")) if kept else None


def _unchanged(this: Act, row: Plan) -> PlanDetail:
    """Saving what already stands there makes no version."""
    this.note(row, change="none")
    return detail_of(this, full_plans(this.actor).get(id=row.id))


def set_follow_up(actor: Actor, *, plan_id: UUID, day: date) -> PlanDetail:
    """Decide which day the plan is to be followed up together."""
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_plan(this, plan_id)
        rules.check_follow_up(PlanKind(row.kind), day, local_date(actor.at))
        if row.follow_up_on == day:
            return _unchanged(this, row)
        row.follow_up_on = day
        return finish(this, row, ChangeKind.FOLLOW_UP)


def choose_template(actor: Actor, *, plan_id: UUID, template: Group | None) -> PlanDetail:
    """Choose the group whose questions are at hand while a plan is begun, or none.

    Nothing that is written changes, so it makes no version and asks nobody to approve anew.

    Raises:
        NotAllowed: another care provider keeps the plan.
        NotNow: the plan holds already; its questions have been asked.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_plan(this, plan_id)
        if actor.provider_id != row.provider_id:
            raise NotAllowed(_("De som håller i planen väljer frågorna."))
        if row.status != PlanStatus.DRAFT:
            raise NotNow(_("Planen gäller redan. Frågorna är till för en plan som börjar."))
        rules.check_template(PlanKind(row.kind), template)
        row.template = template or ""
        row.save(update_fields=["template"])
        this.note(row, template=row.template)
        return detail_of(this, full_plans(actor).get(id=row.id))


def set_responsible(actor: Actor, *, plan_id: UUID, organisation_id: UUID) -> PlanDetail:
    """Choose which huvudman has the overall responsibility for the plan (HSL 16:4 st. 4 p. 4)."""
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_plan(this, plan_id)
        huvudman = {unit.organisation_id for unit in list_units(actor) if unit.side in HUVUDMAN}
        if organisation_id not in huvudman:
            raise Invalid(_("Välj regionen eller en kommun."), where="organisation")
        if row.responsible_id == organisation_id:
            return _unchanged(this, row)
        row.responsible_id = organisation_id
        return finish(this, row, ChangeKind.RESPONSIBLE)


def set_no_others(actor: Actor, *, plan_id: UUID, nobody: bool) -> PlanDetail:
    """Say that nobody but region and municipality does anything, or take that back."""
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_plan(this, plan_id)
        if row.no_others == nobody:
            return _unchanged(this, row)
        row.no_others = nobody
        return finish(this, row, ChangeKind.OTHERS)


# ── status ──


def activate_plan(actor: Actor, *, plan_id: UUID) -> PlanDetail:
    """Establish the plan: it holds from now.

    Raises:
        NotNow: something that the law asks for is missing; the sentence says all of it.

    A kind of plan that the units have to approve (LPT 7 a §) goes to them first, and holds when all have.
    """
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_settled(this, plan_id)
        if row.status == PlanStatus.ACTIVE:
            raise NotNow(
                _("%(name)s har redan fastställt planen. Den gäller.", name=row.established_by)
            )
        status = rules.check_step(PlanStatus(row.status), StepName.ACTIVATE, actor.side)
        facts = plan_facts(full_plans(actor).get(id=row.id), local_date(actor.at))
        rules.check_complete(facts)
        if ask_approvals(this, row, facts):
            return kept(this, row, ApprovalStatus.ASKED)
        row.status = status
        row.established_at, row.established_by = actor.at, actor.name
        return finish(this, row, ChangeKind.ACTIVATE)


# ── undo ──


def undo_change(actor: Actor, *, plan_id: UUID, version: int) -> PlanDetail:
    """Take back the change that made this version: one's own, the last, within ten seconds."""
    with act(actor, Action.PLAN_EDIT) as this:
        row = open_plan(this, plan_id)
        undone = PlanVersion.objects.filter(plan=row, number=version).first()
        before = PlanVersion.objects.filter(plan=row, number=version - 1).first()
        if undone is None or before is None:
            raise NotNow(_("Det finns ingen ändring att ångra."))
        _check_undo(actor, row, undone)
        forget_asks(row, undone.at)
        _restore(row, before.content)
        undo_deeds(this, row, undone.at)
        return finish(this, row, ChangeKind.UNDO)


def _check_undo(actor: Actor, row: Plan, undone: PlanVersion) -> None:
    if undone.by_id != actor.id or rules.ChangeKind(undone.change) not in rules.UNDOABLE:
        raise NotNow(_("Den ändringen kan du inte ångra."))
    if row.version != undone.number:
        raise NotNow(_("Någon har skrivit i planen efter dig. Ändra i planen i stället."))
    if actor.at - undone.at > rules.UNDO_TIME + rules.UNDO_GRACE:
        raise NotNow(_("Det har gått mer än tio sekunder. Ändra i planen i stället."))


def _restore(row: Plan, content: rules.Snapshot) -> None:
    for section in Section:
        setattr(row, section.value, content.get(section.value, ""))
    day = content["follow_up_on"]
    row.follow_up_on = date.fromisoformat(day) if day else None
    row.responsible_id = content["responsible_id"]
    row.no_others = content["no_others"]
    parties = [one["id"] for one in content["parties"]]
    try:
        _restore_parts(Activity, ACTIVITY_FIELDS, row, content["activities"])
        _restore_parts(Goal, GOAL_FIELDS, row, content["goals"])
    except ProtectedError as fault:
        raise NotNow(
            _("Någon har redan svarat på det du skrev. Ändra i planen i stället.")
        ) from fault
    Party.objects.filter(plan=row, until__isnull=True).exclude(id__in=parties).delete()


def _restore_parts(
    model: type[Goal] | type[Activity],
    names: tuple[str, ...],
    plan: Plan,
    parts: list[rules.Snapshot],
) -> None:
    found = model.objects.filter(plan=plan)
    found.exclude(id__in=[one["id"] for one in parts]).delete()
    rows = {str(row.id): row for row in found}
    for part in parts:
        row = rows[part["id"]]
        if row.version == part["version"]:
            continue
        for name in names:
            if name not in ("id", "version") and name in part:
                setattr(row, name, part[name])
        row.version += 1  # an editor who still has the undone text open must be told
        row.save()
