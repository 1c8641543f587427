"""Calls of the room `discharge` that other systems make: records read one by one, and a stay that is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from samverka.discharge import operations as discharge
from samverka.discharge import reads as discharge_reads
from samverka.discharge.reads import Kept, Wanted
from samverka.discharge.rules.hearing import Phase, StayFacts
from samverka.kernel.actor import Actor
from tests.factories.cast import NOW
from tests.house.calls.shape import SILENT, Call
from tests.house.furnished import House


def _case(house: House) -> UUID:
    return house.ids["case_id"]


def _message(house: House) -> UUID:
    """The admission message."""
    found = discharge_reads.case(house.nurse, case_id=_case(house))
    return found.messages[0].id


def _copy(house: House) -> UUID:
    found = discharge_reads.case(house.nurse, case_id=_case(house))
    return next(one.id for said in found.messages for one in said.copies if one.own)


def _system_at_ward(house: House) -> Actor:
    """The job that takes in what the ward's own system tells."""
    nurse = house.cast.ward_nurse
    return replace(
        house.cast.system, unit_id=nurse.unit_id, unit_name=nurse.unit_name,
        provider_id=nurse.provider_id, branch=nurse.branch,
    )  # fmt: skip


def _stay(house: House) -> StayFacts:
    """The stay that the ward has opened by hand."""
    case = discharge_reads.case(house.cast.ward_nurse, case_id=_case(house))
    estimated = NOW.date() + timedelta(days=9)
    return StayFacts(
        Phase.INSIDE, "journal", "Encounter/1", admitted_at=case.admitted_at,
        estimated_at=estimated,
    )  # fmt: skip


CALLS: dict[str, Call] = {
    "hear_stay": Call(
        lambda house, actor, stay: discharge.hear_stay(
            actor,
            person_id=house.karin.id,
            unit_id=house.cast.units["ward"].id,
            stay=stay,
        ),
        by=_system_at_ward,
        prepared=_stay,
    ),
    "reads.stay_record": Call(
        lambda house, actor: discharge_reads.stay_record(actor, case_id=_case(house))
    ),
    "reads.stay_records": Call(
        lambda house, actor: discharge_reads.stay_records(actor, wanted=Wanted())
    ),
    "reads.said_record": Call(
        lambda house, actor, key: discharge_reads.said_record(actor, message_id=key),
        prepared=_message,
    ),
    "reads.said_records": Call(
        lambda house, actor: discharge_reads.said_records(actor, wanted=Wanted())
    ),
    "reads.copy_record": Call(
        lambda house, actor, key: discharge_reads.copy_record(actor, copy_id=key), prepared=_copy
    ),
    "reads.copy_records": Call(
        lambda house, actor: discharge_reads.copy_records(actor, wanted=Wanted())
    ),
    "reads.item_record": Call(
        lambda house, actor: discharge_reads.item_record(actor, item_id=house.ids["item_id"])
    ),
    "reads.item_records": Call(
        lambda house, actor: discharge_reads.item_records(actor, wanted=Wanted())
    ),
    "reads.is_ours": Call(
        lambda house, actor: discharge_reads.is_ours(actor, what=Kept.STAY, key=_case(house)),
        SILENT,
    ),
    "reads.case_of_stay": Call(
        lambda house, actor: discharge_reads.case_of_stay(actor, source="journal", source_id="1"),
        SILENT,
    ),
}
