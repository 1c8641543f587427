"""The release log in the database: what has left of a measure, and what leaves now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from samverka.indicators.models import Curve, Given, MeasureVersion, Snapshot
from samverka.indicators.rules.kept import Split
from samverka.indicators.rules.measures import Measure
from samverka.indicators.rules.reckoning import (
    Before,
    Kept,
    KeptPoint,
    Other,
    group_parting,
    pairs_of,
    point_of,
    stretch,
)
from samverka.kernel.actor import Actor
from samverka.kernel.hiding.tables import Counts, Key


def before(version: MeasureVersion, measure: Measure, alike: Iterable[Measure] = ()) -> Before:
    """Everything that has left of a measure, and the figures that stand, if by the same definition.

    Args:
        alike: other measures of the same thing: what has left of them is reckoned with too.
    """
    others = (
        Other(
            {stretch(one, day): kept for day, kept in _kept(one.code).items()},
            pairs_of(measure, one),
        )
        for one in alike
    )
    return Before(_kept(version.code), _points(version), tuple(one for one in others if one.kept))


def _kept(code: str) -> dict[date, Kept]:
    shown: dict[date, dict[Key, Counts]] = {}
    hidden: dict[date, set[Key]] = {}
    rows = Given.objects.filter(code=code).order_by("at", "id").values_list("groups", "counts")
    for groups, counts in rows:
        keys = [_key(one) for one in groups["cells"]]
        for day, told in zip(groups["periods"], counts, strict=True):
            at = date.fromisoformat(day)
            shown.setdefault(at, {}).update(
                (keys[int(place)], tuple(many)) for place, many in told["shown"].items()
            )
            hidden.setdefault(at, set()).update(keys[place] for place in told["hidden"])
    return {at: Kept(told, frozenset(hidden[at] - told.keys())) for at, told in shown.items()}


def _key(kept: list[str]) -> Key:
    area, parting, part = kept
    return area, parting, part


def _points(version: MeasureVersion) -> dict[Key, dict[date, KeptPoint]]:
    rows = Curve.objects.filter(measure=version, current=True)
    found: dict[Key, dict[date, KeptPoint]] = {}
    for area, split, part, points in rows.values_list("area", "split", "part", "points"):
        made = (point_of(one) for one in points)
        found[key_of(area, split, part)] = {one.period: one for one in made}
    return found


def key_of(area: str, split: str, part: str) -> Key:
    """The cell that a curve's points stand in."""
    return area, group_parting(part) if split == Split.GROUP else split, part


def keep_given(actor: Actor, code: str, snapshot: Snapshot, left: Mapping[date, Kept]) -> None:
    """Write down what leaves now. Call it within an act."""
    if not left:
        return
    keys = sorted({key for one in left.values() for key in (*one.shown, *one.hidden)})
    place = {key: at for at, key in enumerate(keys)}
    told: list[dict[str, Any]] = [
        {
            "shown": {place[key]: list(many) for key, many in sorted(left[day].shown.items())},
            "hidden": sorted(place[key] for key in left[day].hidden),
        }
        for day in sorted(left)
    ]
    Given(
        code=code,
        snapshot=snapshot.id,
        groups={"cells": [list(key) for key in keys],
                "periods": [day.isoformat() for day in sorted(left)]},
        counts=told,
        at=actor.at,
    ).save(force_insert=True)  # fmt: skip
