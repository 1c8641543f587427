"""Rows → what the steps are made from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from samverka.access.county import county_value
from samverka.discharge.models import Case
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.items import ITEMS, ItemKind
from samverka.discharge.rules.judging import since_of
from samverka.discharge.rules.kinds import CaseStatus, Part, Track
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.planning import told_kinds
from samverka.discharge.rules.steps import (
    AfterFacts,
    CaseFacts,
    ItemFacts,
    Limits,
    SaidFacts,
    UnitFacts,
)
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.organisations.reads import unit_detail


def limits_at(at: datetime) -> Limits:
    """The law's and the county's times as they are now."""
    day = local_date(at)
    return Limits(
        form=timedelta(hours=county_value(Key.DISCHARGE_FORM, day)),
        items=county_value(Key.DISCHARGE_ITEMS, day),
        admission=timedelta(hours=county_value(Key.DISCHARGE_ADMISSION, day)),
        call_days=county_value(Key.CALL_AT_DISCHARGE, day),
        next_weekday=bool(county_value(Key.DISCHARGE_CALL_WEEKDAY, day)),
        unread=timedelta(hours=county_value(Key.DISCHARGE_UNREAD, day)),
    )


def facts_of(row: Any) -> CaseFacts:
    """One case, from `cases.whole_cases`, as the rules see it."""
    units = tuple(_unit(one) for one in row.units.all() if one.until is None)
    open_care = [one.unit_id for one in units if one.part is Part.OPEN_CARE]
    said = list(row.messages.all())
    return CaseFacts(
        status=CaseStatus(row.status),
        ward=_ward(row),
        units=units,
        said=tuple(
            _copy(one, message, row.unit_id) for message in said for one in message.copies.all()
        ),
        admitted_at=row.admitted_at,
        needs_judged_at=row.needs_judged_at,
        needs_since=since_of(row.needs_since),
        needs=frozenset(Part(one) for one in row.needs),
        estimated_at=row.estimated_at,
        ready_sent_at=row.ready_sent_at,
        discharged_at=row.discharged_at,
        sip_needed=row.sip_needed,
        compulsory=row.compulsory,
        track=Track(row.track) if row.track else None,
        items=_items(row, {one.unit_id for one in units}),
        wants_list=_listed_at(row) is None,
        after=_after(row),
        has_contact=not open_care or any(one in row.units_with_contact for one in open_care),
        has_plan=row.plan_id is not None,
        told_kinds=told_kinds(
            (MessageKind(one.kind), one.body) for one in said if one.withdrawn_at is None
        ),
    )


def _items(row: Any, taking: set[UUID]) -> tuple[ItemFacts, ...]:
    """Lines of the list; one of a unit that takes part no more is the ward's. What a unit keeps to itself
    is on its own list of tasks only."""
    return tuple(
        ItemFacts(
            words=ITEMS[ItemKind(one.kind)].words,
            unit_id=one.unit_id if one.unit_id in taking else row.unit_id,
            answered=bool(one.answer),
            asked_at=one.asked_at,
            at_home=one.at_home,
        )
        for one in row.items.all()
        if one.secrecy
    )


def _listed_at(row: Case) -> datetime | None:
    found = getattr(row, "going_home", None)
    return found.listed_at if found is not None else None


def _after(row: Case) -> AfterFacts | None:
    found = getattr(row, "after", None)
    if found is None:
        return None
    return AfterFacts(unit_id=found.unit_id, due_at=found.due_at, made=bool(found.outcome))


def _ward(row: Case) -> UnitFacts:
    found = unit_detail(row.unit)
    return UnitFacts(found.id, found.name, Part.WARD, found.side, planning=True)


def _unit(one: Any) -> UnitFacts:
    found = unit_detail(one.unit)
    planning = one.planning_since is not None
    return UnitFacts(found.id, found.name, Part(one.part), found.side, planning)


def _copy(one: Any, message: Any, ward: UUID) -> SaidFacts:
    return SaidFacts(
        kind=MessageKind(message.kind),
        unit_id=one.unit_id,
        fate=Fate(one.fate),
        sent_at=one.sent_at,
        entered_at=message.entered_at,
        copy_id=one.id,
        withdrawn=message.withdrawn_at is not None,
        sender_id=ward if message.part == Part.WARD else message.unit_id,
        unit_name=one.unit.name,
        escalated=one.escalated_at is not None,
        ended_at=one.ended_at,
    )
