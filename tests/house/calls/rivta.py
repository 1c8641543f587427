"""Calls of the room `rivta`."""

from __future__ import annotations

from samverka.rivta import operations as rivta
from samverka.rivta import reads as rivta_reads
from samverka.rivta.rules import PLANS, Asked
from tests.factories.cast import KARINS_NUMBER
from tests.house.calls.shape import NOBODY, RECORD, SILENT, Call, system

_ASKED = Asked("SE-1", KARINS_NUMBER.value, "1.2.752.129.2.1.3.1")

CALLS: dict[str, Call] = {
    "take_index_tasks": Call(lambda house, actor: rivta.take_index_tasks(actor), NOBODY, system),
    "note_sent": Call(lambda house, actor: rivta.note_sent(actor, rows=[]), NOBODY, system),
    "note_untaken": Call(lambda house, actor: rivta.note_untaken(actor, rows=[]), NOBODY, system),
    "reads.person_asked_for": Call(
        lambda house, actor: rivta_reads.person_asked_for(
            actor, number=_ASKED.number, kind=_ASKED.kind
        ),
        RECORD,
    ),
    "reads.require_contract": Call(
        lambda house, actor: rivta_reads.require_contract(actor, contract=PLANS), SILENT
    ),
    "reads.plans_of": Call(
        lambda house, actor: rivta_reads.plans_of(actor, person_id=house.karin.id, asked=_ASKED)
    ),
    "reads.contacts_of": Call(
        lambda house, actor: rivta_reads.contacts_of(actor, person_id=house.karin.id, asked=_ASKED)
    ),
}
