"""The plan beside the case: how far it has come, its meeting, what lacks, and which calls do not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans.reads import (
    CareContactDetail,
    MeetingBrief,
    PlanBrief,
    contact_at,
    plan_briefs,
)
from samverka.careplans.rules import PlanKind, PlanStatus
from samverka.careplans.rules.meetings import MeetingStatus
from samverka.discharge.reads.cases import case_detail, contact_cases
from samverka.discharge.reads.values import CaseDetail
from samverka.discharge.rules.kinds import INSIDE, Part
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.planning import BEGINS, PLAN_OF, call_fault
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A call to a meeting that is not the law's, and why."""

    meeting: MeetingBrief
    why: Text


@dataclass(frozen=True, slots=True)
class CasePlan:
    """The stay's plan, as far as the reader may see it.

    Attributes:
        kind: which plan the stay asks for.
        plan: None: not begun, or (`begun`) not given to the reader.
        meeting: the one that holds: planned or held.
        contact: the own unit's fast vårdkontakt, if the own unit is the region's open care.
        units: those that a question of consent would be about.
    """

    kind: PlanKind
    begun: bool
    plan: PlanBrief | None
    meeting: MeetingBrief | None
    uncounted: tuple[Uncounted, ...]
    contact: CareContactDetail | None
    units: tuple[UUID, ...]
    may_begin: bool
    may_call: bool
    may_appoint: bool
    may_tell: bool


def case_plan(actor: Actor, *, case_id: UUID) -> tuple[CaseDetail, CasePlan]:
    """One case and its plan."""
    with act(actor, Action.CASE_READ) as this:
        row = this.row(contact_cases(), id=case_id)
        this.note(row, plan=True)
        found = case_detail(this, row, row)
        return found, _plan_of(actor, found, frozenset(row.units_with_contact))


def _plan_of(actor: Actor, case: CaseDetail, having: frozenset[UUID]) -> CasePlan:
    kind = PLAN_OF[case.compulsory]
    briefs = plan_briefs(actor, person_id=case.person_id)
    plan = next((one for one in briefs if one.id == case.plan_id), None)
    care = case.own_part is Part.OPEN_CARE and actor.unit_id is not None
    contact = None
    if care and actor.unit_id is not None:
        contact = contact_at(case.person_id, actor.unit_id, local_date(actor.at))
    inside = case.status in INSIDE
    told = any(one.kind is MessageKind.CONTACT and one.own for one in case.messages)
    ends = plan is not None and plan.status is PlanStatus.ENDED
    return CasePlan(
        kind=kind,
        begun=case.plan_id is not None,
        plan=plan,
        meeting=_standing(plan.meetings if plan else ()),
        uncounted=tuple(_uncounted(case, briefs, having)),
        contact=contact,
        units=tuple(one.unit.id for one in case.units if one.unit.provider_id != actor.provider_id),
        may_begin=inside and case.plan_id is None and case.own_part in BEGINS[kind],
        may_call=care and kind is PlanKind.DISCHARGE and plan is not None and not ends,
        may_appoint=care and contact is None,
        may_tell=contact is not None and not told and MessageKind.CONTACT in case.may_send,
    )


def _standing(meetings: Iterable[MeetingBrief]) -> MeetingBrief | None:
    return next((one for one in meetings if one.status is not MeetingStatus.CANCELLED), None)


def _uncounted(
    case: CaseDetail, briefs: Sequence[PlanBrief], having: frozenset[UUID]
) -> Iterable[Uncounted]:
    """Meetings called since the admission that somebody could take for the law's call."""
    if case.compulsory:
        return
    parts = {one.unit.id: one.part for one in case.units} | {case.ward.id: Part.WARD}
    for plan in briefs:
        for one in plan.meetings:
            if case.admitted_at is None or one.called_at < case.admitted_at:
                continue
            if one.status is MeetingStatus.CANCELLED:
                continue
            why = call_fault(plan.kind, parts.get(one.unit.id), has_contact=one.unit.id in having)
            if why is not None:
                yield Uncounted(one, why)
