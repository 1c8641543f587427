"""What a region or a municipality has got and used; and the overview of a county."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.kernel.actor import Actor, Side
from samverka.kernel.areas import counties, municipalities, municipalities_of
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.kernel.text import text as _
from samverka.transition.models import GrantAward, GrantDistribution, GrantPopulation
from samverka.transition.reads.grants.agreements import agreement_lines, found, population_lines
from samverka.transition.reads.grants.own import may_lay_down, own_code
from samverka.transition.reads.grants.rows import grant_of, movement_line, movement_of, name_of
from samverka.transition.reads.grants.values import (
    AwardLine,
    OverviewDetail,
    OwnDetail,
    RecipientDetail,
    RecipientLine,
    SumLine,
)
from samverka.transition.rules.grants import GrantState, balance_of, state_of
from samverka.transition.rules.grants.choosing import DistributionStatus, may_see


def grant_overview(actor: Actor, *, year: int | None = None) -> OverviewDetail:
    """The start: the county's recipients with their sums, the agreements and the populations."""
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        own = own_code(actor)
        codes = _county_codes(own)
        rows = _awards().filter(recipient__in=codes)
        years = _years(rows)
        asked = year if year in years else (years[0] if years else None)
        shown = rows.filter(Q(year=asked or 0) | Q(recipient=own))
        lines = [_line(this, one, own) for one in shown]
        of_year = [one for one in lines if one.year == asked]
        this.note_general("GrantAward", county=own[:2], year=asked)
        return OverviewDetail(
            own=own,
            mine=_own(own, asked, lines),
            year=asked,
            years=years,
            agreements=agreement_lines(),
            recipients=tuple(_recipient(code, own, of_year) for code in codes),
            populations=population_lines(),
            may_edit=permits(actor, Action.GRANT_EDIT) and bool(own),
            may_lay_down=may_lay_down(actor),
        )


def _own(own: str, year: int | None, lines: Iterable[AwardLine]) -> OwnDetail | None:
    """The reader's own money; None for one who works for neither a region nor a municipality."""
    mine = [one for one in lines if one.recipient == own]
    if not mine:
        return None
    of_year = tuple(one for one in mine if one.year == year)
    by_year = [
        (one, [line for line in mine if line.year == one])
        for one in sorted({line.year for line in mine}, reverse=True)
    ]
    return OwnDetail(
        code=own,
        name=name_of(own),
        year=year,
        lines=of_year,
        sums=_sums(of_year),
        by_year=tuple((one, _sums(kept), _late(kept)) for one, kept in by_year),
    )


def _late(lines: Iterable[AwardLine]) -> int:
    """Kronor that should have been paid back by now."""
    return sum(one.to_pay_back for one in lines if one.state is GrantState.OVERDUE)


def grant_recipient(actor: Actor, *, code: str, year: int | None = None) -> RecipientDetail:
    """What a region or municipality has got, used and must pay back, and when."""
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        if code not in counties() and code not in municipalities():
            raise NotFound(_("Ingen region eller kommun har den koden."))
        own = own_code(actor)
        rows = _awards().filter(recipient=code)
        years = _years(rows)
        asked = year if year in years else None
        lines = tuple(_line(this, one, own) for one in (rows.filter(year=asked) if asked else rows))
        this.note_general("GrantAward", recipient=code, year=asked)
        return RecipientDetail(
            code=code,
            name=name_of(code),
            year=asked,
            years=years,
            lines=_with_sources(lines),
            sums=_sums(lines),
            persons=_persons(code),
            public_only=not may_see(own, code),
            may_edit=own == code and permits(actor, Action.GRANT_EDIT),
            on=local_date(actor.at),
        )


def grant_award(actor: Actor, *, award_id: UUID) -> AwardLine:
    """One grant of one's own, to enter what has happened with its money.

    Raises:
        NotAllowed: another's money, or a role that only reads.
    """
    may_open(actor, action=Action.GRANT_EDIT)
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        row = found(_awards().filter(id=award_id).first())
        require_own(actor, row.recipient)
        this.note_general("GrantAward", award=str(row.id))
        return _line(this, row, row.recipient)


