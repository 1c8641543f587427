"""Karin is on the ward; the health centre and needs assessment have been told, and have answered.

Of her month there is a basis for invoices, which her municipality has contested once, in vain.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from samverka.discharge import operations as discharge
from samverka.discharge import reads
from samverka.discharge.rules.items import ItemKind
from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.routing import RouteFacts
from tests.factories.cast import NOW, Cast


def admitted(cast: Cast, person_id: UUID) -> dict[str, UUID]:
    """By the name of the URL's argument: a case, the health centre's copy, and what it has written."""
    ward, nurse = cast.ward_nurse, cast.region_nurse
    made = discharge.open_case(
        ward,
        person_id=person_id,
        facts=discharge.AdmissionFacts(
            admitted_at=NOW - timedelta(hours=6), estimated_at=(NOW + timedelta(days=3)).date()
        ),
    )
    discharge.send_message(
        ward,
        case_id=made.id,
        kind=MessageKind.ADMISSION,
        letter=discharge.Letter(
            body={"estimated_at": (NOW + timedelta(days=3)).date().isoformat()},
            units=(cast.units["health_centre"].id, cast.units["assessment"].id),
        ),
    )
    letter = discharge.Letter(body={"words": "Hon bor ensam."})
    discharge.send_message(nurse, case_id=made.id, kind=MessageKind.FREE, letter=letter)
    centre = cast.units["health_centre"].id
    wanted = [discharge.ItemWanted(ItemKind.OTHER, centre, "Prov är taget")]
    discharge.ask_items(ward, case_id=made.id, wanted=wanted)
    (item,) = reads.going_home(nurse, case_id=made.id).items
    told, said = reads.case(nurse, case_id=made.id).messages
    ids = {"case_id": made.id, "copy_id": told.copies[0].id, "message_id": said.id}
    ids["item_id"] = item.id
    return ids | {"route_id": _route(cast)} | _invoiced(cast, made.id)


def _route(cast: Cast) -> UUID:
    """Krokom's health centre takes those who are listed nowhere."""
    line = RouteFacts(Part.OPEN_CARE, cast.units["health_centre"].id, "2309")
    return discharge.keep_route(cast.administrator, line=line).id


def _invoiced(cast: Cast, case_id: UUID) -> dict[str, UUID]:
    hindrance = discharge.note_blocked(
        cast.ward_nurse, case_id=case_id, first=NOW.date(), last=None, reason="Ingen läkare än"
    )
    running = discharge.make_basis(
        cast.economist, municipality_code="2309", month=NOW.date().replace(day=1)
    )
    former = discharge.make_basis(cast.economist, municipality_code="2309", month=date(2026, 10, 1))
    contested = discharge.contest_case(
        cast.municipal_economist,
        basis_id=running.head.id,
        case_id=case_id,
        reason="Vi fick inget meddelande.",
    )
    objection = contested.lines[0].objections[0].id
    discharge.decide_objection(
        cast.economist, objection_id=objection, upheld=False, words="Det skickades samma dag."
    )
    return {
        "hindrance_id": hindrance.id,
        "basis_id": running.head.id,
        "sendable_id": former.head.id,
        "objection_id": objection,
    }
