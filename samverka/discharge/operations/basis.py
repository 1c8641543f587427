"""The basis for invoices: made by the region, contested by the municipality, decided, and sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import BasisStay, Case, CountyRate, InvoiceBasis, Objection
from samverka.discharge.reads.basis import (
    basis_detail,
    basis_row,
    objection_row,
    own_code,
    rate_lines,
)
from samverka.discharge.reads.basis_values import BasisDetail, RateLine
from samverka.discharge.reads.liability_facts import (
    KnownStay,
    agreed_on,
    period_on,
    rates_now,
    stay_facts,
)
from samverka.discharge.rules import invoicing, liability
from samverka.discharge.rules.invoicing import BasisStatus
from samverka.discharge.rules.kinds import LINE
from samverka.discharge.rules.liability import Period, Settlement, Terms
from samverka.discharge.rules.sending import clean
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import end_of_day, local_date, start_of_day
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _


def make_basis(actor: Actor, *, municipality_code: str, month: date) -> BasisDetail:
    """Reckon what a municipality owes for the period of a month.

    A draft is reckoned anew; what has been sent stands, and a new one puts it right.

    Raises:
        NotAllowed: only the region makes a basis.
        NotNow: the period has not begun, or lies before the law.
        Invalid: no such municipality's code, or a case whose times contradict each other.
    """
    with act(actor, Action.BASIS_EDIT) as this:
        this.require_permission()
        invoicing.check_region(actor.side)
        invoicing.check_code(municipality_code)
        period = period_on(month)
        invoicing.check_period(period, local_date(actor.at))
        row = _draft(municipality_code, period) or _next(this, municipality_code, period)
        _reckon(this, row)
        return basis_detail(this, row)


def contest_case(actor: Actor, *, basis_id: UUID, case_id: UUID, reason: str) -> BasisDetail:
    """The municipality says why one case should not be paid for.

    Raises:
        NotAllowed: only the municipality that is to pay contests.
        NotNow: it has been contested already, and nobody has said no.
        Invalid: no reason.
    """
    with act(actor, Action.BASIS_EDIT) as this:
        this.require_permission()
        if actor.side is not Side.MUNICIPALITY:
            raise NotAllowed(_("Bara den kommun som ska betala bestrider."))
        row = basis_row(this, basis_id, lock=True)
        case = _case_in(row, case_id)
        words = invoicing.check_words(reason, "reason")
        if case.objections.filter(municipality_code=own_code(actor)).exclude(upheld=False).exists():
            raise NotNow(_("Ärendet är redan bestridet."))
        made = Objection(
            case=case,
            person_id=case.person_id,
            municipality_code=row.municipality_code,
            reason=words,
            raised_at=actor.at,
            raised_by=actor.name,
        )
        made.save(force_insert=True)
        this.note_list([made], basis=str(row.id))
        return basis_detail(this, row)


def decide_objection(
    actor: Actor, *, objection_id: UUID, upheld: bool, words: str
) -> BasisDetail | None:
    """Answer an objection in words; if it is upheld, no day of the stay is paid for.

    Returns:
        The draft in which the case stands, reckoned anew; None if there is no draft: then the next basis
        that is made puts right the one that was sent.

    Raises:
        NotAllowed: only the region decides.
        NotNow: it has been decided.
        Invalid: no words.
    """
    with act(actor, Action.BASIS_EDIT) as this:
        this.require_permission()
        invoicing.check_region(actor.side)
        row = objection_row(this, objection_id, lock=True)
        if row.upheld is not None:
            raise NotNow(_("Invändningen är redan avgjord."))
        row.words = invoicing.check_words(words, "words")
        row.upheld, row.decided_at, row.decided_by = upheld, actor.at, actor.name
        row.save()
        this.note_list([row], upheld=upheld)
        drafts = InvoiceBasis.objects.select_for_update().filter(
            status=BasisStatus.DRAFT, stays__case_id=row.case_id
        )
        found = list(drafts)
        for one in found:
            _reckon(this, one)
        return basis_detail(this, found[0]) if found else None


def lock_basis(actor: Actor, *, basis_id: UUID) -> BasisDetail:
    """Say that the basis has been sent: from now on nothing in it changes.

    Raises:
        NotAllowed: only the region sends.
        NotNow: sent already, the period is not over, or an objection waits for its answer.
    """
    with act(actor, Action.BASIS_EDIT) as this:
        this.require_permission()
        invoicing.check_region(actor.side)
        row = basis_row(this, basis_id, lock=True)
        waiting = Objection.objects.filter(
            upheld__isnull=True,
            municipality_code=row.municipality_code,
            case__in=BasisStay.objects.filter(basis=row).values("case"),
        ).count()
        status, period = BasisStatus(row.status), Period(row.first, row.last)
        invoicing.check_sending(status, period, local_date(actor.at), waiting)
        row.status, row.locked_at, row.locked_by = BasisStatus.LOCKED, actor.at, actor.name
        row.save()
        this.note_general("InvoiceBasis", locked=str(row.id))
        return basis_detail(this, row)


def set_rate(actor: Actor, *, year: int, kronor: int, source: str) -> RateLine:
    """Enter what one day costs in a year, and where that is written. What has been sent is not touched.

    Raises:
        NotAllowed: only the region enters amounts.
        Invalid: a year or an amount that cannot be true, or no source.
    """
    with act(actor, Action.BASIS_EDIT) as this:
        this.require_permission()
        invoicing.check_region(actor.side)
        invoicing.check_rate(year, kronor, source)
        former = CountyRate.objects.select_for_update().filter(year=year, replaced_at__isnull=True)
        former.update(replaced_at=actor.at)
        CountyRate(
            year=year,
            kronor=Decimal(kronor),
            source=clean(source)[:LINE],
            set_at=actor.at,
            set_by=actor.name,
        ).save(force_insert=True)
        this.note_general("CountyRate", year=year, kronor=kronor)
        return next(one for one in rate_lines() if one.rate.year == year)


# ── how it is reckoned ──


def _draft(code: str, period: Period) -> InvoiceBasis | None:
    found: InvoiceBasis | None = (
        InvoiceBasis.objects.select_for_update()
        .filter(municipality_code=code, first=period.first, status=BasisStatus.DRAFT)
        .first()
    )
    return found


def _next(this: Act, code: str, period: Period) -> InvoiceBasis:
    former = InvoiceBasis.objects.filter(municipality_code=code, first=period.first)
    last = former.aggregate(last=Max("number"))["last"] or 0
    return InvoiceBasis(
        municipality_code=code,
        first=period.first,
        last=period.last,
        number=last + 1,
        days=Decimal(0),
        made_at=this.actor.at,
        made_by=this.actor.name,
    )


def _reckon(this: Act, row: InvoiceBasis) -> None:
    """Judge every stay of the period anew and keep what it was judged by."""
    known = _concerned(stay_facts(_cases(row.municipality_code, Period(row.first, row.last))))
    terms = agreed_on(row.first)
    _check_each(this, known, terms)
    settled = _settled(this, row, known, terms)
    snapshot = liability.take_snapshot(settled, [one.facts for one in known])
    parted = invoicing.part_snapshot(snapshot)
    owed = next(iter(settled.bases), None)
    row.snapshot = parted.whole
    row.days = owed.days if owed else Decimal(0)
    row.kronor = owed.kronor if owed else Decimal(0)
    row.made_at, row.made_by = this.actor.at, this.actor.name
    row.save()
    _keep_stays(row, known, parted)
    this.note_general("InvoiceBasis", made=str(row.id), municipality=row.municipality_code)


def _concerned(known: Iterable[KnownStay]) -> list[KnownStay]:
    """Stays in which a municipality has a part: of others it is not told even the number (OSL 25:1)."""
    return [one for one in known if not one.facts.no_municipality]


def _settled(this: Act, row: InvoiceBasis, known: Sequence[KnownStay], terms: Terms) -> Settlement:
    return liability.settle(
        [one.facts for one in known],
        terms,
        rates_now(),
        Period(row.first, row.last),
        as_of=this.actor.at,
    )


def _check_each(this: Act, known: Sequence[KnownStay], terms: Terms) -> None:
    """Say which case it is whose times cannot be true, so that someone can put it right."""
    for one in known:
        try:
            liability.judge_stay(one.facts, terms, as_of=this.actor.at)
        except Invalid as fault:
            raise Invalid(
                _(
                    "Ärende %(number)s går inte att räkna: %(fault)s",
                    number=one.facts.stay_id,
                    fault=fault.message,
                ),
                where="month",
                mend=_("Be avdelningen rätta tiden, och räkna sedan igen."),
            ) from fault


def _keep_stays(row: InvoiceBasis, known: Sequence[KnownStay], parted: invoicing.Parted) -> None:
    BasisStay.objects.filter(basis=row).delete()
    cases = Case.objects.in_bulk([one.case_id for one in known])
    BasisStay.objects.bulk_create(
        BasisStay(
            basis=row,
            case=cases[one.case_id],
            person_id=cases[one.case_id].person_id,
            place=place,
            **parted.stays[one.facts.stay_id],
        )
        for place, one in enumerate(known)
    )


def _cases(code: str, period: Period) -> QuerySet[Any]:
    """Stays that touch the period, of those for whom the municipality would pay (LUS 5:2)."""
    decided = Q(deciding_code=code) | Q(deciding_code="", municipality_code=code)
    began = start_of_day(period.first)
    gone_before = Q(discharged_at__lt=began) | Q(discharged_at=None, closed_at__lt=began)
    found: QuerySet[Any] = Case.objects.filter(
        decided, admitted_at__lt=end_of_day(period.last)
    ).exclude(gone_before)
    return found


def _case_in(row: InvoiceBasis, case_id: UUID) -> Case:
    found = BasisStay.objects.filter(basis=row, case_id=case_id).select_related("case").first()
    if found is None:
        raise NotFound(_("Ärendet finns inte i underlaget."))
    case: Case = found.case
    return case
