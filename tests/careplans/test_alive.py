"""A plan kept alive: follow-ups, reasons, sentences for the person, tasks, events, the clock, the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.operations import set_block
from samverka.access.rules import BlockKind
from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import FollowUp, Goal
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import (
    ActivityStatus,
    Answer,
    ContactKind,
    EventKind,
    GoalStatus,
    Question,
    Section,
    Term,
)
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.models import News, Task
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import TODAY
from tests.factories.cast import Cast, person_login
from tests.readability import lix

NEXT = TODAY + timedelta(days=120)


def tasks(plan: PlanDetail) -> set[tuple[str, str]]:
    """The standing tasks about the person: whose, and what."""
    rows = Task.objects.filter(person_id=plan.person_id, ended_at__isnull=True)
    return {(str(row.unit_id), row.key.partition(":")[0]) for row in rows}


def news(plan: PlanDetail) -> list[str]:
    rows = News.objects.filter(person_id=plan.person_id).order_by("at", "id")
    return [str(row.sentence) for row in rows]


# ── follow-up of the whole plan ──


def follow_up(cast: Cast, plan: PlanDetail, **other: Any) -> PlanDetail:
    facts: dict[str, Any] = {"on": TODAY, "took_part": "Karin, Lena Berg", "next_on": NEXT}
    return ops.follow_up_plan(cast.region_nurse, plan_id=plan.id, **facts | other)


def test_a_follow_up_is_kept_and_makes_a_new_version(cast: Cast, active: PlanDetail) -> None:
    goal, activity = active.goals[0], active.activities[0]
    made = follow_up(
        cast,
        active,
        answers={Question.HEARD: Answer.YES, Question.BETTER: Answer.PARTLY},
        words="Det känns tryggare nu.",
        goals=[ops.GoalResult(goal.id, goal.version, GoalStatus.REACHED, "Jag gick själv!")],
        activities=[
            ops.ActivityResult(activity.id, activity.version, ActivityStatus.DONE, "Två färre.")
        ],
        why="Målet är nått.",
    )
    assert (made.version, made.follow_up_on) == (active.version + 1, NEXT)
    assert (made.goals[0].status, made.goals[0].outcome) == (GoalStatus.REACHED, "Jag gick själv!")
    assert made.activities[0].done_by == "Lena Berg"
    (kept,) = reads.follow_ups(cast.region_nurse, plan_id=active.id)
    assert (kept.words, kept.number) == ("Det känns tryggare nu.", made.version)
    assert dict(kept.answers)[rules.QUESTIONS[Question.HEARD]] == "Ja"
    newest = reads.history(cast.region_nurse, plan_id=active.id).versions[0]
    assert (newest.change_words, newest.why) == ("Följde upp planen", "Målet är nått.")
    assert reads.compare_versions(
        cast.region_nurse, plan_id=active.id, old=active.version, new=made.version
    ).differences


BAD_FOLLOW_UPS = [
    # (what is wrong, facts, where it is said)
    ("a day that has not come", {"on": TODAY + timedelta(days=1)}, "on"),
    ("before the plan was", {"on": TODAY - timedelta(days=400)}, "on"),
    ("the next day has passed", {"next_on": TODAY - timedelta(days=1)}, "next_on"),
    ("the next day is today", {"next_on": TODAY}, "next_on"),
    ("nobody took part", {"took_part": " "}, "took_part"),
    ("too long words", {"words": "x" * 2001}, "words"),
]


@pytest.mark.parametrize(
    ("wrong", "facts", "where"), BAD_FOLLOW_UPS, ids=[row[0] for row in BAD_FOLLOW_UPS]
)
def test_a_follow_up_that_cannot_be_is_refused_in_words(
    cast: Cast, active: PlanDetail, wrong: str, facts: dict[str, Any], where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        follow_up(cast, active, **facts)
    assert refused.value.where == where, wrong
    assert not FollowUp.objects.exists()
    assert reads.plan(cast.region_nurse, plan_id=active.id).version == active.version


def test_what_another_changed_meanwhile_stops_all_and_loses_nothing(
    cast: Cast, active: PlanDetail
) -> None:
    goal = active.goals[0]
    ops.edit_goal(
        cast.region_nurse, goal_id=goal.id, version=goal.version, words="Gå till kyrkan",
        term=Term.SHORT,
    )  # fmt: skip
    ops.follow_up_goal(
        cast.region_nurse, goal_id=goal.id, version=goal.version + 1, status=GoalStatus.PARTLY,
        outcome="Halva vägen",
    )  # fmt: skip
    with pytest.raises(Conflict) as lost:
        follow_up(
            cast, active,
            goals=[ops.GoalResult(goal.id, goal.version, GoalStatus.REACHED, "Hela vägen")],
        )  # fmt: skip
    assert lost.value.theirs["outcome"] == "Halva vägen"
    assert lost.value.mine["outcome"] == "Hela vägen"
    assert not FollowUp.objects.exists()


def test_a_draft_is_not_followed_up_nor_by_others(cast: Cast, shared: PlanDetail) -> None:
    with pytest.raises(NotNow, match="Fastställ"):
        follow_up(cast, shared)
    active = ops.activate_plan(cast.region_nurse, plan_id=shared.id)
    for actor, refusal in (
        (cast.stranger, NotFound),
        (cast.municipal_nurse, NotFound),
        (person_login_of(active), NotAllowed),
    ):
        with pytest.raises(refusal):
            ops.follow_up_plan(actor, plan_id=active.id, on=TODAY, took_part="Karin", next_on=NEXT)
    theirs = ops.follow_up_plan(
        cast.needs_assessor, plan_id=active.id, on=TODAY, took_part="Karin", next_on=NEXT
    )
    assert theirs.updated_by == "Sara Ek"


def person_login_of(plan: PlanDetail) -> Any:
    from samverka.people.reads import person
    from tests.factories.cast import system

    return person_login(person(system(), person_id=plan.person_id))


def test_an_activity_is_followed_up_in_the_persons_words(cast: Cast, active: PlanDetail) -> None:
    nurse, one = cast.region_nurse, active.activities[1]
    with pytest.raises(Invalid):
        ops.follow_up_activity(
            nurse, activity_id=one.id, version=one.version, status=ActivityStatus.DONE, outcome=""
        )
    made = ops.follow_up_activity(
        nurse, activity_id=one.id, version=one.version, status=ActivityStatus.DONE,
        outcome="Det är skönt att få hjälp.",
    )  # fmt: skip
    found = next(row for row in made.activities if row.id == one.id)
    assert (found.outcome, found.followed_up_by) == ("Det är skönt att få hjälp.", "Lena Berg")
    undone = ops.undo_change(nurse, plan_id=active.id, version=made.version)
    assert next(row for row in undone.activities if row.id == one.id).outcome == ""


# ── why ──


def test_the_one_who_changed_says_why_once(cast: Cast, active: PlanDetail) -> None:
    nurse = cast.region_nurse
    made = ops.set_follow_up(nurse, plan_id=active.id, day=NEXT)
    lines = reads.history(nurse, plan_id=active.id).versions
    assert lines[0].may_explain
    assert not reads.history(cast.needs_assessor, plan_id=active.id).versions[0].may_explain
    with pytest.raises(NotNow, match="Bara den som"):
        ops.explain_change(cast.needs_assessor, plan_id=active.id, version=made.version, why="x")
    with pytest.raises(Invalid):
        ops.explain_change(nurse, plan_id=active.id, version=made.version, why=" ")
    ops.explain_change(nurse, plan_id=active.id, version=made.version, why="Karin reser bort.")
    newest = reads.history(nurse, plan_id=active.id).versions[0]
    assert (newest.why, newest.may_explain) == ("Karin reser bort.", False)
    with pytest.raises(NotNow, match="redan"):
        ops.explain_change(nurse, plan_id=active.id, version=made.version, why="Igen")


# ── establishing twice, ending ──


def test_the_second_to_establish_is_told_who_was_first(cast: Cast, shared: PlanDetail) -> None:
    ops.activate_plan(cast.needs_assessor, plan_id=shared.id)
    with pytest.raises(NotNow, match="Sara Ek har redan fastställt planen"):
        ops.activate_plan(cast.region_nurse, plan_id=shared.id)


def test_the_end_says_what_happens_next_and_to_whom(cast: Cast, active: PlanDetail) -> None:
    ended = ops.end_plan(
        cast.region_nurse, plan_id=active.id, reason="Målen är nådda.",
        what_next="Hemtjänsten fortsätter.", to_whom="Krokoms hälsocentral",
    )  # fmt: skip
    assert (ended.end_next, ended.end_to) == ("Hemtjänsten fortsätter.", "Krokoms hälsocentral")
    assert tasks(active) == set()
    assert any("slut" in line for line in news(active))


# ── sentences for the person ──


def snapshot(**facts: Any) -> dict[str, Any]:
    return {"status": "active", "goals": [], "activities": [], "parties": []} | facts


GOAL = {"id": "1", "words": "Gå ut", "term": "short", "status": "open", "outcome": ""}
ACT = {
    "id": "2", "what": "Dusch", "owner_kind": "region", "owner_unit_id": "9", "owner_text": "",
    "status": "planned", "due_on": None, "outcome": "",
}  # fmt: skip
CHANGES = [
    # (before, after, sentence)
    ({"status": "draft"}, {}, "Din plan är klar och gäller nu."),
    ({}, {"status": "ended"}, "Din plan är slut."),
    ({}, {"goals": [GOAL]}, "Du har ett nytt mål: ”Gå ut”."),
    ({"goals": [GOAL]}, {"goals": [GOAL | {"status": "reached"}]}, "Du har nått ditt mål ”Gå ut”."),
    ({"goals": [GOAL]}, {"goals": []}, "Ditt mål ”Gå ut” är borta."),
    ({}, {"activities": [ACT]}, "Något nytt ska göras: ”Dusch”."),
    ({"activities": [ACT]}, {"activities": [ACT | {"status": "done"}]}, "”Dusch” är klart."),
    ({"activities": [ACT]}, {"activities": [ACT | {"owner_unit_id": "8"}]},
     "Någon annan gör nu ”Dusch”."),
    ({"activities": [ACT]}, {"activities": [ACT | {"due_on": "2027-01-02"}]},
     "”Dusch” ska vara klart den 2 januari 2027."),
    ({"activities": [ACT | {"due_on": "2026-12-02"}]}, {"activities": [ACT | {"due_on": "2027-01-02"}]},
     "”Dusch” ska vara klart den 2 januari 2027. Förut var det den 2 december 2026."),
    ({"activities": [ACT | {"owner_unit": "Hemtjänsten"}]},
     {"activities": [ACT | {"owner_kind": "close", "owner_unit_id": None, "owner_text": "Per, sonen"}]},
     "”Dusch” görs nu av Per, sonen. Förut gjordes det av Hemtjänsten."),
    ({"activities": [ACT]}, {"activities": [ACT | {"what": "Dusch två gånger"}]},
     "Det som ska göras heter nu ”Dusch två gånger”. Förut hette det ”Dusch”."),
    ({"goals": [GOAL]}, {"goals": [GOAL | {"words": "Gå till sjön"}]},
     "Ditt mål heter nu ”Gå till sjön”. Förut hette det ”Gå ut”."),
    ({"follow_up_on": "2026-12-01"}, {"follow_up_on": "2027-02-01"},
     "Vi ses om planen den 1 februari 2027. Förut var det den 1 december 2026."),
    ({}, {"follow_up_on": "2027-02-01"}, "Vi ses om planen den 1 februari 2027."),
    ({"if_worse": "Ring"}, {"if_worse": "Ring oss"}, "Texten ”Om det blir sämre” är ändrad."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "sentence"), CHANGES, ids=[row[2] for row in CHANGES])
def test_what_changed_is_said_in_one_easy_sentence(
    before: dict[str, Any], after: dict[str, Any], sentence: str
) -> None:
    found = rules.tell_changes(snapshot(**before), snapshot(**after))
    assert found == (sentence,)
    assert lix(sentence) <= 30
    assert rules.tell_in_one(found) == sentence


def test_several_changes_are_the_first_and_how_many_more() -> None:
    after = snapshot(goals=[GOAL], activities=[ACT], follow_up_on="2027-02-01")
    said = rules.tell_in_one(rules.tell_changes(snapshot(), after))
    assert said is not None
    assert said.endswith("Det finns 2 ändringar till.")
    assert rules.tell_in_one(()) is None


_WORDS = st.text(min_size=1, max_size=30)
_GOALS = st.lists(
    st.builds(
        lambda key, words, status: GOAL | {"id": str(key), "words": words, "status": status.value},
        st.integers(0, 4), _WORDS, st.sampled_from(GoalStatus),
    ),
    max_size=4, unique_by=lambda one: one["id"],
)  # fmt: skip
_PLANS = st.builds(
    lambda goals, day, worse: snapshot(goals=goals, follow_up_on=day, if_worse=worse),
    _GOALS,
    st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(date.isoformat),
    st.sampled_from(["", "Ring oss"]),
)


@given(_PLANS, _PLANS)
def test_nothing_is_told_of_what_is_the_same_and_something_of_what_is_not(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert rules.tell_changes(one, one) == ()
    assert bool(rules.tell_changes(one, other)) is (_told(one) != _told(other))


def _told(one: dict[str, Any]) -> Any:
    return {goal["id"]: goal for goal in one["goals"]}, one["follow_up_on"], one["if_worse"]


def test_the_person_is_told_of_a_plan_that_holds_not_of_a_draft(
    cast: Cast, karin: PersonDetail, written: PlanDetail, shared: PlanDetail
) -> None:
    assert news(written) == []
    ops.activate_plan(cast.region_nurse, plan_id=shared.id)
    assert len(news(shared)) == 1
    ops.set_follow_up(cast.region_nurse, plan_id=shared.id, day=NEXT)
    assert len(news(shared)) == 2
    her = person_login(karin)
    with act(her, Action.CONTRACT_READ) as this:
        this.note_person(karin.id, "Plan")
        lines = reads.news_of(this, karin.id)
    assert lines == ()  # all of it was done the day when the plan was begun
    later = Cast.at(cast.region_nurse, days=3)
    ops.add_goal(later, plan_id=shared.id, words="Se barnbarnen", term=Term.LONG)
    with act(Cast.at(her, days=3), Action.CONTRACT_READ) as this:
        this.note_person(karin.id, "Plan")
        (line,) = reads.news_of(this, karin.id)
    assert line.sentence == "Du har ett nytt mål: ”Se barnbarnen”."


def test_a_text_that_is_saved_over_and_over_is_told_once_a_day(
    cast: Cast, active: PlanDetail
) -> None:
    before, version = len(news(active)), active.version

    def write(section: Section, text: str, **passed: float) -> None:
        nonlocal version
        nurse = Cast.at(cast.region_nurse, **passed)
        made = ops.write_section(
            nurse, plan_id=active.id, section=section, text=text, version=version
        )
        version = made.version

    write(Section.IF_WORSE, "Ring 1177", minutes=1)
    write(Section.IF_WORSE, "Ring 112", minutes=1)
    told = news(active)[before:]
    assert len(told) == 1
    assert "Texten" in told[0]
    write(Section.STRENGTHS, "Går bra", minutes=2)
    write(Section.IF_WORSE, "Ring hemsjukvården", days=1)
    assert len(news(active)) == before + 3


# ── tasks ──


def test_a_plan_is_on_the_worklist_of_those_who_must_do_something(
    cast: Cast, active: PlanDetail
) -> None:
    holder, other = (str(cast.units[key].id) for key in ("health_centre", "assessment"))
    # the follow-up lies 90 days ahead: the clock brings it; the county asks for a fast vårdkontakt
    assert tasks(active) == {(holder, "activity"), (other, "activity"), (holder, "contact")}
    ops.comment_plan(person_login_of(active), plan_id=active.id, words="När kommer ni?")
    assert (holder, "words") in tasks(active)
    ops.appoint_contact(
        cast.region_nurse, person_id=active.person_id, kind=ContactKind.FAST_VARDKONTAKT
    )
    ops.finish_activity(cast.region_nurse, activity_id=active.activities[0].id)
    assert tasks(active) == {(holder, "words"), (other, "activity")}


def test_a_unit_that_has_not_been_given_the_plan_gets_no_task(
    cast: Cast, written: PlanDetail
) -> None:
    assert {unit for unit, _key in tasks(written)} == {str(cast.units["health_centre"].id)}


def test_the_clock_brings_what_has_come_near_once(cast: Cast, active: PlanDetail) -> None:
    clock = cast.system
    assert ops.watch_plans(clock) == 0
    near = Cast.at(clock, days=80)
    assert ops.watch_plans(near) == 1
    assert (str(cast.units["health_centre"].id), "follow-up") in tasks(active)
    lines = Event.objects.filter(action=Action.PLAN_WATCH).count()
    assert ops.watch_plans(near) == 0
    assert Event.objects.filter(action=Action.PLAN_WATCH).count() == lines  # no line for no work


# ── what happens elsewhere ──


def stay(cast: Cast, plan: PlanDetail, unit: str = "ward", **other: Any) -> None:
    where = cast.units[unit]
    facts: dict[str, Any] = {
        "event": EventKind.ADMITTED, "on": TODAY, "provider_id": where.provider_id,
        "unit_id": where.id,
    }  # fmt: skip
    ops.note_event(cast.system, person_id=plan.person_id, **facts | other)


def test_a_stay_puts_the_plan_on_the_list_of_the_fast_vardkontakt(
    cast: Cast, active: PlanDetail
) -> None:
    holder = str(cast.units["health_centre"].id)
    stay(cast, active)
    assert (holder, "admitted") in tasks(active)
    rows = Task.objects.filter(person_id=active.person_id, ended_at__isnull=True)
    before = rows.count()
    stay(cast, active)
    assert rows.count() == before  # told twice, asked once
    ops.set_follow_up(cast.region_nurse, plan_id=active.id, day=NEXT)
    assert (holder, "admitted") in tasks(active)  # the plan's own steps do not take it away


def test_a_stay_behind_a_block_or_at_another_provider_tells_nobody(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    before = tasks(active)
    stay(cast, active, "are_home_health")  # another care provider's: secret (OSL 8:1)
    assert tasks(active) == before
    psychiatry = cast.units["psychiatry"]
    set_block(
        person_login(karin), person_id=karin.id, kind=BlockKind.INNER,
        provider_id=psychiatry.provider_id, unit_id=psychiatry.id, asked_by="Karin",
    )  # fmt: skip
    stay(cast, active, "psychiatry")
    assert tasks(active) == before


def test_a_changed_contact_elsewhere_is_something_to_look_at(
    cast: Cast, active: PlanDetail
) -> None:
    holder = str(cast.units["health_centre"].id)
    ops.appoint_contact(
        cast.municipal_nurse, person_id=active.person_id, kind=ContactKind.FAST_VARDKONTAKT
    )
    assert (holder, "contact-changed") in tasks(active)


def test_nothing_is_written_of_a_goal_that_is_not_the_plans(
    cast: Cast, active: PlanDetail, karin: PersonDetail
) -> None:
    other = ops.start_plan(cast.region_nurse, person_id=karin.id, kind=rules.PlanKind.CARE)
    ops.add_goal(cast.region_nurse, plan_id=other.id, words="Sova", term=Term.SHORT)
    stray = Goal.objects.get(plan_id=other.id)
    with pytest.raises(Invalid):
        follow_up(cast, active, goals=[ops.GoalResult(stray.id, 1, GoalStatus.REACHED, "Bra")])
