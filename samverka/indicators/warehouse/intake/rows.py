"""A row of a file → a row of a fact, or why not. Pure; persons are looked up in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from samverka.indicators.warehouse.checking import ENDS
from samverka.indicators.warehouse.facts import Fact, Kind
from samverka.indicators.warehouse.intake.columns import (
    BORN,
    ID,
    MADE,
    OLDEST,
    PERSON,
    WITHOUT_ID,
    needed_of,
    read,
    read_born,
)
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.persons import Who, months
from samverka.indicators.warehouse.quality import FaultKind, Faults
from samverka.kernel.identity import PERSON_KINDS, IdentityNumber, parse_identity
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

MAY_LIE_AHEAD: Final = frozenset({"until"})
"""Ends that can be known before they have come."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that did not go in. Never quotes the value: it may be about someone."""

    file: str
    row: int
    column: str
    why: str | Text
    mend: str | Text


@dataclass(frozen=True, slots=True)
class Known:
    """What this house knows of a person of a file, by the number: see `people.reads`."""

    key: int
    sex: str | None
    born: date | None
    municipality: str | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Half:
    """A row that has been read, before its person is looked up."""

    fact: Fact
    number: IdentityNumber | None
    born: date | None
    name: str
    values: Mapping[str, Any]
    faults: tuple[tuple[FaultKind, str], ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What is the same for a whole import."""

    county: str
    source: str
    today: date
    keys: Keys


def half(fact: Fact, values: Mapping[str, Any], today: date) -> Half:
    """Read a row.

    Raises:
        Invalid: what is wrong with it; `where` names the column.
    """
    faults: list[tuple[FaultKind, str]] = []
    made: dict[str, Any] = {}
    for column in fact.columns:
        if column.name in MADE:
            continue
        found = read(fact, column, values.get(column.name))
        made[column.name] = found.value
        if found.fault:
            faults.append((found.fault, _example(column.name, values)))
    if fact.name == "person_month" and made["month"]:
        made["month"] = made["month"].replace(day=1)
    number = _number(values.get(PERSON), today)
    name = str(values.get(ID) or "").strip()
    _check_needed(fact, made, name, number)
    born = read_born(values.get(BORN)) or (number.birth_date if number else None)
    _check_days(fact, made, born, today)
    return Half(fact, number, born, name, made, tuple(faults))


def whole(one: Half, known: Known | None, intake: Intake, faults: Faults) -> dict[str, object]:
    """The row as the fact has it, with its person's pseudonym; what is not known is counted."""
    for kind, example in one.faults:
        faults.add(one.fact.name, kind, example)
    values = dict(one.values)
    day = _counted_day(one.fact, values)
    row: dict[str, object] = {**values, **_person(one, known, intake, values, day)}
    for column in one.fact.own:
        if column.kind is Kind.KEY and values[column.name] is not None:
            row[column.name] = intake.keys.of(
                column.name.removesuffix("_key"), intake.source, values[column.name]
            )
    if row["person_key"] is not None:
        for column_name, kind in (("sex", FaultKind.UNKNOWN_SEX), ("age", FaultKind.UNKNOWN_AGE)):
            if row[column_name] is None:
                faults.add(one.fact.name, kind)
    if known and known.hidden:
        faults.add(one.fact.name, FaultKind.PROTECTED)
        row |= {name: None for name in ("unit", "listed_unit") if name in row}
    name = (row["person_key"], values["month"]) if one.fact.name in WITHOUT_ID else (one.name,)
    source_key = intake.keys.of(one.fact.name, intake.source, *name)
    return {**row, "county": intake.county, "source": intake.source, "source_key": source_key}


def _person(
    one: Half, known: Known | None, intake: Intake, values: Mapping[str, Any], day: date
) -> dict[str, object]:
    if one.number is None:
        return {"person_key": None, "sex": values["sex"], "age": None}
    told = one.number.sex
    who = Who(
        key=known.key if known else intake.keys.person(one.number.value),
        sex=values["sex"] or (told.value if told else None) or (known.sex if known else None),
        born=one.born or (known.born if known else None),
        municipality=values["municipality"] or (known.municipality if known else None),
        hidden=bool(known and known.hidden),
    )
    return who.on(day)


def _number(value: object, today: date) -> IdentityNumber | None:
    word = str(value or "").strip()
    if not word:
        return None
    return parse_identity(word, today=today, allowed=PERSON_KINDS, from_register=True, where=PERSON)


def _check_needed(
    fact: Fact, made: Mapping[str, Any], name: str, number: IdentityNumber | None
) -> None:
    there = {**made, ID: name, PERSON: number}
    for column in needed_of(fact):
        if there[column] in (None, ""):
            raise Invalid(
                _("Värdet saknas."), where=column, mend=_("Raden kan inte vara utan det. Fyll i.")
            )


def _check_days(fact: Fact, made: Mapping[str, Any], born: date | None, today: date) -> None:
    day: date = made[fact.day]
    if _counted_day(fact, made) > today:
        raise Invalid(
            _("Dagen har inte varit än."), where=fact.day, mend=_("Rätta datumet i källan.")
        )
    if day < OLDEST:
        raise Invalid(
            _("Dagen ligger före 1970."), where=fact.day, mend=_("Kontrollera året i källan.")
        )
    if born and day < born.replace(day=1):
        raise Invalid(
            _("Dagen ligger före personens födelse."),
            where=fact.day,
            mend=_("Kontrollera datumet, och att det är rätt person."),
        )
    for end in ENDS.get(fact.name, ()):
        _check_end(end, made.get(end), day, today)


def _check_end(name: str, end: date | None, day: date, today: date) -> None:
    if end and end < day:
        raise Invalid(
            _("Slutet ligger före början."),
            where=name,
            mend=_("Rätta det ena eller det andra datumet i källan."),
        )
    if end and end > today and name not in MAY_LIE_AHEAD:
        raise Invalid(_("Dagen har inte varit än."), where=name, mend=_("Rätta datumet i källan."))


def _counted_day(fact: Fact, made: Mapping[str, Any]) -> date:
    """The day that ages are counted on: of a month its last."""
    day: date = made[fact.day]
    return next(months(day, day))[1] if fact.name == "person_month" else day


def _example(name: str, values: Mapping[str, Any]) -> str:
    """A code that is not known can be shown; anything longer may be about someone."""
    word = str(values.get(name) or "").strip()
    return f"{name}: {word}" if len(word) <= 8 and not word.isalpha() else name
