"""Two plans of one person become one: parts with their history, both sides' yes, conflicts in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import Activity, MergeAsk
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import OwnerKind, PlanKind, PlanStatus, Term
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.models import Task
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import given as consent_given
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login

WHY = "Karin vill ha en plan."


@pytest.fixture
def second(cast: Cast, karin: PersonDetail) -> PlanDetail:
    """Another SIP of the same unit, with a goal that is in both and one of its own."""
    nurse = cast.region_nurse
    made = ops.start_plan(
        nurse, person_id=karin.id, kind=PlanKind.SIP, title="Gamla planen", what_matters="Hunden."
    )
    for words in ("Gå till affären  SJÄLV", "Sova hela natten"):
        made = ops.add_goal(nurse, plan_id=made.id, words=words, term=Term.LONG)
    made = ops.add_activity(
        nurse, plan_id=made.id, what="Sömnskola", owner=ops.Owner(unit_id=nurse.unit_id),
        goal_id=made.goals[1].id,
    )  # fmt: skip
    return ops.comment_plan(person_login(karin), plan_id=made.id, words="Jag sover dåligt.")


def merge(cast: Cast, plan: PlanDetail, other: PlanDetail, wants: bool = True) -> PlanDetail:
    return ops.merge_plans(
        cast.region_nurse, plan_id=plan.id, other_id=other.id, why=WHY, person_wants=wants
    )


def test_what_one_unit_keeps_becomes_one_at_once(
    cast: Cast, written: PlanDetail, second: PlanDetail
) -> None:
    made = merge(cast, written, second)
    assert [one.words for one in made.goals] == ["Gå till affären själv", "Sova hela natten"]
    brought = made.activities[-1]
    assert (brought.what, brought.goal_id) == ("Sömnskola", made.goals[1].id)
    assert made.what_matters == "Att kunna bo kvar hemma med katten.\n\nHunden."
    assert [one.words for one in made.comments] == ["Jag sover dåligt."]
    nurse = cast.region_nurse
    newest = reads.history(nurse, plan_id=made.id).versions[0]
    assert newest.change_words == "Slog ihop två planer"
    assert newest.why.startswith(WHY)
    old = reads.plan(nurse, plan_id=second.id)
    assert (old.status, old.merged_into_id) == (PlanStatus.ENDED, made.id)
    assert [one.words for one in old.goals] == ["Gå till affären  SJÄLV", "Sova hela natten"]
    came = Activity.objects.get(id=brought.id).came_from_id
    assert came == second.activities[0].id
    assert reads.history(nurse, plan_id=second.id).versions[0].change_words == "Avslutade planen"


REFUSED = [
    ("the same plan", "itself", Invalid, "annan plan"),
    ("another person's", "stranger", NotNow, "olika personer"),
    ("another law", "lss", NotNow, "olika slag"),
    ("an ended plan", "ended", NotNow, "avslutad"),
]


@pytest.mark.parametrize(
    ("words", "which", "refusal", "said"), REFUSED, ids=[row[0] for row in REFUSED]
)
def test_what_cannot_become_one_is_refused_and_nothing_is_changed(
    cast: Cast, karin: PersonDetail, written: PlanDetail, words: str, which: str,
    refusal: type[Exception], said: str,
) -> None:  # fmt: skip
    nurse = cast.region_nurse
    nils = make_person(nurse)
    other = {
        "itself": lambda: written,
        "stranger": lambda: ops.start_plan(nurse, person_id=nils.id, kind=PlanKind.SIP),
        "lss": lambda: ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.LSS),
        "ended": lambda: ops.end_plan(
            nurse, plan_id=ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.SIP).id,
            reason="Klar",
        ),
    }[which]()  # fmt: skip
    with pytest.raises(refusal, match=said):
        merge(cast, written, other)
    assert reads.plan(nurse, plan_id=written.id).version == written.version, words


def test_the_person_is_asked_first(cast: Cast, written: PlanDetail, second: PlanDetail) -> None:
    with pytest.raises(Invalid) as refused:
        merge(cast, written, second, wants=False)
    assert refused.value.where == "person_wants"


def test_texts_that_are_too_long_together_are_said(
    cast: Cast, written: PlanDetail, second: PlanDetail
) -> None:
    nurse = cast.region_nurse
    for plan, letter in ((written, "a"), (second, "b")):
        ops.write_section(
            nurse, plan_id=plan.id, section=rules.Section.IF_WORSE, text=letter * 3000,
            version=plan.version,
        )  # fmt: skip
    with pytest.raises(NotNow, match="för långa"):
        merge(cast, written, second)
    assert reads.plan(nurse, plan_id=second.id).status is PlanStatus.DRAFT


# ── both sides ──


@pytest.fixture
def theirs(cast: Cast, karin: PersonDetail) -> PlanDetail:
    """A plan that social services keep, given to the health centre."""
    assessor = cast.needs_assessor
    made = ops.start_plan(assessor, person_id=karin.id, kind=PlanKind.SIP, title="Kommunens")
    ops.add_goal(assessor, plan_id=made.id, words="Sova hela natten", term=Term.LONG)
    return ops.share_plan(
        assessor, plan_id=made.id, unit_ids=[cast.units["health_centre"].id],
        consent=consent_given(),
    )  # fmt: skip


def test_those_who_keep_the_other_plan_are_asked_and_say_yes(
    cast: Cast, shared: PlanDetail, theirs: PlanDetail
) -> None:
    made = merge(cast, shared, theirs)
    assert made.version == shared.version  # nothing has happened yet
    ask = MergeAsk.objects.get()
    task = Task.objects.get(object_id=ask.id, ended_at__isnull=True)
    assert task.unit_id == cast.units["assessment"].id
    with pytest.raises(NotNow, match="redan frågat"):
        merge(cast, shared, theirs)
    with pytest.raises(NotAllowed):
        ops.answer_merge(cast.region_nurse, ask_id=ask.id, agreed=True)
    with pytest.raises(NotFound):
        ops.answer_merge(cast.stranger, ask_id=ask.id, agreed=True)
    ops.answer_merge(cast.needs_assessor, ask_id=ask.id, agreed=True)
    whole = reads.plan(cast.region_nurse, plan_id=shared.id)
    assert "Sova hela natten" in [one.words for one in whole.goals]
    ended = reads.plan(cast.needs_assessor, plan_id=theirs.id)
    assert ended.merged_into_id == shared.id
    assert not Task.objects.filter(object_id=ask.id, ended_at__isnull=True).exists()
    with pytest.raises(NotNow):
        ops.answer_merge(cast.needs_assessor, ask_id=ask.id, agreed=True)


def test_a_no_has_a_reason_and_changes_nothing(
    cast: Cast, shared: PlanDetail, theirs: PlanDetail
) -> None:
    merge(cast, shared, theirs)
    ask = MergeAsk.objects.get()
    with pytest.raises(Invalid, match="varför"):
        ops.answer_merge(cast.needs_assessor, ask_id=ask.id, agreed=False)
    ops.answer_merge(
        cast.needs_assessor, ask_id=ask.id, agreed=False, answer="Vi följer upp först."
    )
    assert reads.plan(cast.needs_assessor, plan_id=theirs.id).status is PlanStatus.DRAFT
    assert reads.merge_ask(cast.needs_assessor, ask_id=ask.id).agreed is False


def test_those_who_have_not_been_given_the_plan_are_not_asked_to_join_it(
    cast: Cast, written: PlanDetail, theirs: PlanDetail
) -> None:
    with pytest.raises(NotNow, match="Dela den med dem först"):
        merge(cast, written, theirs)


# ── rules ──


def test_what_differs_is_said_with_what_then_holds() -> None:
    one = {"responsible": "Regionen", "no_others": True, "follow_up_on": "2027-03-01"}
    other = {"responsible": "Kommunen", "no_others": False, "follow_up_on": "2027-02-01"}
    dusch = {"what": "Dusch", "owner_kind": OwnerKind.REGION, "owner_unit_id": "1"}
    found = rules.list_conflicts(
        one | {"activities": [dusch]}, other | {"activities": [dusch | {"owner_unit_id": "2"}]}
    )
    assert len(found) == 4
    assert "Regionen gäller sedan" in found[0]
    assert "1 februari 2027" in found[2]
    assert rules.list_conflicts(one, one) == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_word_is_lost_when_texts_are_joined(one: str, other: str) -> None:
    joined = rules.join_texts(one, other)
    for words in (one, other):
        assert " ".join(words.casefold().split()) in " ".join(joined.casefold().split())
    assert rules.join_texts(one, one) == one


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("friday")
def test_the_pages(cast: Cast, shared: PlanDetail, theirs: PlanDetail) -> None:
    nurse = log_in(cast.region_nurse)
    address = reverse("careplans:merge", args=[shared.id])
    assert "Kommunens" in nurse.get(address).content.decode()
    answer = nurse.post(address, {"other": str(theirs.id), "why": WHY})
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    nurse.post(address, {"other": str(theirs.id), "why": WHY, "person_wants": "on"})
    ask = MergeAsk.objects.get()
    page = reverse("careplans:merge_answer", args=[ask.id])
    assessor = log_in(cast.needs_assessor)
    assert WHY in assessor.get(page).content.decode()
    assert log_in(cast.stranger).get(page).status_code == 404
    done = assessor.post(page, {"agreed": "yes", "answer": ""})
    assert done.status_code == 302
    assert reads.plan(cast.needs_assessor, plan_id=theirs.id).merged_into_id == shared.id


def test_what_was_kept_back_stays_so_in_the_plan_it_comes_to(
    cast: Cast, shared: PlanDetail, second: PlanDetail
) -> None:
    nurse = cast.region_nurse
    ops.keep_back(
        nurse,
        plan_id=second.id,
        parts=[
            ops.KeptBack(PartKind.ACTIVITY, str(second.activities[0].id)),
            ops.KeptBack(PartKind.GOAL, str(second.goals[1].id)),
        ],
    )
    made = merge(cast, shared, second)
    assert "Sömnskola" in [one.what for one in made.activities]
    theirs = reads.plan(cast.needs_assessor, plan_id=shared.id)
    assert "Sömnskola" not in [one.what for one in theirs.activities]
    assert "Sova hela natten" not in [one.words for one in theirs.goals]
    told = reads.history(cast.needs_assessor, plan_id=shared.id).versions[0]
    assert "Sömnskola" not in told.why
