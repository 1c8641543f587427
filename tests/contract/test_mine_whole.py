"""The whole contract on the person's page: promises, medicines, measurements, easy words, asking."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.careplans import operations as careplans
from samverka.careplans.models import Comment
from samverka.careplans.rules import CommentKind
from samverka.contacts import operations as contacts
from samverka.contacts.rules import PromiseFacts
from samverka.contract import reads
from samverka.contract.rules import HappeningKind, Point, draw_curve
from samverka.contract.rules.curve import HEIGHT, WIDTH
from samverka.kernel.problems import NotAllowed
from samverka.resources.models import Resource, Version
from tests.contract.conftest import Story
from tests.contract.pagetext import blocks, questions, sentences
from tests.contract.shelved import fill_shelf
from tests.factories.browser import log_in
from tests.factories.cast import NOW, make_person, person_login
from tests.readability import lix

TODAY = NOW.date()
DAY = timedelta(days=1)
EASY = 30


def promise(story: Story, days: int = 30, what: str = "Ta nya prover") -> None:
    facts = PromiseFacts(what=what, latest_on=TODAY + days * DAY, bring="Ät som vanligt.")
    contacts.promise_time(story.cast.region_nurse, person_id=story.karin.id, facts=facts)


def shown_to(story: Story, who: str = "karin_herself") -> list[str]:
    answer = log_in(getattr(story, who)).get(f"/min-sida/{story.karin.id}/")
    assert answer.status_code == 200
    return blocks(answer.content.decode())


# ── curves: pure ──


def points(*values: float) -> list[Point]:
    return [Point(TODAY - (len(values) - n) * DAY, Decimal(str(v))) for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((62.5, 61, 60.5), "Ner från 62,5 till 60,5 kg."),
        ((60, 61, 64), "Upp från 60 till 64 kg."),
        ((60, 66, 60.5), "Ungefär som förut: 60,5 kg."),
        ((0, 0, 0), "Ungefär som förut: 0 kg."),
    ],
)
def test_a_curve_says_in_words_what_it_shows(values: tuple[float, ...], words: str) -> None:
    curve = draw_curve(points(*values), "kg")
    assert curve is not None
    assert curve.words == words


def test_two_days_are_no_curve() -> None:
    assert draw_curve(points(60, 61), "kg") is None
    same_day = [Point(TODAY, Decimal(n)) for n in range(5)]
    assert draw_curve(same_day, "kg") is None


@given(
    st.lists(
        st.tuples(
            st.dates(date(2020, 1, 1), date(2026, 1, 1)),
            st.integers(-1000, 1000).map(Decimal),
        ),
        max_size=60,
    )
)
def test_a_curve_stays_in_its_picture(found: list[tuple[date, Decimal]]) -> None:
    curve = draw_curve([Point(*one) for one in found], "")
    if curve is None:
        return
    placed = [tuple(map(int, one.split(","))) for one in curve.line.split(" ")]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in placed)
    assert [x for x, _y in placed] == sorted(x for x, _y in placed)
    assert (curve.x, curve.y) == placed[-1]


# ── what the page shows ──


def test_promises_medicines_and_measurements_are_told(story: Story) -> None:
    promise(story)
    fill_shelf(story)
    shown = shown_to(story)
    assert "Lovat men inte bokat än" in shown
    assert "Du får en tid senast söndag 20 december." in shown
    assert "Under tiden: Ät som vanligt." in shown
    assert shown.index("Mina läkemedel") < shown.index("Medicin1 5 mg")
    assert "Från journal · måndag 2 november" in shown
    assert "Gammal medicin" not in shown
    assert "Ner från 62,5 till 60,5 kg." in shown
    html = log_in(story.karin_herself).get("/min-sida/").content.decode()
    assert re.search(r'<polyline points="[\d, ]+"', html)


def test_a_promise_whose_day_has_passed_says_whom_to_ring(story: Story) -> None:
    promise(story, days=0, what="Ring om svaret")
    later = story.cast.at(story.karin_herself, days=2)
    (one,) = reads.my_page(later, person_id=story.karin.id).promised
    assert one.passed
    mine = reads.my_page(story.karin_herself, person_id=story.karin.id)
    assert mine.next is not None
    assert mine.next.kind is HappeningKind.PROMISE
    assert "Krokoms hälsocentral hör av sig med en tid." in shown_to(story)


def test_easy_words_stand_first_until_the_plan_says_something_else(story: Story) -> None:
    nurse, plan = story.cast.region_nurse, story.plan
    goal = plan.goals[0]
    careplans.write_easy(nurse, plan_id=plan.id, place=goal.key, words="Gå till hönsen.")
    shown = shown_to(story)
    assert shown.index("Gå till hönsen.") < shown.index("Gå ut till hönsen själv")
    assert "Visa som det skrevs" in shown
    careplans.edit_goal(
        nurse, goal_id=goal.id, words="Gå till ladan", term=goal.term, version=goal.version
    )
    shown = shown_to(story)
    assert "Gå till ladan" in shown
    assert "Gå till hönsen." not in shown


def test_one_who_has_nothing_is_told_what_to_do_and_whom_to_call(story: Story) -> None:
    alone = make_person(story.cast.region_nurse)
    shown = blocks(log_in(person_login(alone)).get("/min-sida/").content.decode())
    assert "Inget är bokat just nu." in shown
    assert "Undrar du något om din vård? Ring 1177." in shown
    assert "Om jag blir sämre" in shown
    paper = log_in(person_login(alone)).get(f"/min-sida/{alone.id}/pdf/")
    assert paper.status_code == 200


def test_the_words_are_easy_with_all_of_it_there(story: Story) -> None:
    promise(story)
    fill_shelf(story)
    text = sentences(log_in(story.karin_herself).get("/min-sida/").content.decode())
    assert lix(text) <= EASY, f"LIX {lix(text):.0f}"


@pytest.mark.parametrize("who", ["karin_herself", "eva"])
def test_twelve_questions_with_all_of_it_there(story: Story, who: str) -> None:
    promise(story)
    fill_shelf(story)
    browser, address = log_in(getattr(story, who)), f"/min-sida/{story.karin.id}/"
    browser.get(address)
    with questions() as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(asked)


# ── ask for a change ──


def test_a_wish_to_change_is_about_a_part_and_lies_on_the_shelf(story: Story) -> None:
    browser, goal = log_in(story.karin_herself), story.plan.goals[0]
    address = f"/min-sida/{story.karin.id}/skriv/"
    about = f"{story.plan.id}:goal:{goal.id}"
    sent = browser.post(address, {"kind": "change", "about": about, "words": "Jag vill simma."})
    assert sent.status_code == 302
    (row,) = Comment.objects.all()
    assert (row.kind, row.goal_id, row.by_person) == (CommentKind.CHANGE, goal.id, True)
    shown = Resource.objects.get(kind="Communication", local_id=str(row.id))
    told = json.loads(Version.objects.get(resource=shown, number=shown.version).text)
    assert told["payload"] == [{"contentString": "Jag vill simma."}]
    assert told["about"] == [{"reference": f"Goal/{goal.id}"}]
    assert told["sender"]["reference"] == f"Patient/{story.karin.id}"


@pytest.mark.parametrize("about", ["", "nonsense", "1:goal:2"])
def test_nonsense_is_said_on_the_form_and_nothing_typed_is_lost(story: Story, about: str) -> None:
    address = f"/min-sida/{story.karin.id}/skriv/"
    answer = log_in(story.karin_herself).post(
        address, {"kind": "question", "about": about, "words": "Hej du"}
    )
    assert answer.status_code == 422
    assert "Hej du" in answer.content.decode()
    assert not Comment.objects.exists()


def test_only_the_plan_keepers_write_easy_words(story: Story) -> None:
    place = story.plan.goals[0].key
    with pytest.raises(NotAllowed):
        careplans.write_easy(story.karin_herself, plan_id=story.plan.id, place=place, words="Gå.")


def test_a_representative_reads_and_writes_a_stranger_does_neither(story: Story) -> None:
    address = f"/min-sida/{story.karin.id}/skriv/"
    body = {"kind": "comment", "about": str(story.plan.id), "words": "Hej"}
    other = log_in(person_login(make_person(story.cast.stranger)))
    assert other.post(address, body).status_code == 404
    assert other.get(f"/min-sida/{story.karin.id}/pdf/").status_code == 404
    assert log_in(story.eva).post(address, body).status_code == 302
    (row,) = Comment.objects.all()
    assert row.by == "Eva Lund"
