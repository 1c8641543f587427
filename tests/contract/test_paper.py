"""The page on paper: PDF/UA-1 that a screen reader can read, on one or two sheets, the same every time."""

from __future__ import annotations

import pytest

from samverka.audit.models import Event
from samverka.contacts import operations as contacts
from samverka.contacts.rules import PromiseFacts
from tests.contract.conftest import DAY, TODAY, Story, call_to_meeting, go_away
from tests.contract.pdf import Pdf, read_pdf
from tests.contract.shelved import fill_shelf
from tests.factories.browser import log_in


def paper_of(story: Story, who: str = "karin_herself", **cookies: str) -> Pdf:
    browser = log_in(getattr(story, who))
    for name, value in cookies.items():
        browser.cookies[name] = value
    answer = browser.get(f"/min-sida/{story.karin.id}/pdf/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="min-sida.pdf"'
    assert story.karin.identity is not None
    assert story.karin.identity.value.encode() not in answer.content
    return read_pdf(answer.content)


@pytest.fixture
def full(story: Story) -> Story:
    fill_shelf(story, medicines=12)
    facts = PromiseFacts(what="Ta nya prover", latest_on=TODAY + 30 * DAY)
    contacts.promise_time(story.cast.region_nurse, person_id=story.karin.id, facts=facts)
    call_to_meeting(story)
    go_away(story)
    return story


def test_it_says_that_it_can_be_read_by_all(full: Story) -> None:
    paper = paper_of(full)
    assert "<pdfuaid:part>1</pdfuaid:part>" in paper.metadata
    assert "Min sida: Karin Åström" in paper.metadata
    assert "/MarkInfo<</Marked true" in paper.catalog
    assert "/Lang(sv)" in paper.catalog
    assert "/DisplayDocTitle true" in paper.catalog


def test_headings_lists_and_tables_are_marked(full: Story) -> None:
    marks = paper_of(full).marks()
    assert marks.count("H1") == 1
    assert marks.count("H2") >= 8
    assert {"H3", "L", "LI", "Table", "TH", "TD"} <= set(marks)


def test_the_words_come_in_the_order_of_the_page(full: Story) -> None:
    words = paper_of(full).words()
    wanted = [
        "Karin Åström", "Det här händer härnäst", "Måndag 23 november", "Mina möten",
        "Fredag 27 november 2026 klockan 15.30", "Plats: Rum 2", "Svara om du kan komma.",
        "Det här är viktigt för mig",
        "Mina mål", "Gå ut till hönsen själv", "Det här gör jag", "Det här gör vården",
        "Det här gör kommunen", "Mina tider", "Lovat men inte bokat än", "Ta nya prover",
        "Mina kontakter", "Lena Berg är borta till och med fredag 27 november 2026.",
        "Ring Anna Lund så länge.", "08-465 004 10", "Mina läkemedel", "Medicin1 5 mg", "Mina mätningar",
        "Vikt: 60,5 kg", "Om jag blir sämre", "Tryck på larmet.",
    ]  # fmt: skip
    places = [words.find(one) for one in wanted]
    assert -1 not in places, [one for one, at in zip(wanted, places, strict=True) if at < 0]
    assert places == sorted(places)


@pytest.mark.parametrize("size", ["", "large"])
def test_it_takes_two_sheets_at_most(full: Story, size: str) -> None:
    paper = paper_of(full, **({"text_size": size} if size else {}))
    assert 1 <= len(paper.pages) <= 2


def test_the_same_moment_gives_the_same_paper(story: Story) -> None:
    browser, address = log_in(story.karin_herself), f"/min-sida/{story.karin.id}/pdf/"
    assert browser.get(address).content == browser.get(address).content


def test_a_representative_may_print_and_it_is_logged(story: Story) -> None:
    words = paper_of(story, "eva").words()
    assert "Det här gör Karin" in words
    lines = Event.objects.filter(actor_name="Eva Lund", action="contract.read")
    assert lines.exists()
