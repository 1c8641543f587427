"""The stage of the journeys: one browser for all, and visitors who are logged in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from samverka.kernel.actor import Actor
from tests.factories.browser import log_in
from tests.factories.cast import Cast, county
from tests.journeys.browser import chromium

Visit = Callable[..., Page]
"""`visit(actor, path="/", width=1280, **choices_of_the_browser)`; actor None: not logged in."""

LISTEN = """document.addEventListener('securitypolicyviolation',
  event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"""

ON_PURPOSE = re.compile(
    r"status of 4(01|03|04|09|22|29)\b|preloaded using link preload but not used"
)
"""The browser complains of every answer that is a refusal; refusals in words are no fault.

Nor is that a busy machine took seconds from the letters' arrival to the first letter drawn.
"""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for the whole folder: starting one takes longer than most pages."""
    with pytest.MonkeyPatch.context() as patch, chromium() as found:
        # Playwright's loop stands in this thread, and Django would refuse to ask the database in it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield found


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What the browser complained of on any page: scripts, policy, missing files. None may be left."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The county, now: the pages of a journey take their time from the clock."""
    return county(datetime.now(UTC))


@pytest.fixture
def visit(browser: Browser, live_server: Any, faults: list[str]) -> Iterator[Visit]:
    """Opens a browser of their own for whoever visits, logged in, with every fault noted."""
    contexts = []

    def visited(actor: Actor | None, path: str = "/", *, width: int = 1280, **choices: Any) -> Page:
        size: Any = {"width": width, "height": 860}
        context = browser.new_context(viewport=size, locale="sv-SE", **choices)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_init_script(LISTEN)
        if actor is not None:
            session = log_in(actor).cookies["samverka"].value
            cookie: Any = {"name": "samverka", "value": session, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        watch(page, faults)
        page.goto(live_server.url + path)
        return page

    yield visited
    for context in contexts:
        context.close()


def watch(page: Page, faults: list[str]) -> None:
    """Note what goes wrong on a page, with where."""

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ON_PURPOSE.search(message.text):
            faults.append(f"{page.url}: {message.text}")

    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
