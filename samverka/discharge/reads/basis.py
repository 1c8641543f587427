"""The basis for invoices, by case number: the region sees all, a municipality its own.

A person's name is shown only to one who may read the case itself: the gate decides, case by case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.discharge.models import BasisStay, Case, CountyRate, InvoiceBasis, Objection
from samverka.discharge.reads.basis_values import (
    BasisBoard,
    BasisDetail,
    BasisHead,
    BasisLine,
    BasisRow,
    ObjectionDetail,
    RateLine,
)
from samverka.discharge.rules import invoicing, liability
from samverka.discharge.rules.invoicing import BasisStatus
from samverka.discharge.rules.liability import (
    Period,
    Rate,
    Settlement,
    StayLine,
    StayVerdict,
)
from samverka.discharge.rules.liability.terms import LAW_FROM
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Certainty
from samverka.kernel.problems import NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import list_units, unit_names
from samverka.people.reads import person_line

MONTHS = 12
"""Months that the overview shows, the running one among them."""


def bases(actor: Actor, *, until: date | None = None) -> BasisBoard:
    """A year of bases: the region's economist sees every municipality, a municipality its own.

    Args:
        until: a day of the last month that is shown; None: the running one.
    """
    with act(actor, Action.BASIS_READ) as this:
        this.require_permission()
        names = municipality_names(actor)
        today = local_date(actor.at)
        months = _months(max(LAW_FROM, min(until or today, today)))
        later = min(_month(months[0], MONTHS), today.replace(day=1))
        rows = _newest(reachable(this).filter(last__gte=months[-1], first__lte=months[0]))
        this.note_general("InvoiceBasis", shown=len(rows))
        own = own_code(actor)
        codes = {own} if own else names.keys() | {code for code, _first in rows}
        lines = [_row(code, names, months, rows) for code in codes if code]
        edits = permits(actor, Action.BASIS_EDIT) and actor.side is Side.REGION
        return BasisBoard(
            months=months,
            rows=tuple(sorted(lines, key=lambda one: one.name)),
            rates=rate_lines(),
            suggested=liability.SUGGESTED_RATES,
            presets=tuple(
                (one.name, liability.tell_terms(one.terms), one.uncertain)
                for one in liability.PRESETS
            ),
            earlier=_month(months[-1], -1) if months[-1] > LAW_FROM else None,
            later=later if later > months[0] else None,
            municipalities=tuple(sorted(names.items(), key=lambda one: one[1])),
            may_edit=edits,
        )


def basis(actor: Actor, *, basis_id: UUID) -> BasisDetail:
    """One basis, with each stay and each day's reason. Every person in it gets a line in the log."""
    with act(actor, Action.BASIS_READ) as this:
        this.require_permission()
        row = basis_row(this, basis_id)
        return basis_detail(this, row)


def objection(actor: Actor, *, objection_id: UUID) -> ObjectionDetail:
    """One objection, for the form of the decision."""
    with act(actor, Action.BASIS_READ) as this:
        this.require_permission()
        row = objection_row(this, objection_id)
        this.note_list([row])
        return objection_detail(row)


# ── who sees what ──


def own_code(actor: Actor) -> str:
    """Code of the municipality to which the actor is bound; empty for the region, which sees all.

    Raises:
        NotAllowed: neither the region nor a municipality.
    """
    if actor.side is Side.REGION:
        return ""
    unit = unit_names({actor.unit_id}).get(actor.unit_id) if actor.unit_id else None
    if actor.side is not Side.MUNICIPALITY or unit is None or not unit.municipality_code:
        raise NotAllowed(_("Underlag för betalning ses av regionen och av den kommun det gäller."))
    return unit.municipality_code


def reachable(this: Act) -> QuerySet[Any]:
    """The bases that the actor may know of."""
    own = own_code(this.actor)
    found: QuerySet[Any] = InvoiceBasis.objects.all()
    return found.filter(municipality_code=own) if own else found


def basis_row(this: Act, basis_id: UUID, *, lock: bool = False) -> InvoiceBasis:
    """One basis.

    Raises:
        NotFound: there is none, or it is another municipality's.
    """
    rows = reachable(this).filter(id=basis_id)
    found: InvoiceBasis | None = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound(_("Underlaget finns inte."))
    return found


