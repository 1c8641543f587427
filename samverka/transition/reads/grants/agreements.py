"""Agreements with their pots and documents; populations; an agreement over several years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.db.models import Sum

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor, Side
from samverka.kernel.problems import NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.transition.models import (
    GrantAgreement,
    GrantDistribution,
    GrantPopulation,
    GrantPot,
)
from samverka.transition.reads.grants.own import may_lay_down, own_code
from samverka.transition.reads.grants.rows import (
    agreement_line,
    choice_of,
    name_of,
    population_line,
    pot_line,
)
from samverka.transition.reads.grants.values import (
    AgreementDetail,
    AgreementLine,
    DocumentLine,
    PeriodDetail,
    PopulationLine,
    PotLine,
)
from samverka.transition.rules.grants import (
    FIXED,
    Agreement,
    Area,
    Part,
    Residual,
    Rounding,
    YearShares,
    share_year,
)
from samverka.transition.rules.grants.choosing import DistributionStatus, Receiver, key_of

T = TypeVar("T")

SIDES = {Receiver.REGION: Side.REGION, Receiver.MUNICIPALITY: Side.MUNICIPALITY}


def agreement_lines() -> tuple[AgreementLine, ...]:
    """All agreements, the newest first. One query."""
    rows = GrantAgreement.objects.annotate(added=Sum("pots__kronor"))
    return tuple(
        agreement_line(row, row.added or 0) for row in rows.order_by("-first_year", "name")
    )


def population_lines() -> tuple[PopulationLine, ...]:
    """All versions of populations, the newest first."""
    rows = GrantPopulation.objects.order_by("-counted_on", "name", "version")
    return tuple(population_line(row) for row in rows)


def grant_agreement(actor: Actor, *, agreement_id: UUID) -> AgreementDetail:
    """One agreement: its pots, its documents, and whether its sums agree."""
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        row = found(GrantAgreement.objects.filter(id=agreement_id).first())
        pots = pot_lines(row)
        this.note_general("GrantAgreement", agreement=str(row.id))
        return AgreementDetail(
            head=agreement_line(row, sum(one.kronor for one in pots)),
            pots=pots,
            documents=tuple(
                DocumentLine(one.id, one.title, one.link, one.dated, one.said)
                for one in row.documents.order_by("-dated", "title")
            ),
            may_edit=may_lay_down(actor),
        )


def pot_lines(row: GrantAgreement) -> tuple[PotLine, ...]:
    """The pots of an agreement with the distribution that holds. Two queries."""
    current: dict[UUID, UUID] = {}
    drafts: Counter[UUID] = Counter()
    newest: dict[UUID, UUID] = {}
    kept = GrantDistribution.objects.filter(pot__agreement=row).order_by("number")
    for pot_id, one, status in kept.values_list("pot_id", "id", "status"):
        if status == DistributionStatus.CURRENT:
            current[pot_id] = one
        elif status == DistributionStatus.DRAFT:
            drafts[pot_id] += 1
            newest[pot_id] = one
    pots = row.pots.select_related("agreement").order_by("year", "-receiver", "-kronor", "area")
    return tuple(
        pot_line(one, current=current.get(one.id), drafts=drafts[one.id], draft=newest.get(one.id))
        for one in pots
    )


def grant_population(actor: Actor, *, population_id: UUID) -> tuple[PopulationLine, dict[str, int]]:
    """One version of a population: the day it was counted, and what was wrong in its file."""
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        row = found(GrantPopulation.objects.filter(id=population_id).first())
        this.note_general("GrantPopulation", population=str(row.id))
        return population_line(row), dict(row.people)


# ── a fixed part and areas ──


def grant_period(actor: Actor, *, agreement_id: UUID, year: int | None = None) -> PeriodDetail:
    """An agreement of a fixed part and areas that vary: what each one gets, year by year."""
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        row = found(GrantAgreement.objects.filter(id=agreement_id).first())
        made = period_of(row)
        asked = row.first_year if year is None or year not in made.years else year
        shared = share_year(made, asked)
        this.note_general("GrantAgreement", agreement=str(row.id), year=asked)
        return replace(
            _period(row, made, shared), own=own_code(actor), may_award=may_lay_down(actor)
        )


def period_of(row: GrantAgreement) -> Agreement:
    """The rows as the rules' agreement.

    Raises:
        NotNow: it has no fixed part, or no distribution whose key it can use.
    """
    if row.fixed is None or row.region_percent is None:
        raise NotNow(_("Överenskommelsen har ingen fast del."))
    shared = GrantDistribution.objects.filter(
        pot__agreement=row, status=DistributionStatus.CURRENT
    ).select_related("pot", "population")
    keys = {
        SIDES[Receiver(one.pot.receiver)]: key_of(choice_of(one))
        for one in shared.order_by("number")
    }
    if set(keys) != set(SIDES.values()):
        raise NotNow(_("Lägg först in en fördelning till regionerna och en till kommunerna."))
    percent = row.region_percent
    return Agreement(
        row.name, row.first_year, row.last_year, row.fixed,
        (Part(Side.REGION, weight=percent), Part(Side.MUNICIPALITY, weight=100 - percent)),
        keys, Rounding(Residual.LARGEST), tuple(_areas(row.pots.all())),
    )  # fmt: skip


def _areas(pots: Iterable[GrantPot]) -> Iterable[Area]:
    years: dict[str, dict[int, dict[Side, int]]] = {}
    for pot in pots:
        if Receiver(pot.receiver) in SIDES:
            side = SIDES[Receiver(pot.receiver)]
            years.setdefault(pot.area, {}).setdefault(pot.year, {})[side] = pot.kronor
    return (Area(name, name, found) for name, found in sorted(years.items()))


def _period(row: GrantAgreement, made: Agreement, shared: YearShares) -> PeriodDetail:
    codes = [FIXED, *(area.code for area in made.areas)]
    cells: dict[str, dict[str, int]] = {}
    for code, _side, one in shared.pots:
        for recipient, kronor in one.amounts.items():
            cells.setdefault(recipient, {})[code] = kronor
    rows = tuple(
        (code, name_of(code), tuple(cells[code].get(one, 0) for one in codes), total)
        for code, total in shared.by_recipient.items()
    )
    return PeriodDetail(
        head=agreement_line(row, shared.total),
        year=shared.year,
        areas=tuple(area.name for area in made.areas),
        rows=rows,
        totals=tuple(sum(one[2][n] for one in rows) for n in range(len(codes))),
        years=tuple((year, made.fixed, _varied(made, year)) for year in made.years),
    )


def _varied(made: Agreement, year: int) -> int:
    return sum(sum(area.years.get(year, {}).values()) for area in made.areas)


def found(row: T | None) -> T:
    """The row; refused when there is none."""
    if row is None:
        raise NotFound(_("Det finns inget sådant här."))
    return row
