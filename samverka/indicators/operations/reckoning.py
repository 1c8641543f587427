"""The night's reckoning: from counted cells to the curves that pages read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.indicators.models import Curve, MeasureVersion, Snapshot
from samverka.indicators.operations.given import before, keep_given, key_of
from samverka.indicators.operations.versions import version_of
from samverka.indicators.rules.kept import FIGURES, AreaKind
from samverka.indicators.rules.measures import Counted, Measure
from samverka.indicators.rules.reckoning import (
    Curves,
    longest_last,
    pairs_of,
    reckon_curves,
    split_of,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.hiding.tables import Key
from samverka.kernel.problems import NotFound, NotNow
from samverka.kernel.text import text as _

Progress = Callable[[int, int], None]
"""Done and all, in measures."""

Count = Callable[[Measure, date, date], Iterable[Counted]]
"""Counts a measure between two days, both included: an engine, or what a test says."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What the quality drawer shows of one measure.

    Attributes:
        refused: figures that cannot be true. `standing`: late facts have come, but so few that telling
            would show who. `exposed`: small ones that earlier figures give away. `uneven`: parts that are
            more than their whole.
    """

    code: str
    refused: int = 0
    standing: int = 0
    exposed: int = 0
    uneven: int = 0


@dataclass(frozen=True, slots=True)
class ReckonedDetail:
    """What a reckoning did.

    Attributes:
        written: curves that are new or changed. What is the same stands as it was, with the older export.
    """

    snapshot: str
    measures: int
    written: int
    faults: tuple[Faults, ...]


def reckon_figures(
    actor: Actor,
    *,
    snapshot: str,
    measures: Sequence[Measure],
    count: Count,
    since: date,
    engine: str = "",
    progress: Progress = lambda _done, _all: None,
) -> ReckonedDetail:
    """Reckon every figure from an export, hide what would tell of a few, and put them on the pages.

    One measure at a time, each whole or not at all: who stops in the middle begins again and goes on.
    The same export twice changes nothing.

    Args:
        measures: those that are shipped, and the county's own.
        count: counts a measure's cells between two days.
        since: the first day that the facts tell of.
        engine: what counts, by name: it stands with the export.

    Raises:
        NotFound: there is no such export.
        NotNow: the pages show a later one.
        NotAllowed: the actor may not publish figures.
    """
    with act(actor, Action.FIGURES_RECKON) as this:
        this.require_permission()
        kept = _snapshot(snapshot)
        this.note_general("Snapshot", snapshot=snapshot, measures=len(measures))
    until = local_date(kept.begun_at) - timedelta(days=1)
    written, faults = 0, []
    for done, measure in enumerate(longest_last(measures)):
        progress(done, len(measures))
        cells = count(measure, since, until)
        alike = [one for one in measures if one.code != measure.code and pairs_of(measure, one)]
        with act(actor, Action.FIGURES_RECKON) as this:
            many, found = _reckon(this, kept, measure, alike, cells, since, until)
            this.note_general("Curve", snapshot=snapshot, measure=measure.code, curves=many)
        written += many
        faults.append(found)
    told = tuple(one for one in faults if one != Faults(one.code))
    _tell(actor, snapshot, engine, told)
    progress(len(measures), len(measures))
    return ReckonedDetail(snapshot, len(measures), written, told)


def _snapshot(snapshot: str) -> Snapshot:
    kept: Snapshot | None = Snapshot.objects.filter(id=snapshot).first()
    if kept is None:
        raise NotFound(
            _("Uttaget %(name)s finns inte.", name=snapshot)
            if snapshot
            else _("Det finns inget helt uttag att räkna på."),
            mend=_("Gör ett uttag först: samverka warehouse export."),
        )
    return kept


def _reckon(
    this: Act,
    kept: Snapshot,
    measure: Measure,
    alike: Sequence[Measure],
    cells: Iterable[Counted],
    since: date,
    until: date,
) -> tuple[int, Faults]:
    version = version_of(this.actor, measure)
    _check_newest(kept, version)
    told = before(version, measure, alike)
    made = reckon_curves(measure, cells, since=since, until=until, before=told)
    keep_given(this.actor, measure.code, kept, made.left)
    many = _put(kept, version, made)
    refused = sum(made.refused.values())
    return many, Faults(measure.code, refused, made.standing, made.exposed, made.uneven)


def _check_newest(kept: Snapshot, version: MeasureVersion) -> None:
    later = Curve.objects.filter(measure=version, snapshot__begun_at__gt=kept.begun_at)
    if later.exists():
        raise NotNow(
            _("Sidorna visar redan siffror från ett senare uttag än %(name)s.", name=kept.id),
            mend=_("Räkna på det senaste uttaget."),
        )


def _put(kept: Snapshot, version: MeasureVersion, made: Curves) -> int:
    """Write the curves that are new or changed, and let them be the ones that pages show."""
    Curve.objects.filter(measure__code=version.code, current=True).exclude(measure=version).update(
        current=False
    )
    stand = {
        key_of(row.area, row.split, row.part): row
        for row in Curve.objects.filter(measure=version, current=True)
    }
    changed = {}
    for key, points in made.points.items():
        data = [one.as_data() for one in points]
        if key not in stand or stand[key].points != data:
            changed[key] = data
    same = [stand[key].pk for key in changed if key in stand and stand[key].snapshot_id == kept.id]
    Curve.objects.filter(pk__in=same).delete()
    older = [stand[key].pk for key in changed if key in stand and stand[key].snapshot_id != kept.id]
    Curve.objects.filter(pk__in=older).update(current=False)
    rows = [_row(kept, version, made, key, data) for key, data in changed.items()]
    Curve.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _row(
    kept: Snapshot, version: MeasureVersion, made: Curves, key: Key, points: list[dict[str, object]]
) -> Curve:
    area, _parting, part = key
    place = made.places.of.get(area)
    return Curve(
        snapshot=kept,
        measure=version,
        area_kind=place.kind if place else AreaKind.UNIT,
        area=area,
        split=split_of(key),
        part=part,
        points=points,
    )


def _tell(actor: Actor, snapshot: str, engine: str, faults: tuple[Faults, ...]) -> None:
    """What was found, for the drawer of data quality."""
    with act(actor, Action.FIGURES_RECKON) as this:
        kept = Snapshot.objects.select_for_update().get(id=snapshot)
        own = [one for one in kept.quality if one.get("fact") != FIGURES]
        kept.quality = [*own, *(row for one in faults for row in _said(one))]
        kept.engine = engine or kept.engine
        kept.save()
        this.note_general("Snapshot", snapshot=snapshot, faults=len(faults))


_NOTHING: Final = _("Inget behöver göras.")
FAULTS: Final = {
    "figures-refused": (
        _("Måttet %(code)s: värden som inte kan stämma, och därför inte visas"),
        _("Rätta uppgifterna i källan."),
    ),
    "figures-standing": (
        _(
            "Måttet %(code)s: värden som står kvar som förut, eftersom så få uppgifter har kommit in "
            "sent att ändringen kunde peka ut någon"
        ),
        _NOTHING,
    ),
    "figures-exposed": (
        _("Måttet %(code)s: små antal som kan räknas ut av siffror som lämnades ut tidigare"),
        _("Se efter vilka siffror som lämnades ut och till vem."),
    ),
    "figures-uneven": (
        _("Måttet %(code)s: delar som är större än det hela"),
        _("Inget behöver göras, om källan själv säger att delarna inte summerar."),
    ),
}
"""What the reckoning finds, in words, and what to do: as the faults of an export."""


def _said(one: Faults) -> list[dict[str, object]]:
    many = (one.refused, one.standing, one.exposed, one.uneven)
    return [
        {
            "fact": FIGURES,
            "fault": kind,
            "words": str(words) % {"code": one.code},
            "count": number,
            "example": one.code,
            "mend": str(mend),
        }
        for (kind, (words, mend)), number in zip(FAULTS.items(), many, strict=True)
        if number
    ]
