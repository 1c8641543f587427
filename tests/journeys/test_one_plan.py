"""One plan from nothing: the region begins it, the municipality goes on, the person reads and compares."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

HOME = "Jag vill bo kvar hemma hos katten"
WALK = "Gå till brevlådan själv"
HELP = "Hjälpa till med stödstrumporna varje morgon"


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """Both the health centre and the municipality's home health care have to do with her."""
    found = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    relate(cast.municipal_nurse, found)
    return found


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.type(key) if len(key) == 1 else self.page.keyboard.press(key)
            self.pressed += 1


def test_any_person_in_eight_keys(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    page = visit(cast.region_nurse)
    assert find_karin(page) <= 8
    assert KARINS_NUMBER.value[2:] not in page.url + page.title()
    assert_good(page)


def find_karin(page: Page) -> int:
    """By keys alone; gives how many."""
    keys = Keys(page)
    keys.press("/", *"åst", "Enter")
    expect(page.get_by_role("link", name="Karin Åström")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Karin Åström")
    return keys.pressed


def begin(page: Page) -> None:
    page.get_by_role("link", name="Ny plan").first.click()
    page.get_by_label("Vad är viktigt för mig?").fill(HOME)
    page.get_by_label("Vilken plan?").select_option(label="Samordnad individuell plan (SIP)")
    assert_good(page)
    page.get_by_role("button", name="Börja planen").click()
    expect(page.get_by_role("status")).to_contain_text("Planen är påbörjad")


def add_goal(page: Page) -> None:
    page.get_by_role("link", name="Nytt mål").click()
    page.get_by_label("Målet med personens egna ord").fill(WALK)
    page.locator("#mal").get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("Målet är inskrivet")


def add_activity(page: Page) -> None:
    page.get_by_role("link", name="Ny insats").click()
    page.get_by_label("Vad ska göras?").fill(HELP)
    page.get_by_role("button", name="Spara").click()  # nobody owns it: it says so
    expect(page.get_by_text("ansvarar", exact=False).first).to_be_visible()
    page.get_by_label("Vem ansvarar?").select_option(label="Krokoms hemsjukvård")
    page.locator("#insatser").get_by_role("button", name="Spara").click()
    expect(page.locator("#insatser").get_by_text(HELP)).to_be_visible()


def share(page: Page) -> None:
    page.get_by_role("link", name="Dela").first.click()
    page.get_by_label("Krokoms hemsjukvård").check()
    page.get_by_label("Vem har samtyckt?").fill("Karin själv")
    page.get_by_label("Muntligt").check()
    assert_good(page)
    page.get_by_role("button", name="Lämna ut planen").click()
    expect(page.locator("#deltar").get_by_text("läser och skriver i planen")).to_be_visible()


def test_a_plan_over_the_border(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    nurse = visit(cast.region_nurse, f"/personer/{karin.id}/")
    begin(nurse)
    add_goal(nurse)
    add_activity(nurse)
    assert_good(nurse)
    share(nurse)
    assert_good(nurse)

    municipal = visit(cast.municipal_nurse)
    find_karin(municipal)
    municipal.get_by_role("link", name="Öppna planen").first.click()
    expect(municipal.locator("#what_matters")).to_contain_text(HOME)
    municipal.locator("#if_worse").get_by_role("link", name="Skriv").click()
    municipal.get_by_label("Om det blir sämre").fill("Ring hemsjukvården om benen svullnar")
    municipal.locator("#if_worse").get_by_role("button", name="Spara").click()
    expect(municipal.locator("#if_worse")).to_contain_text("om benen svullnar")

    phone = visit(person_login(karin), width=360)
    expect(phone.get_by_text(HOME)).to_be_visible()
    expect(phone.get_by_text(WALK).first).to_be_visible()
    expect(phone.get_by_text(HELP).first).to_be_visible()
    expect(phone.get_by_text("om benen svullnar").first).to_be_visible()
    assert_good(phone)

    nurse.reload()
    nurse.locator(".page-header .menu > summary").click()
    nurse.get_by_role("link", name="Versioner").click()
    expect(nurse.get_by_role("button", name="Jämför")).to_be_visible()
    assert_good(nurse)
    nurse.get_by_label("Jämför från version 1", exact=True).check()
    nurse.get_by_role("button", name="Jämför").click()
    expect(nurse.locator("ins").get_by_text("om benen svullnar")).to_be_visible()
    assert_good(nurse)


FIRST, SECOND = "Ring dottern först", "Ring hemsjukvården, dygnet runt"


def test_two_who_write_the_same_text_both_keep_their_words(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    one = visit(cast.region_nurse, f"/personer/{karin.id}/")
    begin(one)
    other = visit(cast.physician, one.url.split("#")[0].removeprefix(one.url.split("/planer")[0]))
    for page, words in ((one, FIRST), (other, SECOND)):
        page.locator("#if_worse").get_by_role("link", name="Skriv").click()
        page.get_by_label("Om det blir sämre").fill(words)
    for page in (one, other):
        page.locator("#if_worse").get_by_role("button", name="Spara").click()
    expect(one.locator("#if_worse")).to_contain_text(FIRST)
    conflict = other.locator(".conflict")
    expect(conflict).to_be_focused()
    expect(conflict).to_contain_text(FIRST)
    expect(conflict).to_contain_text(SECOND)
    expect(other.get_by_label("Om det blir sämre")).to_have_value(SECOND)
    assert_good(other)
    other.get_by_label("Om det blir sämre").fill(f"{FIRST}. {SECOND}")
    other.locator("#if_worse").get_by_role("button", name="Spara").click()
    expect(other.locator("#if_worse")).to_contain_text(f"{FIRST}. {SECOND}")
