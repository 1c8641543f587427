"""Automatic accessibility testing of a page in the browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent / "vendor/axe/axe.min.js").read_text()
RULES = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    "best-practice",
]
LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable"]
"""What can differ between two widths of one and the same page."""
RUN = """([type, values]) => axe.run(document,
  {runOnly: {type, values}, resultTypes: ['violations']})"""


STILL = """() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  .then(() => Promise.all(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime < 2000)
    .map(one => one.finished.catch(() => 0)))).then(() => true)"""
"""What fades in has colours, and what unfolds has room, only when it is there; a press is seen a frame later."""


def violations(page: Page, *, only_layout: bool = False) -> list[str]:
    """What axe finds against WCAG 2.0–2.2 A and AA, and good practice; one sentence for each place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)  # by the debugger, which the content security policy does not bind
    page.evaluate(STILL)
    wanted = ["rule", LAYOUT] if only_layout else ["tag", RULES]
    found = page.evaluate(RUN, wanted)["violations"]
    return [
        f"{rule['id']}: {rule['help']} – {' '.join(map(str, node['target']))}"
        for rule in found
        for node in rule["nodes"]
    ]
