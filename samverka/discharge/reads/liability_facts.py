"""Rows → what liability for payment is judged by: one question, however many cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, JSONObject, NullIf

from samverka.access.county import county_value
from samverka.access.reads.county import parameter_lines
from samverka.discharge.models import (
    Case,
    CaseUnit,
    Copy,
    CountyRate,
    Hindrance,
    Leave,
    Objection,
    Readiness,
)
from samverka.discharge.rules import liability
from samverka.discharge.rules.closing import ended_by_death
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.judging import first_judged, since_of
from samverka.discharge.rules.kinds import MUNICIPAL, CaseStatus, Part
from samverka.discharge.rules.liability import Call, Period, Ready, Sent, Span, StayFacts, Terms
from samverka.discharge.rules.liability.terms import LAW_FROM
from samverka.discharge.rules.messages import Fact, MessageKind
from samverka.discharge.rules.planning import call_counts
from samverka.kernel.parameters import Certainty, Key

NOTICES = frozenset({MessageKind.READY, MessageKind.COMPULSORY})
"""Messages that say that someone is ready (LUS 3:1, also by the chief physician)."""
ASKED = (MessageKind.ADMISSION, MessageKind.CALL, *sorted(NOTICES))

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KnownStay:
    """One stay, its case, and what it is judged by."""

    case_id: UUID
    facts: StayFacts


def stay_facts(cases: QuerySet[Any]) -> list[KnownStay]:
    """What the stays of these cases are judged by. A case where nobody has been admitted has none."""
    rows = cases.filter(admitted_at__isnull=False).exclude(status=CaseStatus.CANCELLED)
    asked = rows.order_by("admitted_at", "number").values(*_OWN, **_around())
    return [KnownStay(one["id"], _facts(one)) for one in asked]


def with_stay_facts(cases: QuerySet[Any]) -> QuerySet[Any]:
    """The cases with what their stays are judged by, for `stay_of`: no question more."""
    found: QuerySet[Any] = cases.annotate(**_around())
    return found


def stay_of(row: Any) -> StayFacts | None:
    """What the stay of a row of `with_stay_facts` is judged by; None before admission, or if cancelled."""
    if row.admitted_at is None or row.status == CaseStatus.CANCELLED:
        return None
    return _facts(vars(row))


def debtor_code(row: Case) -> str:
    """Code of the municipality that pays if anyone does (LUS 5:2); empty if none."""
    return str(row.deciding_code or row.municipality_code)


def terms_on(day: date) -> Terms:
    """What liability is judged by in this county on a day."""
    on = max(day, LAW_FROM)
    return liability.terms_from({key: county_value(key, on) for key in liability.KEYS})


def agreed_on(day: date) -> Terms:
    """The terms of a day, with since when the county has them, and by what it says that it decided so."""
    found, on = terms_on(day), max(day, LAW_FROM)
    if found == liability.terms_from(liability.defaults(on)):
        return found
    lines = [one for one in parameter_lines(on) if one.key in liability.KEYS]
    standing = {
        one.key: decided
        for one in lines
        for decided in reversed(one.decided)
        if decided.valid_from <= day
    }
    if not standing:
        return found
    newest = max(standing.values(), key=lambda one: one.valid_from)
    source = standing.get(Key.LIABILITY_MODEL, newest).reason
    return replace(found, valid_from=newest.valid_from, source=source)


def period_on(day: date) -> Period:
    """The month or quarter of a day, as the county reckons."""
    return liability.period_of(day, terms_on(day.replace(day=1)).period)


def rates_now() -> tuple[liability.Rate, ...]:
    """The amounts to reckon with: the county's own before those known from the regulations."""
    rows = CountyRate.objects.filter(replaced_at__isnull=True)
    own = [liability.Rate(one.year, one.kronor, one.source, Certainty.HIGH) for one in rows]
    return liability.with_own(own)


# ── the one question ──

