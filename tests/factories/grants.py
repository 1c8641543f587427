"""Grants of a small county: women's health as it was published, and Krokom's share of another pot."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from samverka.kernel.actor import Actor
from samverka.transition import operations as grants
from samverka.transition.reads import Wish, grant_distribution
from samverka.transition.rules.grants import KeyKind, MovementKind
from samverka.transition.rules.grants.choosing import Receiver
from tests.factories.cast import Cast

KROKOM, ARE, REGION = "2309", "2321", "23"
AREA = "Nära vård"
YEAR = 2026
GRANTED = 1_000_000

DAYS: dict[str, Any] = {
    "draw_from": date(YEAR, 1, 1),
    "draw_until": date(YEAR, 12, 1),
    "use_until": date(YEAR, 12, 31),
    "pay_back_by": date(YEAR + 1, 3, 31),
}


def people(actor: Actor, counts: dict[str, int], *, version: str = "1", **more: Any) -> UUID:
    """A version of a population."""
    rows = [{"kod": code, "antal": str(count)} for code, count in counts.items()]
    return grants.keep_population(
        actor, name="Folkmängd", version=version, counted_on=date(2025, 11, 1), rows=rows,
        source="SCB", **more,
    ).id  # fmt: skip


def shared_pot(
    actor: Actor, *, kronor: int, population_id: UUID, name: str = "Kvinnors hälsa",
    receiver: Receiver = Receiver.REGION, **how: Any,
) -> UUID:  # fmt: skip
    """An agreement with one pot that is shared out and holds; its distribution."""
    owner = grants.register_agreement(
        actor, name=name, first_year=YEAR, last_year=YEAR, source="SKR"
    )
    pot = grants.set_pot(
        actor, agreement_id=owner.id, year=YEAR, area=name, receiver=receiver, kronor=kronor
    )
    given = {"kind": KeyKind.POPULATION} | how
    made = grants.draft_distribution(actor, pot_id=pot.id, population_id=population_id, **given)
    return grants.decide_distribution(actor, distribution_id=made.id).id


def granted(actor: Actor, recipient: str = KROKOM, *, name: str = "God och nära vård") -> UUID:
    """A million to a recipient; what it is called is its own agreement."""
    owner = grants.register_agreement(actor, name=name, first_year=YEAR, last_year=YEAR)
    return grants.award_grant(
        actor, agreement_id=owner.id, year=YEAR, area=AREA, recipient=recipient, kronor=GRANTED,
        **DAYS,
    ).id  # fmt: skip


def moved(actor: Actor, award_id: UUID, kind: MovementKind, kronor: int, number: str = "") -> Any:
    """Drawn, used or paid back, on a day in the autumn."""
    return grants.record_movement(
        actor, award_id=award_id, number=number or f"{kind}-{kronor}", kind=kind,
        on=date(YEAR, 9, 1), kronor=kronor,
    )  # fmt: skip


def row(code: str, number: str, kind: str, kronor: object, **more: str) -> dict[str, str]:
    """One row of a file of movements."""
    return {
        "kod": code, "område": AREA, "år": str(YEAR), "verifikation": number, "händelse": kind,
        "datum": f"{YEAR}-09-01", "kronor": str(kronor), **more,
    }  # fmt: skip


def laid(cast: Cast) -> dict[str, Any]:
    """By the name of the URL's argument: an agreement, its distribution and a draft, an award, a period."""
    boss = cast.economist
    ground = people(boss, {KROKOM: 100, ARE: 200})
    made = shared_pot(boss, kronor=90, population_id=ground, receiver=Receiver.MUNICIPALITY)
    draft = grants.keep_tried(
        boss, distribution_id=made, wish=Wish(kind=KeyKind.EQUAL), why="Lika för alla"
    )
    pot = grant_distribution(boss, distribution_id=made).pot
    return {
        "agreement_id": pot.agreement_id,
        "pot_id": pot.id,
        "population_id": ground,
        "distribution_id": made,
        "draft_distribution_id": draft.id,
        "award_id": granted(boss),
        "recipient": KROKOM,
        "period_id": _period(boss),
    }


def _period(boss: Actor) -> UUID:
    owner = grants.register_agreement(
        boss, name="Perioden", first_year=YEAR, last_year=YEAR, fixed=100, region_percent=70
    )
    sides = {
        Receiver.REGION: people(boss, {REGION: 1}, version="regioner"),
        Receiver.MUNICIPALITY: people(boss, {KROKOM: 1}, version="kommuner"),
    }
    for receiver, ground in sides.items():
        pot = grants.set_pot(
            boss, agreement_id=owner.id, year=YEAR, area=AREA, receiver=receiver, kronor=30
        )
        made = grants.draft_distribution(
            boss, pot_id=pot.id, kind=KeyKind.POPULATION, population_id=ground
        )
        grants.decide_distribution(boss, distribution_id=made.id)
    return owner.id
