"""What the person waits for, is answered and told; those close to the person; the own facts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.access.models import Account
from samverka.careplans import operations as plans
from samverka.careplans.rules import CommentKind, ContactKind, OwnerKind, Section
from samverka.contract import reads
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.people.operations import OwnFacts, edit_own_facts
from samverka.people.reads import person
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


# ── what one waits for ──


def test_what_one_waits_for_stands_there_with_its_day_until_answered(story: Story) -> None:
    assert "Du väntar på svar" not in shown(story)
    plans.ask_for_contact(
        story.karin_herself, person_id=story.karin.id, kind=ContactKind.FAST_VARDKONTAKT
    )
    plans.ask_for_plan(story.karin_herself, person_id=story.karin.id, reason="Vi behöver ses.")
    plans.comment_plan(
        story.karin_herself, plan_id=story.plan.id, words="När?", kind=CommentKind.QUESTION
    )
    lines = shown(story)
    start = lines.index("Du väntar på svar")
    waits = lines[start : start + 12]
    assert "Du har bett om en plan." in waits
    assert "Du har bett om en fast kontakt." in waits
    assert "När?" in waits
    assert sum("svarar senast" in line for line in waits) == 2
    mine = reads.my_page(story.karin_herself, person_id=story.karin.id)
    contact = next(one for one in mine.waiting if one.kind == "contact")
    plans.answer_wish(
        story.cast.region_nurse, wish_id=contact.id, granted=False, answer="Ring Lena."
    )
    after = shown(story)
    assert "Du har bett om en fast kontakt." not in after
    assert "Du har fått svar om din kontakt. Ring Lena." in after


# ── the own facts ──


FACTS = {
    "phone": "070-174 06 05", "email": "karin@example.se", "mail": "on", "language": "sv",
    "interpreter": "on", "care_language": "fi",
}  # fmt: skip


def test_the_person_changes_how_to_be_reached_and_turns_mail_on_and_off(story: Story) -> None:
    browser, address = log_in(story.karin_herself), "/min-sida/uppgifter/"
    assert browser.get(address).status_code == 200
    sent = FACTS | {"version": str(story.karin.version)}
    assert browser.post(address, sent).status_code == 302
    account = Account.objects.get(person_id=story.karin.id)
    now = person(story.karin_herself, person_id=story.karin.id)
    assert (now.phone, now.care_language, now.interpreter) == ("070-174 06 05", "fi", True)
    assert account.email == "karin@example.se"
    again = FACTS | {"version": str(now.version), "mail": ""}
    assert browser.post(address, again).status_code == 302
    account.refresh_from_db()
    assert account.email == ""


def test_mail_without_an_address_is_refused_and_nothing_typed_is_lost(story: Story) -> None:
    browser = log_in(story.karin_herself)
    sent = FACTS | {"version": str(story.karin.version), "email": ""}
    page = browser.post("/min-sida/uppgifter/", sent)
    assert page.status_code == 422
    assert "Skriv din e-post" in page.content.decode()
    assert "070-174 06 05" in page.content.decode()


def test_one_who_was_first_is_shown_and_saving_again_is_a_choice(story: Story) -> None:
    browser = log_in(story.karin_herself)
    page = browser.post("/min-sida/uppgifter/", FACTS | {"version": "77"})
    assert page.status_code == 422
    assert "Någon annan har ändrat" in page.content.decode()
    assert f'name="version" value="{story.karin.version}"' in page.content.decode()


def test_a_proxy_and_staff_cannot_change_them_for_the_person(story: Story) -> None:
    facts = OwnFacts("070-1", "", "sv", False, "")
    for actor in (story.eva, story.cast.region_nurse, story.cast.stranger):
        with pytest.raises((NotAllowed, NotFound)):
            edit_own_facts(
                actor,
                person_id=story.karin.id,
                version=story.karin.version,
                facts=facts,
                mail=False,
            )


# ── the same contract for staff ──


def test_staff_see_the_whole_contract_with_owner_and_clock(story: Story) -> None:
    nurse = story.cast.region_nurse
    story_plan = reads.my_page(story.karin_herself, person_id=story.karin.id).plan
    assert story_plan is not None
    plans.write_section(
        nurse, plan_id=story.plan.id, section=Section.STRENGTHS, version=story_plan.version,
        text="Jag klarar maten själv.",
    )  # fmt: skip
    page = log_in(nurse).get(f"/personer/{story.karin.id}/kontrakt/").content.decode()
    lines = blocks(page)
    for heading in (
        "Härnäst",
        "Vad är viktigt för personen",
        "Styrkor och vad personen klarar",
        "Uppföljning",
        "Om det blir sämre",
    ):
        assert heading in lines, heading
    assert "Jag klarar maten själv." in lines
    assert page.count("gås igenom") >= 2
    stranger = log_in(story.cast.stranger)
    assert stranger.get(f"/personer/{story.karin.id}/kontrakt/").status_code == 404
