"""The look in a real browser: accessible, in both schemes, at every width, under the policy, without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.browser import log_in
from tests.factories.cast import county
from tests.journeys.axe import violations
from tests.journeys.browser import chromium

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OPEN = ("/konto/login/", "/hjalp/", "/tillganglighet/", "/finns-inte/")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
  .filter(one => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height < 24; })
  .map(one => one.outerHTML.slice(0, 90))"""
LISTEN = """document.addEventListener('securitypolicyviolation',
  event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"""

Opener = Callable[..., Page]


@pytest.fixture
def opened(live_server: Any) -> Iterator[Opener]:
    """`opened("/komponenter/", width=320)`: the page, as a nurse sees it. Faults of the page fail the test."""
    nurse = county(datetime.now(UTC)).region_nurse
    session = log_in(nurse).cookies["samverka"].value
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            # A missing page is answered with 404 on purpose.
            lambda said: (
                faults.append(said.text)
                if said.type in {"error", "warning"} and "404" not in said.text
                else None
            ),
        )

    def open_page(path: str, *, width: int = 1280, known: bool = True, **choices: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 860}, **choices)
        if known:
            context.add_cookies([{"name": "samverka", "value": session, "url": live_server.url}])
        context.add_init_script(LISTEN)
        page = context.new_page()
        watch(page)
        page.goto(live_server.url + path)
        return page

    with chromium() as browser:
        yield open_page
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_component_is_accessible(opened: Opener, scheme: str, width: int) -> None:
    page = opened("/komponenter/", width=width, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_are_accessible_on_a_phone_and_in_the_dark(opened: Opener, path: str) -> None:
    page = opened(path, width=320, known=False, color_scheme="dark", reduced_motion="reduce")
    assert page.url.endswith(path)
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(SMALL_TARGETS) == []


def test_axe_sees_a_fault(opened: Opener) -> None:
    page = opened("/hjalp/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert [fault for fault in violations(page) if fault.startswith("image-alt")]
    page.evaluate("document.querySelector('img[src=x]').remove()")


def test_keys(opened: Opener) -> None:
    page = opened("/komponenter/")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("/?")  # in a field they are letters
    expect(page.locator("[data-search]")).to_have_value("/?")
    page.get_by_role("heading", name="Komponenter").click()
    page.keyboard.press("?")
    expect(page.locator("#kortkommandon-ruta")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("hjälp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hjalp/")


def test_single_keys_can_be_turned_off(opened: Opener) -> None:
    page = opened("/hjalp/")
    page.keyboard.press("?")
    page.get_by_role("button", name="Stäng av kortkommandon").click()
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.locator("#kortkommandon-ruta")).to_be_hidden()


def test_a_menu_closes_with_escape_and_gives_the_focus_back(opened: Opener) -> None:
    page = opened("/hjalp/")
    summary = page.locator(".account > summary")
    summary.press("Enter")
    expect(page.get_by_role("button", name="Större text")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Större text")).to_be_hidden()
    expect(summary).to_be_focused()


def test_larger_text_is_larger(opened: Opener) -> None:
    page = opened("/hjalp/")
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = page.evaluate(size)
    page.locator(".account > summary").click()
    page.get_by_role("button", name="Större text").click()
    page.wait_for_load_state()
    assert page.evaluate(size) >= before * 1.12


def test_what_is_typed_is_kept_when_the_line_is_down(opened: Opener) -> None:
    page = opened("/komponenter/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        "'<form method=post action=/x/><textarea id=t></textarea><button id=s>S</button></form>')"
    )
    page.locator("#t").fill("Hon vill hem till katten")
    page.context.set_offline(True)
    page.locator("#s").click()
    expect(page.get_by_text("Ingen kontakt med Samverka")).to_be_visible()
    expect(page.locator("#t")).to_have_value("Hon vill hem till katten")


def test_without_script_everything_is_there_but_what_only_script_can_do(opened: Opener) -> None:
    page = opened("/komponenter/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Skriv ut")).to_have_count(0)
    page.locator(".account > summary").click()
    expect(page.get_by_role("button", name="Större text")).to_be_visible()
    entrance = opened("/konto/login/", known=False, java_script_enabled=False)
    expect(entrance.get_by_label("Användarnamn")).to_be_visible()
    expect(entrance.get_by_role("button", name="Logga in med passnyckel")).to_have_count(0)


def test_print_leaves_out_the_frame(opened: Opener) -> None:
    page = opened("/hjalp/")
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_forced_colours_keep_the_marks(opened: Opener) -> None:
    page = opened("/komponenter/", forced_colors="active")
    border = page.locator(".status").first.evaluate("one => getComputedStyle(one).borderTopWidth")
    assert border == "1px"
