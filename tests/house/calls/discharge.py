"""Calls of the room `discharge`."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from samverka.careplans import operations as careplans
from samverka.careplans.reads import CareContactDetail, MeetingDetail
from samverka.careplans.rules import ContactKind, PlanKind
from samverka.discharge import operations as discharge
from samverka.discharge import reads as discharge_reads
from samverka.discharge.rules.after import Feeling, Question, Told
from samverka.discharge.rules.figures import By
from samverka.discharge.rules.items import Answer
from samverka.discharge.rules.kinds import CloseReason, Part, Secrecy
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.preparing import Tick
from samverka.discharge.rules.routing import RouteFacts, Whom
from samverka.kernel.actor import Actor
from samverka.people import operations as people
from samverka.people.reads import person
from tests.factories.cast import KARIN, NOW
from tests.house.calls.shape import (
    NOBODY,
    PERSON,
    SILENT,
    Call,
    administrator,
    later,
    system,
)
from tests.house.furnished import House


def ward(house: House) -> Actor:
    return house.cast.ward_nurse


def surgery(house: House) -> Actor:
    return house.cast.surgery_nurse


def _home(house: House) -> None:
    """Karin has come home."""
    at = NOW.isoformat()
    for kind, body in (
        (MessageKind.READY, {"judged_at": at, "judged_by": "Per Överläkare"}),
        (MessageKind.DISCHARGE, {"discharged_at": at, "anyway": "Karin vill hem"}),
    ):
        discharge.send_message(
            house.cast.ward_nurse, case_id=_case(house), kind=kind, letter=discharge.Letter(body)
        )


def _died(house: House) -> None:
    people.edit_person(
        house.nurse,
        person_id=house.karin.id,
        version=person(house.nurse, person_id=house.karin.id).version,
        facts=replace(KARIN, deceased_on=NOW.date()),
    )


def _case(house: House) -> UUID:
    return house.ids["case_id"]


def economist(house: House) -> Actor:
    return house.cast.economist


def payer(house: House) -> Actor:
    return house.cast.municipal_economist


def _contested(house: House) -> UUID:
    """An objection that waits: Karin's municipality contests her case."""
    found = discharge.contest_case(
        house.cast.municipal_economist,
        basis_id=house.ids["basis_id"],
        case_id=_case(house),
        reason="Vi fick inget meddelande.",
    )
    return found.lines[0].objections[-1].id


def _cancelled(house: House) -> None:
    """Karin is on no ward."""
    letter = discharge.Letter(body={"reason": "Fel person"})
    discharge.send_message(
        house.cast.ward_nurse, case_id=_case(house), kind=MessageKind.WITHDRAWN, letter=letter
    )


def _patient(house: House) -> Actor:
    """Karin, the day before she is believed to go home."""
    return later(house.patient, days=2)


_FOLDER = Path(tempfile.mkdtemp(prefix="samverka-reserve-"))


def _password_set(house: House) -> None:
    discharge.set_reserve_password(
        house.cast.administrator, password="blå häst på isen", again="blå häst på isen"
    )


def _reserve_written(house: House) -> None:
    _password_set(house)
    discharge.write_reserve(
        house.cast.system, unit_id=house.cast.units["health_centre"].id, folder=_FOLDER
    )


def _appointed(house: House) -> CareContactDetail:
    """The health centre has appointed one of its own."""
    return careplans.appoint_contact(
        house.nurse, person_id=house.karin.id, kind=ContactKind.FAST_VARDKONTAKT
    )


def _called(house: House) -> MeetingDetail:
    """The health centre calls to a meeting about the stay's plan."""
    _appointed(house)
    actor = house.nurse
    plan = careplans.start_plan(actor, person_id=house.karin.id, kind=PlanKind.DISCHARGE)
    facts = careplans.MeetingFacts(
        actor.at + timedelta(days=3), actor.at + timedelta(days=3, hours=1), place="Rum 2"
    )
    return careplans.call_meeting(actor, plan_id=plan.id, facts=facts, invited=careplans.Invited())


