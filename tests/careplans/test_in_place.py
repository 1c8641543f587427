"""In a browser: a part is written in its place, and what is typed in another part stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from samverka.careplans import operations as ops
from samverka.careplans.rules import OwnerKind, PlanKind, Term
from tests.factories.browser import log_in
from tests.factories.cast import county, make_person
from tests.journeys.axe import violations
from tests.journeys.browser import chromium

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan_page(live_server: Any) -> Iterator[Page]:
    """Karin's plan on a nurse's screen."""
    nurse = county(datetime.now(UTC)).region_nurse
    karin = make_person(nurse)
    plan = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.SIP, what_matters="Katten")
    ops.add_goal(nurse, plan_id=plan.id, words="Gå ut", term=Term.SHORT)
    ops.add_activity(
        nurse,
        plan_id=plan.id,
        what="Gå en runda",
        owner=ops.Owner(kind=OwnerKind.PERSON),
        due_on=nurse.at.date() + timedelta(days=3),
    )
    session = log_in(nurse).cookies["samverka"].value
    with chromium() as browser:
        context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "samverka", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/planer/{plan.id}/")
        yield page


def test_a_part_is_saved_in_its_place_and_nothing_typed_elsewhere_is_lost(plan_page: Page) -> None:
    page = plan_page
    wishes, worse = page.locator("#what_matters"), page.locator("#if_worse")
    wishes.get_by_role("link", name="Ändra").click()
    expect(wishes.locator("textarea")).to_be_focused()
    worse.get_by_role("link", name="Skriv").click()
    worse.locator("textarea").fill("Halvskrivet")
    wishes.locator("textarea").fill("Katten och trädgården")
    assert violations(page) == []
    wishes.get_by_role("button", name="Spara").click()
    expect(wishes.locator("textarea")).to_have_count(0)
    expect(wishes).to_contain_text("Katten och trädgården")
    expect(page.locator("#planen")).to_contain_text("Katten och trädgården")
    expect(page.locator("#meddelanden")).to_contain_text("Sparat")
    expect(wishes.get_by_role("link", name="Ändra")).to_be_focused()
    expect(worse.locator("textarea")).to_have_value("Halvskrivet")
    page.locator("#insatser").get_by_role("button", name="Klar").click()
    expect(page.locator("#insatser").get_by_role("button", name="Klar")).to_have_count(0)
    expect(worse.locator("textarea")).to_have_value("Halvskrivet")


def test_a_refusal_comes_in_the_same_place(plan_page: Page) -> None:
    page = plan_page
    follow_up = page.locator("#uppfoljning")
    follow_up.get_by_role("link").click()
    follow_up.locator("input[type=date]").fill("2020-01-01")
    follow_up.get_by_role("button", name="Spara").click()
    expect(follow_up).to_contain_text("Dagen har redan passerat")
    expect(follow_up.locator("input[type=date]")).to_have_value("2020-01-01")
    expect(follow_up.locator("[role=alert]")).to_be_focused()
