"""How a pot is shared out, to the krona; and the same tried otherwise, without keeping anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.transition.models import GrantAward, GrantDistribution, GrantPopulation, GrantPot
from samverka.transition.reads.grants.agreements import SIDES, found, population_lines
from samverka.transition.reads.grants.own import may_lay_down, own_code, require_lay_down
from samverka.transition.reads.grants.rows import (
    choice_of,
    name_of,
    population_line,
    population_of,
    pot_line,
)
from samverka.transition.reads.grants.values import (
    DistributionDetail,
    PopulationLine,
    PotDetail,
    ShareLine,
    TriedDetail,
    TriedLine,
    VersionLine,
)
from samverka.transition.rules.grants import (
    KeyKind,
    Residual,
    compare,
    side_by_side,
)
from samverka.transition.rules.grants.choosing import (
    Choice,
    DistributionStatus,
    Receiver,
    per_inhabitant,
    share_by,
    share_of_both,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a distribution is to be tried. None, or an empty id: as it is.

    Attributes:
        percent: this side's part of both sides' money for the area.
        floor, ceiling: kronor for each recipient; None: no limit.
    """

    kind: KeyKind | None = None
    population_id: UUID | None = None
    percent: int | None = None
    floor: int | None = None
    ceiling: int | None = None
    residual: Residual | None = None


def grant_distribution(actor: Actor, *, distribution_id: UUID) -> DistributionDetail:
    """One distribution: how every krona came about, and whether it agrees with what was published."""
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        row = distribution_row(distribution_id)
        this.note_general("GrantDistribution", distribution=str(row.id))
        return distribution_detail(actor, row)


def distribution_row(distribution_id: UUID) -> GrantDistribution:
    """The row with what it stands on. One query."""
    rows = GrantDistribution.objects.select_related("pot__agreement", "population")
    row: GrantDistribution = found(rows.filter(id=distribution_id).first())
    return row


def distribution_detail(actor: Actor, row: GrantDistribution) -> DistributionDetail:
    """Row → plain value, reckoned anew: what is kept and what the rule says are the same."""
    choice = choice_of(row)
    published = row.published or None
    return DistributionDetail(
        id=row.id,
        pot=pot_line(row.pot),
        number=row.number,
        status=DistributionStatus(row.status),
        kronor=row.kronor,
        choice=choice,
        population=population_line(row.population) if row.population else None,
        lines=tuple(_lines(row, choice)),
        comparison=compare(published, row.amounts) if published else None,
        published_source=row.published_source,
        told=row.told,
        why=row.why,
        made_at=row.made_at,
        made_by=row.made_by,
        versions=tuple(_versions(row.pot)),
        may_edit=permits(actor, Action.GRANT_EDIT),
        may_decide=may_lay_down(actor) and row.status == DistributionStatus.DRAFT,
        may_lay_down=may_lay_down(actor),
        awarded=_awarded(row),
        own=own_code(actor),
    )


def _awarded(row: GrantDistribution) -> int:
    """How many have been granted what this distribution says. One query."""
    pot = row.pot
    granted = GrantAward.objects.filter(agreement=pot.agreement_id, year=pot.year, area=pot.area)
    return sum(
        row.amounts.get(code) == kronor
        for code, kronor in granted.values_list("recipient", "kronor")
    )


def _lines(row: GrantDistribution, choice: Choice) -> Iterator[ShareLine]:
    shared = share_by(row.kronor, choice)
    people: Mapping[str, int] = choice.people.people if choice.people else {}
    whole = shared.pot.key.total
    for one in shared.shares:
        yield ShareLine(
            code=one.code,
            name=name_of(one.code),
            weight=shared.pot.key.weights[one.code],
            part=shared.pot.key.weights[one.code] / whole,
            exact=one.exact,
            kronor=row.amounts[one.code],
            held=one.held,
            each=per_inhabitant(one.kronor, people.get(one.code)),
            published=row.published.get(one.code),
        )


def _versions(pot: GrantPot) -> Iterator[VersionLine]:
    for one in pot.distributions.order_by("-number"):
        yield VersionLine(
            one.id, one.number, DistributionStatus(one.status), one.why, one.made_at, one.made_by
        )


# ── tried ──


def grant_pot(actor: Actor, *, pot_id: UUID) -> PotDetail:
    """A pot that is to be shared out, with the populations to choose among."""
    with act(actor, Action.GRANT_READ) as this:
        require_lay_down(this)
        row = found(GrantPot.objects.select_related("agreement").filter(id=pot_id).first())
        this.note_general("GrantPot", pot=str(row.id))
        return PotDetail(pot_line(row), _usable(row))


def try_distribution(actor: Actor, *, distribution_id: UUID, wish: Wish) -> TriedDetail:
    """Try another key, share, floor or population: what each one would get. Changes nothing."""
    with act(actor, Action.GRANT_READ) as this:
        this.require_permission()
        row = distribution_row(distribution_id)
        kronor, choice = wished(row, wish)
        after = share_by(kronor, choice).amounts
        this.note_general("GrantDistribution", distribution=str(row.id), tried=str(choice.kind))
        people = choice.people.people if choice.people else {}
        return TriedDetail(
            of=distribution_detail(actor, row),
            kind=choice.kind,
            kronor=kronor,
            lines=tuple(
                TriedLine(one.code, name_of(one.code), one.before, one.after, people.get(one.code))
                for one in side_by_side(row.amounts, after)
            ),
            populations=_usable(row.pot),
            other_side=other_side(row.pot),
        )


def wished(row: GrantDistribution, wish: Wish) -> tuple[int, Choice]:
    """The pot and the choice that a wish makes of a distribution.

    Raises:
        NotFound: no such population.
        Invalid: what the rules refuse.
    """
    choice = choice_of(row)
    if wish.population_id is not None:
        kept = found(GrantPopulation.objects.filter(id=wish.population_id).first())
        choice = replace(choice, people=population_of(kept))
    choice = replace(
        choice,
        kind=wish.kind or choice.kind,
        floor=wish.floor,
        ceiling=wish.ceiling,
        residual=wish.residual or choice.residual,
    )
    if wish.percent is None:
        return row.kronor, choice
    return share_of_both(row.pot.kronor, other_side(row.pot), wish.percent), choice


def other_side(pot: GrantPot) -> int:
    """Kronor of the other side's pot for the same area and year. One query."""
    others = GrantPot.objects.filter(
        agreement=pot.agreement_id, year=pot.year, area=pot.area, receiver__in=list(SIDES)
    ).exclude(id=pot.id)
    return sum(others.values_list("kronor", flat=True))


def _usable(pot: GrantPot) -> tuple[PopulationLine, ...]:
    municipal = Receiver(pot.receiver) is Receiver.MUNICIPALITY
    return tuple(one for one in population_lines() if one.municipal == municipal)
