"""Calls of the room `access`."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from samverka.access import operations as access
from samverka.access import reads as access_reads
from samverka.access.actions import Action
from samverka.access.reads import LogFilter, TrailFilter
from samverka.access.rules import (
    BlockKind,
    ConsentForm,
    ConsentKind,
    ProxyKind,
    RelationKind,
)
from samverka.kernel.parameters import Key
from tests.factories.cast import NOW
from tests.house.calls.shape import (
    NOBODY,
    PERSON,
    RECORD,
    SILENT,
    Call,
    administrator,
    newest,
    other_provider,
    patient,
    reviewer,
    system,
)

CALLS: dict[str, Call] = {
    "set_mail": Call(
        lambda house, actor: access.set_mail(actor, person_id=house.karin.id, email=""),
        by=patient,
    ),
    "open_account": Call(
        lambda house, actor: access.open_account(actor, username="new", name="Ny"), NOBODY, system
    ),
    "introduce_subject": Call(
        lambda house, actor: access.introduce_subject(actor, person_id=uuid4(), birth_date=None),
        PERSON,
    ),
    "open_relation": Call(
        lambda house, actor: access.open_relation(
            actor, person_id=house.karin.id, kind=RelationKind.SCHOOL
        ),
        PERSON,
    ),
    "set_county_value": Call(
        lambda house, actor: access.set_county_value(
            actor,
            key=Key.PLAN_FOLLOW_UP,
            value=4,
            valid_from=date(2027, 1, 1),
            reason="Styrgruppen",
        ),
        NOBODY,
        administrator,
    ),
    "reads.county_parameters": Call(
        lambda house, actor: access_reads.county_parameters(actor), NOBODY
    ),
    "move_listing": Call(lambda house, actor: access.move_listing(actor, person_id=house.karin.id)),
    "end_relation": Call(
        lambda house, actor: access.end_relation(actor, relation_id=house.ids["relation_id"])
    ),
    "give_consent": Call(
        lambda house, actor: access.give_consent(
            actor,
            person_id=house.karin.id,
            kind=ConsentKind.SVOD,
            reader_providers=[other_provider(house)],
            form=ConsentForm.ORAL,
            given_by="Karin",
        )
    ),
    "withdraw_consent": Call(
        lambda house, actor: access.withdraw_consent(
            actor, consent_id=house.ids["consent_id"], by="Karin"
        )
    ),
    "disclose": Call(
        lambda house, actor: access.disclose(
            actor,
            of=access.Disclosed(house.karin.id, house.plan.id, "Plan", 1),
            receipts=[access.Receipt(other_provider(house), house.ids["consent_id"], "0" * 64)],
        )
    ),
    "settle_parts": Call(
        lambda house, actor: access.settle_parts(
            actor,
            of=access.Disclosed(house.karin.id, house.plan.id, "Plan", 1),
            provider_id=house.nurse.provider_id or uuid4(),
            units=frozenset({house.cast.units["ward"].id}),
            receivers=frozenset(),
        ),
        PERSON,
    ),
    "end_part": Call(
        lambda house, actor: access.end_part(
            actor,
            of=access.Disclosed(house.karin.id, house.plan.id, "Plan", 1),
            provider_id=house.nurse.provider_id or uuid4(),
            unit_id=house.cast.units["ward"].id,
            reason="meeting",
        ),
        PERSON,
    ),
    "give_by_law": Call(
        lambda house, actor: access.give_by_law(
            actor,
            of=access.Disclosed(house.karin.id, house.ids["case_id"], "Case", 1),
            provider_id=house.cast.municipal_nurse.provider_id or uuid4(),
            unit_id=house.cast.units["home_health"].id,
            section="2 kap. 1 § lagen (2017:612)",
            reason="discharge",
        ),
        PERSON,
    ),
    "let_take_part": Call(
        lambda house, actor: access.let_take_part(
            actor,
            of=access.Disclosed(house.karin.id, house.plan.id, "Plan", 1),
            provider_id=house.nurse.provider_id or uuid4(),
            unit_id=house.cast.units["ward"].id,
            reason="meeting",
        ),
        PERSON,
    ),
    "invite_unit": Call(
        lambda house, actor: access.invite_unit(
            actor,
            person_id=house.karin.id,
            unit_id=house.cast.units["are_home_health"].id,
            provider_id=other_provider(house),
            consent_id=house.ids["consent_id"],
        )
    ),
    "set_block": Call(
        lambda house, actor: access.set_block(
            actor,
            person_id=house.karin.id,
            kind=BlockKind.OUTER,
            provider_id=house.nurse.provider_id or uuid4(),
        )
    ),
    "remove_block": Call(
        lambda house, actor: access.remove_block(actor, block_id=house.ids["block_id"])
    ),
    "make_choice": Call(lambda house, actor: access.make_choice(actor, person_id=house.karin.id)),
    "open_emergency": Call(
        lambda house, actor: access.open_emergency(
            actor, person_id=house.karin.id, reason="Hittad medvetslös hemma"
        )
    ),
    "lift_block": Call(
        lambda house, actor: access.lift_block(
            actor,
            person_id=house.karin.id,
            target_unit_id=house.cast.units["psychiatry"].id,
            for_account_id=house.nurse.id,
            for_unit_id=house.nurse.unit_id or uuid4(),
            reason="Personen har samtyckt",
        ),
        by=lambda house: house.cast.block_officer,
    ),
    "grant_proxy": Call(
        lambda house, actor: access.grant_proxy(
            actor,
            person_id=house.karin.id,
            proxy_person_id=house.neighbour.person_id or uuid4(),
            kind=ProxyKind.REPRESENTATIVE,
        )
    ),
    "end_proxy": Call(lambda house, actor: access.end_proxy(actor, proxy_id=house.ids["proxy_id"])),
    "reads.has_inner_block": Call(
        lambda house, actor: access_reads.has_inner_block(
            actor, person_id=house.karin.id, unit_id=house.cast.units["psychiatry"].id
        ),
        SILENT,
    ),
    "reads.list_blocks": Call(
        lambda house, actor: access_reads.list_blocks(actor, person_id=house.karin.id)
    ),
    "reads.list_consents": Call(
        lambda house, actor: access_reads.list_consents(actor, person_id=house.karin.id),
        by=patient,
    ),
    "reads.list_proxies": Call(
        lambda house, actor: access_reads.list_proxies(actor, person_id=house.karin.id)
    ),
    "reads.latest_disclosures": Call(
        lambda house, actor: access_reads.latest_disclosures(actor, person_id=house.karin.id),
        PERSON,
        patient,
    ),
    "reads.list_relations": Call(
        lambda house, actor: access_reads.list_relations(actor, person_id=house.karin.id)
    ),
    # Whose pages one may open: the ids alone, and each page leaves its own line.
    "reads.list_represented": Call(
        lambda house, actor: access_reads.list_represented(actor), SILENT, patient
    ),
    "reads.may_open": Call(
        lambda house, actor: access_reads.may_open(actor, action=Action.PERSON_REGISTER), SILENT
    ),
    "reads.subject": Call(
        lambda house, actor: access_reads.subject(actor, person_id=house.karin.id)
    ),
    "reads.own_log": Call(
        lambda house, actor: access_reads.own_log(actor, person_id=house.karin.id), RECORD, patient
    ),
    "reads.review_log": Call(
        lambda house, actor: access_reads.review_log(actor, wanted=LogFilter()), PERSON, reviewer
    ),
    "reads.find_lines": Call(
        lambda house, actor: access_reads.find_lines(actor, wanted=TrailFilter()), PERSON, reviewer
    ),
    "reads.trail_line": Call(
        lambda house, actor: access_reads.trail_line(actor, number=newest(actor)), PERSON, reviewer
    ),
    "reads.log_lines": Call(
        lambda house, actor: access_reads.log_lines(
            actor, ids=range(newest(actor) - 20, newest(actor) + 1)
        ),
        PERSON,
        reviewer,
    ),
    "reads.draw_log": Call(
        lambda house, actor: access_reads.draw_log(
            actor, since=NOW - timedelta(days=40), until=actor.at, count=5
        ),
        PERSON,
        reviewer,
    ),
}
