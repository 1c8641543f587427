"""What an import file can say, column by column, and how each value is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from samverka.indicators.warehouse.facts import Column, Fact, Kind
from samverka.indicators.warehouse.persons import known_municipality
from samverka.indicators.warehouse.quality import FaultKind
from samverka.kernel.calendar import SWEDEN
from samverka.kernel.identity import is_hsa_id
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

ID, PERSON, BORN = "id", "person", "born"
"""Columns of files that become something else in the facts: keys and an age."""

MADE: Final = frozenset({"person_key", "county", "year", "age", "source", "source_key", "snapshot"})
"""Columns of facts that no file says: they are made when it is read."""

OWN_NOTE: Final = "_"
"""A column whose name begins so is the file's own note, and is passed over."""

WITHOUT_ID: Final = frozenset({"person_month"})
"""Facts whose rows need no name: there is one for a person and a month."""

CODES: Final = MappingProxyType(
    {
        "side": {"region", "municipality", "private"},
        "owner_side": {"region", "municipality", "person", "relative", "other"},
        "discharged_to": {"home", "care-home", "hospital", "dead"},
        "level": {"primary", "special", "emergency", "municipal"},
        "way": {"clinic", "home", "video", "phone", "letter", "digital"},
        "track": {"green", "yellow", "red"},
        "step": {"notice", "receipt", "call", "planning", "ready", "item", "home", "contact"},
        "target_group": {"children", "mental", "addiction", "elderly", "carers"},
        "goal.status": {"open", "reached", "partly", "not-reached", "dropped"},
        "activity.status": {"planned", "ongoing", "done", "cancelled"},
        "role": {"care", "physician", "social", "coordinator"},
        "assessment.area": {
            "fall", "nutrition", "skin", "mouth", "bladder", "mood", "function", "other",
        },
        "visit_kind": {"home-care", "home-nursing", "mobile", "alarm", "meal"},
        "part": {"contact", "assessment", "visit", "treatment"},
    }
)  # fmt: skip
"""Column, or fact and column → the codes that it can have."""

