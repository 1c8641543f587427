"""Calls to a meeting: who may call, what each may see, answers, new times, what is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import Call
from samverka.careplans.reads import CallLine, MeetingDetail, PlanDetail
from samverka.careplans.rules import ContactKind, PlanKind
from samverka.careplans.rules.meetings import (
    ANSWERS,
    Answer,
    CallStatus,
    Invitee,
    MeetingStatus,
    answer_by,
    check_answer,
    check_caller,
    check_place,
    check_times,
    leaves_room,
)
from samverka.kernel.actor import Actor, Side
from samverka.kernel.calendar import local_date, swedish_date
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow, Problem
from samverka.notices.models import News, Task
from samverka.notices.rules import read as read_words
from samverka.people.reads import PersonDetail
from samverka.resources.models import Version
from tests.factories.cast import NOW, Cast, person_login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_county")]

THEN = NOW + timedelta(days=7)
YES, NO = Answer(CallStatus.ACCEPTED), Answer(CallStatus.DECLINED, "Ingen är i tjänst då.")


def facts(starts_at: datetime = THEN, **more: str) -> ops.MeetingFacts:
    given = {"place": "Rum 2", "purpose": "Hur Karin kan bo kvar hemma", **more}
    return ops.MeetingFacts(starts_at, starts_at + timedelta(hours=1), **given)


def called(cast: Cast, plan: PlanDetail, *units: str, **more: object) -> MeetingDetail:
    ids = tuple(cast.units[one].id for one in units)
    invited = ops.Invited(units=ids, **more)  # type: ignore[arg-type]
    return ops.call_meeting(cast.region_nurse, plan_id=plan.id, facts=facts(), invited=invited)


def of(meeting: MeetingDetail, name: str) -> CallLine:
    return next(one for one in meeting.calls if one.name == name)


# ── rules ──


@pytest.mark.parametrize("now", list(CallStatus))
@pytest.mark.parametrize("answer", [*ANSWERS])
def test_which_calls_can_be_answered(now: CallStatus, answer: CallStatus) -> None:
    given = Answer(answer, "Ingen är i tjänst.", None)
    if now in (CallStatus.WITHDRAWN, CallStatus.SUPERSEDED, CallStatus.LAPSED):
        with pytest.raises(NotNow):
            check_answer(now, given, NOW)
    else:
        check_answer(now, given, NOW)


WRONG_ANSWERS = {
    "no reason for a no": (Answer(CallStatus.DECLINED, "  "), "reason"),
    "no other time": (Answer(CallStatus.OTHER_TIME), "time"),
    "a time that is gone": (Answer(CallStatus.OTHER_TIME, "", NOW - timedelta(hours=1)), "time"),
    "no answer": (Answer(CallStatus.SENT), "answer"),
}


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_an_answer_that_is_not_whole(name: str) -> None:
    answer, where = WRONG_ANSWERS[name]
    with pytest.raises(Invalid) as refused:
        check_answer(CallStatus.SENT, answer, NOW)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("kind", "side", "contact", "refusal"),
    [
        (PlanKind.SIP, Side.MUNICIPALITY, False, None),
        (PlanKind.SIP, Side.PRIVATE, False, None),
        (PlanKind.DISCHARGE, Side.REGION, True, None),
        (PlanKind.DISCHARGE, Side.REGION, False, NotNow),
        (PlanKind.DISCHARGE, Side.MUNICIPALITY, True, NotAllowed),
        (PlanKind.COERCIVE_CARE, Side.REGION, False, None),
        (PlanKind.COERCIVE_CARE, Side.MUNICIPALITY, False, NotAllowed),
    ],
)
def test_who_calls(
    kind: PlanKind, side: Side, contact: bool, refusal: type[Problem] | None
) -> None:
    if refusal is None:
        check_caller(kind, side, has_contact=contact)
        return
    with pytest.raises(refusal):
        check_caller(kind, side, has_contact=contact)


def test_times_and_places_that_cannot_be() -> None:
    hour = timedelta(hours=1)
    for starts, ends, where in (
        (NOW - hour, NOW + hour, "starts_at"),
        (NOW + hour, NOW + hour, "ends_at"),
        (NOW + hour, NOW + 10 * hour, "ends_at"),
    ):
        with pytest.raises(Invalid) as refused:
            check_times(starts, ends, NOW)
        assert refused.value.where == where
    for place, link, where in (("", "", "place"), ("", "http://a.se", "link"),
                               ("Rum 2", "javascript:x", "link")):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            check_place(place, link)
        assert refused.value.where == where


def test_the_answer_is_due_before_the_meeting() -> None:
    within = timedelta(days=3)
    room, day = timedelta(days=1), timedelta(days=1)
    assert answer_by(NOW, NOW + 9 * day, within, room) == NOW + within
    assert answer_by(NOW, NOW + 3 * day, within, room) == NOW + 2 * day
    assert leaves_room(NOW + 2 * day, NOW + 3 * day, room)
    # nearer than the room: half of the time to answer, half to ring
    assert answer_by(NOW, NOW + day, within, room) == NOW + day / 2
    assert not leaves_room(NOW + day / 2, NOW + day, room)


# ── calling ──


def test_units_are_called_and_others_invited(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment", relatives=("Eva",), others=("Skolan, rektor",))
    assert {(one.name, one.duty.value) for one in made.calls} == {
        ("Krokoms biståndshandläggning", "called"),
        ("Karin Åström", "invited"),
        ("Eva", "invited"),
        ("Skolan, rektor", "invited"),
    }
    assert all(one.status is CallStatus.SENT for one in made.calls)
    assert made.led_by == "Lena Berg"
    assert (made.may_call, made.may_hold) == (True, True)


def test_the_called_unit_answers_from_its_list(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    call = of(made, "Krokoms biståndshandläggning")
    task = Task.objects.get(object_id=call.id)
    assert (task.unit_id, task.due_at) == (call.unit_id, NOW + timedelta(days=3))
    seen = reads.call(cast.needs_assessor, call_id=call.id)
    assert (seen.purpose, seen.plan_id) == ("Hur Karin kan bo kvar hemma", shared.id)
    answered = ops.answer_call(cast.needs_assessor, call_id=call.id, answer=YES)
    assert (answered.call.status, answered.call.answered_by) == (CallStatus.ACCEPTED, "Sara Ek")
    task.refresh_from_db()
    assert task.ended_at is not None
    seen_by_us = reads.meeting(cast.region_nurse, meeting_id=made.id)
    assert of(seen_by_us, call.name).status is CallStatus.ACCEPTED


def test_before_consent_a_call_says_that_a_meeting_is_asked_for_and_no_more(
    cast: Cast, written: PlanDetail
) -> None:
    made = called(cast, written, "home_health", "are_home_health")
    call = of(made, "Krokoms hemsjukvård")
    seen = reads.call(cast.municipal_nurse, call_id=call.id)
    assert (seen.purpose, seen.plan_id, seen.led_by) == ("", None, "")
    assert (seen.place, seen.organiser.name) == ("Rum 2", "Krokoms hälsocentral")
    for read in (
        lambda: reads.meeting(cast.municipal_nurse, meeting_id=made.id),
        lambda: reads.plan(cast.municipal_nurse, plan_id=written.id),
        # A unit that does not know the person is told nothing; who called is not told that it is so.
        lambda: reads.call(cast.other_municipality, call_id=of(made, "Åre hemsjukvård").id),
    ):
        with pytest.raises(NotFound):
            read()
    assert not [one for one in made.plan.parties if one.name == "Krokoms hemsjukvård"]
    ops.answer_call(cast.municipal_nurse, call_id=call.id, answer=YES)


def test_social_services_call_nobody_outside_before_consent(
    cast: Cast, karin: PersonDetail
) -> None:
    plan = ops.start_plan(cast.needs_assessor, person_id=karin.id, kind=PlanKind.SIP)
    invited = ops.Invited(units=(cast.units["health_centre"].id,))
    with pytest.raises(NotNow, match="samtyckt"):
        ops.call_meeting(cast.needs_assessor, plan_id=plan.id, facts=facts(), invited=invited)
    assert not Call.objects.exists()


def test_a_unit_of_the_same_provider_gets_the_plan_with_the_call(
    cast: Cast, written: PlanDetail
) -> None:
    made = called(cast, written, "psychiatry")
    assert "Psykiatriska mottagningen" in [one.name for one in made.plan.parties]


def test_a_party_calls_those_who_take_part_and_no_more(cast: Cast, shared: PlanDetail) -> None:
    own = ops.Invited(units=(cast.units["health_centre"].id,))
    made = ops.call_meeting(cast.needs_assessor, plan_id=shared.id, facts=facts(), invited=own)
    assert of(made, "Krokoms hälsocentral").status is CallStatus.SENT
    with pytest.raises(NotAllowed):
        ops.call_more(
            cast.needs_assessor,
            meeting_id=made.id,
            invited=ops.Invited(units=(cast.units["home_health"].id,)),
        )


def test_lus_asks_for_the_fast_vardkontakt(cast: Cast, karin: PersonDetail) -> None:
    plan = ops.start_plan(cast.region_nurse, person_id=karin.id, kind=PlanKind.DISCHARGE)
    with pytest.raises(NotNow, match="fasta vårdkontakten"):
        called(cast, plan, "home_health")
    ops.appoint_contact(cast.region_nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT)
    assert called(cast, plan, "home_health").status is MeetingStatus.PLANNED


def test_strangers_neither_see_nor_answer(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    call = of(made, "Krokoms biståndshandläggning")
    for actor in (cast.stranger, cast.ifo_officer, cast.other_municipality):
        with pytest.raises(NotFound):
            reads.call(actor, call_id=call.id)
        with pytest.raises(NotFound):
            ops.answer_call(actor, call_id=call.id, answer=YES)
        with pytest.raises(NotFound):
            ops.cancel_meeting(actor, meeting_id=made.id)
    with pytest.raises(Problem):
        ops.answer_call(cast.region_nurse, call_id=call.id, answer=YES)  # not ours to answer


def test_the_person_answers_and_staff_write_it_down(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment", relatives=("Eva",))
    karin: Actor = person_login(_person(made))
    wish = Answer(CallStatus.OTHER_TIME, "Helst på morgonen", THEN + timedelta(days=1))
    mine = ops.answer_call(karin, call_id=of(made, "Karin Åström").id, answer=wish)
    assert (mine.call.status, mine.call.on_behalf) == (CallStatus.OTHER_TIME, False)
    assert Task.objects.filter(object_id=made.id, key="time", ended_at=None).exists()
    by_phone = ops.answer_call(cast.region_nurse, call_id=of(made, "Eva").id, answer=YES)
    assert by_phone.call.on_behalf
    with pytest.raises(Problem):
        ops.answer_call(karin, call_id=of(made, "Krokoms biståndshandläggning").id, answer=YES)


def _person(made: MeetingDetail) -> PersonDetail:
    return made.person  # type: ignore[return-value]


# ── a new time, taking back ──


def test_a_new_time_renews_every_call_and_keeps_the_answers(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    call = of(made, "Krokoms biståndshandläggning")
    ops.answer_call(cast.needs_assessor, call_id=call.id, answer=NO)
    later = facts(THEN + timedelta(days=2))
    moved = ops.move_meeting(cast.region_nurse, meeting_id=made.id, facts=later)
    assert {one.status for one in moved.calls} == {CallStatus.SENT}
    old = next(one for one in moved.earlier if one.id == call.id)
    assert (old.status, old.answer, old.reason) == (
        CallStatus.SUPERSEDED,
        CallStatus.DECLINED,
        NO.reason,
    )
    with pytest.raises(NotNow, match="ny kallelse"):
        ops.answer_call(cast.needs_assessor, call_id=call.id, answer=YES)
    new = of(moved, call.name)
    ops.answer_call(cast.needs_assessor, call_id=new.id, answer=YES)
    assert Task.objects.filter(object_id=new.id, ended_at=None).count() == 0


def test_another_purpose_needs_no_new_answer(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    ops.answer_call(
        cast.needs_assessor, call_id=of(made, "Krokoms biståndshandläggning").id, answer=YES
    )
    kept = ops.move_meeting(
        cast.region_nurse, meeting_id=made.id, facts=facts(purpose="Hjälp på natten")
    )
    assert of(kept, "Krokoms biståndshandläggning").status is CallStatus.ACCEPTED


def test_an_answer_to_a_withdrawn_call_says_so(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    call = of(made, "Krokoms biståndshandläggning")
    shown = ops.withdraw_call(cast.region_nurse, call_id=call.id)
    assert of(shown, call.name).status is CallStatus.WITHDRAWN
    with pytest.raises(NotNow, match="återkallad"):
        ops.answer_call(cast.needs_assessor, call_id=call.id, answer=YES)
    assert not Task.objects.filter(object_id=call.id, ended_at=None).exists()
    again = ops.call_more(
        cast.region_nurse, meeting_id=made.id, invited=ops.Invited(units=(call.unit_id,))
    )
    assert CallStatus.SENT in [one.status for one in again.calls if one.name == call.name]


def test_a_meeting_is_called_off(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    off = ops.cancel_meeting(cast.region_nurse, meeting_id=made.id, reason="Karin är sjuk")
    assert off.status is MeetingStatus.CANCELLED
    assert {one.status for one in off.calls + off.earlier} == {CallStatus.WITHDRAWN}
    assert not Task.objects.filter(ended_at=None).exclude(object_id=shared.id).exists()
    assert News.objects.filter(person_id=made.person.id).count() >= 2
    with pytest.raises(NotNow):
        ops.cancel_meeting(cast.region_nurse, meeting_id=made.id)
    with pytest.raises(NotNow):
        ops.move_meeting(cast.region_nurse, meeting_id=made.id, facts=facts())


# ── reminders ──


def test_two_calls_do_not_look_alike_on_the_board(cast: Cast, shared: PlanDetail) -> None:
    first = called(cast, shared, "assessment")
    other = ops.call_meeting(
        cast.region_nurse,
        plan_id=shared.id,
        facts=facts(THEN + timedelta(days=7)),
        invited=ops.Invited(units=(cast.units["assessment"].id,)),
    )
    tasks = Task.objects.filter(kind="call", unit_id=cast.units["assessment"].id)
    verbs = {str(read_words(one.verb)) for one in tasks}
    days = [swedish_date(local_date(one.starts_at)).partition(" ")[2] for one in (first, other)]
    assert verbs == {f"svara på kallelsen till mötet {day}" for day in days}


def test_a_meeting_too_near_to_remind_says_so(cast: Cast, shared: PlanDetail) -> None:
    assert not called(cast, shared, "assessment").short_notice
    near = ops.call_meeting(
        cast.region_nurse,
        plan_id=shared.id,
        facts=facts(NOW + timedelta(hours=20)),
        invited=ops.Invited(units=(cast.units["assessment"].id,)),
    )
    assert near.short_notice
    assert of(near, "Krokoms biståndshandläggning").answer_by == NOW + timedelta(hours=10)


def test_those_who_do_not_answer_are_reminded_and_then_rung(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    call = of(made, "Krokoms biståndshandläggning")
    assert ops.remind_calls(replace(cast.system, at=NOW + timedelta(hours=1))) == 0
    assert ops.remind_calls(replace(cast.system, at=NOW + timedelta(days=2, hours=1))) == 1
    assert "går ut" in str(Task.objects.get(object_id=call.id).verb)
    assert ops.remind_calls(replace(cast.system, at=NOW + timedelta(days=2, hours=2))) == 0
    assert ops.remind_calls(replace(cast.system, at=NOW + timedelta(days=3, hours=1))) == 1
    assert Task.objects.filter(object_id=made.id, key="late", ended_at=None).exists()
    later = replace(cast.needs_assessor, at=NOW + timedelta(days=3, hours=2))
    ops.answer_call(later, call_id=call.id, answer=YES)
    assert not Task.objects.filter(object_id=made.id, key="late", ended_at=None).exists()


# ── R4 ──


def test_meeting_and_calls_are_published(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    call = of(made, "Krokoms biståndshandläggning")
    ops.answer_call(cast.needs_assessor, call_id=call.id, answer=NO)
    found = Version.objects.filter(
        person_id=made.person.id, resource__kind__in=["Appointment", "Task"]
    )
    text = "".join(found.values_list("text", flat=True))
    assert '"Planeringsmöte"' in text
    assert '"rejected"' in text
    assert "bo kvar" not in text


def test_lists(cast: Cast, shared: PlanDetail) -> None:
    made = called(cast, shared, "assessment")
    [line] = reads.list_meetings(cast.needs_assessor, plan_id=shared.id)
    assert line.id == made.id
    assert line.call is not None
    assert line.call.invitee is Invitee.UNIT
    assert line.call.may_answer
