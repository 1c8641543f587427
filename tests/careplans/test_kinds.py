"""Kinds of plans by table: section of law, who begins, review, consent; templates of groups; the kinds' edges."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import PlanTemplate
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import ConsentRule, Content, Group, PlanKind
from samverka.kernel.actor import Branch, Side
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotNow
from samverka.organisations.rules import UnitKind
from samverka.people.reads import PersonDetail
from tests.careplans.conftest import TODAY
from tests.factories.browser import log_in
from tests.factories.cast import Cast, person_login
from tests.readability import lix

STARTS = [
    # (law, kind, side, branch, may)
    ("HSL 16:4: the region", PlanKind.SIP, Side.REGION, Branch.HEALTH, True),
    ("SoL 10:8: social services", PlanKind.SIP, Side.MUNICIPALITY, Branch.SOCIAL, True),
    ("HSL 16:4: never the person alone", PlanKind.SIP, Side.PERSON, Branch.HEALTH, False),
    ("LPT 7 a §: psychiatry", PlanKind.COERCIVE_CARE, Side.REGION, Branch.HEALTH, True),
    ("LPT 7 a §: not the municipality", PlanKind.COERCIVE_CARE, Side.MUNICIPALITY, Branch.HEALTH,
     False),
    ("LSS 10 §: the municipality", PlanKind.LSS, Side.MUNICIPALITY, Branch.SOCIAL, True),
    ("LSS 9 § 1: the region's advice", PlanKind.LSS, Side.REGION, Branch.HEALTH, True),
    ("LSS: not the school", PlanKind.LSS, Side.MUNICIPALITY, Branch.SCHOOL_HEALTH, False),
    ("HSL 12:5: municipal health care", PlanKind.REHABILITATION, Side.MUNICIPALITY, Branch.HEALTH,
     True),
    ("HSL 8:7: not social services", PlanKind.HABILITATION, Side.MUNICIPALITY, Branch.SOCIAL, False),
    ("SoL: support to carers", PlanKind.CARER, Side.MUNICIPALITY, Branch.SOCIAL, True),
    ("SoL: not health care", PlanKind.CARER, Side.REGION, Branch.HEALTH, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("law", "kind", "side", "branch", "may"), STARTS, ids=[row[0] for row in STARTS]
)
def test_who_begins_a_plan(law: str, kind: PlanKind, side: Side, branch: Branch, may: bool) -> None:
    assert rules.may_start(kind, side, branch) is may, law
    assert (kind in rules.startable(side, branch)) is may
    if may:
        rules.check_start(kind, side, branch)
        return
    with pytest.raises(NotNow) as refused:
        rules.check_start(kind, side, branch)
    assert rules.KINDS[kind].starters in refused.value.message  # who can


def test_the_table_is_whole() -> None:
    for kind, spec in rules.KINDS.items():
        assert all((spec.sides, spec.branches, spec.askers, spec.parties)), kind
        assert (Content.CONSENT in spec.required) is (spec.consent is ConsentRule.CONSENT), kind
        assert (Content.ATTITUDE in spec.required) is (spec.consent is ConsentRule.ATTITUDE), kind
        assert (spec.review_months is not None) is (kind is PlanKind.LSS)
        assert spec.tells_other is (kind is PlanKind.LSS)


def test_another_unit_is_told_who_begins_such_a_plan(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(NotNow, match="socialtjänsten"):
        ops.start_plan(cast.region_nurse, person_id=karin.id, kind=PlanKind.CARER)
    with pytest.raises(NotNow, match="chefsöverläkaren"):
        ops.start_plan(cast.municipal_nurse, person_id=karin.id, kind=PlanKind.COERCIVE_CARE)


# ── LSS 10 § ──


def lss(cast: Cast, karin: PersonDetail) -> PlanDetail:
    assessor = cast.needs_assessor
    plan = ops.start_plan(assessor, person_id=karin.id, kind=PlanKind.LSS)
    owner = ops.Owner(unit_id=assessor.unit_id)
    ops.add_activity(assessor, plan_id=plan.id, what="Ledsagare", owner=owner)
    ops.set_no_others(assessor, plan_id=plan.id, nobody=True)
    return ops.set_follow_up(assessor, plan_id=plan.id, day=date(2027, 5, 1))


def test_lss_needs_no_consent_and_the_other_side_is_told(cast: Cast, karin: PersonDetail) -> None:
    assessor = cast.needs_assessor
    made = ops.activate_plan(assessor, plan_id=lss(cast, karin).id)
    assert made.tells_other
    lines = reads.worklist(assessor)
    steps = [line.next_step.verb for line in lines if line.next_step]
    assert steps == ["underrätta den andra huvudmannen"]
    told = ops.note_told(assessor, plan_id=made.id)
    assert told.told_other_by == "Sara Ek"
    with pytest.raises(NotNow, match="redan"):
        ops.note_told(assessor, plan_id=made.id)


def test_an_ordinary_plan_tells_nobody(cast: Cast, active: PlanDetail) -> None:
    with pytest.raises(NotNow):
        ops.note_told(cast.region_nurse, plan_id=active.id)


# ── templates ──


def test_every_group_asks_in_plain_words_and_names_no_owner() -> None:
    for group, one in rules.TEMPLATES.items():
        assert lix(" ".join(one.questions)) <= 30, group
        assert one.parties
        assert one.prompts
        assert all(group in rules.offered(kind) for kind in one.kinds)


def test_a_template_writes_nothing_into_the_plan(cast: Cast, karin: PersonDetail) -> None:
    made = ops.start_plan(
        cast.region_nurse, person_id=karin.id, kind=PlanKind.SIP, template=Group.ELDERLY
    )
    assert made.template is Group.ELDERLY
    assert (made.goals, made.activities, made.needs) == ((), (), "")
    assert [one.name for one in made.parties] == ["Krokoms hälsocentral"]
    with pytest.raises(Invalid) as refused:
        ops.start_plan(
            cast.region_nurse, person_id=karin.id, kind=PlanKind.SIP, template=Group.CARERS
        )
    assert refused.value.where == "template"


def test_the_county_changes_a_template_and_takes_it_back(cast: Cast) -> None:
    chief = cast.administrator
    shipped = reads.template(chief, group=Group.ELDERLY)
    assert shipped.version == 0
    new = {
        "questions": ["Hur har du det?", " ", "Hur har du det?"],
        "parties": [UnitKind.HOME_CARE],
        "prompts": ["Promenader"],
    }
    made = ops.edit_template(chief, group=Group.ELDERLY, version=0, **new)  # type: ignore[arg-type]
    assert (made.questions, made.version) == (("Hur har du det?",), 1)
    with pytest.raises(Conflict) as lost:
        ops.edit_template(chief, group=Group.ELDERLY, version=0, **new)  # type: ignore[arg-type]
    assert lost.value.theirs["prompts"] == ["Promenader"]
    assert ops.reset_template(chief, group=Group.ELDERLY).questions == shipped.questions
    assert not PlanTemplate.objects.exists()


@pytest.mark.parametrize(
    ("questions", "parties", "where"),
    [
        ([], [UnitKind.WARD], "questions"),
        (["x" * 201], [UnitKind.WARD], "questions"),
        ([str(n) for n in range(13)], [UnitKind.WARD], "questions"),
        (["Hur?"], [], "parties"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(
    cast: Cast, questions: list[str], parties: list[UnitKind], where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ops.edit_template(
            cast.administrator, group=Group.MENTAL, version=0, questions=questions,
            parties=parties, prompts=["Vila"],
        )  # fmt: skip
    assert refused.value.where == where


def test_staff_alone_see_the_templates(cast: Cast, karin: PersonDetail) -> None:
    assert log_in(cast.region_nurse).get("/planmallar/").status_code == 200
    assert log_in(person_login(karin)).get("/planmallar/").status_code == 403


def test_only_administrators_change_templates(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        ops.reset_template(cast.region_nurse, group=Group.MENTAL)


@given(st.lists(st.text(max_size=250), max_size=20))
def test_lines_are_stored_once_and_short_or_refused(lines: list[str]) -> None:
    try:
        found = rules.checked_lines(lines, "questions")
    except Invalid:
        return
    assert 0 < len(found) <= rules.MOST
    assert len(set(found)) == len(found)
    assert all(one == one.strip() and 0 < len(one) <= rules.QUESTION_LENGTH for one in found)


def test_marks_and_texts_follow_into_the_versions(cast: Cast, plan: PlanDetail) -> None:
    nurse = cast.region_nurse
    made = ops.add_activity(
        nurse, plan_id=plan.id, what="Balansträning", owner=ops.Owner(unit_id=nurse.unit_id),
        rehabilitating=True, due_on=TODAY,
    )  # fmt: skip
    assert made.activities[0].rehabilitating
    assert not made.activities[0].preventive
    written = ops.write_section(
        nurse, plan_id=plan.id, section=rules.Section.NEEDS, text="Trappan", version=made.version
    )
    assert written.needs == "Trappan"
    undone = ops.undo_change(nurse, plan_id=plan.id, version=written.version)
    assert undone.needs == ""
    assert undone.activities[0].rehabilitating
