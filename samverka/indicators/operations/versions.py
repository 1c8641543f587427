"""The version of a measure that its figures are of: kept as it was when they were reckoned."""

from __future__ import annotations

from samverka.indicators.models import MeasureVersion
from samverka.indicators.rules.kept import Origin
from samverka.indicators.rules.measures import Measure, as_data
from samverka.kernel.actor import Actor


def version_of(actor: Actor, measure: Measure) -> MeasureVersion:
    """The measure's current version; of a shipped one a new version if its definition has changed.

    Call it within an act. What a county has made itself is versioned where it is made, and only found here.
    """
    rows = MeasureVersion.objects.select_for_update().filter(code=measure.code)
    current: MeasureVersion | None = rows.filter(current=True).first()
    if current is not None and (
        current.origin == Origin.COUNTY or _said(current.definition) == _said(as_data(measure))
    ):
        return current
    numbers = rows.order_by("-number").values_list("number", flat=True)
    number = max(measure.number, (numbers.first() or 0) + 1)
    rows.filter(current=True).update(current=False, retired_at=actor.at)
    row = MeasureVersion(
        code=measure.code,
        number=number,
        definition=as_data(measure) | {"number": number},
        origin=Origin.SHIPPED,
        current=True,
        made_at=actor.at,
        made_by=actor.name,
    )
    row.save(force_insert=True)
    return row


def _said(definition: dict[str, object]) -> dict[str, object]:
    """What it says, whatever its number."""
    return {name: value for name, value in definition.items() if name != "number"}
