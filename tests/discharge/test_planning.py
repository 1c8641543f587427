"""The fast vårdkontakt, the plan and the call: each said to the case's units by itself (LUS 2:5, 4:1–3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.careplans import operations as careplans
from samverka.careplans.models import Call
from samverka.careplans.reads import MeetingDetail
from samverka.careplans.reads import plan as plan_read
from samverka.careplans.rules import ContactKind, PlanKind, Section
from samverka.careplans.rules.meetings import Answer, CallStatus, Invitee
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Case, Message
from samverka.discharge.operations.planning import _needs
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import Part, Secrecy
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.planning import call_counts, call_fault, meeting_in_words
from samverka.discharge.rules.steps import Doing
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.reads import unit_tasks
from tests.discharge.conftest import ADMITTED, admission
from tests.discharge.test_sending import own_copy, ready, send
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast

FVK = ContactKind.FAST_VARDKONTAKT


def appoint(actor: Actor, case: CaseDetail) -> None:
    careplans.appoint_contact(actor, person_id=case.person_id, kind=FVK)


def said(actor: Actor, case: CaseDetail, kind: MessageKind) -> list[reads.MessageDetail]:
    return [one for one in reads.case(actor, case_id=case.id).messages if one.kind is kind]


def doings(actor: Actor, case: CaseDetail) -> list[Doing]:
    return [one.doing for one in reads.case_view(actor, case_id=case.id).steps]


# ── the fast vårdkontakt ──


def test_what_another_unit_hears_of_sends_nothing(cast: Cast, told: CaseDetail) -> None:
    contact = careplans.appoint_contact(cast.region_nurse, person_id=told.person_id, kind=FVK)
    before = Message.objects.count()
    for other in (cast.stranger, cast.ward_nurse, cast.needs_assessor):
        ops.hear_contact(other, what=contact)
    assert Message.objects.count() == before


def test_the_health_centre_must_appoint_and_the_wrong_one_need_not(
    cast: Cast, case: CaseDetail
) -> None:
    admission(cast, case, "other_centre", "assessment")
    wrong = cast.at(cast.stranger, minutes=5)
    assert "contact-missing" in {one.kind for one in unit_tasks(wrong)}
    ops.forward_copy(
        wrong, copy_id=own_copy(wrong, case).id,
        unit_id=cast.units["health_centre"].id, reason="Listad i Krokom",
    )  # fmt: skip
    assert not unit_tasks(cast.at(wrong, minutes=1))
    nurse = cast.at(cast.region_nurse, minutes=6)
    assert "contact-missing" in {one.kind for one in unit_tasks(nurse)}


def test_one_who_is_appointed_is_said_to_all_by_itself(cast: Cast, told: CaseDetail) -> None:
    nurse = cast.at(cast.region_nurse, hours=1)
    assert Doing.CONTACT in doings(nurse, told)
    appoint(nurse, told)
    (one,) = said(nurse, told, MessageKind.CONTACT)
    assert str(one.body["contact"]).startswith("Lena Berg, distriktssköterska, Krokoms")
    assert {copy.unit_id for copy in one.copies} == {
        cast.units["ward"].id, cast.units["home_care"].id, cast.units["assessment"].id
    }  # fmt: skip
    assert not {Doing.CONTACT, Doing.TELL} & set(doings(nurse, told))


def test_one_who_was_there_before_is_said_with_one_press(cast: Cast, case: CaseDetail) -> None:
    appoint(cast.region_nurse, case)
    admission(cast, case)
    nurse = cast.at(cast.region_nurse, hours=1)
    assert Doing.TELL in doings(nurse, case)
    ops.tell_contact(nurse, case_id=case.id)
    assert len(said(nurse, case, MessageKind.CONTACT)) == 1
    assert Doing.TELL not in doings(nurse, case)


def test_nothing_is_said_of_one_that_is_not_there(cast: Cast, told: CaseDetail) -> None:
    with pytest.raises(NotNow, match="ingen fast vårdkontakt"):
        ops.tell_contact(cast.at(cast.region_nurse, hours=1), case_id=told.id)
    with pytest.raises(NotFound):
        ops.tell_contact(cast.at(cast.stranger, hours=1), case_id=told.id)


def test_without_a_case_appointing_is_as_before(cast: Cast, case: CaseDetail) -> None:
    appoint(cast.region_nurse, case)
    assert not Message.objects.exists()


# ── the plan ──


def test_the_plan_begins_with_what_is_known(cast: Cast, told: CaseDetail) -> None:
    nurse = cast.at(cast.region_nurse, hours=1)
    careplans.start_plan(
        nurse, person_id=told.person_id, kind=PlanKind.CARE, what_matters="Sova i egen säng."
    )
    made = ops.start_case_plan(nurse, case_id=told.id)
    assert made.plan_id
    assert made.sip_needed
    plan = plan_read(nurse, plan_id=made.plan_id)
    assert (plan.kind, plan.what_matters) == (PlanKind.DISCHARGE, "Sova i egen säng.")
    with pytest.raises(NotNow, match="redan påbörjad"):
        ops.start_case_plan(nurse, case_id=told.id)


def test_what_the_ward_has_written_is_not_typed_again(cast: Cast, told: CaseDetail) -> None:
    """The planning form's words are the beginning of the plan: needs, and what the person wants."""
    body = {
        "before": "Allt själv", "now": "Går med rollator.", "help": "Hjälp i duschen.",
        "wishes": "Hem till hönsen.",
    }  # fmt: skip
    unit = (cast.units["health_centre"].id,)
    ops.send_message(
        cast.at(cast.ward_nurse, minutes=1), case_id=told.id, kind=MessageKind.FORM,
        letter=ops.Letter(body=body, units=unit),
    )  # fmt: skip
    nurse = cast.at(cast.region_nurse, hours=2)
    found = ops.start_case_plan(nurse, case_id=told.id)
    assert found.plan_id
    made = plan_read(nurse, plan_id=found.plan_id)
    assert made.what_matters == "Hem till hönsen."
    assert made.needs.endswith("Går med rollator.\n\nHjälp i duschen.")


