"""The system's own Chromium, driven by Playwright. No browser is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def chromium_path() -> str:
    """Where it is. Without one the test is skipped, but never in CI."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    assert found, "CI must install Chromium"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile of its own.

    Prepare the database before: Playwright's loop makes Django refuse queries in the same thread.
    """
    with sync_playwright() as playwright:
        # Root, as in containers, cannot have the sandbox.
        flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        try:
            yield browser
        finally:
            browser.close()
