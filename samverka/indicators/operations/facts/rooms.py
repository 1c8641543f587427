"""Stays, visits, cases, plans and tasks of the rooms → rows of facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from samverka.careplans import reads as careplans
from samverka.careplans.rules import ContactKind, OwnerKind
from samverka.contacts import reads as contacts
from samverka.contacts.rules import Way
from samverka.discharge import reads as discharge
from samverka.indicators.operations.facts.frame import Beside, Frame, Row, clock, day, system
from samverka.indicators.warehouse.quality import FaultKind
from samverka.kernel.actor import Side
from samverka.kernel.calendar import local_date
from samverka.notices.reads import exported_tasks
from samverka.organisations.rules import UnitKind
from samverka.people.reads import ExportedPerson

_LEVELS: Final = {UnitKind.HEALTH_CENTRE: "primary", UnitKind.MOBILE_TEAM: "primary"}
_WAYS: Final = {Way.GROUP: "clinic"}
_AT_HOME: Final = {
    UnitKind.HOME_CARE: "home-care",
    UnitKind.HOME_HEALTH_CARE: "home-nursing",
    UnitKind.MOBILE_TEAM: "mobile",
}
_OWNERS: Final = {OwnerKind.CLOSE: "relative"}
_ROLES: Final = {
    ContactKind.FAST_VARDKONTAKT: "care",
    ContactKind.FAST_LAKARKONTAKT: "physician",
}


def stays(frame: Frame) -> Iterator[Row | None]:
    """In-patient stays."""
    found = contacts.exported_stays(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        admitted = local_date(one.admitted_at)
        row = frame.row(
            person,
            admitted,
            one.unit_id,
            one.id,
            source=system(one.source),
            stay_key=frame.key("stay", one.id),
            admitted_on=admitted,
            discharged_on=day(one.discharged_at),
        )
        yield row


def visits(frame: Frame) -> Iterator[Row | None]:
    """Contacts that are not in-patient."""
    found = contacts.exported_visits(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        unit = frame.units.get(one.unit_id)
        kind = unit.kind if unit else None
        happened = local_date(one.starts_at)
        row = frame.row(
            person,
            happened,
            one.unit_id,
            one.id,
            source=system(one.source),
            contact_key=frame.key("contact", one.id),
            happened_on=happened,
            level=_level(kind, unit.side if unit else None),
            way=_WAYS.get(one.way, one.way.value),
            carer_key=_carer(frame, one),
            planned=one.booked or None,
            mobile=kind is UnitKind.MOBILE_TEAM,
        )
        yield row


def home_visits(frame: Frame) -> Iterator[Row | None]:
    """Visits of home care, home nursing and mobile teams, for continuity: by whom, when."""
    found = contacts.exported_visits(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        unit = frame.units.get(one.unit_id)
        kind = _AT_HOME.get(unit.kind) if unit else None
        if kind is None or one.way is not Way.HOME:
            continue
        carer = _carer(frame, one)
        if carer is None:
            frame.faults.add(frame.fact, FaultKind.NO_CARER)
            continue
        visited = local_date(one.starts_at)
        row = frame.row(
            person,
            visited,
            one.unit_id,
            one.id,
            source=system(one.source),
            visited_on=visited,
            starts_at=clock(one.starts_at),
            ends_at=clock(one.ends_at),
            carer_key=carer,
            visit_kind=kind,
        )
        yield row


def _level(kind: UnitKind | None, side: Side | None) -> str | None:
    if kind is None:
        return None
    if side is Side.MUNICIPALITY:
        return "municipal"
    return _LEVELS.get(kind, "special")


def _carer(frame: Frame, one: contacts.ExportedVisit) -> int | None:
    """Whoever it was, as a number: the same name at the same unit is the same."""
    name = " ".join(one.carer.casefold().split())
    return frame.keys.of("carer", one.unit_id, name) if name else None


# ── discharge ──


def cases(frame: Frame) -> Iterator[Row | Beside | None]:
    """Stays on their way home, and beside each its steps: they are read once for both."""
    beside = frame.beside("discharge_step")
    found = discharge.exported_cases(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        admitted = local_date(one.admitted_at)
        row = frame.row(
            person,
            admitted,
            one.unit_id,
            one.id,
            case_key=frame.key("case", one.id),
            admitted_on=admitted,
            needs_judged_on=day(one.needs_judged_at),
            notice_on=day(one.notice_at),
            notice_received_on=day(one.notice_received_at),
            called_on=day(one.called_at),
            planned_on=day(one.planned_at),
            ready_on=day(one.ready_at),
            discharged_on=day(one.discharged_at),
            first_contact_on=day(one.contact_at),
            sip_needed=one.sip_needed,
            track=one.track or None,
            psychiatric=one.psychiatric,
            days_before_liable=one.days_before_liable,
            liable_days=one.liable_days,
        )
        yield row
        yield from _case_steps(beside, one, person)


def _case_steps(
    frame: Frame, one: discharge.ExportedCase, person: ExportedPerson
) -> Iterator[Beside]:
    """The steps of a stay on its way home, with whose turn it was."""
    frame.tell(one.id)
    for number, step in enumerate(one.steps):
        owed = local_date(step.owed_from)
        row = frame.row(
            person,
            owed,
            one.unit_id,
            one.id,
            number=number,
            case_key=frame.key("case", one.id),
            step=step.name,
            owner_side=(Side.MUNICIPALITY if step.municipal else Side.REGION).value,
            owed_on=owed,
            owed_from=clock(step.owed_from),
            due_at=clock(step.due_at),
            done_at=clock(step.done_at),
        )
        if row is not None:
            yield Beside(frame.fact, row)


# ── plans ──


def plans(frame: Frame) -> Iterator[Row | None]:
    """Individual plans."""
    found = careplans.exported_plans(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        created = local_date(one.created_at)
        row = frame.row(
            person,
            created,
            one.unit_id,
            one.id,
            source=one.source,
            plan_key=frame.key("plan", one.id),
            plan_kind=one.kind,
            created_on=created,
            established_on=day(one.established_at),
            ended_on=day(one.ended_at),
            follow_up_on=one.follow_up_on,
            target_group=one.group or None,
            own_words=one.has_goal,
            region_part=one.region_part,
            municipal_part=one.municipal_part,
            fixed_contact=one.has_contact,
            person_took_part=one.person_confirmed or None,
        )
        yield row


def goals(frame: Frame) -> Iterator[Row | None]:
    """Goals of plans."""
    found = careplans.exported_goals(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        set_on = local_date(one.set_at)
        row = frame.row(
            person,
            set_on,
            one.unit_id,
            one.id,
            source=one.source,
            plan_key=frame.key("plan", one.plan_id),
            goal_key=frame.key("goal", one.id),
            set_on=set_on,
            reach_by=one.reach_by,
            followed_up_on=day(one.followed_up_at),
            status=one.status,
        )
        yield row


def activities(frame: Frame) -> Iterator[Row | None]:
    """Activities of plans."""
    found = careplans.exported_activities(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        set_on = local_date(one.set_at)
        row = frame.row(
            person,
            set_on,
            one.unit_id,
            one.id,
            source=one.source,
            plan_key=frame.key("plan", one.plan_id),
            activity_key=frame.key("activity", one.id),
            set_on=set_on,
            due_on=one.due_on,
            done_on=day(one.done_at),
            owner_side=_OWNERS.get(one.owner, one.owner.value),
            status=one.status,
            preventive=one.preventive,
            rehabilitating=one.rehabilitating,
        )
        yield row


def fixed_contacts(frame: Frame) -> Iterator[Row | None]:
    """Those appointed for a person."""
    found = careplans.exported_contacts(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        since = local_date(one.since)
        row = frame.row(
            person,
            since,
            one.unit_id,
            one.id,
            role=_ROLES[one.kind],
            since=since,
            until=day(one.until),
            profession=one.profession,
        )
        yield row


# ── tasks ──


def tasks(frame: Frame) -> Iterator[Row | None]:
    """Tasks of units."""
    found = exported_tasks(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        sent = local_date(one.sent_at)
        row = frame.row(
            person,
            sent,
            one.unit_id,
            one.id,
            notice_kind=one.kind.value,
            sent_on=sent,
            sent_at=clock(one.sent_at),
            opened_at=clock(one.opened_at),
            done_at=clock(one.done_at),
            due_at=clock(one.due_at),
            escalations=one.escalations,
        )
        yield row
