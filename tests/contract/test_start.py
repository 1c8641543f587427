"""Where each one begins."""

from __future__ import annotations

import pytest

from samverka.careplans.operations import comment_plan
from tests.contract.conftest import Story
from tests.contract.pagetext import blocks, questions
from tests.factories.browser import log_in


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("log_reviewer", "/loggkontroll/"),
        ("block_officer", "/sparrar/"),
    ],
)
def test_an_office_begins_at_its_work(story: Story, who: str, address: str) -> None:
    response = log_in(getattr(story.cast, who)).get("/")
    assert response["Location"] == address


def test_a_person_begins_at_the_own_page(story: Story) -> None:
    assert log_in(story.karin_herself).get("/")["Location"] == "/min-sida/"
    assert log_in(story.eva).get("/")["Location"] == "/min-sida/"


def test_an_administrator_begins_at_import_and_units(story: Story) -> None:
    shown = blocks(str(log_in(story.cast.administrator).get("/").content, "utf-8"))
    text = "\n".join(shown)
    assert "Ta emot uppgifter" in text
    assert "Enheter och personal" in text
    assert "Karin" not in text


def test_staff_begin_at_what_waits_on_the_unit(story: Story) -> None:
    """The activity that is late belongs to the needs assessment; the contact's plan is under Mina."""
    assessor = blocks(str(log_in(story.cast.needs_assessor).get("/").content, "utf-8"))
    assert "Hjälp att duscha två gånger i veckan" in assessor
    nurse = blocks(str(log_in(story.cast.region_nurse).get("/").content, "utf-8"))
    assert "Går igenom alla tabletter" in nurse
    comment_plan(story.karin_herself, plan_id=story.plan.id, words="Kan Mats komma tidigare?")
    after = blocks(str(log_in(story.cast.region_nurse).get("/").content, "utf-8"))
    assert "Läsa vad personen har skrivit" in after
    stranger = blocks(str(log_in(story.cast.stranger).get("/").content, "utf-8"))
    assert "Inget väntar på er" in stranger


def test_the_units_persons_are_its_own(story: Story) -> None:
    own = blocks(str(log_in(story.cast.region_nurse).get("/vara-personer/").content, "utf-8"))
    assert "Karin Åström" in own
    other = blocks(str(log_in(story.cast.stranger).get("/vara-personer/").content, "utf-8"))
    assert "Inga personer än" in other


def test_a_person_has_no_list_of_persons(story: Story) -> None:
    assert log_in(story.karin_herself).get("/vara-personer/").status_code == 403


@pytest.mark.parametrize("address", ["/", "/vara-personer/"])
def test_the_lists_cost_twelve_questions(story: Story, address: str) -> None:
    browser = log_in(story.cast.region_nurse)
    browser.get(address)
    with questions() as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(asked)


def test_nobody_gets_in_without_logging_in(client, story: Story) -> None:
    for address in (
        "/",
        "/min-sida/",
        f"/personer/{story.karin.id}/",
        "/loggkontroll/",
        "/sparrar/",
    ):
        response = client.get(address)
        assert response.status_code == 302
        assert "next=" in response["Location"]