_OWN = (
    "id",
    "number",
    "status",
    "admitted_at",
    "needs",
    "needs_judged_at",
    "needs_since",
    "municipality_code",
    "deciding_code",
    "sip_needed",
    "compulsory",
    "psychiatric",
    "refused_help",
    "discharged_at",
    "closed_at",
)
_UNIT, _ONWARD = "unit", "forwarded_to"
_BLOCKED = ("first", "last", "id", "reason", "part", "noted_at", "noted_by")


def _around() -> dict[str, Any]:
    """What stands in other tables, as one column each."""
    within = {"case": OuterRef("pk")}
    copies = Copy.objects.filter(
        message__case=OuterRef("pk"),
        message__kind__in=ASKED,
        message__withdrawn_at__isnull=True,
    )
    units = CaseUnit.objects.filter(**within).order_by("part").values("part").distinct()
    return {
        "its_county": F("unit__provider__organisation__county_code"),
        "died_on": F("person__deceased_on"),
        "its_copies": ArraySubquery(copies.order_by("sent_at", "id").values(json=_copy_columns())),
        "its_parts": ArraySubquery(units),
        "its_ready": _rows(Readiness, "sent_at", "judged_at", "judged_by", "withdrawn_at"),
        "its_leaves": _rows(Leave, "starts_at", "ends_at", withdrawn_at__isnull=True),
        "its_blocked": _rows(Hindrance, *_BLOCKED),
        "its_set_aside": Exists(Objection.objects.filter(**within, upheld=True)),
    }


def _rows(model: Any, first: str, *more: str, **only: object) -> ArraySubquery:
    found = model.objects.filter(case=OuterRef("pk"), **only).order_by(first, "id")
    return ArraySubquery(found.values(json=JSONObject(**{one: one for one in (first, *more)})))


def _copy_columns() -> JSONObject:
    return JSONObject(
        message="message_id",
        kind="message__kind",
        said_at="message__sent_at",
        sent_at="sent_at",
        due_at="message__due_at",
        contact=KeyTextTransform(Fact.CONTACT.value, "message__body"),
        part="part",
        fate="fate",
        municipality=_municipality(_UNIT),
        owner=f"{_UNIT}__provider__organisation_id",
        onward=f"{_ONWARD}__provider__organisation_id",
    )


def _municipality(unit: str) -> Coalesce:
    """The unit's municipality, or that of the organisation that runs it."""
    own = NullIf(F(f"{unit}__municipality_code"), Value(""))
    return Coalesce(own, F(f"{unit}__provider__organisation__municipality_code"))


# ── rows → facts ──


def _facts(row: Row) -> StayFacts:
    copies = [one for one in row["its_copies"] if _stands(one)]
    parts = {Part(one) for one in (*row["its_parts"], *row["needs"])}
    both = Part.OPEN_CARE in parts and bool(parts & MUNICIPAL)
    judged = row["sip_needed"] is not None
    debtor = row["deciding_code"] or row["municipality_code"]
    return StayFacts(
        stay_id=row["number"],
        admitted_at=row["admitted_at"],
        need_judged_at=first_judged(
            since_of(row["needs_since"]), MUNICIPAL, row["needs_judged_at"]
        ),
        admission_notices=_sent(one for one in copies if one["kind"] == MessageKind.ADMISSION),
        ready=_judgements(row["its_ready"], [one for one in copies if one["kind"] in NOTICES]),
        calls=_calls(one for one in copies if one["kind"] == MessageKind.CALL),
        discharged_at=row["discharged_at"] or _ended(row),
        registered=row["municipality_code"] or None,
        deciding=row["deciding_code"] or None,
        needs_municipal_health=Part.MUNICIPAL_HEALTH in parts,
        sip_required=bool(row["sip_needed"]) if judged else both,
        sip_judged=judged,
        open_compulsory=row["compulsory"],
        psychiatric=row["psychiatric"],
        blocked=tuple(Span(_day(one["first"]), _last(one)) for one in row["its_blocked"]),
        leaves=tuple(
            liability.Leave(_at(one["starts_at"]), _at(one["ends_at"])) for one in row["its_leaves"]
        ),
        outside_county=bool(debtor and row["its_county"]) and debtor[:2] != row["its_county"],
        no_municipality=not parts & MUNICIPAL,
        refused=row["refused_help"],
        set_aside=row["its_set_aside"],
    )


