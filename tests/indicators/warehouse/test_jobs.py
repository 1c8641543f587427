"""The night's export: once a night after two, again if it was stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest

from samverka.indicators.jobs import is_due
from samverka.indicators.reads.snapshots import SnapshotDetail
from samverka.indicators.rules.kept import SnapshotStatus

WHOLE, FAILED, BEGUN = SnapshotStatus.WHOLE, SnapshotStatus.FAILED, SnapshotStatus.BEGUN
YESTERDAY: Final = datetime(2026, 11, 21, 1, 5, tzinfo=UTC)
TONIGHT: Final = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
"""Five past two in Sweden."""


def export(at: datetime, status: SnapshotStatus) -> SnapshotDetail:
    """An export that was begun then."""
    return SnapshotDetail("one", "23", status, at, None, {}, ())


@pytest.mark.parametrize(
    ("last", "hour", "due"),
    [
        (None, 3, True),
        (export(YESTERDAY, WHOLE), 0, False),
        (export(YESTERDAY, WHOLE), 1, True),
        (export(TONIGHT, WHOLE), 3, False),
        (export(TONIGHT, FAILED), 3, True),
        (export(TONIGHT, BEGUN), 3, True),
        (export(TONIGHT, WHOLE), 22, False),
    ],
)
def test_once_a_night_after_two(last: SnapshotDetail | None, hour: int, due: bool) -> None:
    """The hours are UTC: in Sweden one later."""
    assert is_due(last, datetime(2026, 11, 22, hour, 30, tzinfo=UTC)) is due
