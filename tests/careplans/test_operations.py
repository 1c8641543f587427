"""Every change of a plan, with the cast: what works, who may, and what is refused in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.guarded import OutsideAct
from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import Activity, Plan, PlanVersion
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import (
    ActivityStatus,
    GoalStatus,
    OwnerKind,
    PlanKind,
    PlanStatus,
    Section,
    Term,
)
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotFound, NotNow
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from tests.careplans.conftest import TODAY
from tests.factories.cast import Cast, make_person, person_login


def last_version(plan: PlanDetail) -> PlanVersion:
    found: PlanVersion | None = (
        PlanVersion.objects.filter(plan_id=plan.id).order_by("-number").first()
    )
    assert found is not None
    return found


# ── begin ──


def test_a_plan_is_begun_with_the_persons_words(cast: Cast, karin: PersonDetail) -> None:
    made = ops.start_plan(
        cast.region_nurse, person_id=karin.id, kind=PlanKind.SIP, what_matters="Katten"
    )
    assert (made.status, made.version, made.what_matters) == (PlanStatus.DRAFT, 1, "Katten")
    assert made.title == "Samordnad individuell plan (SIP)"
    assert [party.name for party in made.parties] == ["Krokoms hälsocentral"]
    assert made.may_edit
    assert made.may_share
    assert last_version(made).content["what_matters"] == "Katten"
    line = Event.objects.filter(action=Action.PLAN_START, person_id=str(karin.id)).get()
    assert line.object_ids == [str(made.id)]
    assert set(Resource.objects.filter(person_id=karin.id).values_list("kind", flat=True)) >= {
        "CarePlan",
        "CareTeam",
    }


def test_no_plan_for_one_whom_the_unit_does_not_know(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotFound):
        ops.start_plan(cast.stranger, person_id=karin.id, kind=PlanKind.SIP)
    assert not Plan.objects.exists()
    assert Event.objects.filter(action=Action.PLAN_START).exclude(outcome=0).count() == 1


def test_support_staff_read_but_do_not_begin(cast: Cast) -> None:
    person = make_person(cast.needs_assessor)
    with pytest.raises(NotFound):
        ops.start_plan(cast.home_care, person_id=person.id, kind=PlanKind.CARE)


def test_the_person_does_not_begin_or_write_but_comments(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    her = person_login(karin)
    with pytest.raises(NotAllowed):
        ops.start_plan(her, person_id=karin.id, kind=PlanKind.SIP)
    with pytest.raises(NotAllowed):
        ops.write_section(her, plan_id=plan.id, section=Section.TITLE, text="Min", version=1)
    told = ops.comment_plan(her, plan_id=plan.id, words="Katten heter Måns.")
    assert [one.words for one in told.comments] == ["Katten heter Måns."]
    assert told.comments[0].by_person


def test_nothing_is_written_outside_an_act(plan: PlanDetail) -> None:
    with pytest.raises(OutsideAct):
        Plan.objects.get(id=plan.id).save()
    with pytest.raises(OutsideAct):
        PlanVersion.objects.filter(plan_id=plan.id).update(by="någon annan")


# ── write ──


def test_a_section_makes_a_version_and_the_same_text_none(cast: Cast, plan: PlanDetail) -> None:
    nurse = cast.region_nurse
    made = ops.write_section(
        nurse, plan_id=plan.id, section=Section.IF_WORSE, text=" Ring oss. ", version=1
    )
    assert (made.if_worse, made.version) == ("Ring oss.", 2)
    same = ops.write_section(
        nurse, plan_id=plan.id, section=Section.IF_WORSE, text="Ring oss.", version=2
    )
    assert same.version == 2


def test_two_who_write_in_different_parts_both_succeed(cast: Cast, plan: PlanDetail) -> None:
    ops.write_section(
        cast.region_nurse, plan_id=plan.id, section=Section.IF_WORSE, text="A", version=1
    )
    made = ops.write_section(
        cast.region_nurse, plan_id=plan.id, section=Section.STRENGTHS, text="B", version=1
    )
    assert (made.if_worse, made.strengths, made.version) == ("A", "B", 3)


def test_two_who_write_in_the_same_part_conflict_with_both_texts(
    cast: Cast, plan: PlanDetail
) -> None:
    def write(text: str, version: int) -> PlanDetail:
        return ops.write_section(
            cast.region_nurse, plan_id=plan.id, section=Section.IF_WORSE, text=text, version=version
        )

    write("Först", 1)
    with pytest.raises(Conflict) as lost:
        write("Sedan", 1)
    assert lost.value.mine == {"if_worse": "Sedan"}
    assert lost.value.theirs == {"if_worse": "Först"}
    assert write("Först. Sedan.", 2).if_worse == "Först. Sedan."


@pytest.mark.parametrize(
    ("section", "text"), [(Section.TITLE, "  "), (Section.TITLE, "x" * 121), (Section.IF_WORSE, "x" * 5001)]
)  # fmt: skip
def test_a_text_that_cannot_be_stored_is_refused(
    cast: Cast, plan: PlanDetail, section: Section, text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ops.write_section(cast.region_nurse, plan_id=plan.id, section=section, text=text, version=1)
    assert refused.value.where == section.value


def test_goals_are_written_changed_and_followed_up(cast: Cast, plan: PlanDetail) -> None:
    nurse = cast.region_nurse
    made = ops.add_goal(nurse, plan_id=plan.id, words="Gå ut", term=Term.SHORT)
    goal = made.goals[0]
    changed = ops.edit_goal(
        nurse, goal_id=goal.id, version=goal.version, words="Gå ut varje dag", term=Term.LONG
    )
    assert (changed.goals[0].words, changed.goals[0].term) == ("Gå ut varje dag", Term.LONG)
    with pytest.raises(Conflict) as lost:
        ops.edit_goal(nurse, goal_id=goal.id, version=goal.version, words="Nej", term=Term.LONG)
    assert lost.value.mine["words"] == "Nej"
    assert lost.value.theirs["words"] == "Gå ut varje dag"
    now = changed.goals[0]
    followed = ops.follow_up_goal(
        nurse,
        goal_id=goal.id,
        version=now.version,
        status=GoalStatus.REACHED,
        outcome="Nu går jag till sjön.",
    )
    assert followed.goals[0].status is GoalStatus.REACHED
    assert followed.goals[0].followed_up_at == nurse.at
    with pytest.raises(Invalid):
        ops.follow_up_goal(
            nurse,
            goal_id=goal.id,
            version=followed.goals[0].version,
            status=GoalStatus.PARTLY,
            outcome=" ",
        )


def test_an_activity_without_owner_is_refused_in_words(cast: Cast, plan: PlanDetail) -> None:
    for owner in (ops.Owner(), ops.Owner(kind=OwnerKind.REGION), ops.Owner(kind=OwnerKind.OTHER)):
        with pytest.raises(Invalid) as refused:
            ops.add_activity(cast.region_nurse, plan_id=plan.id, what="Träning", owner=owner)
        assert refused.value.where in ("owner", "owner_text")
    assert not Activity.objects.exists()


def test_the_database_has_no_activity_without_owner_either(cast: Cast, written: PlanDetail) -> None:
    row = Activity.objects.filter(plan_id=written.id, owner_unit__isnull=False).first()
    assert row is not None
    row.owner_unit = None
    with pytest.raises(IntegrityError), transaction.atomic(), act(cast.system, Action.PLAN_EDIT):
        row.save()


def test_each_owner_says_which_huvudman_answers(cast: Cast, written: PlanDetail) -> None:
    told = {one.what: (one.owner_kind, one.owner) for one in written.activities}
    assert told == {
        "Läkemedelsgenomgång": (OwnerKind.REGION, "Krokoms hälsocentral"),
        "Hjälp med dusch": (OwnerKind.MUNICIPALITY, "Krokoms biståndshandläggning"),
        "Går en runda varje dag": (OwnerKind.PERSON, "Karin"),
    }
    assert {party.name for party in written.parties} == {
        "Krokoms hälsocentral",
        "Krokoms biståndshandläggning",
    }


def test_an_activity_is_done_and_taken_up_again(cast: Cast, written: PlanDetail) -> None:
    nurse, one = cast.region_nurse, written.activities[0]
    done = ops.finish_activity(nurse, activity_id=one.id, outcome="Tre mediciner bort")
    first = done.activities[0]
    assert (first.status, first.done_at, first.outcome) == (
        ActivityStatus.DONE,
        nurse.at,
        "Tre mediciner bort",
    )
    with pytest.raises(NotNow):
        ops.finish_activity(nurse, activity_id=one.id)
    again = ops.edit_activity(
        nurse,
        activity_id=one.id,
        version=first.version,
        what=first.what,
        owner=ops.Owner(unit_id=cast.units["home_health"].id),
        due_on=first.due_on,
        status=ActivityStatus.ONGOING,
        outcome=first.outcome,
    )
    assert again.activities[0].done_at is None
    assert again.activities[0].owner == "Krokoms hemsjukvård"
    assert "Krokoms hemsjukvård" in {party.name for party in again.parties}


def test_two_who_change_the_same_activity_conflict(cast: Cast, written: PlanDetail) -> None:
    one = written.activities[0]

    def edit(what: str) -> PlanDetail:
        owner = ops.Owner(unit_id=one.owner_unit_id)
        return ops.edit_activity(
            cast.region_nurse,
            activity_id=one.id,
            version=one.version,
            what=what,
            owner=owner,
            due_on=one.due_on,
        )

    edit("Den första")
    with pytest.raises(Conflict) as lost:
        edit("Den andra")
    assert (lost.value.mine["what"], lost.value.theirs["what"]) == ("Den andra", "Den första")


def test_a_day_that_has_passed_is_refused(cast: Cast, plan: PlanDetail) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Invalid):
        ops.set_follow_up(cast.region_nurse, plan_id=plan.id, day=yesterday)
    with pytest.raises(Invalid):
        ops.add_activity(
            cast.region_nurse,
            plan_id=plan.id,
            what="Träning",
            owner=ops.Owner(kind=OwnerKind.PERSON),
            due_on=yesterday,
        )


def test_only_a_huvudman_has_the_overall_responsibility(cast: Cast, plan: PlanDetail) -> None:
    with pytest.raises(Invalid):
        ops.set_responsible(
            cast.region_nurse, plan_id=plan.id, organisation_id=cast.units["ward"].id
        )
    unit = cast.units["assessment"]
    made = ops.set_responsible(
        cast.region_nurse, plan_id=plan.id, organisation_id=unit.organisation_id
    )
    assert made.responsible == "Krokoms kommun"


# ── establish, end ──


def test_a_plan_is_not_established_without_what_the_law_asks_for(
    cast: Cast, plan: PlanDetail
) -> None:
    with pytest.raises(NotNow) as refused:
        ops.activate_plan(cast.region_nurse, plan_id=plan.id)
    for one in plan.blocking:
        assert one.sentence in refused.value.message
    assert reads.plan(cast.region_nurse, plan_id=plan.id).status is PlanStatus.DRAFT


def test_consent_is_the_last_thing_missing(cast: Cast, written: PlanDetail) -> None:
    assert [one.what for one in written.blocking] == [rules.Content.CONSENT]


def test_a_complete_plan_is_established_once(cast: Cast, active: PlanDetail) -> None:
    assert active.status is PlanStatus.ACTIVE
    assert active.established_by == "Lena Berg"
    assert active.next_step is not None
    assert active.next_step.owner == "Krokoms biståndshandläggning"
    with pytest.raises(NotNow):
        ops.activate_plan(cast.region_nurse, plan_id=active.id)


def test_an_ended_plan_is_read_only(cast: Cast, active: PlanDetail) -> None:
    nurse = cast.region_nurse
    with pytest.raises(Invalid):
        ops.end_plan(nurse, plan_id=active.id, reason=" ")
    ended = ops.end_plan(nurse, plan_id=active.id, reason="Målen är nådda.")
    assert (ended.status, ended.may_edit, ended.may_share) == (PlanStatus.ENDED, False, False)
    assert ended.next_step is None
    attempts = [
        lambda: ops.add_goal(nurse, plan_id=active.id, words="Nytt", term=Term.SHORT),
        lambda: ops.finish_activity(nurse, activity_id=active.activities[0].id),
        lambda: ops.end_plan(nurse, plan_id=active.id, reason="Igen"),
        lambda: ops.share_plan(nurse, plan_id=active.id, unit_ids=[cast.units["home_health"].id]),
    ]
    for attempt in attempts:
        with pytest.raises(NotNow):
            attempt()


# ── undo ──


def test_the_last_change_can_be_taken_back_for_ten_seconds(cast: Cast, written: PlanDetail) -> None:
    nurse, one = cast.region_nurse, written.activities[0]
    done = ops.finish_activity(nurse, activity_id=one.id)
    soon = cast.at(nurse, seconds=8)
    undone = ops.undo_change(soon, plan_id=written.id, version=done.version)
    assert undone.activities[0].status is ActivityStatus.PLANNED
    assert undone.activities[0].done_at is None
    assert undone.version == done.version + 1
    assert undone.activities[0].version > done.activities[0].version


def test_what_was_added_goes_when_it_is_taken_back(cast: Cast, written: PlanDetail) -> None:
    nurse = cast.region_nurse
    made = ops.add_activity(
        nurse,
        plan_id=written.id,
        what="Sårvård",
        owner=ops.Owner(unit_id=cast.units["home_health"].id),
    )
    assert len(made.parties) == 3
    undone = ops.undo_change(nurse, plan_id=written.id, version=made.version)
    assert [one.what for one in undone.activities] == [one.what for one in written.activities]
    assert len(undone.parties) == 2


def test_not_late_not_anothers_not_under_a_later_change_and_no_legal_act(
    cast: Cast, shared: PlanDetail
) -> None:
    nurse = cast.region_nurse
    with pytest.raises(NotNow):  # sharing stands
        ops.undo_change(nurse, plan_id=shared.id, version=shared.version)
    made = ops.add_goal(nurse, plan_id=shared.id, words="Gå ut", term=Term.SHORT)
    with pytest.raises(NotNow):
        ops.undo_change(cast.at(nurse, seconds=16), plan_id=shared.id, version=made.version)
    with pytest.raises(NotNow):
        ops.undo_change(cast.needs_assessor, plan_id=shared.id, version=made.version)
    ops.write_section(
        cast.needs_assessor,
        plan_id=shared.id,
        section=Section.IF_WORSE,
        text="Ring",
        version=made.version,
    )
    with pytest.raises(NotNow):
        ops.undo_change(nurse, plan_id=shared.id, version=made.version)
    assert len(reads.plan(nurse, plan_id=shared.id).goals) == 2


# ── comments ──


def test_the_persons_words_wait_on_the_keeper_until_handled(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    goal = active.goals[0]
    told = ops.comment_plan(
        person_login(karin), plan_id=active.id, words="Det gör ont.", goal_id=goal.id
    )
    assert told.next_step is not None
    assert told.next_step.verb == "läsa vad personen har skrivit"
    comment = told.comments[0]
    assert comment.goal_id == goal.id
    handled = ops.handle_comment(cast.region_nurse, comment_id=comment.id)
    assert handled.comments[0].handled_by == "Lena Berg"
    assert handled.next_step is not None
    assert handled.next_step.verb != "läsa vad personen har skrivit"
    with pytest.raises(NotNow):
        ops.handle_comment(cast.region_nurse, comment_id=comment.id)


def test_a_comment_on_another_plans_goal_is_refused(
    cast: Cast, karin: PersonDetail, written: PlanDetail
) -> None:
    other = ops.start_plan(cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE)
    with pytest.raises(Invalid):
        ops.comment_plan(
            cast.region_nurse, plan_id=other.id, words="?", goal_id=written.goals[0].id
        )


# ── versions ──


def test_every_change_is_a_version_and_any_two_can_be_compared(
    cast: Cast, active: PlanDetail
) -> None:
    history = reads.history(cast.region_nurse, plan_id=active.id)
    assert [one.number for one in history.versions] == list(range(active.version, 0, -1))
    assert history.versions[-1].change is rules.ChangeKind.START
    compared = reads.compare_versions(
        cast.region_nurse, plan_id=active.id, old=1, new=active.version
    )
    labels = [str(one.label) for one in compared.differences]
    assert labels.count("Insats") == 3
    assert "Läge" in labels
    with pytest.raises(NotFound):
        reads.compare_versions(cast.region_nurse, plan_id=active.id, old=1, new=99)