def objection_row(this: Act, objection_id: UUID, *, lock: bool = False) -> Objection:
    """One objection.

    Raises:
        NotFound: there is none, or it is another municipality's.
    """
    own = own_code(this.actor)
    rows: QuerySet[Any] = Objection.objects.select_related("case").filter(id=objection_id)
    rows = rows.filter(municipality_code=own) if own else rows
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found: Objection | None = rows.first()
    if found is None:
        raise NotFound(_("Invändningen finns inte."))
    return found


def municipality_names(actor: Actor) -> dict[str, str]:
    """Code → the municipality's name, of those that have units here."""
    units = list_units(actor, side=Side.MUNICIPALITY)
    return {one.municipality_code: one.organisation_name for one in units if one.municipality_code}


# ── the overview ──


def _months(today: date) -> tuple[date, ...]:
    """First days of the latest months, the newest first."""
    return tuple(_month(today, -back) for back in range(MONTHS))


def _month(day: date, ahead: int) -> date:
    """The first day of the month so many months ahead; back, where it is below zero."""
    number = day.year * 12 + day.month - 1 + ahead
    return date(number // 12, number % 12 + 1, 1)


def _newest(rows: QuerySet[Any]) -> dict[tuple[str, date], InvoiceBasis]:
    """The one with the highest number for each municipality and period."""
    return {(one.municipality_code, one.first): one for one in rows.order_by("number")}


def _row(
    code: str,
    names: Mapping[str, str],
    months: Iterable[date],
    rows: Mapping[tuple[str, date], InvoiceBasis],
) -> BasisRow:
    own = [one for (owner, _first), one in rows.items() if owner == code]
    cells = tuple(
        (month, next((_head(one, names) for one in own if one.first <= month <= one.last), None))
        for month in months
    )
    return BasisRow(code, _name(code, names), cells)


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code) or str(_("Kommun %(code)s", code=code))


def rate_lines() -> tuple[RateLine, ...]:
    """Each year's amount: the county's own before the one known from the regulation."""
    found = {one.year: RateLine(one, "", None) for one in liability.KNOWN_RATES}
    for row in CountyRate.objects.filter(replaced_at__isnull=True):
        rate = Rate(row.year, row.kronor, row.source, Certainty.HIGH)
        found[row.year] = RateLine(rate, row.set_by, row.set_at)
    return tuple(found[year] for year in sorted(found, reverse=True))


# ── one basis ──


def basis_detail(this: Act, row: InvoiceBasis) -> BasisDetail:
    """A basis that the actor may know of; notes everyone in it in the log."""
    stays = list(
        BasisStay.objects.filter(basis=row).select_related("case__person").order_by("place")
    )
    this.note_list(stays, basis=str(row.id))
    names = municipality_names(this.actor)
    joined = invoicing.join_snapshot(
        row.snapshot, ({"facts": one.facts, "result": one.result} for one in stays)
    )
    try:
        settled: Settlement | None = liability.recompute(joined)
        holds: bool | None = liability.holds_good(joined)
    except NotNow:
        settled, holds = None, None
    found = _reckoned(settled)
    today = local_date(this.actor.at)
    return BasisDetail(
        head=_head(row, names),
        refusal=found.refusal if found else None,
        average=found.average if found else None,
        amounts=tuple(line for one in found.amounts for line in one.lines) if found else (),
        terms=liability.tell_terms(settled.terms) if settled else (),
        notes=found.notes if found else (),
        lines=_lines(this, row, stays, settled),
        holds=holds,
        former=_former(row, names),
        preliminary=row.last >= today,
        may_edit=permits(this.actor, Action.BASIS_EDIT) and this.actor.side is Side.REGION,
    )


def _reckoned(settled: Settlement | None) -> liability.MunicipalityBasis | None:
    return next(iter(settled.bases), None) if settled else None


def _head(row: InvoiceBasis, names: Mapping[str, str]) -> BasisHead:
    return BasisHead(
        id=row.id,
        municipality_code=row.municipality_code,
        municipality=_name(row.municipality_code, names),
        period=Period(row.first, row.last),
        number=row.number,
        status=BasisStatus(row.status),
        days=row.days,
        kronor=row.kronor,
        made_at=row.made_at,
        made_by=row.made_by,
        locked_at=row.locked_at,
        locked_by=row.locked_by,
    )


