"""Calls of the room `transition` about grants."""

from __future__ import annotations

from samverka.kernel.actor import Actor
from samverka.transition import operations as grants
from samverka.transition import reads
from samverka.transition.rules.grants import KeyKind, MovementKind
from samverka.transition.rules.grants.choosing import Receiver
from tests.factories.cast import NOW
from tests.factories.grants import ARE, AREA, DAYS, KROKOM, YEAR
from tests.house.calls.shape import NOBODY, SILENT, Call
from tests.house.furnished import House

AWARD = {"kod": ARE, "område": AREA, "år": str(YEAR), "kronor": "7"}


def economist(house: House) -> Actor:
    return house.cast.economist


def payer(house: House) -> Actor:
    return house.cast.municipal_economist


CALLS: dict[str, Call] = {
    "register_agreement": Call(
        lambda _house, actor: grants.register_agreement(
            actor, name="Ny", first_year=YEAR, last_year=YEAR
        ),
        about=NOBODY,
        by=economist,
    ),
    "add_document": Call(
        lambda house, actor: grants.add_document(
            actor, agreement_id=house.ids["agreement_id"], title="Beslut", said="Två år"
        ),
        about=NOBODY,
        by=economist,
    ),
    "set_pot": Call(
        lambda house, actor: grants.set_pot(
            actor,
            agreement_id=house.ids["agreement_id"],
            year=YEAR,
            area="Annat",
            receiver=Receiver.REGION,
            kronor=5,
        ),
        about=NOBODY,
        by=economist,
    ),
    "set_area": Call(
        lambda house, actor: grants.set_area(
            actor,
            agreement_id=house.ids["agreement_id"],
            year=YEAR,
            area="Nytt",
            kronor={Receiver.REGION: 5},
        ),
        about=NOBODY,
        by=economist,
    ),
    "keep_population": Call(
        lambda _house, actor: grants.keep_population(
            actor, name="Ny", version="1", counted_on=NOW.date(), rows=[{"kod": "23", "antal": "5"}]
        ),
        about=NOBODY,
        by=economist,
    ),
    "draft_distribution": Call(
        lambda house, actor: grants.draft_distribution(
            actor,
            pot_id=house.ids["pot_id"],
            kind=KeyKind.EQUAL,
            population_id=house.ids["population_id"],
        ),
        about=NOBODY,
        by=economist,
    ),
    "keep_tried": Call(
        lambda house, actor: grants.keep_tried(
            actor, distribution_id=house.ids["distribution_id"], wish=reads.Wish(), why="Prov"
        ),
        about=NOBODY,
        by=payer,
    ),
    "decide_distribution": Call(
        lambda house, actor: grants.decide_distribution(
            actor, distribution_id=house.ids["draft_distribution_id"]
        ),
        about=NOBODY,
        by=economist,
    ),
    "set_published": Call(
        lambda house, actor: grants.set_published(
            actor, distribution_id=house.ids["distribution_id"], amounts={KROKOM: 30}, source="SKR"
        ),
        about=NOBODY,
        by=economist,
    ),
    "award_grant": Call(
        lambda house, actor: grants.award_grant(
            actor,
            agreement_id=house.ids["agreement_id"],
            year=YEAR,
            area="Annat",
            recipient=ARE,
            kronor=5,
            **DAYS,
        ),
        about=NOBODY,
        by=economist,
    ),
    "award_shares": Call(
        lambda house, actor: grants.award_shares(
            actor, distribution_id=house.ids["distribution_id"], source="SKR", **DAYS
        ),
        about=NOBODY,
        by=economist,
    ),
    "award_period": Call(
        lambda house, actor: grants.award_period(
            actor, agreement_id=house.ids["period_id"], year=YEAR, source="SKR", **DAYS
        ),
        about=NOBODY,
        by=economist,
    ),
    "record_movement": Call(
        lambda house, actor: grants.record_movement(
            actor,
            award_id=house.ids["award_id"],
            number="V1",
            kind=MovementKind.DRAWN,
            on=NOW.date(),
            kronor=5,
        ),
        about=NOBODY,
        by=payer,
    ),
    "import_awards": Call(
        lambda house, actor: grants.import_awards(
            actor, agreement_id=house.ids["agreement_id"], rows=[AWARD], source="SKR", **DAYS
        ),
        about=NOBODY,
        by=economist,
    ),
    "import_movements": Call(
        lambda _house, actor: grants.import_movements(actor, rows=[]), about=NOBODY, by=payer
    ),
    "reads.grant_overview": Call(
        lambda _house, actor: reads.grant_overview(actor), about=NOBODY, by=payer
    ),
    "reads.grant_agreement": Call(
        lambda house, actor: reads.grant_agreement(actor, agreement_id=house.ids["agreement_id"]),
        about=NOBODY,
        by=payer,
    ),
    "reads.grant_period": Call(
        lambda house, actor: reads.grant_period(actor, agreement_id=house.ids["period_id"]),
        about=NOBODY,
        by=payer,
    ),
    "reads.grant_population": Call(
        lambda house, actor: reads.grant_population(
            actor, population_id=house.ids["population_id"]
        ),
        about=NOBODY,
        by=payer,
    ),
    "reads.grant_distribution": Call(
        lambda house, actor: reads.grant_distribution(
            actor, distribution_id=house.ids["distribution_id"]
        ),
        about=NOBODY,
        by=payer,
    ),
    "reads.try_distribution": Call(
        lambda house, actor: reads.try_distribution(
            actor, distribution_id=house.ids["distribution_id"], wish=reads.Wish()
        ),
        about=NOBODY,
        by=payer,
    ),
    "reads.may_open_laying_down": Call(
        lambda _house, actor: reads.may_open_laying_down(actor), about=SILENT, by=economist
    ),
    "reads.grant_pot": Call(
        lambda house, actor: reads.grant_pot(actor, pot_id=house.ids["pot_id"]),
        about=NOBODY,
        by=economist,
    ),
    "reads.grant_recipient": Call(
        lambda _house, actor: reads.grant_recipient(actor, code=KROKOM), about=NOBODY, by=payer
    ),
    "reads.grant_award": Call(
        lambda house, actor: reads.grant_award(actor, award_id=house.ids["award_id"]),
        about=NOBODY,
        by=payer,
    ),
}
