"""Hours that have passed, over the nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from samverka.discharge.rules.clocks import admission_due
from samverka.kernel.calendar import local
from tests.discharge.stays import at

DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("admitted", "judged", "due"),
    [
        ("2026-03-28 14:00", None, "2026-03-29 15:00"),  # clocks forward: an hour is jumped over
        ("2026-10-24 14:00", None, "2026-10-25 13:00"),  # clocks back: an hour comes twice
        ("2026-10-25 01:30", "2026-10-25 02:30", "2026-10-26 01:30"),
        ("2026-03-27 14:00", None, "2026-03-28 14:00"),
        ("2026-03-27 14:00", "2026-03-28 20:00", "2026-03-29 21:00"),
        ("2026-03-28 20:00", "2026-03-27 14:00", "2026-03-29 21:00"),
    ],
)
def test_the_admission_message_has_24_hours_that_have_passed(
    admitted: str, judged: str | None, due: str
) -> None:
    found = admission_due(at(admitted), at(judged) if judged else None, DAY)
    assert local(found) == local(at(due))
    later = max((at(one) for one in (admitted, judged) if one), key=datetime.timestamp)
    assert found - later.astimezone(UTC) == DAY