def _former(row: InvoiceBasis, names: Mapping[str, str]) -> BasisHead | None:
    if row.number == 1:
        return None
    found = InvoiceBasis.objects.filter(
        municipality_code=row.municipality_code, first=row.first, number=row.number - 1
    ).first()
    return _head(found, names) if found else None


def _lines(
    this: Act, row: InvoiceBasis, stays: Iterable[BasisStay], settled: Settlement | None
) -> tuple[BasisLine, ...]:
    kept = list(stays)
    if settled is None:
        return ()
    found = _reckoned(settled)
    own = {one.stay_id: one for one in found.individual} if found else {}
    within = set(found.average.stays) if found and found.average else set()
    verdicts = {one.stay_id: one for one in settled.stays}
    named = _named(this, kept)
    said = _objections(row.municipality_code, kept)
    contests = permits(this.actor, Action.BASIS_EDIT) and this.actor.side is Side.MUNICIPALITY
    made = []
    for one in kept:
        number = one.case.number
        against = said.get(one.case_id, ())
        made.append(
            _line(
                one,
                verdicts[number],
                own.get(number),
                averaged=number in within,
                name=named.get(one.case_id, ""),
                objections=against,
                may_contest=contests and not any(it.upheld is not False for it in against),
            )
        )
    return tuple(made)


def _line(
    row: BasisStay,
    verdict: StayVerdict,
    line: StayLine | None,
    *,
    averaged: bool,
    name: str,
    objections: tuple[ObjectionDetail, ...],
    may_contest: bool,
) -> BasisLine:
    facts = row.facts
    start = min((_day(one["judged_at"]) for one in facts["ready"]), default=None)
    days = tuple(one for one in verdict.days if start is None or one.day >= start)
    return BasisLine(
        case_id=row.case_id,
        number=verdict.stay_id,
        name=name,
        admitted_on=_day(facts["admitted_at"]),
        told_on=min(
            (_day(sent["at"]) for one in facts["ready"] for sent in one["sent"]), default=None
        ),
        discharged_on=verdict.discharged_on,
        paid=len(line.days) if line else 0,
        kronor=line.amount.kronor if line else Decimal(0),
        averaged=verdict.counted if averaged else None,
        said=liability.tell_stay(verdict),
        why_debtor=verdict.debtor.why,
        days=days,
        runs=liability.runs(days),
        notes=tuple(one.words for one in verdict.notes),
        objections=objections,
        may_contest=may_contest,
    )


def _day(text: str) -> date:
    return local_date(datetime.fromisoformat(text))


def _named(this: Act, stays: Iterable[BasisStay]) -> dict[UUID, str]:
    """Names of those whose case the actor may read: asked of the gate, as on the case's own page."""
    if not permits(this.actor, Action.CASE_READ):
        return {}
    ids = [one.case_id for one in stays]
    with act(this.actor, Action.CASE_READ) as reading:
        rows = reading.rows(Case.objects.select_related("person").filter(id__in=ids))
        reading.note_list(rows)
        return {
            one.id: person_line(one.person, this.actor, reading.decide(one)).name for one in rows
        }


def _objections(code: str, stays: Iterable[BasisStay]) -> dict[UUID, tuple[ObjectionDetail, ...]]:
    rows = Objection.objects.filter(
        Q(municipality_code=code), case_id__in=[one.case_id for one in stays]
    ).select_related("case")
    found: dict[UUID, tuple[ObjectionDetail, ...]] = {}
    for one in rows.order_by("raised_at"):
        found[one.case_id] = (*found.get(one.case_id, ()), objection_detail(one))
    return found


def objection_detail(row: Objection) -> ObjectionDetail:
    """Row → plain value; `case` must be selected."""
    return ObjectionDetail(
        id=row.id,
        case_id=row.case_id,
        number=row.case.number,
        reason=row.reason,
        raised_at=row.raised_at,
        raised_by=row.raised_by,
        upheld=row.upheld,
        words=row.words,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
