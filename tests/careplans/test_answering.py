"""Answers to what the person has written, and those close to the person as owners."""

from __future__ import annotations

from datetime import date

import pytest

from samverka.careplans import fhir, reads
from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import CommentKind, OwnerKind
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotFound, NotNow
from samverka.notices.models import News
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import Cast, person_login


def ask(
    karin: PersonDetail, plan: PlanDetail, kind: CommentKind = CommentKind.QUESTION
) -> PlanDetail:
    return ops.comment_plan(person_login(karin), plan_id=plan.id, words="När kommer ni?", kind=kind)


def test_a_question_has_a_day_for_its_answer_and_a_comment_has_none(
    karin: PersonDetail, active: PlanDetail
) -> None:
    asked = ask(karin, active).talks[0]
    assert asked.waits
    assert asked.said.answer_due_at is not None
    assert local_date(asked.said.answer_due_at) > local_date(asked.said.at)
    told = ask(karin, active, CommentKind.COMMENT).talks[-1]
    assert not told.waits


def test_an_answer_stands_beneath_the_question_closes_it_and_is_news(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    asked = ask(karin, active).comments[0]
    before = set(News.objects.values_list("id", flat=True))
    made = ops.answer_comment(cast.region_nurse, comment_id=asked.id, words="På fredag.")
    (talk,) = made.talks
    assert [one.words for one in talk.answers] == ["På fredag."]
    assert talk.said.handled_by == "Lena Berg"
    assert not talk.waits
    own = reads.plan(person_login(karin), plan_id=active.id)
    assert own.talks[0].answers[0].by == "Lena Berg"
    (news,) = News.objects.filter(person_id=karin.id).exclude(id__in=before)
    assert "När kommer ni?" in str(news.sentence)
    shelved = fhir.communication(talk.answers[0], plan_id=active.id, person_id=karin.id, own=False)
    assert shelved["inResponseTo"] == [{"reference": f"Communication/{asked.id}"}]


def test_an_answer_can_come_after_it_was_taken_care_of(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    asked = ask(karin, active).comments[0]
    ops.handle_comment(cast.region_nurse, comment_id=asked.id)
    made = ops.answer_comment(cast.region_nurse, comment_id=asked.id, words="På fredag.")
    assert made.talks[0].answers


def test_an_empty_answer_one_to_staff_and_one_by_a_stranger_are_refused(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    asked = ask(karin, active).comments[0]
    with pytest.raises(Invalid):
        ops.answer_comment(cast.region_nurse, comment_id=asked.id, words="  ")
    with pytest.raises(NotFound):
        ops.answer_comment(cast.stranger, comment_id=asked.id, words="Hej")
    made = ops.answer_comment(cast.region_nurse, comment_id=asked.id, words="På fredag.")
    with pytest.raises(NotNow):
        ops.answer_comment(
            cast.region_nurse, comment_id=made.talks[0].answers[0].id, words="Till mig själv"
        )


def test_the_page_for_an_answer(cast: Cast, karin: PersonDetail, active: PlanDetail) -> None:
    asked = ask(karin, active).comments[0]
    address = f"/planer/{active.id}/kommentar/{asked.id}/svara/"
    assert log_in(cast.stranger).get(address).status_code == 404
    nurse = log_in(cast.region_nurse)
    assert "När kommer ni?" in nurse.get(address).content.decode()
    assert nurse.post(address, {"words": ""}).status_code == 422
    done = nurse.post(address, {"words": "På fredag."}, follow=True)
    assert "På fredag." in done.content.decode()


# ── those close to the person ──


def test_someone_close_answers_for_something_by_name(cast: Cast, active: PlanDetail) -> None:
    nurse = cast.region_nurse
    with pytest.raises(Invalid):
        ops.add_activity(
            nurse, plan_id=active.id, what="Handla", owner=ops.Owner(kind=OwnerKind.CLOSE)
        )
    made = ops.add_activity(
        nurse,
        plan_id=active.id,
        what="Handla",
        owner=ops.Owner(kind=OwnerKind.CLOSE, text="Per, sonen"),
        due_on=date(2027, 1, 2),
    )
    one = next(one for one in made.activities if one.what == "Handla")
    assert (one.owner_kind, one.owner) == (OwnerKind.CLOSE, "Per, sonen")
    shelved = fhir.care_plan(made)
    performers = [two["detail"]["performer"] for two in shelved["activity"] if "detail" in two]
    assert [{"type": "RelatedPerson", "display": "Per, sonen"}] in performers
