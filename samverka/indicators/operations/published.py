"""Figures that others have published, beside our own: the country and the other regions."""

from __future__ import annotations

from collections.abc import Iterable

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.indicators.models import Curve, MeasureVersion, Snapshot
from samverka.indicators.rules.kept import NATION, PUBLISHED, AreaKind
from samverka.indicators.rules.published import PublishedCurve
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _


def take_published(
    actor: Actor, *, snapshot: str, curves: Iterable[PublishedCurve], source: str
) -> int:
    """Put published figures of the country and other regions beside our own, so that they can be compared.

    The same again changes nothing; newer ones take the place of older.

    Args:
        snapshot: the export that they are shown with.
        source: whose they are, said in the drawer of data quality.

    Returns:
        how many curves are new or changed.

    Raises:
        NotFound: there is no such export.
        Invalid: a measure that is not here, or figures of the county that is reckoned here.
    """
    with act(actor, Action.FIGURES_RECKON) as this:
        this.require_permission()
        kept = Snapshot.objects.select_for_update().filter(id=snapshot).first()
        if kept is None:
            raise NotFound(_("Uttaget %(name)s finns inte.", name=snapshot))
        versions = {one.code: one for one in MeasureVersion.objects.filter(current=True)}
        wanted = list(curves)
        _check(wanted, versions, kept)
        rows = _put(wanted, versions, kept)
        _tell(kept, source, len(wanted))
        this.note_general("Curve", snapshot=snapshot, source=source, curves=len(rows))
    return len(rows)


def _check(
    curves: Iterable[PublishedCurve], versions: dict[str, MeasureVersion], kept: Snapshot
) -> None:
    for one in curves:
        if one.code not in versions:
            raise Invalid(
                _("Det finns inget mått som heter %(code)s.", code=one.code),
                mend=_("Räkna siffrorna först, eller rätta koden i filen."),
            )
        if one.area == kept.county:
            raise Invalid(
                _("Länet %(code)s räknas här.", code=one.area),
                mend=_("Ta bort länets egna rader ur filen."),
            )


def _put(
    curves: Iterable[PublishedCurve], versions: dict[str, MeasureVersion], kept: Snapshot
) -> list[Curve]:
    standing = {
        (one.measure_id, one.area): one
        for one in Curve.objects.filter(
            area_kind__in=(AreaKind.COUNTY, AreaKind.NATION), split="all", current=True
        )
    }
    rows, gone = [], []
    for one in curves:
        version = versions[one.code]
        points = [at.as_data() for at in one.points]
        stands = standing.get((version.pk, one.area))
        if stands is not None and stands.points == points:
            continue
        if stands is not None:
            gone.append(stands.pk)
        rows.append(_row(kept, version, one.area, points))
    Curve.objects.filter(pk__in=gone, snapshot=kept).delete()
    Curve.objects.filter(pk__in=gone).update(current=False)
    Curve.objects.bulk_create(rows, batch_size=500)
    return rows


def _row(
    kept: Snapshot, version: MeasureVersion, area: str, points: list[dict[str, object]]
) -> Curve:
    kind = AreaKind.NATION if area == NATION else AreaKind.COUNTY
    return Curve(snapshot=kept, measure=version, area_kind=kind, area=area, points=points)


def _tell(kept: Snapshot, source: str, many: int) -> None:
    words = str(_("Siffror för riket och andra län är inte räknade här. Källa: %(source)s"))
    said = {
        "fact": PUBLISHED,
        "fault": "figures-published",
        "words": words % {"source": source},
        "count": many,
        "example": "",
        "mend": str(_("Inget behöver göras.")),
    }
    kept.quality = [*(one for one in kept.quality if one.get("fact") != PUBLISHED), said]
    kept.save()
