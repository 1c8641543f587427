"""From data (a TOML file, a form, the row that keeps a version) to a measure, and back. Pure.

Every fault says where it is, what is wrong and how to mend it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from samverka.indicators.rules.comparing import Direction
from samverka.indicators.rules.measures.kinds import (
    Break,
    Grain,
    Measure,
    Period,
    Perspective,
    Result,
    Theme,
)
from samverka.indicators.rules.measures.parsing_settings import Columns, read_settings
from samverka.indicators.rules.measures.reading import Fault, Reader
from samverka.indicators.rules.measures.settings import (
    AT_A_DATE,
    Population,
    Settings,
    Shape,
)
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was written: the measure if it holds, else the faults."""

    measure: Measure | None
    faults: tuple[Fault, ...]


def read_measure(data: Mapping[str, object], columns: Columns) -> Parsed:
    """One measure from data, with every fault."""
    faults: list[Fault] = []
    reader = Reader(data, "", faults)
    measure, settings = _measure(reader, columns)
    reader.finish()
    _check(reader, measure, settings)
    return Parsed(None if faults else measure, tuple(faults))


def measure_of(data: Mapping[str, object], columns: Columns, *, file: str = "") -> Measure:
    """One measure from data.

    Raises:
        Invalid: the first fault, with file, measure and field.
    """
    found = read_measure(data, columns)
    if found.measure is None:
        first = found.faults[0]
        place = ", ".join(x for x in (file, str(data.get("code", "")), first.field) if x)
        raise Invalid(
            _("%(place)s: %(words)s", place=place, words=first.words),
            where=place,
            mend=first.mend,
        )
    return found.measure


def measures_of(text: str, columns: Columns, *, file: str = "") -> tuple[Measure, ...]:
    """Every measure of a TOML text: a list of tables called `measure`.

    Raises:
        Invalid: it is no TOML, a measure has a fault, or two have the same code.
    """
    found = [measure_of(one, columns, file=file) for one in _tables(text, file)]
    codes = [one.code for one in found]
    if again := [code for code in codes if codes.count(code) > 1]:
        raise Invalid(
            _("%(file)s: måttet %(code)s står två gånger.", file=file, code=again[0]),
            where=file,
            mend=_("Ta bort det ena, eller ge det en egen kod."),
        )
    return tuple(found)


def _tables(text: str, file: str) -> list[dict[str, object]]:
    try:
        found = tomllib.loads(text).get("measure", [])
    except tomllib.TOMLDecodeError as error:
        raise Invalid(
            _("%(file)s går inte att läsa: %(error)s.", file=file, error=error),
            where=file,
            mend=_("Rätta raden. Text står inom citattecken, listor inom hakparenteser."),
        ) from error
    if not isinstance(found, list):
        raise Invalid(
            _("%(file)s har inga mått.", file=file),
            where=file,
            mend=_("Börja varje mått med raden [[measure]]."),
        )
    return found


def _measure(reader: Reader, columns: Columns) -> tuple[Measure, Settings]:
    shape = reader.choice("shape", Shape)
    inner = reader.table("settings")
    settings = read_settings(inner, shape, columns)
    low, high = _range(reader)
    made = Measure(
        code=reader.string("code", need=True),
        number=reader.whole("number", 1, at_least=1),
        name=reader.string("name", need=True),
        question=reader.string("question", need=True),
        numerator=reader.string("numerator", need=True),
        denominator=reader.string("denominator"),
        theme=reader.choice("theme", Theme),
        result=reader.choice("result", Result),
        shape=shape.value,
        settings=dict(inner.data),
        grain=reader.choice("grain", Grain),
        period=reader.choice("period", Period),
        perspective=reader.choice("perspective", Perspective, Perspective.CONSUMPTION),
        direction=reader.choice("direction", Direction),
        source=reader.string("source", need=True),
        unit_words=reader.string("unit_words", need=True),
        factor=reader.whole("factor", 100, at_least=1),
        decimals=reader.whole("decimals", 1),
        least_months=reader.whole("least_months", 0),
        standard=reader.string("standard"),
        smallest=reader.whole("smallest", 5, at_least=1),
        official=reader.string("official"),
        confirmed=reader.flag("confirmed"),
        unconfirmed=reader.string("unconfirmed"),
        groups=reader.texts("groups"),
        breaks=tuple(_break(one) for one in reader.tables("breaks")),
        good_between=(low, high),
        valid_from=reader.day("valid_from", date(2020, 1, 1)),
        extra=dict(reader.table("extra").data),
    )
    return made, settings


