"""What the person waits for, is answered and told; those close to the person; the own facts."""

from __future__ import annotations

from datetime import timedelta

from samverka.careplans import operations as plans
from samverka.careplans.rules import CommentKind, OwnerKind
from samverka.contract import reads
from tests.contract.conftest import Story
from tests.contract.pagetext import blocks
from tests.factories.browser import log_in
from tests.factories.cast import NOW


def shown(story: Story, address: str = "") -> list[str]:
    answer = log_in(story.karin_herself).get(address or f"/min-sida/{story.karin.id}/")
    assert answer.status_code == 200
    return blocks(answer.content.decode())


def test_a_question_says_when_the_answer_comes_and_the_answer_stands_beneath(story: Story) -> None:
    browser = log_in(story.karin_herself)
    page = browser.post(
        f"/min-sida/{story.karin.id}/skriv/",
        {"kind": "question", "about": str(story.plan.id), "words": "När får jag gå ut?"},
        follow=True,
    ).content.decode()
    assert "Skickat. Du får svar senast" in page
    asked = reads.my_page(story.karin_herself, person_id=story.karin.id).talks[0].said
    plans.answer_comment(story.cast.region_nurse, comment_id=asked.id, words="På måndag.")
    lines = shown(story)
    assert lines.index("När får jag gå ut?") < lines.index("På måndag.")
    assert "Besvarad" in lines
    assert any("har svarat på det du skrev" in line for line in lines)


def test_those_close_to_the_person_have_a_heading_of_their_own(story: Story) -> None:
    owner = plans.Owner(kind=OwnerKind.CLOSE, text="Eva, dottern")
    plans.add_activity(
        story.cast.region_nurse, plan_id=story.plan.id, what="Ringer varje kväll", owner=owner
    )
    lines = shown(story)
    assert lines.index("Det här gör mina närstående") < lines.index("Ringer varje kväll")
    assert lines.index("Ringer varje kväll") < lines.index("Det här gör vården")


def test_all_that_was_told_can_be_read_and_by_no_stranger(story: Story) -> None:
    nurse = story.cast.region_nurse
    for number in range(5):
        plans.add_goal(
            nurse,
            plan_id=story.plan.id,
            words=f"Mål nummer {number}",
            term=story.plan.goals[0].term,
        )
    front = "\n".join(shown(story))
    assert "Se allt nytt" in front
    assert "Mål nummer 4" in front
    address = f"/min-sida/{story.karin.id}/allt-nytt/"
    whole = "\n".join(shown(story, address))
    for number in range(5):
        assert f"Du har ett nytt mål: ”Mål nummer {number}”." in whole
    assert log_in(story.cast.stranger).get(address).status_code == 404


def test_a_comment_gets_no_day(story: Story) -> None:
    made = plans.comment_plan(
        story.karin_herself, plan_id=story.plan.id, words="Hej", kind=CommentKind.COMMENT
    )
    assert made.comments[-1].answer_due_at is None
    assert NOW + timedelta(days=1) > made.comments[-1].at
