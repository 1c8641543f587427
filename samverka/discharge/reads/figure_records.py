"""Rows → what figures are reckoned from: one question for the stays, two for what stands in other rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from samverka.careplans.reads import PlanMoments, plan_moments
from samverka.contacts.reads import visit_moments
from samverka.discharge.models import (
    AfterTry,
    Case,
    CaseUnit,
    Copy,
    Hindrance,
    Item,
    Message,
    Readiness,
)
from samverka.discharge.rules.after import Span, met_between
from samverka.discharge.rules.closing import ended_by_death
from samverka.discharge.rules.fates import Fate, receivable_at
from samverka.discharge.rules.figures import (
    Judged,
    Party,
    Place,
    Said,
    SentCopy,
    StayRecord,
    Wait,
    as_put_right,
    party_of,
)
from samverka.discharge.rules.kinds import CaseStatus, Part
from samverka.discharge.rules.liability import Period
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.planning import call_counts
from samverka.kernel.calendar import end_of_day, start_of_day

Row = Mapping[str, Any]
Moments = Mapping[UUID, list[datetime]]

AFTERWARDS: Final = timedelta(days=60)
"""Messages of a stay are still sent so long after it ended, so it is asked for."""


def stay_records(county: str, period: Period) -> list[StayRecord]:
    """Every stay in the county's wards that can matter in the period."""
    rows = list(_asked(county, period))
    plans = plan_moments({one["plan_id"] for one in rows if one["plan_id"]})
    met = _met(rows)
    return [record(one, plans, met) for one in rows]


# ── the question ──

OWN = (
    "id",
    "person_id",
    "status",
    "unit_id",
    "municipality_code",
    "psychiatric",
    "compulsory",
    "needs",
    "sip_needed",
    "admitted_at",
    "discharged_at",
    "closed_at",
    "plan_id",
)


def _asked(county: str, period: Period) -> QuerySet[Any, dict[str, Any]]:
    before = start_of_day(period.first) - AFTERWARDS
    recent = Q(discharged_at__gte=before) | Q(discharged_at__isnull=True) & (
        Q(closed_at__isnull=True) | Q(closed_at__gte=before)
    )
    found = Case.objects.filter(
        recent,
        _in_county(county),
        admitted_at__lt=end_of_day(period.last),
    ).exclude(status=CaseStatus.CANCELLED)
    asked: QuerySet[Any, dict[str, Any]] = found.order_by("admitted_at", "id").values(
        *OWN, **around()
    )
    return asked


def _in_county(code: str) -> Q:
    return Q(unit__municipality_code__startswith=code) | Q(
        unit__municipality_code="", unit__provider__organisation__county_code=code
    )


def around() -> dict[str, Any]:
    """What stands in other tables, as one column each."""
    again = Case.objects.filter(
        person=OuterRef("person_id"), admitted_at__gte=OuterRef("discharged_at")
    ).exclude(id=OuterRef("pk"))
    tries = AfterTry.objects.filter(after__case=OuterRef("pk"), reached=True)
    return {
        "died_on": F("person__deceased_on"),
        "its_ward": F("unit__name"),
        "its_town": F("unit__town"),
        "its_provider": F("unit__provider__name"),
        "its_ready": _rows(Readiness, "sent_at", "judged_at", "withdrawn_at"),
        "its_units": _rows(CaseUnit, "since", "unit_id", "part", "until", "planning_since"),
        "its_items": _rows(
            Item, "asked_at", "answered_at", "unit_id", at_home=False, secrecy__gt=""
        ),
        "its_blocked": _rows(Hindrance, "first", "last"),
        "its_said": ArraySubquery(_messages()),
        "its_tries": ArraySubquery(tries.order_by("at").values_list("at")),
        "its_again": ArraySubquery(
            again.exclude(status=CaseStatus.CANCELLED)
            .order_by("admitted_at")
            .values_list("admitted_at")
        ),
    }


def _rows(model: Any, first: str, *more: str, **only: object) -> ArraySubquery:
    found = model.objects.filter(case=OuterRef("pk"), **only).order_by(first, "id")
    return ArraySubquery(found.values(json=JSONObject(**{one: one for one in (first, *more)})))


def _messages() -> QuerySet[Any, Any]:
    copies = Copy.objects.filter(message=OuterRef("pk")).order_by("sent_at", "id")
    columns = ("part", "fate", "sent_at", "receipted_at", "ended_at")
    each = ArraySubquery(copies.values(json=JSONObject(**{one: one for one in columns})))
    said = Message.objects.filter(case=OuterRef("pk"), withdrawn_at__isnull=True)
    found: QuerySet[Any, Any] = said.order_by("sent_at", "id").values(
        json=JSONObject(
            kind="kind",
            sent_at="sent_at",
            entered_at="entered_at",
            late="late",
            due_at="due_at",
            contact=F("body__contact"),
            copies=each,
        )
    )
    return found


