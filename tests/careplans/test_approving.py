"""A coordinated care plan holds when the units have approved it (LUS-T7: LPT 7 a §, LRV 12 a §)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import Approval
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import (
    ActivityFacts,
    ApprovalFacts,
    ApprovalStatus,
    Content,
    OwnerKind,
    PlanFacts,
    PlanKind,
    PlanStatus,
    Section,
)
from samverka.kernel.actor import Actor, Side
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow, Problem
from samverka.notices.reads import unit_tasks
from samverka.notices.rules import TaskKind
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import given
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login

ASKED, APPROVED, CHANGE = ApprovalStatus

# ── the table ──


@pytest.mark.parametrize("kind", PlanKind)
def test_only_the_coordinated_care_plan_asks_for_approval(kind: PlanKind) -> None:
    assert rules.asks_approval(kind) is (kind is PlanKind.COERCIVE_CARE)


ANSWERS = [
    # (what the unit has said, what it says now, own unit, lapsed, words, refused)
    (ASKED, APPROVED, True, False, "", None),
    (ASKED, CHANGE, True, False, "Dosen stämmer inte", None),
    (ASKED, CHANGE, True, False, "  ", Invalid),
    (CHANGE, APPROVED, True, False, "", None),
    (CHANGE, CHANGE, True, False, "Dagen också", None),
    (APPROVED, CHANGE, True, False, "Vi såg fel", None),
    (APPROVED, APPROVED, True, False, "", NotNow),
    (ASKED, APPROVED, False, False, "", NotAllowed),
    (ASKED, APPROVED, True, True, "", NotNow),
]


@pytest.mark.parametrize(("now", "answer", "own", "lapsed", "words", "refused"), ANSWERS)
def test_what_a_unit_may_answer(
    now: ApprovalStatus,
    answer: ApprovalStatus,
    own: bool,
    lapsed: bool,
    words: str,
    refused: type[Problem] | None,
) -> None:
    if refused is None:
        rules.check_approval(now, answer, own=own, lapsed=lapsed, words=words)
        return
    with pytest.raises(refused):
        rules.check_approval(now, answer, own=own, lapsed=lapsed, words=words)


HC, SOC = uuid4(), uuid4()
WRITTEN = PlanFacts(
    kind=PlanKind.COERCIVE_CARE,
    status=PlanStatus.DRAFT,
    holder_id=HC,
    holder_name="Psykiatrin",
    no_others=True,
    needs="Någon som märker tidigt.",
    attitude="Vill ha boendestödet.",
    activities=(
        ActivityFacts("Samtal", OwnerKind.REGION, unit_id=HC, owner_name="Psykiatrin"),
        ActivityFacts("Boendestöd", OwnerKind.MUNICIPALITY, unit_id=SOC, owner_name="Omsorgen"),
        ActivityFacts("Middag", OwnerKind.OTHER, owner_name="Mamma"),
    ),
)


def said(hc: ApprovalStatus, soc: ApprovalStatus) -> tuple[ApprovalFacts, ...]:
    return (
        ApprovalFacts(HC, "Psykiatrin", Side.REGION, hc),
        ApprovalFacts(SOC, "Omsorgen", Side.MUNICIPALITY, soc),
    )


STEPS = [
    # (approvals, what lacks, who has the next steps)
    (
        (),
        ["Psykiatrin har inte justerat planen.", "Omsorgen har inte justerat planen."],
        [("Psykiatrin", "be enheterna justera planen")],
    ),
    (
        said(APPROVED, ASKED),
        ["Omsorgen har inte justerat planen."],
        [("Omsorgen", "justera planen")],
    ),
    (
        said(APPROVED, CHANGE),
        ["Omsorgen vill ändra något innan planen justeras."],
        [("Psykiatrin", "läsa vad Omsorgen vill ändra i planen")],
    ),
    (said(APPROVED, APPROVED), [], [("Psykiatrin", "fastställa planen")]),
]


@pytest.mark.parametrize(("approvals", "lacks", "steps"), STEPS)
def test_who_lacks_is_named_and_has_the_next_step(
    approvals: tuple[ApprovalFacts, ...], lacks: list[str], steps: list[tuple[str, str]]
) -> None:
    plan = replace(WRITTEN, approvals=approvals)
    missing = rules.blocking(rules.list_missing(plan))
    assert [one.sentence for one in missing] == lacks
    assert {one.what for one in missing} <= {Content.APPROVALS}
    found = rules.list_steps(plan, NOW.date())
    assert [(one.owner, one.verb) for one in found] == steps


def test_what_is_not_written_comes_first() -> None:
    plan = replace(WRITTEN, needs="", approvals=said(APPROVED, ASKED))
    (step,) = rules.list_steps(plan, NOW.date())
    assert step.verb == "skriva vilka behov som har bedömts"
    with pytest.raises(NotNow, match="behov"):
        rules.check_complete(plan)


# ── the cast ──


@pytest.fixture
def cast_plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    """Karin's coordinated care plan, whole but for approvals: home health care has a measure too."""
    nurse, units = cast.region_nurse, cast.units
    plan = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.COERCIVE_CARE)
    ops.share_plan(nurse, plan_id=plan.id, unit_ids=[units["home_health"].id], consent=given())
    for section, text in (
        (Section.NEEDS, "Någon som märker tidigt."),
        (Section.ATTITUDE, "Vill ha hjälpen."),
    ):
        now = reads.plan(nurse, plan_id=plan.id)
        ops.write_section(nurse, plan_id=plan.id, section=section, text=text, version=now.version)
    for what, key in (("Samtal", "health_centre"), ("Medicin", "home_health")):
        owner = ops.Owner(unit_id=units[key].id)
        ops.add_activity(nurse, plan_id=plan.id, what=what, owner=owner)
    return ops.set_no_others(nurse, plan_id=plan.id, nobody=True)


