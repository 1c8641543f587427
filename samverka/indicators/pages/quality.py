"""How a figure is reckoned, and how good the data are: what is missing, late, refused, hidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.indicators.pages import saying
from samverka.indicators.reads import FigureDetail
from samverka.indicators.reads.areas import named
from samverka.indicators.rules.comparing import Direction
from samverka.indicators.rules.measures import Perspective, Result
from samverka.indicators.rules.points import Point, newest
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.web.door import translated


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault in the data, in words."""

    words: str
    many: str


def definition(found: FigureDetail) -> list[tuple[str, str]]:
    """How it is reckoned, line by line."""
    one = found.measure
    rows = [
        (_("Räknas"), one.numerator),
        (_("Delat med"), one.denominator),
        (_("Enhet"), one.unit_words),
        (_("Sort"), _results()[one.result]),
        (_("Vilka"), _perspectives()[one.perspective]),
        (_("Åldersstandardiserat efter"), one.standard),
        (_("Bra när det är"), _directions()[one.direction]),
        (_("Visas inte när antalet är under"), str(one.smallest)),
        (_("Källa"), one.source),
        (_("Nummer i Kolada"), one.official),
        (_("Version"), _version(found)),
        (_("Ännu inte bekräftat"), one.unconfirmed if not one.confirmed else ""),
    ]
    return [(name, words) for name, words in rows if words]


def _results() -> dict[Result, str]:
    return {
        Result.SHARE: _("andel, med Wilsons intervall"),
        Result.RATE: _("antal per invånare, med Byars intervall"),
        Result.STANDARDISED: _("antal per invånare, åldersstandardiserat, med Dobsons intervall"),
        Result.COUNT: _("antal, med Byars intervall"),
        Result.MEAN: _("medelvärde"),
        Result.MEDIAN: _("median"),
        Result.INDEX: _("index från 0 till 1"),
    }


def _perspectives() -> dict[Perspective, str]:
    return {
        Perspective.CONSUMPTION: _("de som bor i området, var de än får vård"),
        Perspective.PRODUCTION: _("de som får vård i området, var de än bor"),
    }


def _directions() -> dict[Direction, str]:
    return {Direction.HIGH: _("högt"), Direction.LOW: _("lågt"), Direction.NEUTRAL: ""}


def _version(found: FigureDetail) -> str:
    one = found.version
    said = _("%(number)s, %(day)s, %(who)s") % {
        "number": one.number, "day": date_format(localtime(one.made_at), "j F Y"), "who": one.made_by,
    }  # fmt: skip
    return f"{said}. {one.why}" if one.why else said


def quality(found: FigureDetail) -> dict[str, object]:
    """What is known of the data behind the figure."""
    points = [point for line in found.curves.values() for point in line.points]
    return {
        "loaded": _loaded(found),
        "newest": _newest(found),
        "shares": _shares(points),
        "refused": _refused(found),
        "faults": _faults(found),
    }


def _loaded(found: FigureDetail) -> str:
    snapshot = found.snapshot
    if snapshot is None or snapshot.finished_at is None:
        return ""
    day = date_format(localtime(snapshot.finished_at), "j F Y H.i")
    return _("Uttaget %(id)s, klart %(day)s.") % {"id": snapshot.id, "day": day}


def _newest(found: FigureDetail) -> str:
    """How late the data are: the last period with a number, and those after it without."""
    last = newest(found.points)
    if last is None:
        return ""
    late = sum(
        one.status is PointStatus.MISSING for one in found.points if one.period > last.period
    )
    said = _("Senaste perioden med tal: %(period)s.") % {
        "period": saying.period_words(found.measure, last.period)
    }
    more = ngettext("%(n)s senare period saknas.", "%(n)s senare perioder saknas.", late)
    return f"{said} {more % {'n': late}}" if late else said


def _shares(points: list[Point]) -> list[tuple[str, str]]:
    """How many of the numbers on this page are shown, hidden, missing, refused."""
    many, whole = Counter(one.status for one in points), len(points)
    names = {
        PointStatus.SHOWN: _("Visas"),
        PointStatus.MISSING: _("Saknas"),
        PointStatus.HIDDEN: _("Visas inte: för få personer"),
        PointStatus.REFUSED: _("Stoppade: kan inte stämma"),
    }
    if not whole:
        return []
    said = _("%(n)s av %(whole)s (%(share)s procent)")
    return [
        (name, said % {"n": many[one], "whole": whole, "share": round(100 * many[one] / whole)})
        for one, name in names.items()
    ]


def _refused(found: FigureDetail) -> list[str]:
    """Values that cannot be true, and why; never drawn."""
    rows = []
    for line in found.curves.values():
        area = named(line.area)
        name = translated(area.name) if area else line.area
        rows += [
            f"{name}, {saying.period_words(found.measure, one.period)}: {translated(one.why)}"
            for one in line.points
            if one.status is PointStatus.REFUSED and one.why
        ]
    return rows


def _faults(found: FigureDetail) -> list[Fault]:
    """What the export found on the way, in its own words."""
    rows = found.snapshot.quality if found.snapshot else ()
    return [Fault(str(one.get("words", "")), str(one.get("count", ""))) for one in rows]