_SEXES: Final = MappingProxyType(
    {"female": "female", "f": "female", "k": "female", "kvinna": "female",
     "male": "male", "m": "male", "man": "male"}
)  # fmt: skip
_FLAGS: Final = MappingProxyType(
    {"ja": True, "true": True, "1": True, "yes": True, "sant": True,
     "nej": False, "false": False, "0": False, "no": False, "falskt": False}
)  # fmt: skip
_GROUPS: Final = frozenset(CODES["target_group"])
_UNITS: Final = frozenset({"unit", "listed_unit"})
_DIAGNOSES: Final = frozenset({"diagnosis", "cause"})
_ICD: Final = re.compile(r"[A-Z]\d{2}[0-9A-Z]{0,4}")
_ATC: Final = re.compile(r"[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?")
_LIKE_A_CODE: Final = re.compile(r"[\w%{}\[\]./*^+-][\w %{}\[\]./*^+-]{0,39}")
_LIKE_A_NUMBER: Final = re.compile(r"\d{6}[\d -]{0,2}\d{4}")
OLDEST: Final = date(1970, 1, 1)
"""A day before this is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Read:
    """A value as the fact has it. `fault`: it was not known, or was changed, and is counted so."""

    value: object
    fault: FaultKind | None = None


def names_of(fact: Fact) -> tuple[str, ...]:
    """The columns that a file of the fact can have, in an order for people."""
    first = () if fact.name in WITHOUT_ID else (ID,)
    said = (one.name for one in fact.columns if one.name not in MADE)
    return (*first, PERSON, BORN, *said)


def needed_of(fact: Fact) -> tuple[str, ...]:
    """Those of them that a file cannot be without."""
    person = () if fact.name == "call" else (PERSON,)
    own = (one.name for one in fact.own if one.required or one.name == fact.day)
    return (*(() if fact.name in WITHOUT_ID else (ID,)), *person, *own)


def codes_of(fact: Fact, column: str) -> frozenset[str]:
    """The codes that a column can have; none where it is not a list of codes."""
    found = CODES.get(f"{fact.name}.{column}") or CODES.get(column)
    return frozenset(found or ())


def read(fact: Fact, column: Column, value: object) -> Read:
    """One value of one column.

    Raises:
        Invalid: it cannot be read, and the row cannot be without it.
    """
    word = value.strip() if isinstance(value, str) else value
    if word is None or word == "":
        return Read(None)
    match column.kind:
        case Kind.DATE:
            return Read(_day(column.name, word))
        case Kind.MOMENT:
            return Read(_moment(column.name, word))
        case Kind.FLAG:
            return Read(_flag(column.name, word))
        case Kind.INTEGER | Kind.NUMBER:
            return Read(_number(column, word))
        case Kind.KEY:
            return Read(str(word))
        case Kind.TEXT:
            return _text(fact, column, str(word))


def read_born(value: object) -> date | None:
    """A birth date. Raises: Invalid, it is none."""
    word = value.strip() if isinstance(value, str) else value
    return _day(BORN, word) if word else None


def _day(name: str, value: object) -> date:
    if isinstance(value, datetime):
        return (value.astimezone(SWEDEN) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as fault:
        raise Invalid(
            _("Värdet är inget datum."),
            where=name,
            mend=_("Skriv år, månad och dag, till exempel 2024-03-01."),
        ) from fault


def _moment(name: str, value: object) -> datetime:
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as fault:
        raise Invalid(
            _("Värdet är ingen tidpunkt."),
            where=name,
            mend=_("Skriv till exempel 2024-03-01T10:15."),
        ) from fault
    return (found.astimezone(SWEDEN) if found.tzinfo else found).replace(tzinfo=None, microsecond=0)


def _flag(name: str, value: object) -> bool:
    found = value if isinstance(value, bool) else _FLAGS.get(str(value).lower())
    if found is None:
        raise Invalid(
            _("Värdet är varken ja eller nej."), where=name, mend=_("Skriv ja, nej eller inget.")
        )
    return found


def _number(column: Column, value: object) -> int | float:
    try:
        found = float(str(value).replace(",", "."))
        whole = int(found)
    except (ValueError, OverflowError) as fault:
        raise Invalid(
            _("Värdet är inget tal."), where=column.name, mend=_("Skriv bara siffror, utan enhet.")
        ) from fault
    if column.kind is Kind.INTEGER and whole != found:
        raise Invalid(
            _("Värdet är inget heltal."), where=column.name, mend=_("Skriv ett helt tal.")
        )
    return whole if column.kind is Kind.INTEGER else found


def _text(fact: Fact, column: Column, word: str) -> Read:
    """A code, or not known; never words about someone."""
    found = _coded(fact, column.name, word)
    if found.value is None and column.required:
        codes = ", ".join(sorted(codes_of(fact, column.name)))
        raise Invalid(
            _("Koden är inte en av dem som kolumnen har."),
            where=column.name,
            mend=_("Skriv en av: %(codes)s.", codes=codes)
            if codes
            else _("Skriv en kod utan andra tecken."),
        )
    return found


def _coded(fact: Fact, name: str, word: str) -> Read:
    if name == "municipality":
        return _municipality(word)
    if name == "sex":
        known = _SEXES.get(word.lower())
        return Read(known, None if known else FaultKind.UNKNOWN_SEX)
    if name in _DIAGNOSES:
        return _matched(_ICD, word.replace(".", "").upper(), FaultKind.UNKNOWN_DIAGNOSIS)
    if name in _UNITS:
        return Read(word, None) if is_hsa_id(word) else Read(None, FaultKind.NO_UNIT)
    if name == "atc":
        return _matched(_ATC, word.upper(), FaultKind.UNKNOWN_CODE)
    if name == "groups":
        return _groups(word)
    return _listed(fact, name, word)


def _listed(fact: Fact, name: str, word: str) -> Read:
    """One of the column's codes; where it has no list, something that looks like a code."""
    if codes := codes_of(fact, name):
        lower = word.lower()
        return Read(lower) if lower in codes else Read(None, FaultKind.UNKNOWN_CODE)
    if _LIKE_A_NUMBER.search(word):
        return Read(None, FaultKind.UNKNOWN_CODE)
    return _matched(_LIKE_A_CODE, word, FaultKind.UNKNOWN_CODE)


def _groups(word: str) -> Read:
    known = sorted(_GROUPS & set(word.lower().split()))
    right = len(known) == len(word.split())
    return Read(" ".join(known) or None, None if right else FaultKind.UNKNOWN_CODE)


def _municipality(word: str) -> Read:
    code = word.zfill(4)
    known = known_municipality(code)
    if known is None:
        return Read(None, FaultKind.UNKNOWN_MUNICIPALITY)
    return Read(known, None if known == code else FaultKind.CEASED_MUNICIPALITY)


def _matched(pattern: re.Pattern[str], word: str, otherwise: FaultKind) -> Read:
    return Read(word) if pattern.fullmatch(word) else Read(None, otherwise)
