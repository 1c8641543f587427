"""Calls of the room `contract`."""

from __future__ import annotations

from datetime import date

from samverka.access.reads import LogFilter
from samverka.access.rules import BlockKind
from samverka.careplans.rules import ContactKind
from samverka.contract import operations as contract
from samverka.contract import reads as contract_reads
from samverka.contract.rules import SAMPLE_SIZES, CheckOutcome, Told
from samverka.kernel.identity import Sex
from samverka.kernel.testseries import test_number
from tests.factories.cast import NOW
from tests.house.calls.resources import flag
from tests.house.calls.shape import (
    NOBODY,
    PERSON,
    Call,
    later,
    other_provider,
    patient,
    reviewer,
)

CALLS: dict[str, Call] = {
    "draw_check": Call(
        lambda house, actor: contract.draw_check(actor, month=NOW.date(), count=min(SAMPLE_SIZES)),
        PERSON,
        reviewer,
    ),
    "begin_check": Call(
        lambda house, actor: contract.begin_check(actor, wanted=LogFilter(), page=1),
        PERSON,
        reviewer,
    ),
    "close_check": Call(
        lambda house, actor: contract.close_check(
            actor,
            check_id=house.ids["check_id"],
            outcome=next(one for one in CheckOutcome if one is not CheckOutcome.OPEN),
            words="Inget att anmärka på.",
        ),
        NOBODY,
        reviewer,
    ),
    "reads.list_log_checks": Call(
        lambda house, actor: contract_reads.list_log_checks(actor), NOBODY, reviewer
    ),
    "reads.log_check": Call(
        lambda house, actor: contract_reads.log_check(actor, check_id=house.ids["check_id"]),
        PERSON,
        reviewer,
    ),
    "reads.review": Call(
        lambda house, actor: contract_reads.review(actor, wanted=LogFilter(), page=1),
        PERSON,
        reviewer,
    ),
    "enter_words": Call(
        lambda house, actor: contract.enter_words(
            actor, plan_id=house.plan.id, told=Told("Karin"), words="Jag vill börja i maj."
        )
    ),
    "enter_wish": Call(
        lambda house, actor: contract.enter_wish(
            actor,
            person_id=house.karin.id,
            told=Told("Karin"),
            kind=ContactKind.FAST_LAKARKONTAKT,
        )
    ),
    "enter_consent": Call(
        lambda house, actor: contract.enter_consent(
            actor,
            person_id=house.karin.id,
            told=Told("Karin"),
            reader_providers=[other_provider(house)],
        )
    ),
    "enter_withdrawal": Call(
        lambda house, actor: contract.enter_withdrawal(
            actor, consent_id=house.ids["consent_id"], told=Told("Karin")
        )
    ),
    "enter_block": Call(
        lambda house, actor: contract.enter_block(
            actor,
            person_id=house.karin.id,
            told=Told("Karin"),
            kind=BlockKind.INNER,
            unit_id=actor.unit_id,
        )
    ),
    "enter_proxy": Call(
        lambda house, actor: contract.enter_proxy(
            actor,
            person_id=house.karin.id,
            told=Told("Karin"),
            proxy_number=test_number(date(1970, 1, 1), Sex.FEMALE, 0),
            proxy_name="Eva Ek",
            scopes=frozenset({"read"}),
        )
    ),
    "reads.staff_contract": Call(
        lambda house, actor: contract_reads.staff_contract(actor, person_id=house.karin.id)
    ),
    "reads.my_page": Call(
        lambda house, actor: contract_reads.my_page(actor, person_id=house.karin.id),
        by=patient,
    ),
    "reads.my_person": Call(
        lambda house, actor: contract_reads.my_person(actor, person_id=house.karin.id),
        by=patient,
    ),
    "reads.my_facts": Call(
        lambda house, actor: contract_reads.my_facts(actor, person_id=house.karin.id),
        by=patient,
    ),
    "reads.my_news": Call(
        lambda house, actor: contract_reads.my_news(actor, person_id=house.karin.id),
        by=patient,
    ),
    "reads.my_times": Call(
        lambda house, actor: contract_reads.my_times(actor, person_id=house.karin.id),
        by=patient,
    ),
    "reads.consents_page": Call(
        lambda house, actor: contract_reads.consents_page(actor, person_id=house.karin.id)
    ),
    "reads.blocks_page": Call(
        lambda house, actor: contract_reads.blocks_page(actor, person_id=house.karin.id)
    ),
    "reads.relations_page": Call(
        lambda house, actor: contract_reads.relations_page(actor, person_id=house.karin.id)
    ),
    "reads.person_overview": Call(
        lambda house, actor: contract_reads.person_overview(actor, person_id=house.karin.id)
    ),
    "reads.received_page": Call(
        lambda house, actor, _flag: contract_reads.received_page(
            actor, person_id=house.karin.id, kind="Flag", page=1
        ),
        prepared=flag,
    ),
    "reads.received_resource": Call(
        lambda house, actor, flag: contract_reads.received_resource(
            actor, resource_id=flag, number=None
        ),
        prepared=flag,
    ),
    "reads.suggested_persons": Call(
        lambda house, actor: contract_reads.suggested_persons(actor), about=NOBODY
    ),
    "reads.unit_persons": Call(lambda house, actor: contract_reads.unit_persons(actor)),
    "reads.unit_board": Call(lambda house, actor: contract_reads.unit_board(later(actor, days=20))),
}
