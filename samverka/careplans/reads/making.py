"""Rows → plain values. A plan's parts come as JSON, in the form that its versions keep them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act
from samverka.access.actions import Action, spec
from samverka.access.rules import decide
from samverka.careplans import rules
from samverka.careplans.models import CareContact, Plan, PlanVersion
from samverka.careplans.reads.comment_values import CommentDetail, EasyDetail
from samverka.careplans.reads.facts import SOCIAL, owner_name, person_name, plan_facts
from samverka.careplans.reads.party_values import ApprovalDetail, GivenDetail, PartyDetail
from samverka.careplans.reads.tasks import tasks_of
from samverka.careplans.reads.values import (
    ActivityDetail,
    CareContactDetail,
    GoalDetail,
    PlanDetail,
    PlanLine,
    VersionLine,
)
from samverka.kernel.actor import Branch, Side
from samverka.kernel.calendar import local_date
from samverka.organisations.reads import unit_detail
from samverka.organisations.rules import SIDE_OF, OrganisationKind
from samverka.people.reads import person_line

Part = Mapping[str, Any]


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _side(organisation_kind: str | None) -> Side:
    return SIDE_OF[OrganisationKind(organisation_kind)] if organisation_kind else Side.PRIVATE


# ── parts of a plan ──


def goal_detail(part: Part) -> GoalDetail:
    """JSON → plain value."""
    status, term = rules.GoalStatus(part["status"]), rules.Term(part["term"])
    return GoalDetail(
        id=UUID(part["id"]),
        words=part["words"],
        term=term,
        term_words=rules.TERM_WORDS[term],
        status=status,
        status_words=rules.GOAL_WORDS[status],
        outcome=part["outcome"],
        reach_by=_day(part["reach_by"]),
        followed_up_at=_time(part["followed_up_at"]),
        followed_up_by=part["followed_up_by"],
        place=part["place"],
        version=part["version"],
    )


def activity_detail(part: Part, person_name: str, today: date) -> ActivityDetail:
    """JSON → plain value. `person_name` names the owner of what the person does."""
    status, kind = rules.ActivityStatus(part["status"]), rules.OwnerKind(part["owner_kind"])
    due_on = _day(part["due_on"])
    return ActivityDetail(
        id=UUID(part["id"]),
        what=part["what"],
        owner_kind=kind,
        owner=owner_name(part, kind, person_name),
        owner_unit_id=_uuid(part["owner_unit_id"]),
        owner_text=part["owner_text"],
        owner_hsa_id=part["owner_hsa_id"] or "",
        side=Side.PERSON if kind is rules.OwnerKind.PERSON else _side(part["owner_organisation"]),
        phone=part["owner_phone"] or "",
        social=part["owner_branch"] in SOCIAL,
        goal_id=_uuid(part["goal_id"]),
        due_on=due_on,
        status=status,
        status_words=rules.ACTIVITY_WORDS[status],
        done_at=_time(part["done_at"]),
        done_by=part["done_by"],
        outcome=part["outcome"],
        overdue=status in rules.OPEN_ACTIVITIES and rules.is_overdue(due_on, today),
        preventive=part["preventive"],
        place=part["place"],
        version=part["version"],
        rehabilitating=part.get("rehabilitating", False),  # versions keep what there was then
        followed_up_at=_time(part.get("followed_up_at")),
        followed_up_by=part.get("followed_up_by") or "",
    )


def party_detail(part: Part) -> PartyDetail:
    """JSON → plain value."""
    role = rules.PartyRole(part["role"])
    return PartyDetail(
        id=UUID(part["id"]),
        unit_id=UUID(part["unit_id"]),
        name=part["name"],
        hsa_id=part["hsa_id"] or "",
        provider_id=UUID(part["provider_id"]),
        provider_name=part["provider_name"],
        organisation_id=UUID(part["organisation_id"]),
        organisation_name=part["organisation_name"],
        side=_side(part["organisation_kind"]),
        phone=part["phone"],
        phone_hours=part["phone_hours"],
        role=role,
        role_words=rules.PARTY_WORDS[role],
        since=datetime.fromisoformat(part["since"]),
        until=None,
        shared=bool(part.get("shared")),
        # Versions from before there were invitations: whoever was named took part.
        joined_at=_time(part.get("joined_at", part["since"])),
        left_at=_time(part.get("left_at")),
    )


def approval_detail(part: Part, unit_id: UUID | None) -> ApprovalDetail:
    """JSON → plain value. `unit_id`: the unit that the reader may answer for."""
    return ApprovalDetail(
        id=UUID(part["id"]),
        unit_id=UUID(part["unit_id"]),
        name=part["name"],
        side=_side(part["organisation_kind"]),
        status=rules.ApprovalStatus(part["status"]),
        words=part["words"],
        version=part["version"],
        asked_at=datetime.fromisoformat(part["asked_at"]),
        asked_by=part["asked_by"],
        answered_at=_time(part["answered_at"]),
        answered_by=part["answered_by"],
        may_answer=UUID(part["unit_id"]) == unit_id,
    )


def comment_detail(part: Part) -> CommentDetail:
    """JSON → plain value."""
    return CommentDetail(
        id=UUID(part["id"]),
        words=part["words"],
        by=part["by"],
        by_id=UUID(part["by_id"]),
        by_person=part["by_person"],
        side=Side(part["side"]),
        unit_name=part["unit_name"],
        at=datetime.fromisoformat(part["at"]),
        goal_id=_uuid(part["goal_id"]),
        activity_id=_uuid(part["activity_id"]),
        handled_at=_time(part["handled_at"]),
        handled_by=part["handled_by"],
        kind=rules.CommentKind(part["kind"]),
        way=rules.CommentWay(part["way"]),
        written_by=part["written_by"],
        answer_due_at=_time(part["answer_due_at"]),
        answer_to=_uuid(part["answer_to_id"]),
    )


def easy_detail(part: Part, said: Mapping[str, str]) -> EasyDetail:
    """JSON → plain value. `said`: what the plan says now, by place."""
    return EasyDetail(
        place=part["place"],
        words=part["words"],
        original=part["original"],
        written_at=datetime.fromisoformat(part["written_at"]),
        written_by=part["written_by"],
        holds=said.get(part["place"]) == part["original"],
    )


def _easy(row: Any) -> tuple[EasyDetail, ...]:
    """Easy wordings of what this reader is given: one of an other text would tell that text."""
    said = {one.value: getattr(row, one.value) for one in rules.EASY_SECTIONS}
    said |= {one["id"]: one["words"] for one in row.goal_parts}
    said |= {one["id"]: one["what"] for one in row.activity_parts}
    found = (easy_detail(one, said) for one in row.easy_parts if one["place"] in said)
    return tuple(found)


def contact_part(part: Part) -> CareContactDetail:
    """JSON → plain value."""
    kind = rules.ContactKind(part["kind"])
    return CareContactDetail(
        id=UUID(part["id"]),
        person_id=UUID(part["person_id"]),
        kind=kind,
        kind_words=rules.CONTACT_WORDS[kind],
        name=f"{part['given_name']} {part['family_name']}",
        profession=part["profession"],
        staff_id=UUID(part["staff_id"]),
        hsa_id=part["hsa_id"] or "",
        unit_id=UUID(part["unit_id"]),
        unit_name=part["unit_name"],
        provider_id=UUID(part["provider_id"]),
        branch=Branch(part["branch"]),
        side=_side(part["organisation_kind"]),
        phone=part["phone"],
        phone_hours=part["phone_hours"],
        since=datetime.fromisoformat(part["since"]),
        until=_time(part["until"]),
        **_away(part.get("away")),
    )


def _away(part: Part | None) -> dict[str, Any]:
    """Until when the contact is away, and who stands in."""
    if part is None:
        return {}
    names = (part["given_name"], part["family_name"])
    return {
        "away_until": _day(part["until"]),
        "stand_in": " ".join(name for name in names if name),
        "stand_in_profession": part["profession"],
    }


def contact_detail(row: CareContact) -> CareContactDetail:
    """Row → plain value; with `with_unit`, so that staff, unit and stand-in are there."""
    unit, kind = unit_detail(row.unit), rules.ContactKind(row.kind)
    return CareContactDetail(
        id=row.id,
        person_id=row.person_id,
        kind=kind,
        kind_words=rules.CONTACT_WORDS[kind],
        name=f"{row.staff.given_name} {row.staff.family_name}",
        profession=row.profession,
        staff_id=row.staff_id,
        hsa_id=row.staff.hsa_id or "",
        unit_id=unit.id,
        unit_name=unit.name,
        provider_id=unit.provider_id,
        branch=unit.branch,
        side=unit.side,
        phone=unit.phone,
        phone_hours=unit.phone_hours,
        since=row.since,
        until=row.until,
        **_away(getattr(row, "away", None)),
    )


def version_line(row: PlanVersion, why: str = "") -> VersionLine:
    """Row → plain value. `why`: the reason that its writer gave."""
    change = rules.ChangeKind(row.change)
    return VersionLine(
        number=row.number,
        at=row.at,
        by=row.by,
        unit_name=row.unit_name,
        side=Side(row.side),
        change=change,
        change_words=rules.CHANGE_WORDS[change],
        why=why,
    )


# ── whole plans ──


def plan_line(
    this: Act,
    row: Any,
    *,
    step: rules.NextStep | None = None,
    mine: bool = False,
    given: GivenDetail | None = None,
) -> PlanLine:
    """An annotated row → one line.

    Args:
        step: the reader's own unit's, on a worklist.
        given: what the reader has been given, where it is a copy that is read.
    """
    kind, status = rules.PlanKind(row.kind), rules.PlanStatus(row.status)
    moves = (given is None or given.live) and not row.source
    today = local_date(this.actor.at)
    first = rules.next_step(plan_facts(row, today), today) if moves else None
    return PlanLine(
        id=row.id,
        person_id=row.person_id,
        person=person_line(row.person, this.actor, this.decide(row)),
        kind=kind,
        kind_words=rules.KINDS[kind].words,
        status=status,
        status_words=rules.STATUS_WORDS[status],
        title=row.title,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        side=SIDE_OF[OrganisationKind(row.unit.provider.organisation.kind)],
        next_step=step or first,
        follow_up_on=row.follow_up_on,
        updated_at=row.updated_at,
        source=row.source,
        waits_on_us=step is not None,
        mine=mine,
    )


def _may(this: Act, action: Action, row: Plan) -> bool:
    """Whether the actor may do another action than the present one with the plan."""
    path = Plan.gate
    assert path is not None
    standing = this.standing(row.person_id)
    return decide(spec(action), this.actor, path.holding(row), standing).allowed


def plan_detail(
    this: Act,
    row: Any,
    *,
    contacts: tuple[CareContactDetail, ...],
    given: GivenDetail | None = None,
) -> PlanDetail:
    """An annotated row → the plan as the actor may see it.

    Args:
        contacts: those of the person's that the actor may see.
        given: what the reader has been given; where it is not the newest, it is not written in.
    """
    kind, status = rules.PlanKind(row.kind), rules.PlanStatus(row.status)
    newest = given is None or given.newest
    is_open = newest and not row.source and status is not rules.PlanStatus.ENDED
    return PlanDetail(
        id=row.id,
        person_id=row.person_id,
        person=person_line(row.person, this.actor, this.decide(row)),
        kind=kind,
        kind_words=rules.KINDS[kind].words,
        section=rules.KINDS[kind].section,
        status=status,
        status_words=rules.STATUS_WORDS[status],
        unit=unit_detail(row.unit),
        consent=row.consent,
        consent_asked=row.consent_asked,
        contacts=contacts,
        template=rules.Group(row.template) if row.template else None,
        tells_other=rules.KINDS[kind].tells_other,
        given=given,
        requested=row.requested,
        **_written(row),
        **_responsible(row),
        **_parts(row, local_date(this.actor.at)),
        **_steps(row, local_date(this.actor.at), is_open),
        **_permissions(this, row, is_open),
        approvals=_approvals(this, row, is_open),
        tasks=tasks_of(this, row),
    )


_WRITTEN = (
    "title",
    "what_matters",
    "strengths",
    "needs",
    "attitude",
    "if_worse",
    "told_other_at",
    "told_other_by",
    "end_next",
    "end_to",
    "merged_into_id",
    "summary",
    "follow_up_on",
    "no_others",
    "asked_by",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "established_at",
    "established_by",
    "ended_at",
    "ended_by",
    "end_reason",
    "source",
    "not_for_patient",
)


def _written(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _WRITTEN}


def _responsible(row: Any) -> dict[str, Any]:
    copied = getattr(row, "copied", None)
    if copied is not None:
        return _copied_responsible(copied)
    organisation = row.responsible
    return {
        "responsible_id": organisation.id if organisation else None,
        "responsible": organisation.name if organisation else "",
        "responsible_side": _side(organisation.kind) if organisation else None,
    }


def _copied_responsible(copied: rules.Snapshot) -> dict[str, Any]:
    """As a version says it; the oldest ones do not name the side."""
    side, key = copied.get("responsible_side"), copied.get("responsible_id")
    known = (one for one in copied["parties"] if one["organisation_id"] == key)
    party = next(known, None)
    found = Side(side) if side else _side(party["organisation_kind"] if party else None)
    return {
        "responsible_id": _uuid(key),
        "responsible": copied.get("responsible", ""),
        "responsible_side": found if key else None,
    }


def _parts(row: Any, today: date) -> dict[str, Any]:
    name = person_name(row)
    parties = tuple(party_detail(one) for one in row.party_parts)
    return {
        "goals": tuple(goal_detail(one) for one in row.goal_parts),
        "activities": tuple(activity_detail(one, name, today) for one in row.activity_parts),
        "parties": parties,
        "comments": tuple(comment_detail(one) for one in row.comment_parts),
        "easy": _easy(row),
        "shared_with": tuple(dict.fromkeys(one.provider_name for one in parties if one.shared)),
    }


def _steps(row: Any, today: date, is_open: bool) -> dict[str, Any]:
    facts = plan_facts(row, today)
    return {
        "duties": rules.list_duties(facts) if is_open else (),
        "missing": rules.list_missing(facts) if is_open else (),
        "asks_approval": is_open and rules.may_ask(facts),
        "next_step": rules.next_step(facts, today) if is_open else None,
        "way": _way(row) if is_open else (),
        "follow_up_overdue": is_open and rules.is_overdue(row.follow_up_on, today),
    }


def _way(row: Any) -> tuple[rules.StageLine, ...]:
    """The stages of a draft that several care providers make together."""
    kind = rules.KINDS[rules.PlanKind(row.kind)]
    if row.status != rules.PlanStatus.DRAFT or not kind.handed:
        return ()
    return rules.way(consent=row.consent, prepared=row.prepared, called=row.called, met=row.met)


def _approvals(this: Act, row: Any, is_open: bool) -> tuple[ApprovalDetail, ...]:
    asked = bool(row.approval_parts) and is_open and row.status == rules.PlanStatus.DRAFT
    may_approve = asked and _may(this, Action.PLAN_APPROVE, row)
    unit_id = this.actor.unit_id if may_approve else None
    return tuple(approval_detail(one, unit_id) for one in row.approval_parts)


def _permissions(this: Act, row: Any, is_open: bool) -> dict[str, Any]:
    """What the actor may do: the gate's answer and the process's, as the operations ask them."""
    status, side = rules.PlanStatus(row.status), this.actor.side
    may_edit = is_open and _may(this, Action.PLAN_EDIT, row)
    return {
        "may_edit": may_edit,
        "may_share": is_open and _may(this, Action.PLAN_SHARE, row),
        "may_activate": may_edit and rules.may_step(status, rules.StepName.ACTIVATE, side),
        "may_end": may_edit and rules.may_step(status, rules.StepName.END, side),
        "may_comment": not row.source and _may(this, Action.PLAN_COMMENT, row),
    }