def test_a_plan_that_stands_is_used(cast: Cast, told: CaseDetail) -> None:
    nurse = cast.at(cast.region_nurse, hours=1)
    plan = careplans.start_plan(nurse, person_id=told.person_id, kind=PlanKind.DISCHARGE)
    assert ops.start_case_plan(nurse, case_id=told.id).plan_id == plan.id


def test_the_region_s_open_care_begins_it(cast: Cast, told: CaseDetail) -> None:
    for actor in (cast.needs_assessor, cast.ward_nurse):
        with pytest.raises(NotAllowed, match="Regionens öppenvård"):
            ops.start_case_plan(cast.at(actor, hours=1), case_id=told.id)
    with pytest.raises(NotFound):
        ops.start_case_plan(cast.at(cast.municipal_nurse, hours=1), case_id=told.id)


# ── the call ──


def facts(at: datetime, place: str = "Avdelningen") -> careplans.MeetingFacts:
    return careplans.MeetingFacts(at, at + timedelta(hours=1), place=place)


def called(cast: Cast, case: CaseDetail) -> tuple[CaseDetail, MeetingDetail]:
    """The person is ready; the health centre's fast vårdkontakt begins the plan and calls."""
    ready(cast, case, hours=1)
    nurse = cast.at(cast.region_nurse, hours=2)
    appoint(nurse, case)
    made = ops.start_case_plan(nurse, case_id=case.id)
    assert made.plan_id
    meeting = careplans.call_meeting(
        nurse, plan_id=made.plan_id, facts=facts(NOW + timedelta(days=3)),
        invited=careplans.Invited(units=(cast.units["home_care"].id,)),
    )  # fmt: skip
    return made, meeting


def test_a_call_goes_to_the_case_s_units_with_day_and_place(cast: Cast, told: CaseDetail) -> None:
    case, _meeting = called(cast, told)
    nurse = cast.at(cast.region_nurse, hours=3)
    (one,) = said(nurse, case, MessageKind.CALL)
    assert one.body == {"meeting": "2026-11-23 15.30–16.30, Avdelningen", "contact": "Lena Berg"}
    assert one.secrecy is Secrecy.HARM_TEST
    assert one.secrecy_note
    assert one.due_at
    assert not one.late
    assert cast.units["ward"].id in {copy.unit_id for copy in one.copies}
    assert "kalla till SIP" not in {
        str(step.verb) for step in reads.case_view(nurse, case_id=case.id).steps
    }


