"""The meeting: who was there, the read-out, each party's word; writing at the same time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Model

from samverka.access.act import Act
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.forms.meetings import HoldForm
from samverka.careplans.models import LiveText, PlanVersion, Presence
from samverka.careplans.reads import LiveState, MeetingDetail, PlanDetail
from samverka.careplans.rules import Section
from samverka.careplans.rules.disclosing import PartKind
from samverka.careplans.rules.meetings import (
    CUT_AFTER,
    MEETING_STEPS,
    Answer,
    CallStatus,
    Invitee,
    MeetingStatus,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow, Problem
from samverka.notices.models import Task
from tests.careplans.test_calling import facts
from tests.factories.cast import NOW, Cast, person_login

pytestmark = pytest.mark.django_db

ROOMS = "what_matters"


@pytest.fixture
def meeting(cast: Cast, shared: PlanDetail) -> MeetingDetail:
    invited = ops.Invited(units=(cast.units["assessment"].id,))
    return ops.call_meeting(cast.region_nurse, plan_id=shared.id, facts=facts(), invited=invited)


def later(actor: Actor, **passed: float) -> Actor:
    return replace(actor, at=actor.at + timedelta(**passed))


def write(
    actor: Actor, plan: PlanDetail, base: str, text: str, key: str = ROOMS, **passed: float
) -> str:
    saved = ops.write_live(later(actor, **passed), plan_id=plan.id, key=key, base=base, text=text)
    return saved.text


def look(actor: Actor, meeting: MeetingDetail, known: str = "", **passed: float) -> LiveState:
    found = reads.live(later(actor, **passed), meeting_id=meeting.id, known=known)
    assert found is not None
    return found


# ── the table ──


@pytest.mark.usefixtures("standing_county")  # asks the database nothing
def test_every_status_ends() -> None:
    assert {one for one, ways in MEETING_STEPS.items() if not ways} == {
        MeetingStatus.CONFIRMED,
        MeetingStatus.CANCELLED,
    }


# ── write at the same time ──


def test_two_who_write_in_the_same_text_both_keep_their_words(
    cast: Cast, meeting: MeetingDetail
) -> None:
    plan, start = meeting.plan, meeting.plan.what_matters
    write(cast.region_nurse, plan, start, f"{start} Och sova gott.")
    merged = write(cast.needs_assessor, plan, start, f"Först av allt: {start}", seconds=1)
    assert merged == f"Först av allt: {start} Och sova gott."
    seen = look(cast.region_nurse, meeting, seconds=2)
    assert seen.texts[ROOMS] == merged
    assert seen.meeting.plan.what_matters == merged


def test_writing_makes_no_version_until_it_rests(cast: Cast, meeting: MeetingDetail) -> None:
    plan, said = meeting.plan, meeting.plan.what_matters
    before = PlanVersion.objects.filter(plan_id=plan.id).count()
    for number in range(5):
        said = write(cast.region_nurse, plan, said, f"{said} ord{number}", seconds=number * 2)
    assert PlanVersion.objects.filter(plan_id=plan.id).count() == before
    rested = replace(cast.system, at=NOW + timedelta(seconds=8) + CUT_AFTER)
    assert ops.settle_rested(replace(cast.system, at=NOW + timedelta(seconds=9))) == 0
    assert ops.settle_rested(rested) == 1
    assert ops.settle_rested(rested) == 0
    made = PlanVersion.objects.filter(plan_id=plan.id).latest("number")
    assert (made.by, made.by_id, made.unit_name) == (
        "Lena Berg",
        cast.region_nurse.id,
        "Krokoms hälsocentral",
    )
    assert made.content["what_matters"] == said
    assert reads.plan(cast.needs_assessor, plan_id=plan.id).what_matters == said


def test_each_writers_words_are_a_version_of_their_own(cast: Cast, meeting: MeetingDetail) -> None:
    plan, start = meeting.plan, meeting.plan.what_matters
    said = write(cast.region_nurse, plan, start, f"{start} Ett.")
    said = write(cast.needs_assessor, plan, said, f"{said} Två.", seconds=5)
    ops.settle_plan(later(cast.region_nurse, seconds=9), plan_id=plan.id)
    last = PlanVersion.objects.filter(plan_id=plan.id).order_by("-number")[:2]
    assert [(one.by, one.content["what_matters"]) for one in last] == [
        ("Sara Ek", f"{start} Ett. Två."),
        ("Lena Berg", f"{start} Ett."),
    ]


def test_a_long_writing_is_cut_each_minute(cast: Cast, meeting: MeetingDetail) -> None:
    plan, said = meeting.plan, meeting.plan.what_matters
    before = PlanVersion.objects.filter(plan_id=plan.id).count()
    for number in range(13):
        said = write(cast.region_nurse, plan, said, f"{said} {number}", seconds=number * 10)
    assert PlanVersion.objects.filter(plan_id=plan.id).count() == before + 2


def test_what_is_changed_on_the_plans_own_page_is_kept_too(
    cast: Cast, meeting: MeetingDetail
) -> None:
    plan, start = meeting.plan, meeting.plan.what_matters
    write(cast.region_nurse, plan, start, f"{start} I mötet.")
    ops.write_section(
        later(cast.needs_assessor, seconds=1),
        plan_id=plan.id,
        section=Section.WHAT_MATTERS,
        text=f"Bredvid. {start}",
        version=reads.plan(cast.needs_assessor, plan_id=plan.id).version,
    )
    ops.settle_plan(later(cast.region_nurse, seconds=2), plan_id=plan.id)
    made = reads.plan(cast.region_nurse, plan_id=plan.id).what_matters
    assert made == f"Bredvid. {start} I mötet."


def test_goals_and_activities_too(cast: Cast, meeting: MeetingDetail) -> None:
    plan = meeting.plan
    goal, activity = plan.goals[0], plan.activities[0]
    write(cast.region_nurse, plan, goal.words, f"{goal.words} varje dag", key=f"goal:{goal.id}")
    write(cast.needs_assessor, plan, goal.words, f"Jag vill: {goal.words}", key=f"goal:{goal.id}")
    write(cast.region_nurse, plan, activity.what, "", key=f"activity:{activity.id}")
    seen = look(cast.needs_assessor, meeting, seconds=2)
    assert seen.meeting.plan.goals[0].words == f"Jag vill: {goal.words} varje dag"
    ops.settle_plan(cast.region_nurse, plan_id=plan.id)
    made = reads.plan(cast.region_nurse, plan_id=plan.id)
    assert made.goals[0].words == f"Jag vill: {goal.words} varje dag"
    assert made.activities[0].what == activity.what, "an emptied line is no activity"


def test_too_long_is_said_and_nothing_is_lost(cast: Cast, meeting: MeetingDetail) -> None:
    start = meeting.plan.what_matters
    said = write(cast.region_nurse, meeting.plan, start, f"{start} a")
    with pytest.raises(Invalid, match="5000"):
        write(cast.needs_assessor, meeting.plan, start, "b " * 2600)
    assert look(cast.region_nurse, meeting).texts[ROOMS] == said


@pytest.mark.parametrize("key", ["title", "status", "goal:x", "goal:", "other:1", ""])
def test_only_the_plans_texts_can_be_written(cast: Cast, meeting: MeetingDetail, key: str) -> None:
    with pytest.raises(NotFound):
        write(cast.region_nurse, meeting.plan, "", "x", key=key)


def test_who_may_not_write_writes_not(cast: Cast, meeting: MeetingDetail) -> None:
    for actor in (cast.stranger, cast.municipal_nurse, cast.ifo_officer):
        with pytest.raises(NotFound):
            write(actor, meeting.plan, "", "x")
        with pytest.raises(NotFound):
            reads.live(actor, meeting_id=meeting.id)
        with pytest.raises(NotFound):
            ops.show_presence(actor, plan_id=meeting.plan.id)
    with pytest.raises(Problem):
        write(person_login(meeting.person), meeting.plan, "", "x")  # type: ignore[arg-type]
    assert not LiveText.objects.exists()


def test_after_withdrawal_nothing_more_is_shown_or_written(
    cast: Cast, meeting: MeetingDetail
) -> None:
    plan = meeting.plan
    ops.withdraw_sharing(later(cast.region_nurse, seconds=1), plan_id=plan.id, by="Karin")
    write(cast.region_nurse, plan, plan.what_matters, "Hemligt", seconds=2)
    with pytest.raises((NotFound, NotAllowed)):
        write(cast.needs_assessor, plan, "", "x", seconds=3)
    try:
        found = reads.live(later(cast.needs_assessor, seconds=3), meeting_id=meeting.id)
    except (NotFound, NotAllowed):
        return
    assert "Hemligt" not in str(found)


# ── what is asked and logged ──


def test_an_unchanged_question_leaves_no_line(
    cast: Cast, meeting: MeetingDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    note = Act.note

    def heard(this: Act, row: Model, **more: object) -> None:
        noted.append(this.action)
        note(this, row, **more)

    monkeypatch.setattr(Act, "note", heard)
    stamp = look(cast.needs_assessor, meeting).stamp
    assert noted == ["meeting.read"]
    assert reads.live(cast.needs_assessor, meeting_id=meeting.id, known=stamp) is None
    assert len(noted) == 1
    ops.show_presence(cast.region_nurse, plan_id=meeting.plan.id, key=ROOMS)
    seen = look(cast.needs_assessor, meeting, stamp)
    assert [(one.name, one.key, one.me) for one in seen.presences] == [("Lena Berg", ROOMS, False)]
    assert len(noted) == 1, "who writes where is nothing about the person"
    write(cast.region_nurse, meeting.plan, meeting.plan.what_matters, "Nytt")
    noted.clear()
    look(cast.needs_assessor, meeting, seen.stamp)
    assert noted == ["meeting.read"]


def test_who_has_gone_is_not_shown(cast: Cast, meeting: MeetingDetail) -> None:
    ops.show_presence(cast.region_nurse, plan_id=meeting.plan.id, key=ROOMS)
    assert look(cast.needs_assessor, meeting, seconds=5).presences
    assert not look(cast.needs_assessor, meeting, seconds=20).presences
    ops.show_presence(later(cast.needs_assessor, hours=13), plan_id=meeting.plan.id)
    assert Presence.objects.get().name == "Sara Ek"


# ── the end ──


def there(cast: Cast) -> list[ops.Attendee]:
    return [
        ops.Attendee("Lena Berg", "distriktssköterska", unit_id=cast.units["health_centre"].id),
        ops.Attendee("Karin Åström", "det är hennes plan"),
        ops.Attendee("Eva", "dotter", present=False),
    ]


def test_the_end_of_a_meeting(cast: Cast, meeting: MeetingDetail) -> None:
    plan, start = meeting.plan, meeting.plan.what_matters
    write(cast.needs_assessor, plan, start, f"{start} Sist.")
    nurse = later(cast.region_nurse, days=7)
    ops.note_attendance(nurse, meeting_id=meeting.id, attendees=there(cast))
    made = ops.hold_meeting(nurse, meeting_id=meeting.id)
    assert made.status is MeetingStatus.HELD
    assert made.plan.what_matters == f"{start} Sist.", "what was being written is in the read-out"
    assert made.agreed_version == made.plan.version
    assert [one.name for one in made.absent] == ["Eva"]
    assert made.unnoted == ("Krokoms biståndshandläggning",), "nobody said that they were not there"
    waiting = {one.name: one for one in made.confirmations}
    assert waiting.keys() == {
        "Krokoms hälsocentral",
        "Krokoms biståndshandläggning",
        "Karin Åström",
    }
    assert Task.objects.filter(kind="confirm", ended_at=None).count() == 3

    one = ops.confirm_agreed(nurse, confirmation_id=waiting["Krokoms hälsocentral"].id)
    assert one.status is MeetingStatus.HELD
    karin: Actor = person_login(made.person)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        ops.confirm_agreed(karin, confirmation_id=waiting["Krokoms biståndshandläggning"].id)
    ops.confirm_agreed(karin, confirmation_id=waiting["Karin Åström"].id)
    with pytest.raises(NotNow, match="redan"):
        ops.confirm_agreed(karin, confirmation_id=waiting["Karin Åström"].id)
    last = ops.confirm_agreed(
        later(cast.needs_assessor, days=9),
        confirmation_id=waiting["Krokoms biståndshandläggning"].id,
    )
    assert last.status is MeetingStatus.CONFIRMED
    assert not Task.objects.filter(kind="confirm", ended_at=None).exists()
    with pytest.raises(NotNow):
        ops.hold_meeting(nurse, meeting_id=meeting.id)


def open_tasks() -> set[str]:
    return set(Task.objects.filter(ended_at=None).values_list("kind", flat=True))


def test_a_call_that_nobody_answered_ends_with_the_meeting(
    cast: Cast, meeting: MeetingDetail
) -> None:
    [call] = [one for one in meeting.calls if one.invitee is Invitee.UNIT]
    assert "call" in open_tasks()
    ops.hold_meeting(later(cast.region_nurse, days=7), meeting_id=meeting.id)
    assert "call" not in open_tasks()
    shown = reads.call(later(cast.needs_assessor, days=8), call_id=call.id)
    assert (shown.call.status, shown.may_answer) == (CallStatus.LAPSED, False)
    with pytest.raises(NotNow, match="Mötet är hållet"):
        ops.answer_call(
            later(cast.needs_assessor, days=8),
            call_id=call.id,
            answer=Answer(CallStatus.ACCEPTED),
        )


def test_the_plans_end_calls_the_meeting_off(cast: Cast, meeting: MeetingDetail) -> None:
    ops.end_plan(cast.region_nurse, plan_id=meeting.plan.id, reason="Flyttar")
    found = reads.meeting(cast.region_nurse, meeting_id=meeting.id)
    assert (found.status, found.cancel_reason) == (MeetingStatus.CANCELLED, "Planen är avslutad.")
    assert not {"call", "meeting"} & open_tasks()


def test_after_the_plans_end_nobody_is_asked_to_confirm(cast: Cast, meeting: MeetingDetail) -> None:
    nurse = later(cast.region_nurse, days=7)
    made = ops.hold_meeting(nurse, meeting_id=meeting.id)
    ops.end_plan(nurse, plan_id=meeting.plan.id, reason="Flyttar")
    assert "confirm" not in open_tasks()
    found = reads.meeting(nurse, meeting_id=meeting.id)
    assert not any(one.may_confirm for one in found.confirmations)
    with pytest.raises(NotNow, match="avslutad"):
        ops.confirm_agreed(nurse, confirmation_id=made.confirmations[0].id)


def test_who_was_there_can_be_put_right_after_the_plans_end(
    cast: Cast, meeting: MeetingDetail
) -> None:
    nurse = later(cast.region_nurse, days=7)
    ops.hold_meeting(nurse, meeting_id=meeting.id)
    ops.end_plan(nurse, plan_id=meeting.plan.id, reason="Flyttar")
    assert reads.meeting(nurse, meeting_id=meeting.id).may_note
    made = ops.note_attendance(nurse, meeting_id=meeting.id, attendees=there(cast))
    assert [one.name for one in made.present] == ["Karin Åström", "Lena Berg"]


def test_a_meeting_is_not_over_before_it_has_begun(cast: Cast, meeting: MeetingDetail) -> None:
    early = later(cast.region_nurse, days=5)
    with pytest.raises(NotNow, match="inte börjat") as refused:
        ops.hold_meeting(early, meeting_id=meeting.id)
    assert "Möts ni redan nu?" in refused.value.mend
    made = ops.hold_meeting(early, meeting_id=meeting.id, now=True)
    assert (made.status, made.starts_at) == (MeetingStatus.HELD, early.at)
    assert made.ends_at - made.starts_at == meeting.ends_at - meeting.starts_at
    assert {one.starts_at for one in made.calls} == {early.at}


def test_who_writes_at_the_table_is_suggested_as_there(cast: Cast, meeting: MeetingDetail) -> None:
    ops.show_presence(later(cast.needs_assessor, days=7), plan_id=meeting.plan.id)
    ops.show_presence(later(cast.region_nurse, days=7, hours=1), plan_id=meeting.plan.id)
    found = reads.meeting_at_end(later(cast.region_nurse, days=7, hours=1), meeting_id=meeting.id)
    assert {one.name: one.unit_id for one in found.writers} == {
        "Sara Ek": cast.units["assessment"].id,
        "Lena Berg": cast.units["health_centre"].id,
    }
    form = HoldForm(found=found, early=False)
    assert [(there.label, there.initial, who.initial) for there, who in form.lines[:2]] == [
        ("Krokoms hälsocentral", "yes", "Lena Berg"),
        ("Krokoms biståndshandläggning", "yes", "Sara Ek"),
    ]


def test_staff_write_down_that_the_person_stands_by_it(cast: Cast, meeting: MeetingDetail) -> None:
    made = ops.hold_meeting(later(cast.region_nurse, days=7), meeting_id=meeting.id)
    karin = next(one for one in made.confirmations if one.name == "Karin Åström")
    shown = ops.confirm_agreed(cast.region_nurse, confirmation_id=karin.id)
    [noted] = [one for one in shown.confirmations if one.id == karin.id]
    assert (noted.on_behalf, noted.confirmed_by) == (True, "Lena Berg")


def test_nobody_confirms_for_another(cast: Cast, meeting: MeetingDetail) -> None:
    made = ops.hold_meeting(later(cast.region_nurse, days=7), meeting_id=meeting.id)
    ours = next(one for one in made.confirmations if one.name == "Krokoms hälsocentral")
    for actor in (cast.needs_assessor, cast.stranger, cast.municipal_nurse):
        with pytest.raises(Problem):
            ops.confirm_agreed(actor, confirmation_id=ours.id)


def test_the_other_side_can_end_the_meeting_too(cast: Cast, meeting: MeetingDetail) -> None:
    assert (
        ops.hold_meeting(later(cast.needs_assessor, days=7), meeting_id=meeting.id).held_by
        == "Sara Ek"
    )


def test_the_same_name_twice_is_one(cast: Cast, meeting: MeetingDetail) -> None:
    twice = [ops.Attendee("Eva"), ops.Attendee(" Eva "), ops.Attendee("")]
    made = ops.note_attendance(cast.region_nurse, meeting_id=meeting.id, attendees=twice)
    assert [one.name for one in made.attendances] == ["Eva"]


def test_a_legal_act_is_about_what_is_being_written_too(cast: Cast, meeting: MeetingDetail) -> None:
    plan, start = meeting.plan, meeting.plan.what_matters
    write(cast.needs_assessor, plan, start, f"{start} Sist.")
    ended = ops.end_plan(later(cast.region_nurse, seconds=1), plan_id=plan.id, reason="Flyttar")
    assert ended.what_matters == f"{start} Sist."


def test_what_is_kept_back_is_not_shown_live_nor_written_by_another(
    cast: Cast, meeting: MeetingDetail
) -> None:
    plan, nurse = meeting.plan, cast.region_nurse
    part = ops.KeptBack(PartKind.SECTION, "strengths")
    ops.keep_back(nurse, plan_id=plan.id, parts=[part])
    write(nurse, plan, "", "Bara för oss", key="strengths", seconds=1)
    seen = look(cast.needs_assessor, meeting, seconds=2)
    assert "Bara för oss" not in str(seen)
    assert look(nurse, meeting, seconds=2).texts["strengths"] == "Bara för oss"
    with pytest.raises(Problem):
        write(cast.needs_assessor, plan, "", "x", key="strengths", seconds=3)
    ops.settle_plan(later(nurse, seconds=4), plan_id=plan.id)
    assert "Bara för oss" not in str(reads.plan(cast.needs_assessor, plan_id=plan.id))
