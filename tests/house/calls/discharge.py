"""Calls of the room `discharge`."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samverka.discharge import operations as discharge
from samverka.discharge import reads as discharge_reads
from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.routing import RouteFacts, Whom
from samverka.kernel.actor import Actor
from tests.factories.cast import NOW
from tests.house.calls.shape import NOBODY, Call, administrator
from tests.house.furnished import House


def ward(house: House) -> Actor:
    return house.cast.ward_nurse


def surgery(house: House) -> Actor:
    return house.cast.surgery_nurse


def _case(house: House) -> UUID:
    return house.ids["case_id"]


def _cancelled(house: House) -> None:
    """Karin is on no ward."""
    letter = discharge.Letter(body={"reason": "Fel person"})
    discharge.send_message(
        house.cast.ward_nurse, case_id=_case(house), kind=MessageKind.WITHDRAWN, letter=letter
    )


CALLS: dict[str, Call] = {
    "open_case": Call(
        lambda house, actor, _gone: discharge.open_case(
            actor,
            person_id=house.karin.id,
            facts=discharge.AdmissionFacts(admitted_at=NOW - timedelta(hours=1)),
        ),
        by=ward,
        prepared=_cancelled,
    ),
    "take_over_case": Call(
        lambda house, actor: discharge.take_over_case(actor, person_id=house.karin.id), by=surgery
    ),
    "send_message": Call(
        lambda house, actor: discharge.send_message(
            actor,
            case_id=_case(house),
            kind=MessageKind.FREE,
            letter=discharge.Letter(body={"words": "Dottern möter."}),
        ),
    ),
    "receipt_copy": Call(
        lambda house, actor: discharge.receipt_copy(actor, copy_id=house.ids["copy_id"])
    ),
    "return_copy": Call(
        lambda house, actor: discharge.return_copy(
            actor, copy_id=house.ids["copy_id"], reason="Listad i Järpen"
        )
    ),
    "forward_copy": Call(
        lambda house, actor: discharge.forward_copy(
            actor,
            copy_id=house.ids["copy_id"],
            unit_id=house.cast.units["other_centre"].id,
            reason="Listad i Järpen",
        )
    ),
    "withdraw_message": Call(
        lambda house, actor: discharge.withdraw_message(
            actor, message_id=house.ids["message_id"], reason="Fel person"
        )
    ),
    "keep_route": Call(
        lambda house, actor: discharge.keep_route(
            actor,
            line=RouteFacts(Part.OPEN_CARE, house.cast.units["other_centre"].id, "2321"),
        ),
        NOBODY,
        administrator,
    ),
    "end_route": Call(
        lambda house, actor: discharge.end_route(actor, route_id=house.ids["route_id"]),
        NOBODY,
        administrator,
    ),
    "reads.routing_table": Call(
        lambda house, actor: discharge_reads.routing_table(actor), about=NOBODY
    ),
    "reads.try_out": Call(
        lambda house, actor: discharge_reads.try_out(actor, whom=Whom("2321", age=82)),
        about=NOBODY,
    ),
    "reads.route_line": Call(
        lambda house, actor: discharge_reads.route_line(actor, route_id=house.ids["route_id"]),
        about=NOBODY,
    ),
    "reads.route_choices": Call(
        lambda house, actor: discharge_reads.route_choices(actor), NOBODY, administrator
    ),
    "reads.board": Call(
        lambda house, actor: discharge_reads.board(actor, choice=discharge_reads.Choice.ALL)
    ),
    "reads.changes": Call(
        lambda house, actor: discharge_reads.changes(actor, known=""), about=NOBODY
    ),
    "reads.case": Call(lambda house, actor: discharge_reads.case(actor, case_id=_case(house))),
    "reads.case_view": Call(
        lambda house, actor: discharge_reads.case_view(actor, case_id=_case(house))
    ),
    "reads.case_and_receivers": Call(
        lambda house, actor: discharge_reads.case_and_receivers(
            actor, case_id=_case(house), kind=MessageKind.FREE
        )
    ),
    "reads.copy_and_units": Call(
        lambda house, actor: discharge_reads.copy_and_units(actor, copy_id=house.ids["copy_id"])
    ),
    "reads.person_to_admit": Call(
        lambda house, actor: discharge_reads.person_to_admit(actor, person_id=house.karin.id),
        by=ward,
    ),
}