def test_a_new_time_is_a_correction_and_one_called_off_is_taken_back(
    cast: Cast, told: CaseDetail
) -> None:
    case, meeting = called(cast, told)
    nurse = cast.at(cast.region_nurse, days=2)
    careplans.move_meeting(nurse, meeting_id=meeting.id, facts=facts(NOW + timedelta(days=9)))
    first, second = said(nurse, case, MessageKind.CALL)
    assert second.corrects_id == first.id
    assert not second.late
    careplans.cancel_meeting(nurse, meeting_id=meeting.id)
    assert [bool(one.withdrawn_at) for one in said(nurse, case, MessageKind.CALL)] == [False, True]


def test_who_answers_the_call_has_read_it(cast: Cast, told: CaseDetail) -> None:
    case, meeting = called(cast, told)
    home_care = cast.at(cast.needs_assessor, hours=4)
    careplans.call_more(
        cast.at(cast.region_nurse, hours=3), meeting_id=meeting.id,
        invited=careplans.Invited(units=(cast.units["assessment"].id,)),
    )  # fmt: skip
    call = Call.objects.get(invitee=Invitee.UNIT, unit_id=cast.units["assessment"].id)
    careplans.answer_call(home_care, call_id=call.id, answer=Answer(CallStatus.ACCEPTED))
    (copy,) = said(home_care, case, MessageKind.CALL)[0].copies
    assert copy.fate is Fate.RECEIPTED


def test_a_call_without_a_fast_vardkontakt_does_not_count(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told, hours=1)
    nurse = cast.at(cast.region_nurse, hours=2)
    send(nurse, told, MessageKind.CALL, meeting="måndag 10", contact="Påhittad")
    (one,) = said(nurse, told, MessageKind.CALL)
    assert not call_counts(one.body)
    assert "kalla till SIP" in {
        str(step.verb) for step in reads.case_view(nurse, case_id=told.id).steps
    }


# ── compulsory care ──


def decided(ward: Actor, told: CaseDetail) -> None:
    send(
        ward, told, MessageKind.COMPULSORY,
        judged_at=(ward.at - timedelta(minutes=5)).isoformat(), judged_by="Eva Chef",
    )  # fmt: skip


def test_open_compulsory_care_has_its_own_plan_and_no_call(cast: Cast, told: CaseDetail) -> None:
    ward = cast.at(cast.ward_nurse, hours=1)
    assert MessageKind.COMPULSORY not in told.may_send
    with pytest.raises(NotNow, match="psykiatrisk vård"):
        decided(ward, told)
    facts = ops.StayMended(admitted_at=ADMITTED, psychiatric=True)
    mended = ops.mend_stay(ward, case_id=told.id, facts=facts)
    assert MessageKind.COMPULSORY in mended.may_send
    decided(ward, told)
    assert Doing.PLAN in doings(ward, told)
    made = ops.start_case_plan(ward, case_id=told.id)
    assert made.plan_id
    assert made.sip_needed is None
    plan = plan_read(ward, plan_id=made.plan_id)
    assert plan.kind is PlanKind.COERCIVE_CARE
    verbs = {str(one.verb) for one in reads.case_view(ward, case_id=told.id).steps}
    assert not {"kalla till SIP", "börja samordnad vårdplan"} & verbs
    with pytest.raises(Invalid, match="Då är vården psykiatrisk"):
        ops.mend_stay(ward, case_id=told.id, facts=replace(facts, psychiatric=False))
    # The decision was wrong: ready as others are, a SIP is called to again.
    later = cast.at(cast.ward_nurse, hours=2)
    send(later, told, MessageKind.NOT_READY, reason="Ingen tvångsvård")
    again = send(
        later, told, MessageKind.READY, judged_at=later.at.isoformat(), judged_by="Eva Chef"
    )
    assert not again.compulsory


# ── which call counts: a table ──


