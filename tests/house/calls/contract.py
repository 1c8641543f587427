"""Calls of the room `contract`."""

from __future__ import annotations

from samverka.access.reads import LogFilter
from samverka.contract import operations as contract
from samverka.contract import reads as contract_reads
from samverka.contract.rules import SAMPLE_SIZES, CheckOutcome
from tests.factories.cast import NOW
from tests.house.calls.resources import flag
from tests.house.calls.shape import (
    NOBODY,
    PERSON,
    Call,
    later,
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
    "reads.my_page": Call(
        lambda house, actor: contract_reads.my_page(actor, person_id=house.karin.id),
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
    "reads.unit_persons": Call(lambda house, actor: contract_reads.unit_persons(actor)),
    "reads.unit_worklist": Call(
        lambda house, actor: contract_reads.unit_worklist(later(actor, days=20))
    ),
}
