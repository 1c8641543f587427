"""Advice on self-care where the person and staff meet it: the own page, on paper, in the contract."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.careplans import operations as plans
from samverka.careplans.reads import SelfCareDetail
from samverka.careplans.rules import SelfCareFacts
from samverka.contract import reads
from samverka.people.operations import PersonFacts
from tests.contract.conftest import DAY, TODAY, Story, call_to_meeting, go_away
from tests.contract.pagetext import blocks
from tests.contract.pdf import read_pdf
from tests.contract.shelved import fill_shelf
from tests.factories.browser import log_in
from tests.factories.cast import make_person, person_login
from tests.readability import lix

FACTS = SelfCareFacts(
    what="Lägg om såret på benet",
    how="Tvätta händerna. Ta bort det gamla. Lägg på en ny kompress.",
    call_when="Om det blir rött eller gör mer ont.",
    risks="Kan bli infekterat.",
    judged_on=TODAY,
    reassess_on=TODAY + 30 * DAY,
    helper="Eva, din dotter",
)


@pytest.fixture
def advice(story: Story) -> SelfCareDetail:
    return plans.advise_self_care(story.cast.region_nurse, person_id=story.karin.id, facts=FACTS)


def page_of(story: Story) -> list[str]:
    answer = log_in(story.karin_herself).get(f"/min-sida/{story.karin.id}/")
    assert answer.status_code == 200
    return blocks(answer.content.decode())


def test_the_person_reads_what_how_and_whom_to_call(story: Story, advice: SelfCareDetail) -> None:
    words = " ".join(page_of(story))
    for one in (
        "Råd om egenvård", FACTS.what, FACTS.how, "Eva, din dotter", FACTS.call_when,
        "08-465 004 10", "Lena Berg, distriktssköterska", "Vi går igenom det igen senast",
    ):  # fmt: skip
        assert one in words, one
    assert FACTS.risks not in words


def test_it_is_easy_to_read(story: Story, advice: SelfCareDetail) -> None:
    lines = page_of(story)
    begins = lines.index("Råd om egenvård")
    words = ". ".join(line.rstrip(".") for line in lines[begins : begins + 9])
    assert FACTS.call_when.rstrip(".") in words
    assert lix(words + ".") <= 30


def test_what_is_ended_is_not_shown(story: Story, advice: SelfCareDetail) -> None:
    plans.end_self_care(story.cast.region_nurse, advice_id=advice.id, reason="Läkt")
    assert "Råd om egenvård" not in page_of(story)


def test_a_representative_sees_it_and_another_person_does_not(
    story: Story, advice: SelfCareDetail
) -> None:
    assert reads.my_page(story.eva, person_id=story.karin.id).advice == (
        reads.my_page(story.karin_herself, person_id=story.karin.id).advice
    )
    assert reads.my_page(story.eva, person_id=story.eva.person_id or story.karin.id).advice == ()


def test_it_costs_no_query(story: Story) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            reads.my_page(story.karin_herself, person_id=story.karin.id)
        return len(found)

    before = asked()
    for number in range(3):
        plans.advise_self_care(
            story.cast.region_nurse,
            person_id=story.karin.id,
            facts=SelfCareFacts(
                what=f"Råd {number}", how="Så.", call_when="Ring.", risks="Inga kända.",
                judged_on=TODAY, reassess_on=TODAY + (9 - number) * DAY,
            ),
        )  # fmt: skip
    assert asked() == before
    found = reads.my_page(story.karin_herself, person_id=story.karin.id).advice
    assert [one.facts.what for one in found] == ["Råd 2", "Råd 1", "Råd 0"]


@pytest.mark.parametrize("size", ["", "large"])
def test_it_stands_on_paper_on_two_sheets(story: Story, advice: SelfCareDetail, size: str) -> None:
    fill_shelf(story, medicines=12)
    call_to_meeting(story)
    go_away(story)
    browser = log_in(story.karin_herself)
    if size:
        browser.cookies["text_size"] = size
    paper = read_pdf(browser.get(f"/min-sida/{story.karin.id}/pdf/").content)
    words = paper.words()
    assert words.find("Mina läkemedel") < words.find("Råd om egenvård") < words.find(FACTS.what)
    assert "08-465 004 10" in words[words.find(FACTS.what) :]
    assert len(paper.pages) <= 2


def test_staff_see_owner_and_clock(story: Story, advice: SelfCareDetail) -> None:
    address = f"/personer/{story.karin.id}/kontrakt/"
    words = " ".join(blocks(log_in(story.cast.region_nurse).get(address).content.decode()))
    for one in (FACTS.what, "Krokoms hälsocentral", "bedöms på nytt", "senast", "Skriv ett nytt"):
        assert one in words, one
    other = log_in(story.cast.needs_assessor).get(address).content.decode()
    assert FACTS.what not in other
    assert "Skriv ett nytt" not in other


def test_a_stranger_finds_no_page(story: Story, advice: SelfCareDetail) -> None:
    address = f"/min-sida/{story.karin.id}/"
    assert log_in(story.cast.stranger).get(address, follow=True).status_code == 404
    nils = make_person(story.cast.region_nurse, PersonFacts(given_name="Nils", family_name="Ek"))
    assert log_in(person_login(nils)).get(address).status_code == 404