def _ended(row: Row) -> datetime | None:
    """A case that was closed without a discharge ended then, or when the person died before that."""
    if row["status"] != CaseStatus.CLOSED:
        return None
    return ended_by_death(row["admitted_at"], row["closed_at"], row["died_on"])


def _stands(copy: Row) -> bool:
    """Whether the receiver was told: not one that was sent back, or taken back.

    One that was passed on within the same organisation had come to the right authority; one that was
    passed on to another had not, and its new copy counts from when it came there.
    """
    fate = Fate(copy["fate"])
    if fate is Fate.FORWARDED:
        return bool(copy["owner"] == copy["onward"])
    return fate in (Fate.WAITING, Fate.RECEIPTED)


def _sent(copies: Iterable[Row]) -> tuple[Sent, ...]:
    """Copies that went at the same moment are one notice."""
    found = sorted(copies, key=lambda one: (_at(one["sent_at"]), one["message"]))
    groups = groupby(found, key=lambda one: (_at(one["sent_at"]), one["message"]))
    return tuple(_one_sent(moment, list(group)) for (moment, _message), group in groups)


def _one_sent(moment: datetime, copies: Sequence[Row]) -> Sent:
    codes = {
        one["municipality"]
        for one in copies
        if one["municipality"] and Part(one["part"]) in MUNICIPAL
    }
    open_care = any(one["part"] == Part.OPEN_CARE for one in copies)
    due = copies[0]["due_at"] if copies[0]["kind"] == MessageKind.ADMISSION else None
    return Sent(moment, frozenset(codes), open_care, _at(due) if due else None)


def _judgements(rows: Sequence[Row], notices: Sequence[Row]) -> tuple[Ready, ...]:
    """Each judgement with its notices: those that were sent before the next judgement was told."""
    rows = _as_put_right(rows)
    starts = [_at(one["sent_at"]) for one in rows]
    ends = [*starts[1:], None][: len(starts)]
    return tuple(
        Ready(
            judged_at=_at(one["judged_at"]),
            physician=one["judged_by"],
            sent=_sent(_between(notices, start, end)),
            withdrawn_at=_at(one["withdrawn_at"]) if one["withdrawn_at"] else None,
        )
        for one, start, end in zip(rows, starts, ends, strict=True)
    )


def _as_put_right(rows: Iterable[Row]) -> list[Row]:
    """Judgements of one and the same notice are one, put right: the one that stood last holds."""
    by_age = sorted(rows, key=lambda one: (one["withdrawn_at"] is None, one["withdrawn_at"] or ""))
    holds = {_at(one["sent_at"]): one for one in by_age}
    return [holds[moment] for moment in sorted(holds)]


def _between(notices: Iterable[Row], start: datetime, end: datetime | None) -> list[Row]:
    return [
        one
        for one in notices
        if start <= _at(one["said_at"]) and (end is None or _at(one["said_at"]) < end)
    ]


def _calls(copies: Iterable[Row]) -> tuple[Call, ...]:
    """Calls that reached someone in the municipality, and whether the region's fast vårdkontakt called."""
    reached = [one for one in copies if Part(one["part"]) in MUNICIPAL]
    counts: dict[datetime, bool] = {}
    for one in reached:
        moment = _at(one["sent_at"])
        by_contact = call_counts({Fact.CONTACT.value: one["contact"]})
        counts[moment] = counts.get(moment, False) or by_contact
    return tuple(Call(moment, by) for moment, by in sorted(counts.items()))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _last(row: Row) -> date | None:
    return _day(row["last"]) if row["last"] else None
