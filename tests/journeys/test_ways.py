"""Other ways in: keys alone, without script, a file that is read in twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from samverka.careplans import operations as plans
from samverka.careplans.rules import PlanKind
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


# ── keys ──


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def visible_focus(page: Page) -> bool:
    """Whether one can see where the focus is (WCAG 2.4.7)."""
    style = "getComputedStyle(document.activeElement)"
    return bool(page.evaluate(f"{style}.outlineStyle !== 'none' || {style}.boxShadow !== 'none'"))


def test_a_working_day_by_keys(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    for title in ("Hem till hönsen", "Efter höften"):
        plans.start_plan(
            cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE, title=title,
            what_matters="Hönsen",
        )  # fmt: skip
    page = visit(cast.region_nurse)
    page.keyboard.press("j")
    assert focused(page) == "Karin Åström"
    assert visible_focus(page)
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("e")  # the row's next step
    page.wait_for_url("**/planer/*/")
    page.keyboard.press("?")
    expect(page.locator("#kortkommandon-ruta")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#kortkommandon-ruta")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("start")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Väntar på oss")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Karin Åström")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on something with these words; every stop must be visible."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if words in focused(page) or words == page.evaluate("document.activeElement.name"):
            assert visible_focus(page), words
            return
    raise AssertionError(f"Tab never comes to “{words}”.")


def test_a_goal_is_written_with_the_keyboard_alone(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    plan = plans.start_plan(cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE, title="Hem")
    page = visit(cast.region_nurse, f"/planer/{plan.id}/")
    page.keyboard.press("Tab")
    assert focused(page) == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    tab_to(page, "Nytt mål")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Målet med personens egna ord")).to_be_visible()
    tab_to(page, "words")
    page.keyboard.type("Gå till brevlådan")
    tab_to(page, "Spara")
    page.keyboard.press("Enter")
    expect(page.locator("#mal")).to_contain_text("Gå till brevlådan")
    expect(page.get_by_role("status")).to_contain_text("Målet är inskrivet")


def test_a_faulty_form_takes_the_focus_to_what_is_wrong(visit: Visit, cast: Cast) -> None:
    page = visit(cast.region_nurse, "/personer/ny/")
    page.locator("main").get_by_role("button").last.click()
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(f"{inside} && document.activeElement !== document.body")
    assert_good(page)


# ── without script ──


def test_without_script_one_searches_writes_and_logs_out(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    plan = plans.start_plan(cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE, title="Hem")
    page = visit(cast.region_nurse, java_script_enabled=False)
    page.locator("#sok").fill("åström")
    page.locator("#sok").press("Enter")
    page.get_by_role("link", name="Karin Åström").click()
    page.get_by_role("link", name="Öppna planen").first.click()
    page.locator("#what_matters").get_by_role("link", name="Skriv").click()
    page.get_by_label("Vad är viktigt för mig?").fill("Hönsen och kören")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#what_matters")).to_contain_text("Hönsen och kören")
    assert str(plan.id) in page.url
    page.locator(".account > summary").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_label("Användarnamn")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Hönsen och kören")).to_have_count(0)


# ── import ──


def bundle(folder: Path) -> Path:
    """One person with one booked time, and one line that is wrong."""
    number = {"system": "http://electronichealth.se/identifier/personnummer"}
    person = {
        "resourceType": "Patient", "id": "p1",
        "identifier": [number | {"value": KARINS_NUMBER.value}],
        "name": [{"given": ["Karin"], "family": "Åström"}], "birthDate": "1942-03-11",
    }  # fmt: skip
    observation = {
        "resourceType": "Observation", "id": "o1", "status": "final",
        "code": {"text": "Blodtryck"}, "subject": {"reference": "Patient/p1"},
        "valueString": "120/80",
    }  # fmt: skip
    wrong = {"resourceType": "Observation", "id": "o2", "status": "inte-en-status"}
    entries = [{"resource": one} for one in (person, observation, wrong)]
    made = folder / "uppgifter.json"
    made.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
    return made


def test_the_same_file_twice(visit: Visit, cast: Cast, tmp_path: Path) -> None:
    page = visit(cast.administrator, "/importera/")
    assert_good(page)
    answers = []
    for _time in range(2):
        page.goto(page.url.split("/importera")[0] + "/importera/")
        page.locator("input[type=file]").set_input_files(bundle(tmp_path))
        page.locator("[name=source]").fill("journalen")
        page.get_by_role("button", name="Läs in").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Inläsning")
        assert_good(page)
        answers.append(page.locator("main").inner_text())
    assert "Nekad" in answers[0]
    assert "uppgifter.json" in answers[0]
    assert "Inget har ändrats" not in answers[0]
    assert "Allt fanns redan. Inget har ändrats." in answers[1]
    assert KARINS_NUMBER.value not in "".join(answers)

    nurse = visit(cast.region_nurse)
    nurse.locator("#sok").fill(KARINS_NUMBER.value)
    nurse.locator("#sok").press("Enter")
    nurse.locator("main").get_by_role("link", name="Karin Åström").click()
    nurse.goto(nurse.url + "mottaget/")
    assert_good(nurse)
    nurse.get_by_role("link", name="Mätning eller iakttagelse").click()
    nurse.locator("main a.row-link").first.click()
    expect(nurse.get_by_text("120/80").first).to_be_visible()
    assert_good(nurse)
