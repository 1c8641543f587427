"""How a figure is reckoned, and how good the data are: what is missing, late, refused, hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.indicators.pages import saying
from samverka.indicators.reads import FigureDetail
from samverka.indicators.reads.areas import named
from samverka.indicators.rules.comparing import Direction
from samverka.indicators.rules.kept import FIGURES, PUBLISHED
from samverka.indicators.rules.measures import Perspective, Result, facts_of
from samverka.indicators.rules.naming import FACT_WORDS, fact_words
from samverka.indicators.rules.numbers import WHOLE, in_words
from samverka.indicators.rules.points import Point, newest
from samverka.indicators.rules.reckoning.points import PointStatus
from samverka.indicators.warehouse.quality import FAULTS, FaultKind
from samverka.web import charts
from samverka.web.door import translated


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault in the data, in words. `where`: in which facts; empty: in the figure itself."""

    words: str
    where: str
    mend: str
    many: str


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of fact that the figure is counted from. `late`: nothing has come for long."""

    name: str
    rows: str
    last: str
    no_municipality: str
    no_sex: str
    no_age: str
    late: bool


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
        (_("Rimliga tal"), _range(found)),
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
    faults = _faults(found)
    return {
        "loaded": _loaded(found),
        "newest": _newest(found),
        "stopped": _stopped(found),
        "shares": _shares(points),
        "sources": _sources(found),
        "refused": _refused(found),
        "faults": faults,
        "faults_label": _("Fel som hittades i de uppgifterna (%(n)s)") % {"n": len(faults)},
    }


def _loaded(found: FigureDetail) -> str:
    snapshot = found.snapshot
    if snapshot is None or snapshot.finished_at is None:
        return ""
    day = date_format(localtime(snapshot.finished_at), "j F Y H.i")
    return _("Uttaget %(id)s, klart %(day)s.") % {"id": snapshot.id, "day": day}


def _stopped(found: FigureDetail) -> str:
    """That a later export never became whole: killed halfway, or someone else was writing."""
    at = found.snapshot.stopped_at if found.snapshot else None
    if at is None:
        return ""
    day = date_format(localtime(at), "j F Y H.i")
    return _(
        "Hämtningen som började %(day)s blev inte klar. Talen kommer från den före, och inget har gått förlorat: nästa hämtning fortsätter där den stannade."
    ) % {"day": day}


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


LATE: Final = timedelta(days=30)
"""A fact whose last day lies further before the export than so has a source that is silent."""


def _sources(found: FigureDetail) -> list[Source]:
    """The facts that the figure is counted from: how many rows, how late, how much is not known."""
    sums = found.snapshot.sums if found.snapshot else {}
    ended = found.snapshot.finished_at if found.snapshot else None
    return [
        _source(name, sums[name], ended.date() if ended else None)
        for name in facts_of(found.measure)
        if name in sums
    ]


def _source(name: str, told: Mapping[str, Any], ended: date | None) -> Source:
    last = date.fromisoformat(told["last"]) if told.get("last") else None
    return Source(
        translated(fact_words(name)),
        charts.number(int(told.get("rows", 0))),
        date_format(last, "j b Y") if last else "",
        _percent(told.get("no_municipality", 0)),
        _percent(told.get("no_sex", 0)),
        _percent(told.get("no_age", 0)),
        late=bool(last and ended and ended - last > LATE),
    )


def _percent(share: float) -> str:
    """A share in percent: what is not nothing is never told as nothing."""
    if 0 < share < LEAST_TOLD:
        return _("under 0,1 procent")
    return _("%(share)s procent") % {"share": in_words(100 * share, 1)}


LEAST_TOLD: Final = 0.001


def _range(found: FigureDetail) -> str:
    """Between which values a figure is taken for true."""
    low, high = found.measure.good_between
    if found.measure.result is Result.SHARE and found.measure.factor == WHOLE:
        low, high = (0.0 if low is None else low), (float(WHOLE) if high is None else high)
    said = [in_words(one, 2) if one is not None else "" for one in (low, high)]
    if all(said):
        return _("från %(low)s till %(high)s") % {"low": said[0], "high": said[1]}
    if said[0]:
        return _("minst %(low)s") % {"low": said[0]}
    return _("högst %(high)s") % {"high": said[1]} if said[1] else ""


def _faults(found: FigureDetail) -> list[Fault]:
    """What the export found in the facts that this figure is counted from, and in the figure itself."""
    rows = found.snapshot.quality if found.snapshot else ()
    facts = facts_of(found.measure)
    return [_fault(one) for one in rows if _concerns(one, facts, found.measure.code)]


def _concerns(one: Mapping[str, Any], facts: Sequence[str], code: str) -> bool:
    """Whether a fault is one of this figure's."""
    fact = one.get("fact")
    return fact in facts or fact == PUBLISHED or (fact == FIGURES and one.get("example") == code)


def _fault(one: Mapping[str, Any]) -> Fault:
    fact = str(one.get("fact", ""))
    where = translated(fact_words(fact)) if fact in FACT_WORDS else ""
    count = int(one.get("count") or 0)
    words, mend = _said(one)
    return Fault(words, where, mend, charts.number(count))


def _said(one: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong, with its example, and how to mend it, in the reader's language.

    A kind that is no longer known is told as it was written.
    """
    kind = str(one.get("fault", ""))
    words, mend = str(one.get("words", "")), str(one.get("mend", ""))
    if kind in set(FaultKind):
        told = FAULTS[FaultKind(kind)]
        words, mend = translated(told.words), translated(told.mend)
    example = str(one.get("example", ""))
    own = one.get("fact") == FIGURES
    return (f"{words} ({example})" if example and not own else words), mend
