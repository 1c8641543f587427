"""The end of a session on the screen: a warning in time, and what was typed is there afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from samverka.people.reads import PersonDetail
from samverka.web.operations import keep_draft
from samverka.web.sessions import SEEN
from tests.factories.browser import log_in
from tests.factories.cast import Cast, make_person
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SOON = 14 * 60 * 1000  # milliseconds until the page first asks, and some
NEAR = "Har nyckel, ring helst på kvällen"
FADED_IN = "Promise.all(document.getAnimations().map(one => one.finished))"


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse)


def page_with_clock(visit: Visit, cast: Cast, path: str) -> Page:
    """A page whose time can be moved; script is loaded after the clock."""
    page = visit(cast.region_nurse, "/hjalp/")
    page.clock.install()
    page.goto(page.url.replace("/hjalp/", path))
    return page


def time_goes(page: Page) -> None:
    """Past the next question to the server, and until its answer has been taken in."""
    with page.expect_response("**/session/") as answered:
        page.clock.fast_forward(SOON)
    answered.value.finished()
    page.evaluate("fetch(document.querySelector('meta[name=session]').dataset.address)")


def seen_ago(page: Page, **passed: float) -> None:
    """Let the server believe that the last sign of life was so long ago."""
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "samverka")
    session = SessionStore(key)
    session[SEEN] = (datetime.fromisoformat(session[SEEN]) - timedelta(**passed)).isoformat()
    session.save()


def test_one_is_asked_in_time_and_can_go_on(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    page = page_with_clock(visit, cast, f"/personer/{karin.id}/narstaende/")
    dialog = page.locator("#snart-utloggad")
    time_goes(page)  # the server has been asked, and says that there is time
    expect(dialog).to_be_hidden()
    seen_ago(page, minutes=13.5)
    time_goes(page)
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Fortsätt")).to_be_focused()
    with page.expect_response("**/session/fortsatt/") as answered:
        page.keyboard.press("Enter")
    assert answered.value.json() == {"left": 900}
    expect(dialog).to_be_hidden()


def test_what_was_typed_is_sent_again_after_the_log_in(
    visit: Visit, cast: Cast, karin: PersonDetail, live_server: Any
) -> None:
    """The page itself hands over what was typed, and hides what others should not see."""
    path = f"/personer/{karin.id}/uppgifter/"
    page = page_with_clock(visit, cast, path)
    page.get_by_label("Gatuadress").fill("Nya vägen 7")
    seen_ago(page, minutes=16)
    page.clock.fast_forward(SOON)
    expect(page.get_by_label("Användarnamn")).to_be_visible()
    expect(page.get_by_text("Karin")).to_have_count(0)

    session = log_in(cast.region_nurse).cookies["samverka"].value
    page.context.add_cookies([{"name": "samverka", "value": session, "url": live_server.url}])
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Osparad text")
    expect(page.get_by_text("Nya vägen 7")).to_be_visible()
    page.get_by_role("button", name="Skicka igen").click()
    page.goto(live_server.url + path)
    expect(page.get_by_label("Gatuadress")).to_have_value("Nya vägen 7")
    page.goto(live_server.url + "/utkast/")
    expect(page.get_by_text("Du har ingen osparad text.")).to_be_visible()


def test_the_question_and_the_kept_text_are_accessible(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    """By the true clock: axe waits for ever for one that stands still."""
    form = {"name": ["Greta Åström"], "note": [NEAR], "kind": ["sibling"]}
    keep_draft(cast.region_nurse, path=f"/personer/{karin.id}/narstaende/", fields=form)
    page = visit(cast.region_nurse, "/utkast/", width=320)
    expect(page.get_by_text(NEAR)).to_be_visible()
    expect(page.get_by_text("Syskon")).to_be_visible()  # the choice in words, not its code
    assert_good(page)
    page.evaluate("document.getElementById('snart-utloggad').showModal()")
    page.evaluate(FADED_IN)  # half faded in, its colours are not its own
    assert_good(page)
