"""What another party is shown while a plan is being written is noted as given to it, no later than it is shown."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django.fixtures import Settings

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import Disclosure
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import LiveGiven, LiveText
from samverka.careplans.reads import MeetingDetail, PlanDetail
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.actor import Actor
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotNow
from tests.careplans.test_meeting import ROOMS, later, look, write
from tests.careplans.test_meeting import meeting as meeting
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login

pytestmark = pytest.mark.django_db


def noted(**which: Any) -> list[str]:
    return list(LiveGiven.objects.filter(**which).order_by("id").values_list("text", flat=True))


def words(actor: Actor, plan: PlanDetail, **passed: float) -> tuple[reads.GivenWords, ...]:
    return reads.history_and_words(later(actor, **passed), plan_id=plan.id)[1]


@pytest.fixture
def omsorg(cast: Cast) -> Any:
    return cast.units["assessment"].provider_id


def test_every_text_that_another_party_sees_has_been_noted_as_given_to_it(
    cast: Cast, meeting: MeetingDetail, omsorg: Any
) -> None:
    said = meeting.plan.what_matters
    for number in range(4):
        said = write(cast.region_nurse, meeting.plan, said, f"{said} {number}", seconds=number)
        seen = look(cast.needs_assessor, meeting, seconds=number).texts[ROOMS]
        assert seen == said, "it is seen at once"
        assert noted(key=ROOMS, receivers__contains=[omsorg])[-1] == seen
    last = LiveGiven.objects.latest("id")
    (consent,) = set(Disclosure.objects.values_list("consent_id", flat=True))
    assert (last.by, last.version, last.consents) == ("Lena Berg", meeting.plan.version, [consent])
    assert last.at == later(cast.region_nurse, seconds=3).at


def test_asking_and_saving_what_is_the_same_notes_nothing(
    cast: Cast, meeting: MeetingDetail
) -> None:
    said = write(cast.region_nurse, meeting.plan, "", "Ny", key="strengths")
    before = LiveGiven.objects.count()
    for number in range(3):
        look(cast.needs_assessor, meeting, seconds=number)
        write(cast.region_nurse, meeting.plan, said, said, key="strengths", seconds=number)
    assert LiveGiven.objects.count() == before == 1


def test_words_of_another_party_are_noted_as_given_to_those_who_keep_the_plan(
    cast: Cast, meeting: MeetingDetail
) -> None:
    said = write(cast.needs_assessor, meeting.plan, "", "Tvättar sig själv", key="strengths")
    assert look(cast.region_nurse, meeting).texts["strengths"] == said
    assert noted(receivers=[meeting.plan.unit.provider_id]) == [said]


def test_words_that_are_not_noted_as_given_are_not_shown(
    cast: Cast, meeting: MeetingDetail
) -> None:
    """Whatever has let one in since: what stands in the text was not given to it."""
    plan, other = meeting.plan, cast.needs_assessor
    write(cast.region_nurse, plan, "", "Inte till er än", key="strengths")
    with act(cast.system, Action.MEETING_WRITE) as this:
        LiveText.objects.update(given_to=[])
        this.unchanged()
    assert "Inte till er än" not in str(look(other, meeting))
    version = reads.plan(other, plan_id=plan.id).version
    # One who writes there is answered with what stands there: it becomes a version, given and noted, first.
    assert write(other, plan, "", "", key="strengths", seconds=1) == "Inte till er än"
    made = Disclosure.objects.filter(provider_id=other.provider_id).latest("version")
    assert made.version == version + 1


def test_in_a_county_that_sends_nothing_is_given_nor_shown_while_one_writes(
    cast: Cast, meeting: MeetingDetail, settings: Settings
) -> None:
    settings.SAMVERKA_COUNTY = {**settings.SAMVERKA_COUNTY, str(Key.PLAN_GIVEN_AT_SAVE): 0}
    write(cast.region_nurse, meeting.plan, "", "Inte skickat", key="strengths")
    assert noted() == []
    assert "Inte skickat" not in str(look(cast.needs_assessor, meeting))
    with pytest.raises(NotNow):
        write(cast.needs_assessor, meeting.plan, "", "x", key="strengths")
    said = write(cast.needs_assessor, meeting.plan, "", "Vi ringer", key="if_worse")
    assert look(cast.region_nurse, meeting).texts["if_worse"] == said
    assert noted(receivers=[meeting.plan.unit.provider_id]) == [said]


def test_what_is_kept_back_is_not_noted_as_given(cast: Cast, meeting: MeetingDetail) -> None:
    plan, nurse = meeting.plan, cast.region_nurse
    goal = plan.goals[0]
    mine = next(one for one in plan.activities if one.what == "Läkemedelsgenomgång")
    parts = [
        ops.KeptBack(PartKind.SECTION, "strengths"),
        ops.KeptBack(PartKind.GOAL, str(goal.id)),
        ops.KeptBack(PartKind.ACTIVITY, str(mine.id)),
    ]
    ops.keep_back(nurse, plan_id=plan.id, parts=parts)
    for key, base in (
        ("strengths", ""),
        (f"goal:{goal.id}", goal.words),
        (f"activity:{mine.id}", mine.what),
    ):
        write(nurse, plan, base, "Bara för oss", key=key, seconds=1)
    assert noted() == []
    assert "Bara för oss" not in str(look(cast.needs_assessor, meeting, seconds=2))


def test_what_was_shown_before_the_consent_ended_is_kept_and_what_came_after_is_not(
    cast: Cast, meeting: MeetingDetail
) -> None:
    plan, nurse = meeting.plan, cast.region_nurse
    write(nurse, plan, "", "Före", key="strengths", seconds=1)
    ops.withdraw_sharing(later(nurse, seconds=2), plan_id=plan.id, by="Karin")
    write(nurse, plan, "Före", "Före och efter", key="strengths", seconds=3)
    kept = reads.plan(later(cast.needs_assessor, seconds=4), plan_id=plan.id)
    assert kept.strengths == "Före"
    assert [one.text for one in words(cast.needs_assessor, plan, seconds=4)] == ["Före"]
    assert noted() == ["Före"]


@pytest.mark.parametrize("who", ["staff", "person"])
def test_the_person_can_take_it_back_in_the_middle_of_a_meeting(
    cast: Cast, meeting: MeetingDetail, who: str
) -> None:
    plan, nurse = meeting.plan, cast.region_nurse
    write(nurse, plan, "", "Före", key="strengths", seconds=1)
    actor: Actor = nurse if who == "staff" else person_login(meeting.person)  # type: ignore[arg-type]
    ops.take_back_consent(later(actor, seconds=2), plan_id=plan.id)
    kept = reads.plan(later(cast.needs_assessor, seconds=4), plan_id=plan.id)
    assert kept.strengths == "Före"


def test_one_who_is_let_in_while_others_write_is_given_what_stands_there_as_a_version(
    cast: Cast, meeting: MeetingDetail
) -> None:
    plan, nurse = meeting.plan, cast.region_nurse
    part = ops.KeptBack(PartKind.SECTION, "strengths")
    kept = ops.keep_back(nurse, plan_id=plan.id, parts=[part])
    write(nurse, plan, "", "Bara för oss", key="strengths", seconds=1)
    ops.give_out(later(nurse, seconds=2), withheld_id=kept.withheld[0].id)
    assert look(cast.needs_assessor, meeting, seconds=3).texts["strengths"] == "Bara för oss"
    assert noted() == []
    last = Disclosure.objects.filter(object_id=plan.id).latest("version")
    assert last.at == later(nurse, seconds=2).at


def test_who_keeps_the_plan_and_the_person_see_what_was_given_and_others_their_own(
    cast: Cast, meeting: MeetingDetail
) -> None:
    plan = meeting.plan
    write(cast.region_nurse, plan, "", "Ett", key="strengths")
    write(cast.needs_assessor, plan, "", "Två", key="if_worse", seconds=1)
    karin: Actor = person_login(meeting.person)  # type: ignore[arg-type]
    for actor in (cast.region_nurse, karin):
        found = words(actor, plan, seconds=2)
        assert [(one.text, one.by, len(one.receivers)) for one in found] == [
            ("Två", "Sara Ek", 1),
            ("Ett", "Lena Berg", 1),
        ]
    theirs = words(cast.needs_assessor, plan, seconds=2)
    assert [(one.text, one.receivers) for one in theirs] == [
        ("Två", ()),
        ("Ett", ("Krokoms omsorg",)),
    ]


def test_the_page_of_versions_shows_it(cast: Cast, meeting: MeetingDetail) -> None:
    write(cast.region_nurse, meeting.plan, "", "Det som visades", key="strengths")
    with time_machine.travel(NOW, tick=False):
        answer = log_in(cast.region_nurse).get(
            reverse("careplans:versions", args=[meeting.plan.id])
        )
    shown = answer.content.decode()
    assert "Det som visades" in shown
    assert "Krokoms omsorg" in shown
