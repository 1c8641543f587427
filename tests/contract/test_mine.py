"""The person's one page: what it shows, to whom, in how plain words, for how many questions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from samverka.access import operations as access
from samverka.access.reads import list_proxies
from samverka.access.rules import ProxyKind
from samverka.audit.models import Event
from samverka.careplans.models import Comment
from samverka.contacts import operations as contacts
from samverka.contacts.rules import StayFacts
from tests.contract.conftest import Story, child
from tests.contract.pagetext import blocks, questions, sentences
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login
from tests.readability import lix

EASY = 30
"""LIX: very easy (Björnsson 1968)."""

ABBREVIATIONS = re.compile(
    r"\b(t\.?ex|bl\.?a|m\.?m|o\.?s\.?v|d\.?v\.?s|kl|tel|ev|mån|tis|ons|tors|fre|nov|dec|SIP|VFU|SVOD)\b"
)
"""What one says whole to the person."""


def page_of(story: Story, address: str = "/min-sida/") -> str:
    response = log_in(story.karin_herself).get(address)
    assert response.status_code == 200
    return str(response.content, "utf-8")


def test_the_page_says_what_happens_next_and_all_that_is_planned(story: Story) -> None:
    shown = blocks(page_of(story))
    text = "\n".join(shown)
    assert "Hej Karin!" in shown
    assert "På måndag klockan 15.30" in shown
    assert "Mats Öberg kommer hem till dig." in shown
    assert "Gå ut till hönsen själv" in shown
    assert shown.index("Det här gör jag") < shown.index("Det här gör vården")
    assert shown.index("Det här gör vården") < shown.index("Det här gör kommunen")
    assert "Handlar mat på lördagar" in shown
    assert "Tänk på: Ät inget på morgonen. Ta med din lista över tabletter." in shown
    assert "Fast vårdkontakt · Krokoms hälsocentral" in shown
    assert "Tryck på larmet." in text
    assert "vardagar 8–16" in text


def test_in_hospital_the_card_says_so(story: Story) -> None:
    contacts.receive_stay(
        story.cast.system,
        person_id=story.karin.id,
        unit_id=story.cast.units["ward"].id,
        source="journal",
        source_id="s2",
        facts=StayFacts(
            admitted_at=NOW - timedelta(days=1), expected_end_at=NOW + timedelta(days=3)
        ),
    )
    shown = blocks(page_of(story))
    assert "Du är på Medicinavdelningen." in shown
    assert "Hem igen: måndag 23 november, om allt går som det ska." in shown


def test_without_a_plan_the_page_still_helps(cast: Cast) -> None:
    alone = make_person(cast.region_nurse)
    shown = blocks(str(log_in(person_login(alone)).get("/min-sida/").content, "utf-8"))
    assert "Inget är bokat just nu." in shown
    assert "Undrar du något om din vård? Ring 1177." in shown
    asks = "Du har ingen plan här just nu. Vill du ha en? Be om den här nedanför, eller ring."
    assert asks in shown
    assert "Be om en plan" in "\n".join(shown)


@pytest.mark.parametrize(
    "address",
    [
        "/min-sida/",
        "/min-sida/logg/",
        "/min-sida/samtycken/",
        "/min-sida/sparrar/",
        "/min-sida/ombud/",
        "/min-sida/{id}/tider/",
    ],
)
def test_the_words_are_easy_and_whole(story: Story, address: str) -> None:
    text = sentences(page_of(story, address.format(id=story.karin.id)))
    assert lix(text) <= EASY, f"LIX {lix(text):.0f}"
    assert not ABBREVIATIONS.findall(text)


def test_the_measure_sees_hard_words() -> None:
    hard = "Utskrivningsplanering förutsätter samordningsansvarig vårdgivares behovsbedömning."
    assert lix(hard) > EASY
    assert ABBREVIATIONS.findall("kl. 9, t.ex. SIP")


def test_no_identity_number_stands_on_the_page(story: Story) -> None:
    assert story.karin.identity is not None
    for address in ("/min-sida/", "/min-sida/ombud/", "/min-sida/logg/"):
        assert story.karin.identity.value not in page_of(story, address)


# ── who may ──


def test_a_representative_sees_the_page_and_oneself(story: Story) -> None:
    browser = log_in(story.eva)
    shown = blocks(str(browser.get(f"/min-sida/{story.karin.id}/").content, "utf-8"))
    assert "Sidan för Karin Åström" in shown
    assert "Du läser som ombud." in shown
    assert "Mats Öberg kommer hem." in shown
    assert "Min egen sida" in shown
    assert "Jag bestämmer" not in shown  # consents and blocks are the person's own


def test_an_ended_representative_sees_nothing(story: Story) -> None:
    browser = log_in(story.eva)
    assert browser.get(f"/min-sida/{story.karin.id}/").status_code == 200
    (proxy,) = list_proxies(story.karin_herself, person_id=story.karin.id)
    access.end_proxy(story.karin_herself, proxy_id=proxy.id)
    assert browser.get(f"/min-sida/{story.karin.id}/").status_code == 404
    assert browser.get(f"/min-sida/{story.karin.id}/tider/").status_code == 404
    assert b"Karin" not in browser.get("/min-sida/").content


def test_a_person_without_anything_to_do_with_it_gets_the_answer_for_nobody(story: Story) -> None:
    other = person_login(make_person(story.cast.stranger))
    browser = log_in(other)
    hidden = browser.get(f"/min-sida/{story.karin.id}/")
    nobody = browser.get(f"/min-sida/{other.id}/")
    assert hidden.status_code == nobody.status_code == 404
    assert blocks(str(hidden.content, "utf-8")) == blocks(str(nobody.content, "utf-8"))
    line = Event.objects.filter(actor_id=str(other.id), outcome=4).earliest("id")
    assert line.object_ids == [str(story.karin.id)]


def test_a_guardian_sees_a_child_of_twelve_but_not_of_fourteen(cast: Cast) -> None:
    young, guardian = child(cast, 12)
    seen = log_in(guardian).get(f"/min-sida/{young.id}/")
    assert seen.status_code == 200
    assert "Du läser som vårdnadshavare." in blocks(str(seen.content, "utf-8"))
    older, other_guardian = child(cast, 14, "Nils")
    browser = log_in(other_guardian)
    refused = browser.get(f"/min-sida/{older.id}/")
    assert refused.status_code == 403
    assert "Åldersgränsen" in str(refused.content, "utf-8")
    assert b"Nils" not in browser.get("/min-sida/").content


def test_one_of_fourteen_does_not_see_alone_either_but_one_of_sixteen_does(cast: Cast) -> None:
    for years, status in ((14, 403), (16, 200)):
        young, _guardian = child(cast, years, f"Barn{years}")
        assert log_in(person_login(young)).get("/min-sida/").status_code == status


def test_staff_come_to_the_overview_instead(story: Story) -> None:
    browser = log_in(story.cast.region_nurse)
    assert browser.get("/min-sida/")["Location"] == "/"
    there = browser.get(f"/min-sida/{story.karin.id}/")
    assert there["Location"] == f"/personer/{story.karin.id}/"


# ── words to those who help ──


def test_a_question_reaches_the_plan(story: Story) -> None:
    browser = log_in(story.karin_herself)
    address = f"/min-sida/{story.karin.id}/skriv/"
    sent = browser.post(
        address, {"kind": "comment", "about": story.plan.id, "words": "När kommer Mats?"}
    )
    assert sent["Location"] == f"/min-sida/{story.karin.id}/"
    assert Comment.objects.get().words == "När kommer Mats?"
    shown = blocks(page_of(story))
    assert "När kommer Mats?" in shown
    assert "Skickat" in shown


def test_an_empty_question_is_said_on_the_form(story: Story) -> None:
    browser = log_in(story.karin_herself)
    address = f"/min-sida/{story.karin.id}/skriv/"
    empty = browser.post(address, {"kind": "comment", "about": story.plan.id, "words": " "})
    assert empty.status_code == 422
    assert not Comment.objects.exists()


def test_a_representative_who_may_only_read_may_not_write(story: Story) -> None:
    access.grant_proxy(
        story.karin_herself,
        person_id=story.karin.id,
        proxy_person_id=story.eva.person_id,
        kind=ProxyKind.REPRESENTATIVE,
        scopes=frozenset({"read"}),
    )
    browser = log_in(story.eva)
    shown = browser.get(f"/min-sida/{story.karin.id}/")
    assert b'name="words"' not in shown.content
    address = f"/min-sida/{story.karin.id}/skriv/"
    tried = browser.post(address, {"kind": "comment", "about": story.plan.id, "words": "Hej"})
    assert tried.status_code == 422
    assert not Comment.objects.exists()


# ── cost ──


@pytest.mark.parametrize("who", ["karin_herself", "eva"])
def test_the_page_costs_twelve_questions(story: Story, who: str) -> None:
    browser = log_in(getattr(story, who))
    address = f"/min-sida/{story.karin.id}/"
    browser.get(address)  # the session notes its first sign of life
    with questions() as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(asked)


@pytest.mark.parametrize("address", ["logg/", "samtycken/", "sparrar/", "ombud/", "{id}/tider/"])
def test_the_other_pages_cost_twelve_questions(story: Story, address: str) -> None:
    browser = log_in(story.karin_herself)
    address = f"/min-sida/{address.format(id=story.karin.id)}"
    browser.get(address)
    with questions() as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(asked)


def test_reading_leaves_lines_with_the_ground(story: Story) -> None:
    log_in(story.eva).get(f"/min-sida/{story.karin.id}/")
    lines = Event.objects.filter(actor_name="Eva Lund", person_id=str(story.karin.id))
    assert {line.action for line in lines} >= {"contract.read", "plan.read", "contact.list"}
    assert {line.ground for line in lines if line.action != "shelf.read"} == {"representative"}