@pytest.mark.parametrize(
    ("kind", "part", "has_contact", "fault"),
    [
        (PlanKind.DISCHARGE, Part.OPEN_CARE, True, ""),
        (PlanKind.DISCHARGE, Part.OPEN_CARE, False, "ingen fast vårdkontakt"),
        (PlanKind.DISCHARGE, Part.WARD, True, "regionens öppna vård"),
        (PlanKind.DISCHARGE, Part.MUNICIPAL_HEALTH, True, "regionens öppna vård"),
        (PlanKind.DISCHARGE, Part.SOCIAL, False, "regionens öppna vård"),
        (PlanKind.DISCHARGE, None, True, "regionens öppna vård"),
        (PlanKind.SIP, Part.OPEN_CARE, True, "annan sorts plan"),
        (PlanKind.SIP, Part.SOCIAL, True, "regionens öppna vård"),
        (PlanKind.CARE, Part.OPEN_CARE, True, "annan sorts plan"),
        (PlanKind.COERCIVE_CARE, Part.WARD, True, "samordnad vårdplan"),
        (PlanKind.COERCIVE_CARE, Part.OPEN_CARE, True, "samordnad vårdplan"),
    ],
)
def test_which_call_counts(kind: PlanKind, part: Part, has_contact: bool, fault: str) -> None:
    found = call_fault(kind, part, has_contact=has_contact)
    assert (fault in found) if (found and fault) else (not found and not fault)


@pytest.mark.parametrize(
    ("place", "link", "words"),
    [
        ("Rum 2", "", "2026-11-20 15.30–16.30, Rum 2"),
        ("", "https://x", "2026-11-20 15.30–16.30, video"),
        ("Rum 2", "https://x", "2026-11-20 15.30–16.30, Rum 2"),
        ("", "", "2026-11-20 15.30–16.30"),
    ],
)
def test_a_meeting_in_words(place: str, link: str, words: str) -> None:
    assert meeting_in_words(NOW, NOW + timedelta(hours=1), place, link) == words


def test_needs_that_are_judged_are_carried_over(cast: Cast, told: CaseDetail) -> None:
    row = Case.objects.get(id=told.id)
    row.needs = [Part.SOCIAL, Part.MUNICIPAL_HEALTH]
    assert _needs(row, "Gå i trappor") == (
        "Kan behövas hemma: Kommunens hälso- och sjukvård, Socialtjänst.\n\nGå i trappor"
    )
    assert _needs(Case(), "") == ""
    assert Section.NEEDS.value == "needs"


# ── pages ──


def test_the_plan_s_page_by_hand(cast: Cast, told: CaseDetail) -> None:
    nurse = cast.region_nurse
    client = log_in(nurse)
    shown = client.get(f"/utskrivning/{told.id}/plan/").content.decode()
    assert "Utse fast vårdkontakt" in shown
    assert "Börja planen" in shown
    client.post(f"/utskrivning/{told.id}/plan/borja/")
    careplans.appoint_contact(cast.at(nurse, minutes=1), person_id=told.person_id, kind=FVK)
    shown = client.get(f"/utskrivning/{told.id}/plan/").content.decode()
    assert "Kalla till möte" in shown
    assert "Fråga om samtycke" in shown
    assert f"enhet={cast.units['assessment'].id}" in shown
    assert client.get(f"/utskrivning/{told.id}/skicka/call/").status_code == 302


def test_the_plan_s_page_in_few_questions(cast: Cast, told: CaseDetail) -> None:
    called(cast, told)
    client = log_in(cast.region_nurse)
    client.get(f"/utskrivning/{told.id}/plan/")
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(f"/utskrivning/{told.id}/plan/").content.decode()
    counted = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(counted) <= MOST + MORE, "\n".join(counted)
    assert "Avdelningen" in shown


MOST, MORE = 12, 4
"""Questions of a page; the case, its plan, its meetings and who is appointed have theirs."""


def test_the_other_side_sees_how_far_and_a_stranger_nothing(cast: Cast, told: CaseDetail) -> None:
    called(cast, told)
    client = log_in(cast.needs_assessor)
    shown = client.get(f"/utskrivning/{told.id}/plan/").content.decode()
    assert "Planen är påbörjad" in shown
    assert "Kalla till möte" not in shown
    assert client.post(f"/utskrivning/{told.id}/plan/borja/").status_code in (403, 409)
    client = log_in(cast.stranger)
    assert client.get(f"/utskrivning/{told.id}/plan/").status_code == 404
    assert client.post(f"/utskrivning/{told.id}/fast-kontakt/").status_code == 404
