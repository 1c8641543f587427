"""Pages of docs/reference that say what the code says do say it; links lead somewhere; ADRs are numbered."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.house.source import REPOSITORY, told

ADRS = sorted((REPOSITORY / "docs/adr").glob("*.md"))
PAGES = sorted([*(REPOSITORY / "docs").rglob("*.md"), *REPOSITORY.glob("*.md")])


def test_generated_pages_equal_the_committed_ones() -> None:
    done = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(page) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    broken = [
        f"{page.relative_to(REPOSITORY)}: {link} is not there." for link in links
        if not (page.parent / link).exists()
    ]  # fmt: skip
    assert not broken, told(broken)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_files_that_are_named_exist(page) -> None:
    """A path in backticks is a promise."""
    named = re.findall(r"`((?:samverka|tests|docs|tools|bench)/[\w./-]+\.\w+)`", page.read_text())
    gone = [
        f"{page.relative_to(REPOSITORY)}: {name} is not there any more."
        for name in named
        if not (REPOSITORY / name).exists()
    ]
    assert not gone, told(gone)


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(page.name[:4]) for page in ADRS]
    assert numbers == list(range(1, len(numbers) + 1)), "docs/adr: number decisions one by one."


@pytest.mark.parametrize("page", ADRS, ids=lambda page: page.stem)
def test_a_decision_is_half_a_page(page) -> None:
    text = page.read_text()
    for heading in ("## Context", "## Decision", "## Consequences"):
        assert heading in text, f"{page.name}: write “{heading}”."
    lines = len(text.splitlines())
    assert lines <= 60, f"{page.name} has {lines} lines: half a page is enough."
    assert text.startswith(f"# {page.name[:4]} "), f"{page.name}: begin with its number."