# ── rows → records ──


def _met(rows: Iterable[Row]) -> Moments:
    """When someone met those who came back; asked once for all of them."""
    back = [one for one in rows if one["its_again"] and one["discharged_at"]]
    if not back:
        return {}
    return visit_moments(
        persons={one["person_id"] for one in back},
        since=min(one["discharged_at"] for one in back),
        until=max(one["its_again"][0] for one in back),
    )


def record(row: Row, plans: Mapping[UUID, PlanMoments], met: Moments) -> StayRecord:
    plan = plans.get(row["plan_id"])
    parts = {Part(one["part"]) for one in row["its_units"]} | {Part(one) for one in row["needs"]}
    again = row["its_again"][0] if row["its_again"] else None
    return StayRecord(
        person=str(row["person_id"]),
        ward=Place(str(row["unit_id"]), row["its_ward"]),
        hospital=hospital_of(row["its_provider"], row["its_town"]),
        municipality=row["municipality_code"],
        psychiatric=row["psychiatric"],
        admitted_at=row["admitted_at"],
        discharged_at=row["discharged_at"],
        ended_at=row["discharged_at"] or _closed(row),
        judged=as_put_right(
            Judged(_at(one["judged_at"]), _at(one["sent_at"]), _maybe(one["withdrawn_at"]))
            for one in row["its_ready"]
        ),
        said=tuple(_said(one) for one in row["its_said"]),
        waits=tuple(_waits(row)),
        others=bool(parts - {Part.WARD}),
        sip_needed=row["sip_needed"],
        compulsory=row["compulsory"],
        planning_at=_planning(row),
        met_at=plan.met_at if plan else None,
        planned_at=plan.established_at if plan else None,
        contact_at=row["its_tries"][0] if row["its_tries"] else None,
        again_at=again,
        met_between=_met_between(row, again, met),
    )


def _closed(row: Row) -> datetime | None:
    if row["closed_at"] is None:
        return None
    return ended_by_death(row["admitted_at"], row["closed_at"], row["died_on"])


def hospital_of(provider: str, town: str) -> Place:
    """A hospital is where a care provider's wards lie in one town; the register knows no other."""
    return Place(f"{provider}/{town}", f"{town} ({provider})" if town else provider)


def _met_between(row: Row, again: datetime | None, met: Moments) -> bool | None:
    if again is None or row["discharged_at"] is None:
        return None
    moments = [*met.get(row["person_id"], ()), *row["its_tries"]]
    return met_between(Span(row["discharged_at"], again), moments)


def _said(row: Row) -> Said:
    kind = MessageKind(row["kind"])
    return Said(
        kind=kind,
        sent_at=_at(row["sent_at"]),
        late=row["late"],
        timed=row["due_at"] is not None,
        counts=kind is not MessageKind.CALL or call_counts({"contact": row["contact"]}),
        copies=tuple(_copy(one, _at(row["entered_at"])) for one in row["copies"]),
    )


def _copy(row: Row, entered_at: datetime) -> SentCopy:
    fate = Fate(row["fate"])
    return SentCopy(
        party=party_of(Part(row["part"])),
        sent_at=receivable_at(_at(row["sent_at"]), entered_at),
        done_at=_maybe(row["receipted_at"]) or _maybe(row["ended_at"]),
        returned=fate is Fate.RETURNED,
        forwarded=fate is Fate.FORWARDED,
    )


def _planning(row: Row) -> datetime | None:
    begun = [_at(one["planning_since"]) for one in row["its_units"] if one["planning_since"]]
    return min(begun, default=None)


def _waits(row: Row) -> Iterable[Wait]:
    """Planning to be begun, lines of the list, and days that the open care could not answer for."""
    parties = {one["unit_id"]: party_of(Part(one["part"])) for one in row["its_units"]}
    for one in row["its_units"]:
        if Part(one["part"]) is not Part.WARD:
            done = _maybe(one["planning_since"]) or _maybe(one["until"])
            yield Wait(party_of(Part(one["part"])), _at(one["since"]), done)
    for one in row["its_items"]:
        owner = parties.get(one["unit_id"], Party.HOSPITAL)
        yield Wait(owner, _at(one["asked_at"]), _maybe(one["answered_at"]))
    for one in row["its_blocked"]:
        last = end_of_day(date.fromisoformat(one["last"])) if one["last"] else None
        yield Wait(Party.OPEN_CARE, start_of_day(date.fromisoformat(one["first"])), last)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
