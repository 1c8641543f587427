"""Dates and times with unknown parts: one reader, for what is searched, judged and received."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samverka.resources.rules.times import instant, starts_after_end


@pytest.mark.parametrize(
    ("start", "end", "after"),
    [
        ("2026-01-02", "2026-01-01", True),
        ("2026-01-01", "2026-01-01", False),
        ("2026-01-01", "2026", False),  # it may be any day of the year
        ("2026-02", "2026-01-31", True),
        ("2027", "2026-12", True),
        ("2026-01-01T10:00:01Z", "2026-01-01T10:00:00Z", True),
        ("2026-01-01T10:00:00.5Z", "2026-01-01T10:00:00Z", False),  # the end may be .9
        ("2026-01-01T12:00:00+02:00", "2026-01-01T10:00:00Z", False),
        ("2026-01-02T02:00:00Z", "2026-01-01", False),  # a day has no zone
        ("2026-01-04T02:00:00Z", "2026-01-01", True),
        ("2026-01-02", "9999-12-31", False),
        ("someday", "2026-01-01", False),
    ],
)
def test_a_start_after_the_end(start: str, end: str, *, after: bool) -> None:
    assert starts_after_end(start, end) is after


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("2026-01-01T10:00:00+01:00", datetime(2026, 1, 1, 9, tzinfo=UTC)),
        ("2026-01-01T10:00:00.123Z", datetime(2026, 1, 1, 10, 0, 0, 123_000, tzinfo=UTC)),
        ("2026-01-01T10:00Z", None),
        ("2026-01-01T10:00:00", None),
        ("2026-01-01", None),
        ("2026-02-30T10:00:00Z", None),
        ("0000-01-01T00:00:00Z", None),
        (None, None),
    ],
)
def test_an_instant_is_whole(said: object, means: datetime | None) -> None:
    assert instant(said) == means