def require_own(actor: Actor, recipient: str) -> None:
    """Refuse money that is another's; a system acts for all.

    Raises:
        NotAllowed: another's.
    """
    if actor.side is not Side.SYSTEM and own_code(actor) != recipient:
        raise NotAllowed(
            _("Pengarna är en annans."),
            mend=_("Den som har fått bidraget bokför vad som händer med det."),
        )


def award_line(this: Act, award_id: UUID) -> AwardLine:
    """One award after a change in this act."""
    row = _awards().get(id=award_id)
    return _line(this, row, row.recipient)


def _awards() -> QuerySet[GrantAward]:
    return (
        GrantAward.objects.select_related("agreement")
        .prefetch_related("movements")
        .order_by("-year", "agreement__name", "area")
    )


def _years(rows: QuerySet[GrantAward]) -> tuple[int, ...]:
    return tuple(rows.order_by("-year").values_list("year", flat=True).distinct())


def _county_codes(own: str) -> list[str]:
    county = own[:2]
    if county not in counties():
        return []
    return [county, *(one.code for one in municipalities_of(county))]


def _line(this: Act, row: GrantAward, own: str) -> AwardLine:
    """Row → plain value: with its movements for those who may see them."""
    grant = grant_of(row)
    line = AwardLine(
        row.id, row.agreement_id, row.agreement.name, row.year, row.area, row.recipient,
        name_of(row.recipient), grant, row.source, row.invented,
        of_period=row.agreement.fixed is not None,
    )  # fmt: skip
    if not may_see(own, row.recipient):
        return line
    moved = sorted(row.movements.all(), key=lambda one: (one.on, one.made_at, one.number))
    balance = balance_of(grant, [movement_of(one) for one in moved])
    return replace(
        line,
        movements=tuple(movement_line(one) for one in moved),
        balance=balance,
        state=state_of(grant, balance, local_date(this.actor.at)),
    )


def _with_sources(lines: tuple[AwardLine, ...]) -> tuple[AwardLine, ...]:
    """The distribution that each amount comes from, where it is one of ours. One query."""
    current = GrantDistribution.objects.filter(
        status=DistributionStatus.CURRENT, pot__agreement__in={one.agreement_id for one in lines}
    ).select_related("pot")
    by_pot = {
        (one.pot.agreement_id, one.pot.year, one.pot.area, one.amounts.get(code)): one.id
        for one in current
        for code in {line.recipient for line in lines}
        if code in one.amounts
    }
    places = ((one, (one.agreement_id, one.year, one.area, one.grant.kronor)) for one in lines)
    return tuple(replace(one, distribution_id=by_pot.get(place)) for one, place in places)


def _sums(lines: Iterable[AwardLine]) -> SumLine:
    kept = list(lines)
    known = [one.balance for one in kept if one.balance is not None]
    return SumLine(
        granted=sum(one.grant.kronor for one in kept),
        drawn=sum(one.drawn for one in known),
        used=sum(one.used for one in known),
        paid_back=sum(one.paid_back for one in known),
        unused=sum(one.unused for one in known),
        to_pay_back=sum(one.to_pay_back for one in kept),
    )


def _recipient(code: str, own: str, lines: Iterable[AwardLine]) -> RecipientLine:
    kept = [one for one in lines if one.recipient == code]
    sums = _sums(kept)
    return RecipientLine(
        code=code,
        name=name_of(code),
        granted=sums.granted,
        sums=sums if may_see(own, code) else None,
        late=_late(kept),
        own=code == own,
    )


def _persons(code: str) -> int | None:
    """The newest count that knows the place."""
    newest = GrantPopulation.objects.filter(people__has_key=code).order_by("-counted_on").first()
    return newest.people[code] if newest else None
