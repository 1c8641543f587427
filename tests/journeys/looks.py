"""What every page must be, wherever a journey stops: accessible, and no wider than the screen."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.axe import violations

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
THERE = "document.documentElement !== null && document.readyState === 'complete'"
"""Between two pages there is none: a link just pressed may still be on its way."""
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
  .filter(one => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height < 24; })
  .map(one => one.outerHTML.slice(0, 90))"""


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands; empty is good."""
    page.wait_for_function(THERE)
    wide = page.evaluate(OVERFLOW)
    small = page.evaluate(SMALL_TARGETS)
    return [
        *violations(page),
        *([f"{wide} px wider than the screen"] if wide else []),
        *(f"under 24 px: {one}" for one in small),
    ]


def assert_good(page: Page) -> None:
    """Fail with every fault of the page."""
    found = faults_of(page)
    assert not found, "\n".join([page.url, *found])
