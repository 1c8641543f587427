"""Stays on their way home as the warehouse must know them: moments and whose turn it was, no words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from samverka.access.act import Act
from samverka.careplans.reads import plan_moments
from samverka.discharge.models import Case
from samverka.discharge.reads import figure_records as records
from samverka.discharge.reads.liability_facts import agreed_on, period_on, stay_facts
from samverka.discharge.rules import figures, liability
from samverka.discharge.rules.figures import Party, StayRecord, party_of
from samverka.discharge.rules.kinds import CaseStatus, Part
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid

CHUNK: Final = 500
"""Cases asked for at a time: each comes with all that was said in it."""

FIRST_CONTACT: Final = timedelta(hours=72)
"""By when someone should have heard how it goes at home (practice in several counties, no law)."""


@dataclass(frozen=True, slots=True)
class ExportedStep:
    """One thing that one side was to do. `name`: the step's code in the warehouse."""

    name: str
    municipal: bool
    owed_from: datetime
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """One stay on its way home.

    Attributes:
        notice_received_at: when the last of those told had receipted the admission notice; None while
            one has not.
        planned_at: when the SIP began, or the plan was established.
        liable_days: days that a municipality pays for; None where it cannot be judged.
        days_before_liable: calendar days from the notice of readiness to the first that can count.
    """

    id: UUID
    person_id: UUID
    unit_id: UUID
    source: str
    admitted_at: datetime
    needs_judged_at: datetime | None
    notice_at: datetime | None
    notice_received_at: datetime | None
    called_at: datetime | None
    planned_at: datetime | None
    ready_at: datetime | None
    discharged_at: datetime | None
    contact_at: datetime | None
    sip_needed: bool | None
    track: str
    psychiatric: bool
    days_before_liable: int | None
    liable_days: int | None
    steps: tuple[ExportedStep, ...]


def exported_cases(this: Act, *, since: datetime | None) -> Iterator[ExportedCase]:
    """Every stay, or those changed since then, inside the export's act, a chunk at a time."""
    this.require_system()
    ids = iter(_changed(since).values_list("id", flat=True).iterator(chunk_size=CHUNK))
    while part := list(islice(ids, CHUNK)):
        yield from _cases(Case.objects.filter(id__in=part), this.actor.at)


def standing_cases(this: Act) -> Iterator[UUID]:
    """The names of all cases that an export would tell of: the rest have gone. Inside the export's act."""
    this.require_system()
    yield from _admitted().values_list("id", flat=True).iterator(chunk_size=CHUNK)


def _admitted() -> QuerySet[Any]:
    return Case.objects.exclude(status=CaseStatus.CANCELLED).filter(admitted_at__isnull=False)


def _changed(since: datetime | None) -> QuerySet[Any]:
    """A stay goes on changing by what is said, receipted and tried; its own row does not always tell."""
    rows = _admitted()
    if since is None:
        return rows.order_by("id")
    heard = Max("messages__copies__receipted_at")
    recent = Q(changed_at__gte=since) | Q(heard_at__gte=since) | Q(closed_at__isnull=True)
    found: QuerySet[Any] = rows.annotate(heard_at=heard).filter(recent)
    return found.order_by("id")


_ALSO: Final = ("track", "source", "needs_judged_at", "needs_since")


def _cases(rows: QuerySet[Any], at: datetime) -> Iterator[ExportedCase]:
    asked = list(rows.order_by("id").values(*records.OWN, *_ALSO, **records.around()))
    plans = plan_moments({one["plan_id"] for one in asked if one["plan_id"]})
    paid = {one.case_id: one.facts for one in stay_facts(rows)}
    for row in asked:
        stay = records.record(row, plans, {})
        yield _case(row, stay, paid.get(row["id"]), at)


