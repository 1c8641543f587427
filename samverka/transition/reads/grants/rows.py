"""How rows become the plain values that the pages of grants are given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samverka.kernel.areas import counties, municipalities
from samverka.transition.models import (
    GrantAgreement,
    GrantAward,
    GrantDistribution,
    GrantMovement,
    GrantPopulation,
    GrantPot,
)
from samverka.transition.reads.grants.values import (
    AgreementLine,
    MovementLine,
    PopulationLine,
    PotLine,
)
from samverka.transition.rules.grants import (
    Grant,
    KeyKind,
    Movement,
    MovementKind,
    Population,
    Residual,
)
from samverka.transition.rules.grants.choosing import Choice, Receiver


def name_of(code: str) -> str:
    """ "Region Jämtland Härjedalen", "Krokom"."""
    if len(code) == 2:
        return counties()[code].region if code in counties() else code
    return municipalities()[code].name if code in municipalities() else code


def agreement_line(row: GrantAgreement, added: int) -> AgreementLine:
    """Row → plain value."""
    return AgreementLine(
        row.id, row.name, row.first_year, row.last_year, row.told, added, row.invented, row.source,
        row.fixed, row.region_percent,
    )  # fmt: skip


def pot_line(
    row: GrantPot, *, current: UUID | None = None, drafts: int = 0, draft: UUID | None = None
) -> PotLine:
    """Row → plain value; `agreement` must be selected."""
    return PotLine(
        row.id, row.agreement_id, row.agreement.name, row.year, row.area, Receiver(row.receiver),
        row.kronor, row.source, current, drafts, draft,
    )  # fmt: skip


def population_of(row: GrantPopulation) -> Population:
    """Row → the count that a key is made of."""
    return Population(row.name, row.version, row.counted_on, row.people, row.told_total)


def population_line(row: GrantPopulation) -> PopulationLine:
    """Row → plain value."""
    return PopulationLine(
        row.id, row.name, row.version, row.counted_on, sum(row.people.values()), row.told_total,
        row.source, any(len(code) > 2 for code in row.people), tuple(row.faults),
    )  # fmt: skip


def choice_of(row: GrantDistribution) -> Choice:
    """Row → what was chosen; `population` must be selected."""
    return Choice(
        kind=KeyKind(row.kind),
        people=population_of(row.population) if row.population else None,
        weights=row.weights,
        source=row.key_source,
        floor=row.floor,
        ceiling=row.ceiling,
        residual=Residual(row.residual),
    )


def grant_of(row: GrantAward) -> Grant:
    """Row → the grant of the rules."""
    return Grant(
        row.recipient, row.area, row.kronor, row.draw_from, row.draw_until, row.use_until,
        row.pay_back_by,
    )  # fmt: skip


def movement_of(row: GrantMovement) -> Movement:
    """Row → the movement of the rules."""
    return Movement(row.number, MovementKind(row.kind), row.on, row.kronor, row.undoes)


def movement_line(row: GrantMovement) -> MovementLine:
    """Row → plain value."""
    return MovementLine(
        row.number, MovementKind(row.kind), row.on, row.kronor, row.undoes, row.said, row.made_by
    )


def facts_of(choice: Choice) -> dict[str, Any]:
    """A choice as columns of its row, without its population."""
    return {
        "kind": choice.kind,
        "weights": dict(choice.weights),
        "key_source": choice.source,
        "floor": choice.floor,
        "ceiling": choice.ceiling,
        "residual": choice.residual,
    }
