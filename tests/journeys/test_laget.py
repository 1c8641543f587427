"""A manager asks how long those wait who are ready to go home, and where; and takes the numbers along."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.indicators.pages.curves import DAYS, furnish
from tests.journeys.axe import violations
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_manager_gets_the_answer_the_place_the_source_and_the_numbers(
    visit: Visit, cast: Cast, width: int
) -> None:
    furnish()
    page = visit(cast.leader, width=width)
    page.get_by_role("link", name="Läget").first.click()
    assert violations(page) == []
    page.get_by_role("link", name="Hur länge väntar utskrivningsklara").first.click()
    expect(page.get_by_text("Jämtlands län: ").first).to_contain_text("dagar")
    longest = page.get_by_role("region", name="Område för område").get_by_role("link").first
    expect(longest).to_be_visible()
    page.get_by_role("link", name="Så räknas det").click()
    expect(page.get_by_text("Vårdtillfällen med minst en sådan dag")).to_be_in_viewport()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Fler format").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="CSV").click()
    assert given.value.suggested_filename == f"{DAYS}-23.csv"
