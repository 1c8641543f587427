"""The look in a real browser: accessible, in both schemes, at every width, under the policy, without script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.cast import Cast
from tests.journeys.axe import violations
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OPEN = (
    "/konto/login/",
    "/hjalp/",
    "/tillganglighet/",
    "/finns-inte/",
    "/utvecklare/prova/",
    "/utvecklare/typer/",
)


@pytest.fixture
def opened(visit: Visit, cast: Cast) -> Visit:
    """`opened("/komponenter/", width=320)`: the page, as a nurse sees it."""

    def open_page(path: str, *, known: bool = True, **choices: Any) -> Page:
        return visit(cast.region_nurse if known else None, path, **choices)

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_component_is_accessible(opened: Visit, scheme: str, width: int) -> None:
    page = opened("/komponenter/", width=width, color_scheme=scheme, reduced_motion="reduce")
    assert_good(page)


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_are_accessible_on_a_phone_and_in_the_dark(opened: Visit, path: str) -> None:
    page = opened(path, width=320, known=False, color_scheme="dark", reduced_motion="reduce")
    assert page.url.endswith(path)
    assert_good(page)


def test_axe_sees_a_fault(opened: Visit) -> None:
    page = opened("/hjalp/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert [fault for fault in violations(page) if fault.startswith("image-alt")]
    page.evaluate("document.querySelector('img[src=x]').remove()")


def test_keys(opened: Visit) -> None:
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


def test_single_keys_can_be_turned_off(opened: Visit) -> None:
    page = opened("/hjalp/")
    page.keyboard.press("?")
    page.get_by_role("button", name="Stäng av kortkommandon").click()
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.locator("#kortkommandon-ruta")).to_be_hidden()


def test_a_menu_closes_with_escape_and_gives_the_focus_back(opened: Visit) -> None:
    page = opened("/hjalp/")
    summary = page.locator(".account > summary")
    summary.press("Enter")
    expect(page.get_by_role("button", name="Större text")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Större text")).to_be_hidden()
    expect(summary).to_be_focused()


def test_larger_text_is_larger(opened: Visit) -> None:
    page = opened("/hjalp/")
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = page.evaluate(size)
    page.locator(".account > summary").click()
    page.get_by_role("button", name="Större text").click()
    page.wait_for_load_state()
    assert page.evaluate(size) >= before * 1.12


def test_what_is_typed_is_kept_when_the_line_is_down(opened: Visit) -> None:
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


def test_without_script_everything_is_there_but_what_only_script_can_do(opened: Visit) -> None:
    page = opened("/komponenter/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Skriv ut")).to_have_count(0)
    page.locator(".account > summary").click()
    expect(page.get_by_role("button", name="Större text")).to_be_visible()
    entrance = opened("/konto/login/", known=False, java_script_enabled=False)
    expect(entrance.get_by_label("Användarnamn")).to_be_visible()
    expect(entrance.get_by_role("button", name="Logga in med passnyckel")).to_have_count(0)


def test_print_leaves_out_the_frame(opened: Visit) -> None:
    page = opened("/hjalp/")
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_forced_colours_keep_the_marks(opened: Visit) -> None:
    page = opened("/komponenter/", forced_colors="active")
    border = page.locator(".status").first.evaluate("one => getComputedStyle(one).borderTopWidth")
    assert border == "1px"
