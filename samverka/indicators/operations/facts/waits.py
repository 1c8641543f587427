"""Waits under the waiting-time guarantee, and calls to primary care → rows of facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from samverka.guarantee import reads as guarantee
from samverka.indicators.operations.facts.frame import Frame, Row, system

_AREA: Final = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,3}")


def waits(frame: Frame) -> Iterator[Row | None]:
    """Waits whose time has begun to count."""
    found = guarantee.exported_waits(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        row = frame.row(
            person,
            one.starts_on,
            one.unit_id,
            one.id,
            source=system(one.source),
            wait_key=frame.key("wait", one.id),
            part=one.part.value,
            starts_on=one.starts_on,
            ended_on=one.ended_on,
            ending=one.ending or None,
            limit_days=one.limit_days,
            paused_days=one.paused_days,
            profession=one.profession or None,
            chose_longer=one.chose_longer,
            breached=one.breached,
            area=_area(one.area),
        )
        yield row


def calls(frame: Frame) -> Iterator[Row | None]:
    """Those who sought contact with primary care, where the unit has written it down."""
    found = guarantee.exported_calls(frame.this, since=frame.since)
    for one, person in frame.with_persons(found):
        row = frame.row(
            person,
            one.called_on,
            one.unit_id,
            one.id,
            source=system(one.source),
            called_on=one.called_on,
            answered_on=one.answered_on,
            way=one.way,
        )
        yield row


def _area(words: str) -> str | None:
    """An area of care as people name it ("Ortopedi"); anything longer, or with digits, is no area."""
    return words if _AREA.fullmatch(words) else None