@pytest.fixture
def asked(cast: Cast, cast_plan: PlanDetail) -> PlanDetail:
    """Sent to be approved."""
    return ops.activate_plan(cast.region_nurse, plan_id=cast_plan.id)


def own(actor: Actor, plan: PlanDetail) -> reads.ApprovalDetail:
    found = reads.plan(actor, plan_id=plan.id).own_approval
    assert found is not None
    return found


def tasks(actor: Actor) -> list[str]:
    return [
        one.verb for one in unit_tasks(actor) if one.kind in (TaskKind.APPROVE, TaskKind.PLAN_STEP)
    ]


def test_establishing_asks_the_units_and_holds_when_all_have_approved(
    cast: Cast, asked: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.at(cast.municipal_nurse, hours=2)
    assert asked.status is PlanStatus.DRAFT
    assert [one.sentence for one in asked.blocking] == [
        "Krokoms hemsjukvård har inte justerat planen."
    ]
    assert (tasks(nurse), tasks(other)) == ([], ["justera planen"])
    assert [line.id for line in reads.worklist(other)] == [asked.id]
    made = ops.approve_plan(other, approval_id=own(other, asked).id)
    assert (made.status, made.established_at) == (PlanStatus.ACTIVE, other.at)
    assert made.established_by == nurse.name  # it is hers; it holds by theirs
    kept = {one.name: (one.answered_by, one.answered_at) for one in made.approvals}
    assert kept == {
        "Krokoms hälsocentral": (nurse.name, nurse.at),
        "Krokoms hemsjukvård": (other.name, other.at),
    }
    assert tasks(other) == []


def test_a_unit_says_what_must_change_and_is_asked_anew(cast: Cast, asked: PlanDetail) -> None:
    nurse, other = cast.region_nurse, cast.municipal_nurse
    ops.ask_for_change(other, approval_id=own(other, asked).id, words="Vi kommer på tisdagar.")
    assert tasks(nurse) == ["läsa vad Krokoms hemsjukvård vill ändra i planen"]
    told = reads.plan(nurse, plan_id=asked.id)
    assert "Vi kommer på tisdagar." in [one.words for one in told.approvals]
    stale = own(other, asked).id
    changed = ops.set_no_others(nurse, plan_id=asked.id, nobody=False)
    assert changed.approvals == ()  # they have read another plan than this
    with pytest.raises(NotNow, match="ändrats"):
        ops.approve_plan(other, approval_id=stale)
    ops.set_no_others(nurse, plan_id=asked.id, nobody=True)
    ops.activate_plan(nurse, plan_id=asked.id)
    assert ops.approve_plan(other, approval_id=own(other, asked).id).status is PlanStatus.ACTIVE
    assert Approval.objects.filter(plan_id=asked.id, words="Vi kommer på tisdagar.").exists()


def test_the_keeper_can_ask_the_one_who_wants_a_change_once_more(
    cast: Cast, asked: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.municipal_nurse
    with pytest.raises(NotNow, match="Krokoms hemsjukvård"):
        ops.activate_plan(nurse, plan_id=asked.id)
    ops.ask_for_change(other, approval_id=own(other, asked).id, words="Tisdagar.")
    again = ops.activate_plan(nurse, plan_id=asked.id)
    assert {one.name: one.status for one in again.approvals} == {
        "Krokoms hälsocentral": APPROVED,
        "Krokoms hemsjukvård": ASKED,
    }


def test_nobody_approves_for_another(cast: Cast, karin: PersonDetail, asked: PlanDetail) -> None:
    approval = own(cast.municipal_nurse, asked).id
    with pytest.raises(NotAllowed):
        ops.approve_plan(cast.region_nurse, approval_id=approval)
    for actor in (cast.stranger, cast.other_municipality, cast.needs_assessor):
        with pytest.raises((NotFound, NotAllowed)):
            ops.approve_plan(actor, approval_id=approval)
    with pytest.raises((NotFound, NotAllowed)):
        ops.approve_plan(person_login(karin), approval_id=approval)
    assert reads.plan(cast.region_nurse, plan_id=asked.id).status is PlanStatus.DRAFT


def test_an_ordinary_plan_is_established_at_once(cast: Cast, shared: PlanDetail) -> None:
    assert ops.activate_plan(cast.region_nurse, plan_id=shared.id).approvals == ()
    assert not Approval.objects.exists()


def test_the_database_keeps_one_answer_a_unit_and_words_for_a_change(
    cast: Cast, asked: PlanDetail
) -> None:
    row = Approval.objects.get(status=ASKED)
    for change in ({"status": CHANGE, "answered_at": NOW}, {"answered_at": NOW}):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            act(cast.system, Action.PLAN_EDIT),
        ):
            Approval.objects.filter(id=row.id).update(**change)


# ── the pages ──


@pytest.fixture
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("_friday")
def test_approve_with_one_click_on_the_plan(cast: Cast, cast_plan: PlanDetail) -> None:
    keeper, other = log_in(cast.region_nurse), log_in(cast.municipal_nurse)
    page = reverse("careplans:plan", args=[cast_plan.id])
    text = keeper.get(page).content.decode()
    assert "Be enheterna justera planen" in text
    assert "Krokoms hemsjukvård har inte justerat planen." in text
    assert keeper.post(reverse("careplans:activate", args=[cast_plan.id])).status_code == 302
    approval = own(cast.municipal_nurse, cast_plan)
    approve = reverse("careplans:approve", args=[cast_plan.id, approval.id])
    change = reverse("careplans:approve_change", args=[cast_plan.id, approval.id])
    text = other.get(page).content.decode()
    assert approve in text
    assert change in text
    assert "Det här behövs" not in text  # said once: under Justering
    text = keeper.get(page).content.decode()
    assert approve not in text
    assert "Be enheterna justera planen" not in text  # they have been asked
    empty = other.post(change, {"words": ""})
    assert empty.status_code == 422
    assert other.post(change, {"words": "Vi kommer på tisdagar."}).status_code == 302
    text = keeper.get(page).content.decode()
    assert "Vi kommer på tisdagar." in text
    assert "Be enheterna justera planen" in text
    assert other.post(approve).status_code == 302
    text = keeper.get(page).content.decode()
    assert "Har justerat" in text
    assert reads.plan(cast.region_nurse, plan_id=cast_plan.id).status is PlanStatus.ACTIVE