def _break(reader: Reader) -> Break:
    made = Break(reader.day("on", date(2020, 1, 1)), reader.string("words", need=True))
    reader.finish()
    return made


def _range(reader: Reader) -> tuple[float | None, float | None]:
    """[0, 100]; a limit that is not there is written as an empty text."""
    found = reader.listed("good_between", (int, float, str, type(None)))
    limits = [float(one) if isinstance(one, int | float) else None for one in found]
    if found and len(found) != 2:
        reader.fault(
            "good_between",
            _("”%(value)s” går inte här.", value=list(found)),
            _("Skriv lägsta och högsta rimliga värde: [0, 100]."),
        )
        return None, None
    low, high = [*limits, None, None][:2]
    return low, high


def _check(reader: Reader, measure: Measure, settings: Settings) -> None:
    """What must hold between fields."""
    if measure.question and not measure.question.endswith("?"):
        reader.fault(
            "question",
            _("Frågan slutar inte med ett frågetecken."),
            _("Skriv den som en fråga med vanliga ord."),
        )
    if not measure.confirmed and not measure.unconfirmed:
        reader.fault(
            "unconfirmed",
            _("Fältet är tomt."),
            _("Ett mått som inte är bekräftat säger vad som inte är det."),
        )
    _check_time(reader, measure, settings)
    if measure.shape == Shape.READMISSION and settings.follow_days < settings.to_day:
        reader.fault(
            "settings.follow_days",
            _("De sista utskrivningarna har inte haft sina dagar än."),
            _("Skriv minst %(days)d.", days=settings.to_day),
        )
    _check_result(reader, measure, settings)


def _check_time(reader: Reader, measure: Measure, settings: Settings) -> None:
    if (Shape(measure.shape) in AT_A_DATE) is not (measure.grain is Grain.POINT):
        reader.fault(
            "grain",
            _("”%(value)s” går inte här.", value=measure.grain.value),
            _(
                "Det som räknas hur det stod en viss dag har grain ”point”, annat ”month” eller ”year”."
            ),
        )
    monthly = {Period.MONTH, Period.MEAN_OF_MONTHS, Period.MEDIAN_OF_MEDIANS}
    if measure.period in monthly and measure.grain is Grain.YEAR:
        reader.fault(
            "period",
            _("”%(value)s” går inte här.", value=measure.period.value),
            _("Ett mått som räknas per år har inga månader."),
        )
    if settings.population is Population.YEAR_END and measure.grain is not Grain.YEAR:
        reader.fault(
            "settings.population",
            _("Invånare den 31 december finns bara för hela år."),
            _("Sätt grain till ”year”, eller population till ”mean”."),
        )


def _check_result(reader: Reader, measure: Measure, settings: Settings) -> None:
    per_inhabitant = {Result.RATE, Result.STANDARDISED}
    counts = Shape(measure.shape) is Shape.EVENTS
    if counts and (measure.result in per_inhabitant) is not bool(settings.population):
        reader.fault(
            "settings.population",
            _("Invånare behövs när något räknas per invånare, och bara då."),
            _("Sätt population till ”mean” eller ”year-end”, eller result till ”count”."),
        )
    if (measure.result is Result.STANDARDISED) is not bool(measure.standard):
        reader.fault(
            "standard",
            _("En standardbefolkning behövs när värdet är åldersstandardiserat, och bara då."),
            _("Skriv till exempel ”Riket 2019”, eller sätt result till ”rate”."),
        )


def as_data(measure: Measure) -> dict[str, object]:
    """The measure as data that `measure_of` reads: what a version keeps."""
    return {
        one.name: _plain(getattr(measure, one.name))
        for one in fields(measure)
        if _plain(getattr(measure, one.name)) not in ("", [], {})
    }


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case Break():
            return {"on": value.on.isoformat(), "words": value.words}
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value] if any(x is not None for x in value) else []
        case _:
            return value