def _case(
    row: Mapping[str, Any], stay: StayRecord, paid: liability.StayFacts | None, at: datetime
) -> ExportedCase:
    before, liable = _liable(paid, at) if paid else (None, None)
    standing = [one for one in stay.judged if one.withdrawn_at is None]
    notices = [one for one in stay.said if one.kind is MessageKind.ADMISSION]
    receipts = [copy.done_at for one in notices for copy in one.copies if not copy.forwarded]
    return ExportedCase(
        id=row["id"],
        person_id=row["person_id"],
        unit_id=row["unit_id"],
        source=row["source"],
        admitted_at=stay.admitted_at,
        needs_judged_at=row["needs_judged_at"],
        notice_at=stay.first_said(MessageKind.ADMISSION),
        notice_received_at=_last(receipts),
        called_at=stay.first_said(MessageKind.CALL),
        planned_at=min(filter(None, (stay.met_at, stay.planned_at)), default=None),
        ready_at=standing[-1].judged_at if standing else None,
        discharged_at=stay.discharged_at,
        contact_at=stay.contact_at,
        sip_needed=stay.sip_needed,
        track=row["track"],
        psychiatric=stay.psychiatric,
        days_before_liable=before,
        liable_days=liable,
        steps=tuple(_steps(row, stay)),
    )


def _last(moments: list[datetime | None]) -> datetime | None:
    """The last of them; None while one is missing, or there is none."""
    known = [one for one in moments if one is not None]
    return max(known, default=None) if len(known) == len(moments) else None


def _liable(paid: liability.StayFacts, at: datetime) -> tuple[int | None, int | None]:
    """Days before the municipality pays, and days that it pays for; None where it cannot be judged."""
    day = paid.discharged_on or local_date(at)
    try:
        found = liability.judge_stay(paid, agreed_on(period_on(day).first), as_of=at)
    except Invalid:
        return None, None
    sent = [local_date(notice.at) for one in paid.ready for notice in one.sent]
    before = (found.first_day - max(sent)).days if found.first_day and sent else None
    return before, found.counted


# ── the steps ──


def _steps(row: Mapping[str, Any], stay: StayRecord) -> Iterator[ExportedStep]:
    """Every step with whose turn it was, in the order that they are written down."""
    yield from _told(row, stay)
    yield from _asked(row)
    if stay.asks_for_sip and stay.judged:
        ready = stay.judged[-1].sent_at
        called = stay.first_said(MessageKind.CALL)
        yield ExportedStep("call", False, ready, liability.call_due(ready), called)
    for judged in stay.judged:
        yield ExportedStep("ready", False, judged.judged_at, None, judged.sent_at)
    standing = [one for one in stay.judged if one.withdrawn_at is None]
    if standing:
        yield ExportedStep("home", False, standing[-1].sent_at, None, stay.discharged_at)
    if stay.discharged_at:
        due = stay.discharged_at + FIRST_CONTACT
        yield ExportedStep("contact", False, stay.discharged_at, due, stay.contact_at)


def _told(row: Mapping[str, Any], stay: StayRecord) -> Iterator[ExportedStep]:
    """The admission notice, and each receipt of what is answered on the way home."""
    if stay.others:
        judged = row["needs_judged_at"] or stay.admitted_at
        from_then = max(stay.admitted_at, judged)
        due = from_then + timedelta(hours=liability.ADMISSION_NOTICE_HOURS)
        yield ExportedStep("notice", False, from_then, due, stay.first_said(MessageKind.ADMISSION))
    for said in stay.said:
        if said.kind in figures.ANSWERED:
            for one in said.copies:
                yield ExportedStep(
                    "receipt", _is_municipal(one.party), one.sent_at, None, one.done_at
                )


def _asked(row: Mapping[str, Any]) -> Iterator[ExportedStep]:
    """Planning to be begun by each unit, and the lines of the list."""
    parties = {one["unit_id"]: party_of(Part(one["part"])) for one in row["its_units"]}
    for one in row["its_units"]:
        if Part(one["part"]) is not Part.WARD:
            done = one["planning_since"] or one["until"]
            owner = _is_municipal(parties[one["unit_id"]])
            yield ExportedStep("planning", owner, _at(one["since"]), None, _maybe(done))
    for one in row["its_items"]:
        owner = _is_municipal(parties.get(one["unit_id"], Party.HOSPITAL))
        yield ExportedStep("item", owner, _at(one["asked_at"]), None, _maybe(one["answered_at"]))


def _is_municipal(party: Party) -> bool:
    return party is Party.MUNICIPALITY


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
