"""What people see of a page: its words, block by block; and how many questions it cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext

_BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "td", "th", "label", "legend", "button",
           "div", "section", "ul", "ol", "form", "details", "summary", "small", "blockquote"}  # fmt: skip
_UNSEEN = {"script", "style", "svg", "template", "dialog"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = [""]
        self.hidden = 1  # until <main>

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self.hidden -= 1
        if tag in _UNSEEN:
            self.hidden += 1
        if tag in _BLOCKS:
            self.parts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.hidden += 1
        if tag in _UNSEEN:
            self.hidden -= 1
        if tag in _BLOCKS:
            self.parts.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts[-1] += data


def blocks(html: str) -> list[str]:
    """The visible texts of the page's own part, inside <main>."""
    reader = _Reader()
    reader.feed(html)
    found = (re.sub(r"\s+", " ", part).strip() for part in reader.parts)
    return [part for part in found if part]


def sentences(html: str) -> str:
    """All visible text as sentences: a heading or a line of a list is one."""
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in blocks(html))


@contextmanager
def questions() -> Iterator[list[str]]:
    """The SQL that was asked inside, without the marks of transactions."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield asked
    marks = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    asked += [one["sql"] for one in captured if not one["sql"].startswith(marks)]
