"""Before the meeting: the person asks, the unit answers, consent with one click, words written at home."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from samverka.access.rules import RelationKind
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE = 360
WHY = "Alla som hjälper mig behöver prata med varandra."
HENS = "Att få gå ut till hönsen på morgonen."


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """The health centre and needs assessment have to do with her."""
    found = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    relate(cast.needs_assessor, found, RelationKind.INVESTIGATION)
    return found


def test_from_the_wish_to_the_persons_words_in_the_plan(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    herself = person_login(karin)
    hers = visit(herself, f"/personer/{karin.id}/be-om-plan/", width=PHONE)
    asked_for(hers)
    staff = visit(cast.region_nurse, f"/personer/{karin.id}/be-om-plan/")
    plan = begun(staff)
    consent_asked(staff)
    consented(hers, plan)
    written_at_home(hers, plan)
    taken_in(staff, plan)


def asked_for(page: Page) -> None:
    page.get_by_label("Berätta varför du vill ha en plan").fill(WHY)
    page.get_by_label("Krokoms hälsocentral").check()
    assert_good(page)
    page.get_by_role("button", name="Be om en plan").click()
    expect(page.get_by_text("Krokoms hälsocentral svarar dig senast")).to_be_visible()
    assert_good(page)


def begun(page: Page) -> str:
    assert_good(page)
    page.get_by_role("link", name="Samordnad individuell plan (SIP)").click()
    expect(page.get_by_text("Personens egen önskan väger i sig.")).to_be_visible()
    assert_good(page)
    page.get_by_role("button", name="Ja, vi gör planen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Samordnad individuell plan")
    return page.url.partition("#")[0].rstrip("/").rpartition("/")[2]


def consent_asked(page: Page) -> None:
    page.get_by_text("Mer", exact=True).first.click()
    page.get_by_role("link", name="Samtycke", exact=True).click()
    assert_good(page)
    page.get_by_role("link", name="Fråga på Min sida").click()
    page.get_by_text("Krokoms kommun", exact=True).click()
    page.get_by_label("Krokoms biståndshandläggning").check()
    page.get_by_label("Vad ska inte delas?").fill("Det om pengarna")
    assert_good(page)
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_text("Frågan är ställd").first).to_be_visible()
    assert_good(page)


def consented(page: Page, plan: str) -> None:
    page.goto(page.url.partition("/personer/")[0] + f"/planer/{plan}/samtycke/")
    expect(page.get_by_text("Det om pengarna")).to_be_visible()
    assert_good(page)
    page.get_by_role("button", name="Ja, de får läsa").click()
    expect(page.get_by_text("Du har sagt ja", exact=True)).to_be_visible()
    page.get_by_role("link", name="Ta tillbaka ditt ja").click()
    expect(page.get_by_text("Det de redan har läst har de kvar.")).to_be_visible()
    assert_good(page)


def written_at_home(page: Page, plan: str) -> None:
    page.goto(page.url.partition("/planer/")[0] + f"/planer/{plan}/infor-motet/")
    assert_good(page)
    page.get_by_role("link", name="Vad är viktigt för dig?").click()
    page.get_by_label("Vad är viktigt för dig?").press_sequentially(HENS)
    expect(page.get_by_text("Sparat klockan")).to_be_visible()  # while one writes
    assert_good(page)
    page.reload()
    expect(page.get_by_label("Vad är viktigt för dig?")).to_have_value(HENS)
    page.get_by_role("button", name="Spara och sluta").click()
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Det här har du skickat")).to_be_visible()
    assert_good(page)


def taken_in(page: Page, plan: str) -> None:
    page.goto(page.url.partition("/planer/")[0] + f"/planer/{plan}/infor-motet/")
    assert_good(page)
    page.get_by_role("button", name="Ta in i planen").click()
    expect(page.get_by_text("I planen sedan")).to_be_visible()
    page.get_by_role("link", name="Till planen").click()
    expect(page.get_by_text(HENS).first).to_be_visible()
