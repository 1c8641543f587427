"""A county's own measures: written, taken into use as a version that never changes, retired."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.indicators.models import Curve, MeasureVersion
from samverka.indicators.reads.rows import VersionLine, version_line
from samverka.indicators.rules.kept import Origin
from samverka.indicators.rules.measures import Measure, as_data, measure_of
from samverka.indicators.warehouse.facts import FACTS
from samverka.kernel.actor import Actor, Side
from samverka.kernel.problems import Invalid, NotAllowed, NotFound
from samverka.kernel.text import text as _

COLUMNS: Final = MappingProxyType(
    {name: {one.name: one.kind.value for one in fact.columns} for name, fact in FACTS.items()}
)
"""Fact → column → kind: what a measure may ask for."""


def keep_measure(actor: Actor, *, data: Mapping[str, object], why: str) -> VersionLine:
    """Take a measure of the county's own into use, as a new version; earlier ones stay as they were.

    Its figures come with the next night's counting.

    Raises:
        NotAllowed: only the region makes the county's measures.
        Invalid: a fault in the measure, or a code that a shipped measure has.
    """
    with act(actor, Action.FIGURES_EDIT) as this:
        _require_region(this)
        measure = measure_of(data, COLUMNS)
        rows = MeasureVersion.objects.select_for_update().filter(code=measure.code)
        earlier = list(rows.order_by("-number"))
        _check_own(measure, earlier)
        number = earlier[0].number + 1 if earlier else 1
        rows.filter(current=True).update(current=False, retired_at=actor.at)
        row = MeasureVersion(
            code=measure.code, number=number, origin=Origin.COUNTY, current=True, why=why.strip(),
            definition=as_data(measure) | {"number": number}, made_at=actor.at, made_by=actor.name,
        )  # fmt: skip
        row.save(force_insert=True)
        this.note_general("MeasureVersion", code=measure.code, number=number)
        return version_line(row)


def retire_measure(actor: Actor, *, code: str) -> VersionLine:
    """Stop showing a measure of the county's own; its versions and figures stay in the history.

    Raises:
        NotAllowed: only the region makes the county's measures.
        NotFound: there is no such measure of the county's own in use.
    """
    with act(actor, Action.FIGURES_EDIT) as this:
        _require_region(this)
        rows = MeasureVersion.objects.select_for_update().filter(code=code, current=True)
        row = rows.filter(origin=Origin.COUNTY).first()
        if row is None:
            raise NotFound(_("Länet har inget eget mått i bruk med den koden."))
        row.current, row.retired_at = False, actor.at
        row.save()
        Curve.objects.filter(measure=row, current=True).update(current=False)
        this.note_general("MeasureVersion", code=code, number=row.number, retired=True)
        return version_line(row)


def _require_region(this: Act) -> None:
    this.require_permission()
    if this.actor.side is not Side.REGION:
        raise NotAllowed(
            _("Länets mått görs av regionen."),
            mend=_("Be dem som följer upp vården i regionen."),
        )


def _check_own(measure: Measure, earlier: list[MeasureVersion]) -> None:
    if any(one.origin != Origin.COUNTY for one in earlier):
        raise Invalid(
            _("Koden %(code)s har redan ett mått som följer med Samverka.", code=measure.code),
            where="code",
            mend=_("Ge ert mått en egen kod."),
        )