CALLS: dict[str, Call] = {
    "ask_items": Call(
        lambda house, actor: discharge.ask_items(actor, case_id=_case(house), wanted=[]), by=ward
    ),
    "answer_items": Call(
        lambda house, actor: discharge.answer_items(
            actor,
            case_id=_case(house),
            said={house.ids["item_id"]: discharge.ItemSaid(Answer.YES)},
        )
    ),
    "hand_over_item": Call(
        lambda house, actor: discharge.hand_over_item(
            actor, item_id=house.ids["item_id"], unit_id=house.cast.units["assessment"].id
        )
    ),
    "tick_off": Call(
        lambda house, actor: discharge.tick_off(
            actor, case_id=_case(house), said={Tick.KEYS: discharge.TickSaid(True)}
        ),
        by=_patient,
    ),
    "tell_who_go_home": Call(
        lambda house, actor: discharge.tell_who_go_home(actor),
        about=PERSON,
        by=lambda house: later(system(house), days=2),
    ),
    "note_after": Call(
        lambda house, actor, _gone: discharge.note_after(
            actor, case_id=_case(house), told=[Told(one, Feeling.WELL) for one in Question]
        ),
        prepared=_home,
    ),
    "note_not_reached": Call(
        lambda house, actor, _gone: discharge.note_not_reached(actor, case_id=_case(house)),
        prepared=_home,
    ),
    "reads.going_home": Call(
        lambda house, actor: discharge_reads.going_home(actor, case_id=_case(house))
    ),
    "reads.home_page": Call(
        lambda house, actor: discharge_reads.home_page(actor, case_id=_case(house)), by=_patient
    ),
    "reads.after_view": Call(
        lambda house, actor: discharge_reads.after_view(actor, case_id=_case(house))
    ),
    "open_case": Call(
        lambda house, actor, _gone: discharge.open_case(
            actor,
            person_id=house.karin.id,
            facts=discharge.AdmissionFacts(admitted_at=NOW - timedelta(hours=1)),
        ),
        by=ward,
        prepared=_cancelled,
    ),
    "judge_needs": Call(
        lambda house, actor: discharge.judge_needs(
            actor, case_id=_case(house), parts=[Part.SOCIAL], judged_by="Per", judged_at=NOW
        ),
        by=ward,
    ),
    "mend_stay": Call(
        lambda house, actor: discharge.mend_stay(
            actor,
            case_id=_case(house),
            facts=discharge.StayMended(admitted_at=NOW - timedelta(hours=7)),
        ),
        by=ward,
    ),
    "tell_of_admission": Call(
        lambda house, actor: discharge.tell_of_admission(
            actor,
            case_id=_case(house),
            judgement=discharge.Judgement("Per", NOW),
            letter=discharge.Letter(
                {"estimated_at": "2026-11-23"}, (house.cast.units["home_care"].id,)
            ),
        ),
        by=ward,
    ),
    "tell_before": Call(
        lambda house, actor: discharge.tell_before(
            actor,
            person_id=house.karin.id,
            unit_id=house.cast.units["surgery"].id,
            words="Bor ensam",
            ground=Secrecy.CONSENT,
        ),
    ),
    "close_case": Call(
        lambda house, actor, _home: discharge.close_case(
            actor, case_id=_case(house), reason=CloseReason.NOTHING_MORE
        ),
        prepared=_home,
    ),
    "close_dead": Call(
        lambda house, actor, _died: discharge.close_dead(actor), PERSON, system, prepared=_died
    ),
    "watch_copies": Call(
        lambda house, actor: discharge.watch_copies(later(actor, days=1)), PERSON, system
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
        lambda house, actor: discharge_reads.routing_table(actor, asking=Whom("2321", age=82)),
        about=NOBODY,
    ),
    "reads.route_line": Call(
        lambda house, actor: discharge_reads.route_line(actor, route_id=house.ids["route_id"]),
        about=NOBODY,
    ),
    "reads.route_choices": Call(
        lambda house, actor: discharge_reads.route_choices(actor), NOBODY, administrator
    ),
    "start_case_plan": Call(
        lambda house, actor: discharge.start_case_plan(actor, case_id=_case(house))
    ),
    "tell_contact": Call(
        lambda house, actor, _appointed: discharge.tell_contact(actor, case_id=_case(house)),
        prepared=_appointed,
    ),
    "hear_contact": Call(
        lambda house, actor, appointed: discharge.hear_contact(actor, what=appointed),
        prepared=_appointed,
        about=PERSON,
    ),
    "hear_meeting": Call(
        lambda house, actor, meeting: discharge.hear_meeting(actor, what=meeting),
        prepared=_called,
        about=PERSON,
    ),
    "hear_answer": Call(
        lambda house, actor: discharge.hear_answer(actor, what=house.plan.id), about=SILENT
    ),
    "set_reserve_password": Call(
        lambda house, actor: discharge.set_reserve_password(
            actor, password="blå häst på isen", again="blå häst på isen"
        ),
        about=NOBODY,
        by=administrator,
    ),
    "write_reserve": Call(
        lambda house, actor, _set: discharge.write_reserve(
            actor, unit_id=house.cast.units["health_centre"].id, folder=_FOLDER
        ),
        by=system,
        prepared=_password_set,
    ),
    "reads.reserve_file": Call(
        lambda house, actor, _written: discharge_reads.reserve_file(actor, folder=_FOLDER),
        about=NOBODY,
        prepared=_reserve_written,
    ),
    "clear_reserve": Call(
        lambda house, actor: discharge.clear_reserve(actor, folder=_FOLDER / "none"),
        about=SILENT,
        by=system,
    ),
    "reads.known_stay": Call(
        lambda house, actor: discharge_reads.known_stay(actor, person_id=house.karin.id),
        by=ward,
        about=PERSON,
    ),
    "reads.way_home_of": Call(
        lambda house, actor: discharge_reads.way_home_of(actor, parts=[]), about=SILENT
    ),
    "reads.reserve": Call(lambda house, actor: discharge_reads.reserve(actor), about=NOBODY),
    "reads.units_with_reserve": Call(
        lambda house, actor: discharge_reads.units_with_reserve(actor), about=SILENT, by=system
    ),
    "reads.case_plan": Call(
        lambda house, actor: discharge_reads.case_plan(actor, case_id=_case(house))
    ),
    "note_blocked": Call(
        lambda house, actor: discharge.note_blocked(
            actor, case_id=_case(house), first=NOW.date(), last=None, reason="Ingen läkare"
        )
    ),
    "end_blocked": Call(
        lambda house, actor: discharge.end_blocked(
            actor, hindrance_id=house.ids["hindrance_id"], last=NOW.date()
        )
    ),
    "make_basis": Call(
        lambda house, actor: discharge.make_basis(
            actor, municipality_code="2309", month=NOW.date().replace(day=1)
        ),
        by=economist,
        about=PERSON,
    ),
    "lock_basis": Call(
        lambda house, actor: discharge.lock_basis(actor, basis_id=house.ids["sendable_id"]),
        by=economist,
        about=NOBODY,
    ),
    "contest_case": Call(
        lambda house, actor: discharge.contest_case(
            actor,
            basis_id=house.ids["basis_id"],
            case_id=_case(house),
            reason="Vi fick inget meddelande.",
        ),
        by=payer,
        about=PERSON,
    ),
    "decide_objection": Call(
        lambda _house, actor, made: discharge.decide_objection(
            actor, objection_id=made, upheld=True, words="Det stämmer."
        ),
        by=economist,
        prepared=_contested,
        about=PERSON,
    ),
    "set_rate": Call(
        lambda _house, actor: discharge.set_rate(
            actor, year=2026, kronor=12000, source="HSLF-FS 2025:1"
        ),
        by=economist,
        about=NOBODY,
    ),
    "reads.round_queue": Call(
        lambda house, actor: discharge_reads.round_queue(actor), by=ward, about=SILENT
    ),
    "reads.round_case": Call(
        lambda house, actor: discharge_reads.round_case(actor, case_id=_case(house)), by=ward
    ),
    "reads.discharge_figures": Call(
        lambda _house, actor: discharge_reads.discharge_figures(
            actor, first=NOW.date(), last=NOW.date(), by=By.MUNICIPALITY
        ),
        about=NOBODY,
    ),
    "set_beds": Call(
        lambda house, actor: discharge.set_beds(
            actor, unit_id=house.cast.units["ward"].id, beds=24, since=NOW.date()
        ),
        about=NOBODY,
        by=administrator,
    ),
    "reads.hindrance": Call(
        lambda house, actor: discharge_reads.hindrance(
            actor, hindrance_id=house.ids["hindrance_id"]
        )
    ),
    "reads.bases": Call(
        lambda _house, actor: discharge_reads.bases(actor), by=economist, about=NOBODY
    ),
    "reads.basis": Call(
        lambda house, actor: discharge_reads.basis(actor, basis_id=house.ids["basis_id"]),
        by=economist,
        about=PERSON,
    ),
    "reads.objection": Call(
        lambda house, actor: discharge_reads.objection(
            actor, objection_id=house.ids["objection_id"]
        ),
        by=economist,
        about=PERSON,
    ),
    "reads.board": Call(
        lambda house, actor: discharge_reads.board(actor, choice=discharge_reads.Choice.ALL)
    ),
    "reads.changes": Call(
        lambda house, actor: discharge_reads.changes(actor, known=""), about=NOBODY
    ),
    "reads.is_reached": Call(
        lambda house, actor: discharge_reads.is_reached(actor, case_id=_case(house)), about=SILENT
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
    "reads.person_stay": Call(
        lambda house, actor: discharge_reads.person_stay(
            actor, person_id=house.karin.id, own=house.cast.units["health_centre"]
        ),
    ),
    "reads.wards": Call(lambda house, actor: discharge_reads.wards(actor), about=NOBODY),
}
